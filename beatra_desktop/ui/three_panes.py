"""Sidebar, chat and studio side by side, in widths that follow the size of the text.

Where the window is too narrow for that the studio slides over the chat, then the sidebar too.
"""

import json
from typing import Final, NamedTuple, Self

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSplitter, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.sliding_pane import Scrim, SlidingPane

SIDEBAR_PX: Final = 260
STUDIO_PX: Final = 380
CHAT_MINIMUM_PX: Final = 360
SIDEBAR_MINIMUM_PX: Final = 200
STUDIO_MINIMUM_PX: Final = 320
NARROW_PX: Final = 1000
"""Below this width the studio lies over the chat."""
TIGHT_PX: Final = SIDEBAR_MINIMUM_PX + CHAT_MINIMUM_PX
"""Below this width the sidebar does too."""
WIDEST_PX: Final = 10_000
_LEFT_FREE_PX: Final = 6 * theme.GRID


class _State(NamedTuple):
    """Widths at the design's size of text; they are kept within what the panes can have."""

    sidebar: int
    studio: int
    is_sidebar_shown: bool
    wants_studio: bool

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None for what was never written so."""
        try:
            state = cls(**json.loads(text))
        except (RecursionError, TypeError, ValueError):
            return None
        return state if state._is_possible() else None

    def _is_possible(self) -> bool:
        widths = ((self.sidebar, SIDEBAR_MINIMUM_PX), (self.studio, STUDIO_MINIMUM_PX))
        flags = (self.is_sidebar_shown, self.wants_studio)
        return all(
            type(width) is int and least <= width <= WIDEST_PX for width, least in widths
        ) and all(isinstance(flag, bool) for flag in flags)


class ThreePanes(QWidget):
    sidebar_shown = Signal(bool)
    studio_shown = Signal(bool)
    changed = Signal()
    """What `state` remembers has changed."""

    def __init__(
        self, sidebar: QWidget, chat: QWidget, studio: QWidget, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sidebar, self._chat, self._studio = sidebar, chat, studio
        self._wants_sidebar = self._wants_studio = True
        self._widths = {"sidebar": SIDEBAR_PX, "studio": STUDIO_PX}
        scrim = Scrim(self)
        scrim.clicked.connect(self._put_away)
        scrim.hide()
        self._scrim = scrim
        self._over = SlidingPane(studio, scrim=scrim, at_end=True, host=self)
        self._sidebar_over = SlidingPane(sidebar, scrim=scrim, at_end=False, host=self)
        self._splitter = self._make_splitter()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self._splitter)
        self._keep_minimums()
        self._apply_widths()
        self.setMinimumHeight(1)  # in a low window they give way to what stands above and below
        theme.notifier().changed.connect(self._on_theme_changed)

    @property
    def is_narrow(self) -> bool:
        """Whether the studio lies over the chat."""
        return self._over.is_lifted

    @property
    def is_tight(self) -> bool:
        """Whether the sidebar lies over the chat."""
        return self._sidebar_over.is_lifted

    @property
    def is_studio_shown(self) -> bool:
        return self._over.is_shown

    @property
    def is_sidebar_shown(self) -> bool:
        return self._sidebar_over.is_shown

    @property
    def gaps(self) -> QWidget:
        """What is seen between panes that stand side by side."""
        return self._splitter

    @property
    def state(self) -> str:
        """What `restore` takes: widths, and which panes are shown."""
        self._note_widths()
        shown = {"is_sidebar_shown": self._wants_sidebar, "wants_studio": self._wants_studio}
        return json.dumps({**self._widths, **shown})

    def restore(self, state: str) -> None:
        """Bring back what `state` gave earlier; what it could not have given changes nothing."""
        known = _State.read(state)
        if known is None:
            return
        self._widths = {"sidebar": known.sidebar, "studio": known.studio}
        self._wants_sidebar, self._wants_studio = known.is_sidebar_shown, known.wants_studio
        if not self.is_tight:
            self._sidebar.setVisible(self._wants_sidebar)
        if not self.is_narrow:
            self._studio.setVisible(self._wants_studio)
        self._apply_widths()

    def show_sidebar(self, *, shown: bool) -> None:
        self._note_widths()
        if self.is_tight:
            self._slide(self._sidebar_over, shown=shown)
        else:
            self._wants_sidebar = shown
            self._sidebar.setVisible(shown)
            self._apply_widths()
        self.sidebar_shown.emit(shown)
        self.changed.emit()

    def show_studio(self, *, shown: bool) -> None:
        self._note_widths()
        if self.is_narrow:
            self._slide(self._over, shown=shown)
        else:
            self._wants_studio = shown
            self._studio.setVisible(shown)
            self._apply_widths()
        self.studio_shown.emit(shown)
        self.changed.emit()

    def put_sidebar_away(self) -> None:
        """Where it lies over the chat: something is shown there that was asked for in it."""
        if self.is_tight and self.is_sidebar_shown:
            self.show_sidebar(shown=False)

    def studio_holds(self, position: QPoint) -> bool:
        """Whether a place, in this widget's coordinates, lies on the studio."""
        if self._studio.isHidden():
            return False
        return self.area_of_studio(self).contains(position)

    def is_in_studio(self, widget: QWidget) -> bool:
        return self._studio.isAncestorOf(widget)

    def area_of_studio(self, window: QWidget) -> QRect:
        """Where the studio lies, in coordinates of a window that holds it."""
        return QRect(self._studio.mapTo(window, QPoint(0, 0)), self._studio.size())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rearrange()

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for place, pane in enumerate((self._sidebar, self._chat, self._studio)):
            splitter.addWidget(pane)
            splitter.setStretchFactor(place, 1 if pane is self._chat else 0)
        splitter.splitterMoved.connect(self._on_splitter_moved)
        return splitter

    def _on_splitter_moved(self, _position: int, _handle: int) -> None:
        self.changed.emit()

    def _on_theme_changed(self) -> None:
        """The text may have another size, in which the panes keep what they show."""
        self._keep_minimums()
        self._rearrange()
        self._apply_widths()

    def _keep_minimums(self) -> None:
        self._sidebar.setMinimumWidth(theme.scaled(SIDEBAR_MINIMUM_PX))
        self._studio.setMinimumWidth(theme.scaled(STUDIO_MINIMUM_PX))

    def _rearrange(self) -> None:
        """Lift what has no room beside the chat, and lower what has."""
        self._chat.setMinimumWidth(min(theme.scaled(CHAT_MINIMUM_PX), self.width()))
        is_narrow = self.width() < theme.scaled(NARROW_PX)
        if is_narrow is not self.is_narrow:
            self._lift_studio() if is_narrow else self._lower_studio()
        is_tight = self.width() < theme.scaled(TIGHT_PX)
        if is_tight is not self.is_tight:
            self._lift_sidebar() if is_tight else self._lower_sidebar()
        self._place_overlays()

    def _note_widths(self) -> None:
        scale = theme.text_scale()
        if not self.is_tight and not self._sidebar.isHidden():
            width = round(self._sidebar.width() / scale)
            self._widths["sidebar"] = max(SIDEBAR_MINIMUM_PX, width)
        if not self.is_narrow and not self._studio.isHidden():
            width = round(self._studio.width() / scale)
            self._widths["studio"] = max(STUDIO_MINIMUM_PX, width)

    def _apply_widths(self) -> None:
        sidebar = self._width_beside(self._sidebar, self._sidebar_over, "sidebar")
        studio = self._width_beside(self._studio, self._over, "studio")
        chat = max(self._chat.minimumWidth(), self.width() - sidebar - studio)
        row = [chat] if self.is_tight else [sidebar, chat]
        self._splitter.setSizes(row if self.is_narrow else [*row, studio])

    def _width_beside(self, pane: QWidget, over: SlidingPane, name: str) -> int:
        is_beside = not over.is_lifted and not pane.isHidden()
        return theme.scaled(self._widths[name]) if is_beside else 0

    def _lift_studio(self) -> None:
        self._over.lift()
        self._apply_widths()
        self.studio_shown.emit(False)

    def _lower_studio(self) -> None:
        self._over.lower()
        self._splitter.addWidget(self._studio)
        self._splitter.setStretchFactor(self._splitter.indexOf(self._studio), 0)
        self._studio.setVisible(self._wants_studio)
        self._apply_widths()
        self.studio_shown.emit(self._wants_studio)

    def _lift_sidebar(self) -> None:
        self._sidebar_over.lift()
        self._apply_widths()
        self.sidebar_shown.emit(False)

    def _lower_sidebar(self) -> None:
        self._sidebar_over.lower()
        self._splitter.insertWidget(0, self._sidebar)
        self._splitter.setStretchFactor(0, 0)
        self._sidebar.setVisible(self._wants_sidebar)
        self._apply_widths()
        self.sidebar_shown.emit(self._wants_sidebar)

    def _place_overlays(self) -> None:
        self._scrim.setGeometry(self.rect())
        most = self.width() - _LEFT_FREE_PX
        if self.is_narrow:
            self._over.place(min(theme.scaled(self._widths["studio"]), most))
        if self.is_tight:
            self._sidebar_over.place(min(theme.scaled(self._widths["sidebar"]), most))

    def _slide(self, pane: SlidingPane, *, shown: bool) -> None:
        """One at a time lies over the chat."""
        if shown:
            self._put_away()
        pane.show(shown=shown)

    def _put_away(self) -> None:
        if self.is_narrow and self.is_studio_shown:
            self.show_studio(shown=False)
        self.put_sidebar_away()
