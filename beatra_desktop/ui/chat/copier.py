"""Puts parts of a conversation on the clipboard and remembers, for a moment, what it was."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextDocument

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.clipboard import Form, Part, Source, content
from beatra_desktop.ui.chat.message_view import MessageView
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.selection import Selection, whole

CONFIRM_MS: Final = 1_600


class Copier(QObject):
    confirmed = Signal()
    """What `copied_line` and `is_copied` say has changed."""

    def __init__(self, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._selection = selection
        self._message_id = ""
        self._line: int | None = None
        self._timer = QTimer(self, singleShot=True, interval=CONFIRM_MS)
        self._timer.timeout.connect(self._forget)

    def copy_selection(
        self,
        observed: Observed,
        document: Callable[[Message], QTextDocument],
        form: Form = Form.ANY,
    ) -> bool:
        """Copy the selected text; False when nothing is selected."""
        if observed.messages is None:
            return False
        found = list(self._selection.parts(observed.messages, document))
        parts = [part for _, part in found]
        if len(parts) > 1:
            parts = [replace(part, speaker=self._speaker(message)) for message, part in found]
        if parts:
            QGuiApplication.clipboard().setMimeData(content(parts, form))
        return bool(parts)

    def copy_message(self, message: Message, form: Form = Form.ANY) -> None:
        QGuiApplication.clipboard().setMimeData(content([whole(message)], form))
        self._confirm(message.id, None)

    def copy_code(self, view: MessageView, first_line: int) -> None:
        code = Part(view.decorations.code_text(first_line), Source.CODE)
        QGuiApplication.clipboard().setMimeData(content([code], Form.PLAIN))
        self._confirm(view.message.id, first_line)

    def copied_line(self, message_id: str) -> int | None:
        """The first line of the code just copied from this message."""
        return self._line if self._message_id == message_id else None

    def is_copied(self, message_id: str) -> bool:
        return self._message_id == message_id and self._line is None

    def _speaker(self, message: Message) -> str:
        names = {Role.USER: self.tr("You"), Role.SYSTEM: self.tr("Instructions")}
        return names.get(message.role) or message.model or self.tr("Answer")

    def _confirm(self, message_id: str, line: int | None) -> None:
        self._message_id, self._line = message_id, line
        self._timer.start()
        self.confirmed.emit()

    def _forget(self) -> None:
        self._message_id, self._line = "", None
        self.confirmed.emit()
