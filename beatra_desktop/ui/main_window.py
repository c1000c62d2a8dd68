"""The window: on show at once with its panes in their places, filled a moment later.

What stands here is loaded before anything is seen; it knows little of the app.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMoveEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from beatra_desktop.ui import motion, theme
from beatra_desktop.ui.stand_in import StandIn
from beatra_desktop.ui.three_panes import ThreePanes
from beatra_desktop.ui.window_state import Look, Remembered, WindowState

if TYPE_CHECKING:
    from beatra_desktop.domain.settings import Settings
    from beatra_desktop.services import Services
    from beatra_desktop.ui.interior import Interior

SIZE: Final = QSize(1280, 820)
MINIMUM_SIZE: Final = QSize(640, 480)
INTERIOR_PIECES: Final = (
    "beatra_desktop.ui.buttons",
    "beatra_desktop.ui.sidebar",
    "markdown_it",
    "beatra_desktop.ui.chat.markdown",
    "beatra_desktop.ui.chat.message_view",
    "beatra_desktop.ui.chat.chat_pane",
    "beatra_desktop.ui.interior",
)
"""Each takes about as long to load as a frame may, without those before it."""

IN_PLACE_MS: Final = 1
"""A timer's turn comes when all that Qt posted, to lay out and to show, was delivered."""


class MainWindow(QMainWindow):
    """The grounds of its panes are there from the beginning, `interior` once it is filled.

    What is typed before that is the beginning of the message. Only quitting works at once.
    """

    quit_requested = Signal()

    def __init__(self, remembered: Remembered) -> None:
        super().__init__()
        self._state: WindowState | None = None
        self._interior: Interior | None = None
        self._typed = ""
        self.was_closed = False
        self._sidebar, self._centre, self._studio = QWidget(), QWidget(), QWidget()
        self.panes = ThreePanes(self._sidebar, self._centre, self._studio)
        middle = QWidget()
        self._column = _column(middle)
        self._column.addWidget(self.panes, stretch=1)
        self.setCentralWidget(middle)
        self.setMinimumSize(MINIMUM_SIZE)
        self.resize(SIZE)
        self._look = Look.of(remembered)
        self._look.give(self, self.panes)
        self._stand_in = StandIn(self._column, self._colours())

    @property
    def interior(self) -> "Interior":
        assert self._interior is not None, "the window is not filled yet"
        return self._interior

    def fill(self, services: "Services", *, version: str) -> None:
        """Bring in what the window is for, and go on where the last run ended."""
        from beatra_desktop.ui.interior import Interior
        from beatra_desktop.ui.subscriptions import subscribe

        self._paint_once()
        settings = services.settings
        self._on_settings(settings.settings.value)
        subscribe(self, settings.settings.changed, self._on_settings)
        look = Look.of(settings.ui_state)
        if look != self._look:  # what could be looked at before the database was opened was older
            look.give(self, self.panes)
        self._state = WindowState(settings, self, self.panes)
        self._stand_in.go()
        self._interior = Interior(services, self, self._state, version=version)
        theme.dress(self)
        if self._typed:
            self._interior.chat.composer.text_area.insertPlainText(self._typed)

    def hold(self, sidebar: QWidget, centre: QWidget, *, above: Sequence[QWidget]) -> None:
        """Put the panes on their grounds, and the rest above them."""
        _stand(sidebar, on=self._sidebar)
        _stand(centre, on=self._centre)
        for place, widget in enumerate(above):
            self._column.insertWidget(place, widget)

    def hold_above(self, widget: QWidget, *, below: QWidget) -> None:
        """Put a widget above the panes, below another that stands there."""
        self._column.insertWidget(self._column.indexOf(below) + 1, widget)

    def hold_studio(self, studio: QWidget) -> None:
        _stand(studio, on=self._studio)

    def hold_below(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.was_closed = True
        self.quit_requested.emit()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._interior is not None:
            self._interior.await_studio()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._state is not None:
            self._state.store()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A paste that no field wanted, or what is typed before there is a field."""
        if self._interior is None:
            self._keep(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._interior.dropping.paste()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note_change()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._note_change()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self._note_change()

    def _paint_once(self) -> None:
        """When all is in its place: Qt would paint what is new, then again what was shown."""
        self.setUpdatesEnabled(False)
        QTimer.singleShot(IN_PLACE_MS, self, lambda: self.setUpdatesEnabled(True))

    def _colours(self) -> dict[QWidget, QColor]:
        shades = theme.current()
        return {
            self._sidebar: shades.window,
            self._centre: shades.surface,
            self._studio: shades.window,
            self.panes.gaps: shades.border,
        }

    def _note_change(self) -> None:
        if self._state is not None:
            self._state.note_change()

    def _keep(self, event: QKeyEvent) -> None:
        """Enter is not kept: nobody sends what they have not seen."""
        if event.matches(QKeySequence.StandardKey.Quit):
            self.close()
        elif event.key() == Qt.Key.Key_Backspace:
            self._typed = self._typed[:-1]
        elif event.text().isprintable():
            self._typed += event.text()

    def _on_settings(self, settings: "Settings") -> None:
        theme.set_appearance(settings.appearance, settings.contrast)
        motion.choose(settings.motion)


def _stand(pane: QWidget, *, on: QWidget) -> None:
    """The ground has the widths to keep to; what would like more is cut off, as ever."""
    pane.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    _column(on).addWidget(pane)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
