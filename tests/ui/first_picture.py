"""Runs the app in a data folder, and tells what stands where at first and when it is filled.

Run by path, with the data folder, one for pictures, and what the user does before the window is
filled: `type` into it, `close` it at once, or `close later`, when the loop runs that fills it.
Prints a line of JSON for each of the two pictures: the places of the panes and of the lines between
them, and the colours beside the lines. What has come of the typing, with the windows that were
made meanwhile, or of the window, is told last.
"""

import asyncio
import json
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitterHandle, QWidget

from beatra_desktop import app
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow

TYPED = "hellp"
LATER_MS = 1
"""The window's first loop has ended by then, and all is loaded before the next one begins."""


class Surfaces(QObject):
    """Counts the windows that the system is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.PlatformSurface
        return False


class FirstPaint(QObject):
    """Takes the first picture, then does something."""

    def __init__(self, folder: Path, deed: str, surfaces: Surfaces) -> None:
        super().__init__()
        self._folder, self._deed = folder, deed
        self._surfaces = surfaces
        QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # read when a loop runs

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, MainWindow):
                    widget.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(window, MainWindow):
            window.removeEventFilter(self)
            QTimer.singleShot(0, self, lambda: self._on_painted(window))
        return False

    def _on_painted(self, window: MainWindow) -> None:
        take(window, self._folder / "first.png")
        application = QCoreApplication.instance()
        assert application is not None
        application.installEventFilter(self._surfaces)
        match self._deed:
            case "type":
                self._type(window)
            case "close":
                window.close()
            case "close later":
                window.destroyed.connect(lambda: _say("gone"))
                QTimer.singleShot(LATER_MS, window.close)

    def _type(self, window: MainWindow) -> None:
        """A word, mended, and Enter."""
        QTest.keyClicks(window, TYPED)
        QTest.keyClick(window, Qt.Key.Key_Backspace)
        QTest.keyClicks(window, "o")
        QTest.keyClick(window, Qt.Key.Key_Return)


def take(window: MainWindow, file: Path) -> None:
    picture = window.grab()
    assert picture.save(str(file))
    image = picture.toImage()
    panes, *lines = (_place(each, window) for each in (window.panes, *_lines(window)))
    colours = [
        image.pixelColor(x, y).name()
        for rect in lines
        for y in (rect.top() - 1, rect.top(), rect.bottom())
        for x in range(rect.left() - 1, rect.right() + 2)
    ]
    _say({"panes": panes.getRect(), "lines": [r.getRect() for r in lines], "colours": colours})


def _lines(window: MainWindow) -> list[QWidget]:
    """Between panes that stand side by side."""
    return [line for line in window.panes.findChildren(QSplitterHandle) if line.isVisible()]


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


def main() -> int:
    data_dir, pictures = (Path(word) for word in sys.argv[1:3])
    surfaces = Surfaces()
    first_paint = FirstPaint(pictures, sys.argv[3], surfaces)

    async def play(window: MainWindow, services: Services) -> None:
        while not window.updatesEnabled():  # noqa: ASYNC110  # nothing tells when all is in its place
            await asyncio.sleep(0)
        area = window.interior.chat.composer.text_area
        take(window, pictures / "filled.png")
        answers, windows = len(services.chat.answering.value), surfaces.count
        _say([area.toPlainText(), answers, area.hasFocus(), windows])

    code = app.run(Options(data_dir=data_dir), play=play)
    del first_paint
    return code


if __name__ == "__main__":
    sys.exit(main())
