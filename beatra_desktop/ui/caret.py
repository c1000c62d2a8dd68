"""The caret blinks while somebody writes, and stands still when nobody does."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from beatra_desktop.ui import motion

RESTING_MS: Final = 10_000
"""As long as in GTK's programs: each blink wakes the machine."""


class Caret(QObject):
    """Rests after ten seconds without a move, in whatever field; a move or the focus wakes it."""

    def __init__(self, application: QApplication, *, resting_ms: int = RESTING_MS) -> None:
        super().__init__(application)
        self._hints = QGuiApplication.styleHints()
        self._patience = QTimer(self, singleShot=True, interval=resting_ms)
        self._patience.timeout.connect(self._rest)
        # Fields tell input methods where their caret is, and that they have the focus: no event of
        # the application has to be looked at for it.
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._blink)
        motion.notifier().changed.connect(self._blink)
        self._blink()

    def _blink(self) -> None:
        if not motion.is_reduced():
            self._hints.setCursorFlashTime(motion.DESKTOPS_OWN)
            self._patience.start()

    def _rest(self) -> None:
        self._hints.setCursorFlashTime(0)
