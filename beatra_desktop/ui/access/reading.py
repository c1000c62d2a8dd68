"""Text that can be read line by line and letter by letter, though nothing can be typed in it."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessibleTextInterface


class Reading(QAccessibleTextInterface):
    """`words` gives the text, `place` where all of it stands on the screen.

    Qt divides it into lines, words and letters itself. Nothing in it is selected.
    """

    def __init__(self, words: Callable[[], str], place: Callable[[], QRect]) -> None:
        super().__init__()
        self._words = words
        self._place = place
        self._cursor = 0

    def characterCount(self) -> int:
        return len(self._words())

    def text(self, start: int, end: int) -> str:
        return self._words()[start:end]

    def cursorPosition(self) -> int:
        return min(self._cursor, self.characterCount())

    def setCursorPosition(self, position: int) -> None:
        self._cursor = position

    def characterRect(self, _offset: int) -> QRect:
        return self._place()

    def offsetAtPoint(self, _point: QPoint) -> int:
        return 0

    def selectionCount(self) -> int:
        return 0

    def addSelection(self, start: int, end: int) -> None:
        """Selecting is the transcript's own."""

    def removeSelection(self, selection: int) -> None:
        """There is none."""

    def setSelection(self, selection: int, start: int, end: int) -> None:
        """There is none."""

    def scrollToSubstring(self, start: int, end: int) -> None:
        """What has the focus is in view."""
