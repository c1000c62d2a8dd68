"""How many songs one click makes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.quotes import COPIES
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text


class CopiesField(QWidget):
    """`changed` when the user wants more or fewer."""

    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies = COPIES.start
        self.fewer = IconButton(Icon.MINUS, self.tr("One song fewer"))
        self.more = IconButton(Icon.ADD, self.tr("One song more"))
        self._words = Text()
        self._words.setWordWrap(False)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for widget in (self.fewer, self._words, self.more):
            row.addWidget(widget)
        self.fewer.clicked.connect(lambda: self._change_by(-1))
        self.more.clicked.connect(lambda: self._change_by(1))
        self.set_copies(COPIES.start)

    @property
    def copies(self) -> int:
        return self._copies

    def set_copies(self, copies: int) -> None:
        """Brought into what one click may ask for."""
        self._copies = max(COPIES.start, min(COPIES.stop - 1, copies))
        words = self.tr("%n songs", "", self._copies) if self._copies > 1 else self.tr("1 song")
        self._words.setText(words)
        metrics = self._words.fontMetrics()
        widest = metrics.horizontalAdvance(self.tr("%n songs", "", COPIES.stop - 1))
        self._words.setMinimumWidth(widest + metrics.averageCharWidth())
        self.fewer.setEnabled(self._copies > COPIES.start)
        self.more.setEnabled(self._copies < COPIES.stop - 1)
        for button in (self.fewer, self.more):
            button.setAccessibleDescription(self._words.text())

    def _change_by(self, step: int) -> None:
        before = self._copies
        self.set_copies(before + step)
        if self._copies != before:
            self.changed.emit()
