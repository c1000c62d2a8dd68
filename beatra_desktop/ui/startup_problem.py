"""What keeps the app from starting, in a window of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton


class StartupProblem(QMessageBox):
    """`decided(recover)` once, when the user has read it; show it with `open()`."""

    decided = Signal(bool)

    def __init__(self, sentence: str, *, can_recover: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Beatra Desktop can't start"))
        self.setIcon(QMessageBox.Icon.Warning)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setText(sentence)
        self._recover: QPushButton | None = None
        quit_button = self.addButton(self.tr("Quit"), QMessageBox.ButtonRole.RejectRole)
        self.setDefaultButton(quit_button)
        if can_recover:
            self._recover = self.addButton(
                self.tr("Save what can be read and start"), QMessageBox.ButtonRole.AcceptRole
            )
            self.setDefaultButton(self._recover)
        self.finished.connect(self._on_finished)

    def _on_finished(self) -> None:
        self.finished.disconnect(self._on_finished)  # closing a window again is no new decision
        wanted = self._recover is not None and self.clickedButton() is self._recover
        self.decided.emit(wanted)
