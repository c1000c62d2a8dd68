"""Chat commands: what a user does to conversations and answers."""

from datetime import datetime
from typing import Final

from beatra_desktop.api.errors import APIError
from beatra_desktop.domain.chat import (
    AUTO_MODEL,
    Conversation,
    Edit,
    Message,
    MessageStatus,
    Parameters,
    Preset,
    Role,
    newest_leaf,
    title_from,
)
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, new_id
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestState
from beatra_desktop.services import failures, resuming
from beatra_desktop.services.asking import Asking
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor

CONTINUE_PROMPT: Final = "Continue exactly where your last message stops. Do not repeat anything."
MODEL_GONE: Final = frozenset({FailureCode.MODEL_UNAVAILABLE, FailureCode.UNSUPPORTED_MODEL})
"""Failures another model may not meet (contract §3.1)."""
_WITHOUT_ANSWER: Final = (RequestState.WRITTEN, RequestState.SENT, RequestState.ABANDONED)


class ChatService:
    """The single writer of messages, and of what is said in conversations."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
    ) -> None:
        self._conversations = conversations
        self._outbox = outbox
        self._profiles = profiles
        self._settings = settings
        self._supervisor = supervisor
        self._queued_now: set[ConversationId] = set()
        self._picked_at: dict[ConversationId, datetime] = {}
        self._asking = Asking(
            conversations=conversations,
            outbox=outbox,
            clients=clients,
            profiles=profiles,
            supervisor=supervisor,
            gives_up=self._gives_up,
        )
        self._asking.on_ended = self._on_ended

    @property
    def conversations(self) -> ReadOnlyRecords[Conversation]:
        return self._conversations.records

    @property
    def answering(self) -> ReadOnlyValue[frozenset[ConversationId]]:
        """Conversations an answer is coming for."""
        return self._asking.answering

    def is_answering(self, conversation_id: ConversationId) -> bool:
        return self._asking.is_answering(conversation_id)

    def open(self, conversation_id: ConversationId) -> ReadOnlyRecords[Message]:
        """The messages on show, which go on changing while an answer comes.

        Of a long conversation the newest are there at once, the earlier ones a moment later.
        """
        opened = self._conversations.open(conversation_id)
        name = f"reading {conversation_id}"
        if not opened.is_whole and name not in self._supervisor.names:
            self._supervisor.start(self._conversations.complete(conversation_id), name=name)
        return opened.shown

    def new_conversation(self) -> Conversation:
        return self._conversations.create(self._profiles.active.value.id)

    def send(self, conversation_id: ConversationId, text: str) -> bool:
        """Store the message and ask for an answer; False, and nothing done, for blank text.

        While an answer is coming the conversation takes no further message: see `queue`.
        """
        conversation = self._conversations.records.get(conversation_id)
        parent_id = conversation.head_id if conversation is not None else None
        return self._say(conversation, text, parent_id=parent_id, draft="")

    def edit(self, message_id: MessageId, text: str) -> bool:
        """Say something else in the place of a question, on a branch of its own.

        The question and what followed it stay as they are. False, and nothing done, for blank
        text, for anything but a question, and while an answer is coming.
        """
        message = self._idle_message(message_id)
        if message is None or message.role is not Role.USER:
            return False
        conversation = self._conversations.records.get(message.conversation_id)
        return self._say(conversation, text, parent_id=message.parent_id, edit=None)

    def queue(self, conversation_id: ConversationId, text: str) -> None:
        """Keep a message for when the coming answer is complete; a second one is added to it.

        What an earlier run left queued waits for `send_queued`: a start never spends by itself.
        """
        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None and text.strip():
            queued = "\n\n".join(part for part in (conversation.queued, text) if part)
            self._queued_now.add(conversation_id)  # first: who hears of the change asks
            self._conversations.change(conversation, queued=queued, draft="")

    def follows_by_itself(self, conversation_id: ConversationId) -> bool:
        """Whether what is queued goes out when the coming answer is complete.

        It waits for the user instead if it would go to another service than it was written for,
        or below another version than the answer it was written for.
        """
        answer_id = self._asking.coming(conversation_id)
        return answer_id is not None and self._follows(conversation_id, answer_id)

    def send_queued(self, conversation_id: ConversationId) -> bool:
        """Send what is queued now; False while an answer is coming."""
        conversation = self._conversations.records.get(conversation_id)
        if conversation is None:
            return False
        text, parent_id = conversation.queued, conversation.head_id
        return self._say(conversation, text, parent_id=parent_id, queued="")

    def unqueue(self, conversation_id: ConversationId) -> str:
        """Take the queued message back; its text is the caller's."""
        conversation = self._conversations.records.get(conversation_id)
        self._change(conversation_id, queued="")
        return conversation.queued if conversation else ""

    def siblings(self, message_id: MessageId) -> list[MessageId]:
        """The other versions of a message and itself, oldest first; empty for unknown ids."""
        message = self._conversations.find_message(message_id)
        return [] if message is None else self._conversations.siblings(message)

    def show_sibling(self, message_id: MessageId, *, step: int) -> None:
        """Show the branch of the version of a message that is `step` places on, if there is one."""
        message = self._conversations.find_message(message_id)
        if message is None:
            return
        versions = self._conversations.siblings(message)
        place = versions.index(message_id) + step
        if 0 <= place < len(versions):
            self._show_branch(message.conversation_id, versions[place])

    def reveal(self, conversation_id: ConversationId, message_id: MessageId) -> None:
        """Show the branch a message is on; nothing changes when it is on show."""
        opened = self._conversations.whole(conversation_id)
        if message_id in opened.tree and message_id not in opened.shown:
            self._show_branch(conversation_id, message_id)

    def stop(self, conversation_id: ConversationId) -> None:
        """End the coming answer; what arrived is kept."""
        self._asking.stop(conversation_id)

    def retry(self, message_id: MessageId) -> None:
        """Ask again for an answer.

        The same request is sent again where its outcome is open, so it can't be charged twice.
        A message with text stays as it is: the new answer becomes its sibling.
        """
        message = self._idle_message(message_id)
        if message is None or message.parent_id is None:
            return
        request = self._same_intent(message)
        if message.text:
            parent = self._conversations.parent(message)
            model = message.model_asked if request is not None else None
            self._asking.ask(message.conversation_id, parent=parent, request=request, model=model)
        else:
            self._asking.ask_again(message, request)

    def use_auto(self, message_id: MessageId) -> None:
        """Let the service choose the model from now on, and ask it for this answer again."""
        message = self._idle_message(message_id)
        if message is not None:
            self.set_model(message.conversation_id, AUTO_MODEL)
            self.retry(message_id)

    def continue_answer(self, message_id: MessageId) -> None:
        """Ask for the rest of a cut answer, as a new message below it."""
        message = self._idle_message(message_id)
        if message is not None:
            self._asking.ask(message.conversation_id, parent=message, instruction=CONTINUE_PROMPT)

    def keep(self, message_id: MessageId) -> None:
        """Accept a cut answer: it stays marked as incomplete, without a failure to act on."""
        message = self._conversations.find_message(message_id)
        if message is not None and message.status is MessageStatus.INCOMPLETE:
            self._conversations.put(replace(message, failure=None))

    def set_draft(
        self, conversation_id: ConversationId, text: str, *, edit: Edit | None = None
    ) -> None:
        """Keep what is being written: the next message, and another version of an earlier one."""
        self._change(conversation_id, draft=text, edit=edit)

    def set_model(self, conversation_id: ConversationId, model_id: str) -> None:
        self._picked_at[conversation_id] = utc_now()
        self._change(conversation_id, model=model_id or AUTO_MODEL)

    def set_system_prompt(self, conversation_id: ConversationId, text: str) -> None:
        """What the model is told before everything else, from the next message on."""
        self._change(conversation_id, system_prompt=text)

    def set_parameters(self, conversation_id: ConversationId, parameters: Parameters) -> None:
        """Brought into their limits; they go with every request from the next message on."""
        chosen = parameters.within_limits()
        self._change(conversation_id, parameters=None if chosen == Parameters() else chosen)

    def apply_preset(self, conversation_id: ConversationId, preset: Preset) -> None:
        """Work as the preset says from the next message on."""
        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None:
            if preset.model:
                self._picked_at[conversation_id] = utc_now()
            self._conversations.change(
                conversation,
                system_prompt=preset.system_prompt,
                parameters=preset.parameters,
                model=preset.model or conversation.model,
            )

    def resume(self) -> None:
        """Settle what an earlier run left: cut streams are incomplete, unanswered ones go on."""
        resuming.resume(self._conversations, self._outbox, self._asking)

    def _say(
        self,
        conversation: Conversation | None,
        text: str,
        *,
        parent_id: MessageId | None,
        **emptied: str | None,
    ) -> bool:
        """Send a text; the place it was written in is `emptied` in the same step."""
        if conversation is None or not text.strip() or self.is_answering(conversation.id):
            return False
        if self._conversations.is_damaged(conversation.id):
            return False  # it would be asked without what was said before
        with self._outbox.together():
            question = self._put_question(conversation.id, text, parent_id=parent_id)
            self._conversations.touch(
                conversation,
                head_id=question.id,
                is_archived=False,
                profile_id=self._profiles.active.value.id,
                title=conversation.title or title_from(text),
                **emptied,
            )
            self._asking.ask(conversation.id, parent=question)
        return True

    def _put_question(
        self, conversation_id: ConversationId, text: str, *, parent_id: MessageId | None
    ) -> Message:
        return self._conversations.put(
            Message(
                id=MessageId(new_id()),
                conversation_id=conversation_id,
                parent_id=parent_id,
                role=Role.USER,
                text=text,
                status=MessageStatus.COMPLETE,
                created_at=utc_now(),
            )
        )

    def _show_branch(self, conversation_id: ConversationId, message_id: MessageId) -> None:
        opened = self._conversations.whole(conversation_id)
        head_id = newest_leaf(opened.tree.values(), message_id)
        self._change(conversation_id, head_id=head_id)
        opened.show(head_id)

    def _idle_message(self, message_id: MessageId) -> Message | None:
        """A message of a conversation that is listed and waits for no answer."""
        message = self._conversations.find_message(message_id)
        if message is None or message.conversation_id not in self._conversations.records:
            return None
        return None if self.is_answering(message.conversation_id) else message

    def _same_intent(self, message: Message) -> Request | None:
        """The message's request if asking again means sending it again; not for another model."""
        request = self._outbox.find(message.idempotency_key)
        if request is None:
            return None
        if not (self._outbox.keeps_key(request) or _is_lost(message, request)):
            self._outbox.give_up(request)
            return None
        conversation = self._conversations.records.get(message.conversation_id)
        if conversation is None or message.model_asked == conversation.model:
            return request
        if self._gave_way(message, request):
            return request
        self._outbox.abandon(request)
        return None

    def _gave_way(self, message: Message, request: Request) -> bool:
        """Whether Auto may have taken a model's place here, and nobody picked one since."""
        picked_at = self._picked_at.get(message.conversation_id)
        is_picked_since = picked_at is not None and picked_at > request.written_at
        is_auto = message.model_asked == AUTO_MODEL
        return is_auto and self._settings.settings.value.falls_back_to_auto and not is_picked_since

    def _change(self, conversation_id: ConversationId, **fields: object) -> None:
        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None:
            self._conversations.change(conversation, **fields)

    def _falls_back(self, message: Message, code: FailureCode) -> bool:
        """Not where words came already: another model's would be added to them."""
        if message.text or message.model_asked == AUTO_MODEL:
            return False
        return code in MODEL_GONE and self._settings.settings.value.falls_back_to_auto

    def _gives_up(self, message: Message, error: APIError) -> bool:
        """Another try of a model that is gone would only delay the fallback."""
        return self._falls_back(message, failures.from_api(error).code)

    def _on_ended(self, message_id: MessageId) -> None:
        message = self._idle_message(message_id)
        if message is None:
            return
        if message.failure is not None and self._falls_back(message, message.failure.code):
            self._abandon(message)
            self._asking.ask_again(message, model=AUTO_MODEL)
        elif message.status is MessageStatus.COMPLETE and self._follows(
            message.conversation_id, message_id
        ):
            self.send_queued(message.conversation_id)

    def _follows(self, conversation_id: ConversationId, answer_id: str) -> bool:
        conversation = self._conversations.records.get(conversation_id)
        if conversation is None or conversation_id not in self._queued_now:
            return False
        is_same_service = conversation.profile_id == self._profiles.active.value.id
        return is_same_service and conversation.head_id == answer_id

    def _abandon(self, message: Message) -> None:
        request = self._outbox.find(message.idempotency_key)
        if request is not None:
            self._outbox.give_up(request)


def _is_lost(message: Message, request: Request) -> bool:
    """Whether nobody knows what came of it: the outbox says so before anything is asked anew."""
    has_left = request.sent_at is not None and request.state in _WITHOUT_ANSWER
    return message.status is MessageStatus.FAILED and has_left
