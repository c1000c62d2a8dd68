"""Sidebar, chat and studio side by side; in a narrow window the studio slides over the chat."""

import json
from typing import Annotated, Final

import msgspec
from PySide6.QtCore import (
    QEasingCurve,
    QPoint,
    QPropertyAnimation,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from beatra_desktop.ui import motion, theme

SIDEBAR_PX: Final = 260
STUDIO_PX: Final = 380
CHAT_MINIMUM_PX: Final = 360
SIDEBAR_MINIMUM_PX: Final = 200
STUDIO_MINIMUM_PX: Final = 320
NARROW_PX: Final = 1000
WIDEST_PX: Final = 10_000


class Scrim(QWidget):
    """Dims what lies behind; `clicked` when the user points past what lies in front."""

    clicked = Signal()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().scrim)


class _State(msgspec.Struct):
    """Widths in pixels; they are kept within what the panes can have."""

    sidebar: Annotated[int, msgspec.Meta(ge=SIDEBAR_MINIMUM_PX, le=WIDEST_PX)]
    studio: Annotated[int, msgspec.Meta(ge=STUDIO_MINIMUM_PX, le=WIDEST_PX)]
    is_sidebar_shown: bool
    wants_studio: bool


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
        self._wants_studio = True
        self._is_narrow = False
        self._widths = {"sidebar": SIDEBAR_PX, "studio": STUDIO_PX}
        self._scrim = Scrim(self)
        self._scrim.clicked.connect(lambda: self.show_studio(shown=False))
        self._scrim.hide()
        self._splitter = self._make_splitter()
        self._splitter.setSizes([SIDEBAR_PX, CHAT_MINIMUM_PX, STUDIO_PX])
        self._slide = QPropertyAnimation(studio, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._on_slide_finished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._splitter)

    @property
    def is_narrow(self) -> bool:
        """Whether the studio lies over the chat."""
        return self._is_narrow

    @property
    def is_studio_shown(self) -> bool:
        return not self._studio.isHidden() and not self._is_sliding_out()

    @property
    def is_sidebar_shown(self) -> bool:
        return not self._sidebar.isHidden()

    @property
    def state(self) -> str:
        """What `restore` takes: widths, and which panes are shown."""
        self._note_widths()
        shown = {"is_sidebar_shown": self.is_sidebar_shown, "wants_studio": self._wants_studio}
        return json.dumps({**self._widths, **shown})

    def restore(self, state: str) -> None:
        """Bring back what `state` gave earlier; what it could not have given changes nothing."""
        try:
            known = msgspec.json.decode(state, type=_State)
        except msgspec.DecodeError:
            return
        self._widths = {"sidebar": known.sidebar, "studio": known.studio}
        self._wants_studio = known.wants_studio
        self._sidebar.setVisible(known.is_sidebar_shown)
        if not self._is_narrow:
            self._studio.setVisible(self._wants_studio)
        self._apply_widths()

    def show_sidebar(self, *, shown: bool) -> None:
        self._note_widths()
        self._sidebar.setVisible(shown)
        self._apply_widths()
        self.sidebar_shown.emit(shown)
        self.changed.emit()

    def show_studio(self, *, shown: bool) -> None:
        self._note_widths()
        if self._is_narrow:
            self._slide_studio(shown=shown)
        else:
            self._wants_studio = shown
            self._studio.setVisible(shown)
            self._apply_widths()
        self.studio_shown.emit(shown)
        self.changed.emit()

    def studio_holds(self, position: QPoint) -> bool:
        """Whether a place, in this widget's coordinates, lies on the studio."""
        if self._studio.isHidden():
            return False
        corner = self._studio.mapTo(self, QPoint(0, 0))
        return QRect(corner, self._studio.size()).contains(position)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < NARROW_PX
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._lift_studio() if is_narrow else self._lower_studio()
        self._place_overlay()

    def _make_splitter(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        self._sidebar.setMinimumWidth(SIDEBAR_MINIMUM_PX)
        self._chat.setMinimumWidth(CHAT_MINIMUM_PX)
        self._studio.setMinimumWidth(STUDIO_MINIMUM_PX)
        for place, pane in enumerate((self._sidebar, self._chat, self._studio)):
            splitter.addWidget(pane)
            splitter.setStretchFactor(place, 1 if pane is self._chat else 0)
        splitter.splitterMoved.connect(self._on_splitter_moved)
        return splitter

    def _on_splitter_moved(self, _position: int, _handle: int) -> None:
        self.changed.emit()

    def _note_widths(self) -> None:
        if self.is_sidebar_shown and self._sidebar.width() >= SIDEBAR_MINIMUM_PX:
            self._widths["sidebar"] = self._sidebar.width()
        if not self._is_narrow and not self._studio.isHidden():
            self._widths["studio"] = max(STUDIO_MINIMUM_PX, self._studio.width())

    def _apply_widths(self) -> None:
        sidebar = self._widths["sidebar"] if self.is_sidebar_shown else 0
        beside = not self._is_narrow and not self._studio.isHidden()
        studio = self._widths["studio"] if beside else 0
        chat = max(CHAT_MINIMUM_PX, self.width() - sidebar - studio)
        self._splitter.setSizes([sidebar, chat, studio][: self._splitter.count()])

    def _lift_studio(self) -> None:
        """Take the studio out of the row, to lie over the chat when asked for."""
        self._studio.setParent(self)
        self._studio.hide()
        self._apply_widths()
        self.studio_shown.emit(False)

    def _lower_studio(self) -> None:
        self._slide.stop()
        self._scrim.hide()
        self._splitter.addWidget(self._studio)
        self._splitter.setStretchFactor(2, 0)
        self._studio.setVisible(self._wants_studio)
        self._apply_widths()
        self.studio_shown.emit(self._wants_studio)

    def _place_overlay(self) -> None:
        self._scrim.setGeometry(self.rect())
        if self._is_narrow:
            width = min(self._widths["studio"], self.width() - 6 * theme.GRID)
            self._studio.resize(width, self.height())
            self._studio.move(self._place(shown=self.is_studio_shown))

    def _place(self, *, shown: bool) -> QPoint:
        return QPoint(self.width() - self._studio.width() if shown else self.width(), 0)

    def _slide_studio(self, *, shown: bool) -> None:
        if self._studio.isHidden():
            self._studio.move(self._place(shown=False))
        self._scrim.setVisible(shown)
        self._scrim.raise_()
        self._studio.show()
        self._studio.raise_()
        self._slide.setDuration(motion.duration_ms())
        self._slide.setEndValue(self._place(shown=shown))
        self._slide.start()

    def _is_sliding_out(self) -> bool:
        end = self._slide.endValue()
        running = self._slide.state() is QPropertyAnimation.State.Running
        return running and isinstance(end, QPoint) and end.x() >= self.width()

    def _on_slide_finished(self) -> None:
        if self._studio.x() >= self.width():
            self._studio.hide()
