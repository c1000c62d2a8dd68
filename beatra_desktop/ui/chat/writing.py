"""What is written for the conversation on show: kept, sent, queued or sent as another version."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from beatra_desktop.domain.chat import Role
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.services import Services
from beatra_desktop.ui.chat.composer import Composer
from beatra_desktop.ui.chat.composer_bars import Hint
from beatra_desktop.ui.subscriptions import subscribe

DRAFT_MS: Final = 400


class Writing(QObject):
    """Between the composer and the chat service.

    `begun` gives the conversation on show, a new one where there is none yet.
    """

    sent = Signal()
    """A question was added to the conversation on show."""

    def __init__(
        self,
        services: Services,
        composer: Composer,
        *,
        begun: Callable[[], ConversationId],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._chat = services.chat
        self._composer = composer
        self._begun = begun
        self._conversation_id: ConversationId | None = None
        self._hints: dict[ConversationId, Hint | None] = {}
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._connect_composer()
        subscribe(self, self._chat.answering.changed, self._refresh)
        subscribe(self, self._chat.conversations.changed, self._on_conversation)
        subscribe(self, services.profiles.active.changed, self._refresh)
        subscribe(self, services.history.deleting, self._on_deleting)

    def attach(self, conversation_id: ConversationId) -> None:
        """Write for this conversation from now on, with the text that stands there."""
        if self._conversation_id is not None:
            self._hints[self._conversation_id] = self._composer.hint
            self._composer.show_hint(self._hints.pop(conversation_id, None))
        self._conversation_id = conversation_id
        self._refresh()

    def load(self) -> None:
        """Go on where this conversation was left."""
        conversation = self._chat.conversations.get(self._conversation_id or "")
        if conversation is None:
            self._composer.load("")
        else:
            self._composer.load(conversation.draft, conversation.edit)

    def store(self) -> None:
        self._timer.stop()
        if self._conversation_id is not None or self._composer.has_words:
            composer = self._composer
            self._chat.set_draft(self._begun(), composer.draft, edit=composer.edit)

    def send(self, text: str) -> bool:
        is_sent = self._chat.send(self._begun(), text)
        if is_sent:
            self._timer.stop()
            self._composer.show_hint(None)
            self.sent.emit()
        return is_sent

    def edit(self, message_id: str) -> None:
        """Begin another version of a question of the conversation on show."""
        if self._conversation_id is not None:
            message = self._chat.open(self._conversation_id).get(message_id)
            if message is not None:
                self._composer.begin_edit(message.id, message.text)

    def _connect_composer(self) -> None:
        composer, bar = self._composer, self._composer.queue_bar
        self._timer.timeout.connect(self.store)
        composer.edited.connect(self._on_edited)
        composer.submitted.connect(self._on_submitted)
        composer.queued.connect(self._on_queued)
        composer.edit_submitted.connect(self._on_edit_submitted)
        composer.recall_requested.connect(self._on_recall_requested)
        composer.stop_requested.connect(self._on_stop_requested)
        bar.edit_requested.connect(self._on_queue_edit_requested)
        bar.send_requested.connect(self._on_queue_send_requested)
        bar.remove_requested.connect(self._on_queue_remove_requested)

    def _refresh(self, _changed: object = None) -> None:
        """Show what the conversation is doing and what waits in it."""
        shown = self._conversation_id
        conversation = self._chat.conversations.get(shown or "")
        answering = shown is not None and self._chat.is_answering(shown)
        self._composer.set_answering(answering=answering)
        queued = conversation.queued if conversation else ""
        follows = answering and shown is not None and self._chat.follows_by_itself(shown)
        self._composer.queue_bar.show_message(queued, follows=follows, can_send=not answering)

    def _on_conversation(self, row: int) -> None:
        if self._chat.conversations[row].id == self._conversation_id:
            self._refresh()

    def _on_deleting(self, conversation_id: str) -> None:
        if conversation_id == self._conversation_id:
            self.store()

    def _on_edited(self) -> None:
        # Not started again by each key: who types without a pause is to be safe too.
        if not self._timer.isActive():
            self._timer.start()

    def _on_submitted(self, text: str) -> None:
        if self.send(text):
            self._composer.set_text("")

    def _on_queued(self, text: str) -> None:
        self._chat.queue(self._begun(), text)
        self._timer.stop()
        self._composer.show_hint(None)
        self._composer.set_text("")

    def _on_edit_submitted(self, message_id: str, text: str) -> None:
        if self._chat.edit(MessageId(message_id), text):
            self._composer.show_hint(None)
            self._composer.end_edit()
            self.sent.emit()
        else:
            self._composer.show_hint(Hint(sentence=self._why_not_edited()))

    def _why_not_edited(self) -> str:
        if self._conversation_id in self._chat.answering.value:
            return self.tr(
                "An answer is still coming, so nothing was sent. Your text is kept: send it when "
                "the answer is there, or stop the answer."
            )
        return self.tr(
            "The earlier message is no longer there, so nothing was sent. Your text is kept: copy "
            "it into a new message."
        )

    def _on_recall_requested(self) -> None:
        if self._conversation_id is None:
            return
        messages = self._chat.open(self._conversation_id)
        rows = range(len(messages) - 1, -1, -1)
        row = next((row for row in rows if messages[row].role is Role.USER), None)
        if row is not None:
            self.edit(messages[row].id)

    def _on_stop_requested(self) -> None:
        if self._conversation_id is not None:
            self._chat.stop(self._conversation_id)

    def _on_queue_edit_requested(self) -> None:
        conversation = self._chat.conversations.get(self._conversation_id or "")
        if conversation is not None:
            # Stored as the draft first: a crash between the two doubles it, but does not lose it.
            self._composer.put_before(conversation.queued)
            self.store()
            self._chat.unqueue(conversation.id)

    def _on_queue_send_requested(self) -> None:
        if self._conversation_id is not None and self._chat.send_queued(self._conversation_id):
            self.sent.emit()
            self._composer.setFocus()

    def _on_queue_remove_requested(self) -> None:
        conversation_id = self._conversation_id
        if conversation_id is None:
            return
        text = self._chat.unqueue(conversation_id)
        self._composer.show_hint(
            Hint(
                sentence=self.tr("The waiting message was removed."),
                label=self.tr("Undo"),
                act=lambda: self._queue_again(conversation_id, text),
            )
        )
        self._composer.setFocus()

    def _queue_again(self, conversation_id: ConversationId, text: str) -> None:
        self._chat.queue(conversation_id, text)
        self.store()  # queuing takes the draft for what is queued
