"""The question a reference recording is asked about once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import Text


class RightsQuestion(QWidget):
    confirmed = Signal()
    declined = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        """`name` is the recording's, for screen readers."""
        super().__init__(parent)
        question = self.tr("Do you have the right to use this recording?")
        self.setAccessibleName(f"{name}: {question}")
        self.yes = Button(
            self.tr("Yes, upload"), name=self.tr("Yes, upload {name}").format(name=name)
        )
        self.no = Button(self.tr("No"), name=self.tr("Do not upload {name}").format(name=name))
        self.yes.clicked.connect(self.confirmed)
        self.no.clicked.connect(self.declined)
        answers = QHBoxLayout()
        answers.setSpacing(theme.GRID)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(Text(question))
        column.addLayout(answers)
