"""What the window remembers from one run to the next."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from beatra_desktop.ui import theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.three_panes import ThreePanes

if TYPE_CHECKING:
    from beatra_desktop.services.settings import SettingsService

REMEMBER_MS: Final = 800
FRAME: Final = QSize(8, 40)
"""What a desktop puts around a window; what it really is shows only with the window."""
GEOMETRY: Final = "window_geometry"
PANES: Final = "window_panes"
ZOOM: Final = "zoom_percent"
CONVERSATION: Final = "conversation_on_show"
SCREEN: Final = "screen_on_show"

Remembered = Callable[[str], str]
"""Gives what was remembered under a name; empty when nothing."""


class Look(NamedTuple):
    """Where the window stands, how wide its panes are and how large its text, as remembered."""

    zoom: str
    geometry: str
    panes: str

    @classmethod
    def of(cls, remembered: Remembered) -> Self:
        return cls(remembered(ZOOM), remembered(GEOMETRY), remembered(PANES))

    def give(self, window: QMainWindow, panes: ThreePanes) -> None:
        if self.zoom.isdecimal():
            theme.set_zoom_percent(int(self.zoom))
        if self.geometry:
            window.restoreGeometry(QByteArray.fromBase64(self.geometry.encode()))
        elif Application.has_display() and not _has_room(window):
            window.setWindowState(Qt.WindowState.WindowMaximized)
        panes.restore(self.panes)


def _has_room(window: QMainWindow) -> bool:
    wanted, screen = window.size() + FRAME, window.screen().availableSize()
    return wanted.boundedTo(screen) == wanted


class WindowState:
    """Writes a moment after the last change, and when the window goes."""

    def __init__(self, settings: "SettingsService", window: QMainWindow, panes: ThreePanes) -> None:
        self._settings = settings
        self._window = window
        self._panes = panes
        self._timer = QTimer(window, singleShot=True, interval=REMEMBER_MS)
        self._timer.timeout.connect(self.store)

    @property
    def conversation_id(self) -> str:
        """The conversation that was on show; empty when none was."""
        return self._settings.ui_state(CONVERSATION)

    @property
    def screen(self) -> str:
        """What filled the middle of the window; empty when nothing is known of it."""
        return self._settings.ui_state(SCREEN)

    def note_change(self) -> None:
        """Remember it soon; a window that is out of sight has stored its last state."""
        if self._window.isVisible():
            self._timer.start()

    def note_conversation(self, conversation_id: str) -> None:
        self._settings.set_ui_state(CONVERSATION, conversation_id)

    def note_screen(self, screen: str) -> None:
        self._settings.set_ui_state(SCREEN, screen)

    def note_zoom(self) -> None:
        self._settings.set_ui_state(ZOOM, str(theme.zoom_percent()))

    def store(self) -> None:
        self._timer.stop()
        geometry = self._window.saveGeometry().toBase64().toStdString()
        self._settings.set_ui_state(GEOMETRY, geometry)
        self._settings.set_ui_state(PANES, self._panes.state)
