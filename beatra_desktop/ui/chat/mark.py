"""The message that was looked for, pointed out for a moment."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

MARK_MS: Final = 1_600


class Mark(QObject):
    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.message_id = ""
        self._timer = QTimer(self, singleShot=True, interval=MARK_MS)
        self._timer.timeout.connect(lambda: self._set(""))

    def point_out(self, message_id: str) -> None:
        self._set(message_id)
        self._timer.start()

    def _set(self, message_id: str) -> None:
        self.message_id = message_id
        self.changed.emit()
