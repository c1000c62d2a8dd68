"""What the transcript is painted on."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget


class Viewport(QWidget):
    """Tells when the pointer leaves; to look for that among all its events costs each frame."""

    left = Signal()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()
