"""The application object: what concerns the whole program and not one window."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QLoggingCategory, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from beatra_desktop.domain.deep_links import is_deep_link
from beatra_desktop.ui.app_icon import app_icon
from beatra_desktop.ui.garbage import GarbageCollector

APP_NAME: Final = "beatra-desktop"
DISPLAY_NAME: Final = "Beatra Desktop"
DESKTOP_FILE: Final = "ai.beatra.Desktop"
"""The name of the desktop entry in `packaging/linux`."""
STYLE: Final = "Fusion"
"""Named to Qt's command line: PySide takes 5 ms to make the type of what `setStyle` gives back."""
QUIET_RULES: Final = "qt.multimedia.*=false"
"""QtMultimedia lists every file it opens; QT_LOGGING_RULES brings that back."""
_HEADLESS: Final = ("offscreen", "minimal", "vnc")


class Application(QApplication):
    """Tells `quit_requested` instead of quitting: whoever runs the loop ends it in order."""

    quit_requested = Signal()
    files_opened = Signal(list)
    """All that the system handed over at once: it tells of them one by one."""
    link_opened = Signal(str)
    session_ending = Signal()
    """The desktop's session ends: whoever hears it stores what is not stored before it returns."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__([*arguments, "-style", STYLE])
        QLoggingCategory.setFilterRules(QUIET_RULES)
        self.setApplicationName(APP_NAME)
        self.setApplicationDisplayName(DISPLAY_NAME)
        self.setDesktopFileName(DESKTOP_FILE)
        self.setWindowIcon(app_icon())
        self.setQuitOnLastWindowClosed(False)
        self.commitDataRequest.connect(self._on_session_end)
        self._opened: list[Path] = []
        self._links: list[str] = []
        self._is_listened_to = False
        self._garbage = GarbageCollector(self)

    @staticmethod
    def has_display() -> bool:
        return QGuiApplication.platformName() not in _HEADLESS

    def listen(self) -> None:
        """Somebody hears `files_opened` and `link_opened` from now on: also what came before."""
        self._is_listened_to = True
        self._tell_opened()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Quit:
            self.quit_requested.emit()
            return True
        if isinstance(event, QFileOpenEvent):
            return self._take(event)
        return super().event(event)

    def _take(self, event: QFileOpenEvent) -> bool:
        """A file, or on macOS a link of ours."""
        if event.file():
            self._opened.append(Path(event.file()))
        elif is_deep_link(event.url().toString()):
            self._links.append(event.url().toString())
        else:
            return False
        if len(self._opened) + len(self._links) == 1:
            QTimer.singleShot(0, self, self._tell_opened)
        return True

    def _tell_opened(self) -> None:
        if self._links and self._is_listened_to:
            links, self._links = self._links, []
            for link in links:
                self.link_opened.emit(link)
        if self._opened and self._is_listened_to:
            opened, self._opened = self._opened, []
            self.files_opened.emit(opened)

    def _on_session_end(self) -> None:
        self.session_ending.emit()
        self.quit_requested.emit()
