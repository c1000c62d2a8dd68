"""A line that offers something and can be waved away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Variant


class OfferLine(QWidget):
    """`taken` or `dismissed`; takes no room until something is offered."""

    taken = Signal()
    dismissed = Signal()

    def __init__(self, *, verb: str, dismissal: str, parent: QWidget | None = None) -> None:
        """`verb` is on the button that takes it, `dismissal` names the one that does not."""
        super().__init__(parent)
        self._words = Text(size="small")
        self.take = Button(verb, variant=Variant.LINK)
        self.dismiss = IconButton(Icon.CLOSE, dismissal)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, stretch=1)
        row.addWidget(self.take)
        row.addWidget(self.dismiss)
        self.take.clicked.connect(self.taken)
        self.dismiss.clicked.connect(self.dismissed)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def offer(self, words: str) -> None:
        """An empty text takes the offer back."""
        self._words.setText(words)
        self.setVisible(bool(words))
