"""A part of the music form that folds away and says then, in a line, what is in it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, IconLabel
from beatra_desktop.ui.styling import Tone, Variant


class Section(QWidget):
    """`folded` when the user opens or closes it."""

    folded = Signal()

    def __init__(self, name: str, *fields: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._is_marked = False
        self.head = Button(name, variant=Variant.FOLD, icon=Icon.EXPAND)
        self._summary = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.mark = IconLabel(Icon.INFO, self.tr("There is a hint in here"), tone=Tone.WARNING)
        self.body = QWidget()
        self._inner = QVBoxLayout(self.body)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(theme.GRID + theme.GRID // 2)
        for field in fields:
            self.add(field)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.head)
        head.addWidget(self._summary, stretch=1)
        head.addWidget(self.mark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(self.body)
        self.head.clicked.connect(self._on_head_clicked)
        self.set_open(is_open=True)

    @property
    def is_open(self) -> bool:
        return not self.body.isHidden()

    @property
    def summary(self) -> str:
        return self._summary.text()

    def add(self, field: QWidget) -> None:
        """Below those that are there."""
        self._inner.addWidget(field)

    def set_open(self, *, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self.head.set_icon(Icon.EXPAND if is_open else Icon.FORWARD)
        self._summary.setVisible(not is_open)
        self._tell()

    def sum_up(self, words: str, *, marked: bool) -> None:
        """What is in it, and whether something in there wants to be looked at."""
        self._summary.setText(words)
        self._is_marked = marked
        self._tell()

    def _tell(self) -> None:
        self.mark.setVisible(self._is_marked and not self.is_open)
        state = self.tr("open") if self.is_open else self.tr("folded: {words}")
        self.head.setAccessibleDescription(state.format(words=self.summary))

    def _on_head_clicked(self) -> None:
        self.set_open(is_open=not self.is_open)
        self.folded.emit()
