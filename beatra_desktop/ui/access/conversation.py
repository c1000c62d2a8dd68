"""The transcript as screen readers see it: a list of the messages on screen."""

from weakref import ref

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget
from shiboken6 import isValid

from beatra_desktop.ui.access.messages import MessagePart
from beatra_desktop.ui.access.part import Part
from beatra_desktop.ui.chat.status_text import StatusText
from beatra_desktop.ui.chat.transcript import Transcript


class Conversation:
    """What stands for the messages, and tells of them; the transcript keeps it."""

    def __init__(self, transcript: Transcript, words: StatusText) -> None:
        self.words = words
        self._transcript = ref(transcript)
        self._parts: dict[str, MessagePart] = {}
        transcript.drawn.connect(self._on_drawn)
        transcript.focus_moved.connect(self._on_focus_moved)
        transcript.destroyed.connect(self._let_all_go)

    @property
    def transcript(self) -> Transcript | None:
        """None once Qt has begun to delete it."""
        transcript = self._transcript()
        return transcript if isValid(transcript) else None

    @property
    def accessible(self) -> QAccessibleInterface | None:
        """The transcript's own interface at the time."""
        transcript = self.transcript
        return None if transcript is None else QAccessible.queryAccessibleInterface(transcript)

    @property
    def focused_part(self) -> Part | None:
        """What the keyboard is on; None while that is elsewhere, or on no message yet."""
        transcript = self.transcript
        if transcript is None or not transcript.hasFocus() or not transcript.focused_id:
            return None
        return self.part(transcript.focused_id).part_of(transcript.focused_target)

    def part(self, message_id: str) -> MessagePart:
        if message_id not in self._parts:
            self._parts[message_id] = MessagePart(self, message_id)
        return self._parts[message_id]

    def parts(self) -> list[MessagePart]:
        """Those of the messages on screen, and of the one in focus."""
        transcript = self.transcript
        shown = [] if transcript is None else transcript.ids_on_screen()
        return [self.part(message_id) for message_id in shown]

    def _on_drawn(self) -> None:
        """Tell what came into view, what went, and whose state is another."""
        before = set(self._parts)
        parts = self.parts()
        for message_id in before.difference(part.message_id for part in parts):
            gone = self._parts.pop(message_id)
            gone.tell(QAccessible.Event.ObjectDestroyed)
            gone.let_go()
        for part in parts:
            if part.message_id not in before:
                part.tell(QAccessible.Event.ObjectCreated)
            part.tell_news()

    def _on_focus_moved(self) -> None:
        part = self.focused_part
        if part is not None:
            part.tell(QAccessible.Event.Focus)

    def _let_all_go(self) -> None:
        for part in self._parts.values():
            part.let_go()
        self._parts.clear()


class ConversationAccessible(QAccessibleWidget):
    """Its children are the messages, and the buttons that lie over them."""

    def __init__(self, transcript: Transcript, conversation: Conversation) -> None:
        super().__init__(transcript, QAccessible.Role.List)
        self._conversation = conversation

    def childCount(self) -> int:
        return len(self._children())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        children = self._children()
        return children[index] if 0 <= index < len(children) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, each in enumerate(self._children()) if each is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        transcript = self._conversation.transcript
        if transcript is None:
            return None
        found = transcript.view_at(transcript.viewport().mapFromGlobal(QPoint(x, y)))
        return None if found is None else self._conversation.part(found[0].message.id)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        return self._conversation.focused_part or super().focusChild()

    def _children(self) -> list[QAccessibleInterface]:
        transcript = self._conversation.transcript
        over: list[QAbstractButton] = []
        if transcript is not None:
            over = [each for each in transcript.findChildren(QAbstractButton) if each.isVisible()]
        buttons = [QAccessible.queryAccessibleInterface(each) for each in over]
        return [*self._conversation.parts(), *buttons]
