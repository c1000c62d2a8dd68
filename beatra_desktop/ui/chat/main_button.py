"""The composer's main button: it sends, queues, stops or sends another version."""

from enum import Enum, auto

from PySide6.QtCore import QDeadlineTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant


class Deed(Enum):
    """What the button does."""

    SEND = auto()
    QUEUE = auto()
    STOP = auto()
    SEND_VERSION = auto()


class MainButton(Button):
    """`submitted` for what is written, `stopped` for the answer that is coming."""

    submitted = Signal()
    stopped = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", variant=Variant.PRIMARY, icon=Icon.SEND, parent=parent)
        self._double_click = QDeadlineTimer(0)
        self._shown: tuple[Deed, bool] | None = None
        self.show_deed(Deed.SEND, enter_sends=True)
        self.clicked.connect(self._on_clicked)

    def show_deed(self, deed: Deed, *, enter_sends: bool) -> None:
        """Say what a click does, and which keys do the same."""
        if self._shown == (deed, enter_sends):
            return
        self._shown = (deed, enter_sends)
        text, name, icon = self._words(deed)
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self._keys(deed, enter_sends=enter_sends)})")
        self.set_icon(icon)
        self.set_variant(Variant.NORMAL if deed is Deed.STOP else Variant.PRIMARY)

    def _words(self, deed: Deed) -> tuple[str, str, Icon]:
        """Text, accessible name and icon."""
        match deed:
            case Deed.SEND:
                return self.tr("Send"), self.tr("Send message"), Icon.SEND
            case Deed.QUEUE:
                return self.tr("Queue"), self.tr("Send after this answer"), Icon.CLOCK
            case Deed.STOP:
                return self.tr("Stop"), self.tr("Stop the answer"), Icon.STOP
            case Deed.SEND_VERSION:
                words = self.tr("Send as new version")
                return words, words, Icon.BRANCH

    def _keys(self, deed: Deed, *, enter_sends: bool) -> str:
        if deed is Deed.STOP:
            return self.tr("Esc")
        return self.tr("Enter") if enter_sends else self.tr("Ctrl+Enter")

    def _on_clicked(self) -> None:
        """The second half of a double click on Send does not stop what the first began."""
        if self._shown is None or self._shown[0] is not Deed.STOP:
            self._double_click.setRemainingTime(QApplication.doubleClickInterval())
            self.submitted.emit()
        elif self._double_click.hasExpired():
            self.stopped.emit()
