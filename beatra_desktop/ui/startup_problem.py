"""What keeps the app from starting, in a window of its own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QPushButton


class StartupProblem(QMessageBox):
    """`decided(recover)` once, when the user has read it; show it with `open()`."""

    decided = Signal(bool)

    def __init__(self, sentence: str, *, can_recover: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Beatra Desktop can't start"))
        self.setIcon(QMessageBox.Icon.Warning)
        self.setText(sentence)
        self._recover: QPushButton | None = None
        if can_recover:
            self._recover = self.addButton(
                self.tr("Save what can be read and start"), QMessageBox.ButtonRole.AcceptRole
            )
        self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        wanted = self._recover is not None and self.clickedButton() is self._recover
        self.decided.emit(wanted)
