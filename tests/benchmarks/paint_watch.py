"""Tells on standard output what happened, such as the first paint of a main window."""

import json
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


class PaintWatch(QObject):
    """Tells the end of the first paint of a main window, then looks no more.

    It looks at the window alone: at each event of the application PySide makes types it would not
    make otherwise, which takes as long as a fifth of the start.
    """

    def __init__(self) -> None:
        super().__init__()
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # read when a loop runs

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            [window] = filter(_is_main, QApplication.topLevelWidgets())
            window.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            window.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: say("painted"))  # with all that stands on it
        return False


def _is_main(window: QWidget) -> bool:
    return isinstance(window, QMainWindow)


def say(what: str) -> None:
    clock, cpu = time.monotonic(), time.process_time()
    print(json.dumps({"at": what, "clock": clock, "cpu": cpu}), flush=True)
