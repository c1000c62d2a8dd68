"""Chat commands: what a user does to conversations and answers."""

import asyncio
from dataclasses import replace
from typing import Final

from beatra_desktop.api.requests import ChatMessage, ChatRequest, encode_chat
from beatra_desktop.domain.chat import (
    AUTO_MODEL,
    Conversation,
    Message,
    MessageStatus,
    Role,
    branch,
    newest_leaf,
    title_from,
)
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId, new_id
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Value
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.services.answering import CUT, Answering
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor

CHAT_PATH: Final = "/chat/completions"
CONTINUE_PROMPT: Final = "Continue exactly where your last message stops. Do not repeat anything."


class ChatService:
    """The single writer of conversations and messages."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._conversations = conversations
        self._outbox = outbox
        self._profiles = profiles
        self._supervisor = supervisor
        self._notices = notices
        self._stopped: set[str] = set()
        self._running: dict[ConversationId, asyncio.Task[None]] = {}
        self._answering: Value[frozenset[ConversationId]] = Value(frozenset())
        self._deleted: dict[ConversationId, Conversation] = {}
        self._answerer = Answering(
            conversations=conversations,
            outbox=outbox,
            clients=clients,
            profiles=profiles,
            was_stopped=self._stopped.__contains__,
        )

    @property
    def conversations(self) -> ReadOnlyRecords[Conversation]:
        return self._conversations.records

    @property
    def answering(self) -> ReadOnlyValue[frozenset[ConversationId]]:
        """Conversations an answer is coming for."""
        return self._answering

    def is_answering(self, conversation_id: ConversationId) -> bool:
        return conversation_id in self._answering.value

    def open(self, conversation_id: ConversationId) -> ReadOnlyRecords[Message]:
        """The messages on show, which go on changing while an answer comes."""
        return self._conversations.open(conversation_id).shown

    def new_conversation(self) -> Conversation:
        return self._conversations.create(self._profiles.active.value.id)

    def send(self, conversation_id: ConversationId, text: str) -> bool:
        """Store the message and ask for an answer; False, and nothing done, for blank text.

        While an answer is coming the conversation takes no further message.
        """
        conversation = self._conversations.records.get(conversation_id)
        if conversation is None or not text.strip() or self.is_answering(conversation_id):
            return False
        profile_id = self._profiles.active.value.id
        question = self._conversations.put(
            Message(
                id=MessageId(new_id()),
                conversation_id=conversation_id,
                parent_id=conversation.head_id,
                role=Role.USER,
                text=text,
                status=MessageStatus.COMPLETE,
                created_at=utc_now(),
            )
        )
        self._conversations.touch(
            conversation,
            head_id=question.id,
            draft="",
            profile_id=profile_id,
            title=conversation.title or title_from(text),
        )
        self._ask(conversation_id, parent=question)
        return True

    def reveal(self, conversation_id: ConversationId, message_id: MessageId) -> None:
        """Show the branch a message is on; nothing changes when it is on show."""
        opened = self._conversations.open(conversation_id)
        if message_id in opened.tree and message_id not in opened.shown:
            head_id = newest_leaf(opened.tree.values(), message_id)
            self._change(conversation_id, head_id=head_id)
            opened.show(head_id)

    def stop(self, conversation_id: ConversationId) -> None:
        """End the coming answer; what arrived is kept."""
        running = self._running.get(conversation_id)
        if running is not None:
            self._stopped.add(running.get_name())
            # Not before it has begun: only what runs can put its message in order.
            asyncio.get_running_loop().call_soon(running.cancel)

    def retry(self, message_id: MessageId) -> None:
        """Ask again for an answer that failed or was cut.

        The same request is sent again where its outcome is open, so it can't be charged twice.
        A message with text stays as it is: the new answer becomes its sibling.
        """
        message = self._idle_message(message_id)
        if message is None:
            return
        request = self._same_intent(message)
        if message.text:
            self._ask(message.conversation_id, parent=self._parent(message), request=request)
        else:
            self._ask_again(message, request)

    def continue_answer(self, message_id: MessageId) -> None:
        """Ask for the rest of a cut answer, as a new message below it."""
        message = self._idle_message(message_id)
        if message is not None:
            self._ask(message.conversation_id, parent=message, instruction=CONTINUE_PROMPT)

    def keep(self, message_id: MessageId) -> None:
        """Accept a cut answer: it stays marked as incomplete, without a failure to act on."""
        message = self._conversations.find_message(message_id)
        if message is not None and message.status is MessageStatus.INCOMPLETE:
            self._conversations.put(replace(message, failure=None))

    def set_draft(self, conversation_id: ConversationId, text: str) -> None:
        self._change(conversation_id, draft=text)

    def set_model(self, conversation_id: ConversationId, model_id: str) -> None:
        self._change(conversation_id, model=model_id or AUTO_MODEL)

    def rename(self, conversation_id: ConversationId, title: str) -> None:
        if title.strip():
            self._change(conversation_id, title=title.strip())

    def set_pinned(self, conversation_id: ConversationId, *, pinned: bool) -> None:
        self._change(conversation_id, is_pinned=pinned)

    def delete(self, conversation_id: ConversationId) -> None:
        """Take a conversation away; the notice that says so offers to bring it back."""
        conversation = self._conversations.records.get(conversation_id)
        if conversation is None:
            return
        self.stop(conversation_id)
        self._deleted[conversation_id] = conversation
        self._conversations.take_out(conversation)
        self._notices.tell(
            NoticeCode.CONVERSATION_DELETED, id=conversation_id, title=conversation.title
        )

    def undelete(self, conversation_id: ConversationId) -> None:
        conversation = self._deleted.pop(conversation_id, None)
        if conversation is not None:
            self._conversations.put_back(conversation)

    def resume(self) -> None:
        """Settle what an earlier run left: cut streams are incomplete, unanswered ones go on."""
        for request in self._outbox.open_requests():
            if request.kind is RequestKind.CHAT and not request.may_be_resent(utc_now()):
                self._outbox.abandon(request)
        for message in self._conversations.take_unfinished():
            if message.status is MessageStatus.STREAMING:
                self._end_cut(message, MessageStatus.INCOMPLETE)
            else:
                self._resume_unanswered(message)

    def _resume_unanswered(self, message: Message) -> None:
        request = self._outbox.find(message.idempotency_key)
        if request is None or message.conversation_id not in self._conversations.records:
            self._end_cut(message, MessageStatus.FAILED)
        else:
            self._start(message, request)

    def _end_cut(self, message: Message, status: MessageStatus) -> None:
        self._conversations.put(replace(message, status=status, failure=CUT, finished_at=utc_now()))

    def _idle_message(self, message_id: MessageId) -> Message | None:
        """A message of a conversation that is listed and waits for no answer."""
        message = self._conversations.find_message(message_id)
        if message is None or message.conversation_id not in self._conversations.records:
            return None
        return None if self.is_answering(message.conversation_id) else message

    def _same_intent(self, message: Message) -> Request | None:
        """The message's request if asking again means sending it again; not for another model."""
        request = self._outbox.find(message.idempotency_key)
        if request is None or not request.keeps_key(utc_now()):
            return None
        conversation = self._conversations.records.get(message.conversation_id)
        if conversation is None or message.model_asked == conversation.model:
            return request
        self._outbox.abandon(request)
        return None

    def _change(self, conversation_id: ConversationId, **fields: object) -> None:
        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None:
            self._conversations.change(conversation, **fields)

    def _parent(self, message: Message) -> Message:
        assert message.parent_id is not None, "an answer answers something"
        return self._conversations.open(message.conversation_id).tree[message.parent_id]

    def _ask(
        self,
        conversation_id: ConversationId,
        *,
        parent: Message,
        request: Request | None = None,
        instruction: str | None = None,
    ) -> None:
        conversation = self._conversations.records.get(conversation_id)
        assert conversation is not None, "only a listed conversation asks"
        message_id = MessageId(new_id())
        if request is None:
            request = self._write(conversation, parent, message_id, instruction)
        else:
            request = self._outbox.adopt(request, message_id)
        answer = self._conversations.put(
            Message(
                id=message_id,
                conversation_id=conversation_id,
                parent_id=parent.id,
                role=Role.ASSISTANT,
                text="",
                status=MessageStatus.SENDING,
                created_at=utc_now(),
                model_asked=conversation.model,
                idempotency_key=request.key,
            )
        )
        self._conversations.change(conversation, head_id=answer.id)
        opened = self._conversations.open(conversation_id)
        if answer.id not in opened.shown:
            opened.show(answer.id)
        self._start(answer, request)

    def _ask_again(self, message: Message, request: Request | None) -> None:
        conversation = self._conversations.records.get(message.conversation_id)
        assert conversation is not None, "only a listed conversation asks"
        if request is None:
            request = self._write(conversation, self._parent(message), message.id, None)
        sending = replace(
            message,
            status=MessageStatus.SENDING,
            failure=None,
            idempotency_key=request.key,
            model_asked=conversation.model,
        )
        self._start(self._conversations.put(sending), request)

    def _write(
        self,
        conversation: Conversation,
        parent: Message,
        owner_id: str,
        instruction: str | None,
    ) -> Request:
        tree = self._conversations.open(conversation.id).tree
        said = [
            ChatMessage(message.role.value, message.text)
            for message in branch(tree.values(), parent.id)
            if message.text
        ]
        if instruction is not None:
            said.append(ChatMessage(Role.USER.value, instruction))
        return self._outbox.write(
            kind=RequestKind.CHAT,
            profile_id=conversation.profile_id,
            owner_id=owner_id,
            path=CHAT_PATH,
            body=encode_chat(ChatRequest(model=conversation.model, messages=said)),
        )

    def _start(self, message: Message, request: Request) -> None:
        work = self._answerer.answer(message, request)
        running = self._supervisor.start(work, name=message.id)
        self._running[message.conversation_id] = running
        self._answering.set(self._answering.value | {message.conversation_id})
        running.add_done_callback(lambda _: self._on_done(message.conversation_id, running))

    def _on_done(self, conversation_id: ConversationId, running: "asyncio.Task[None]") -> None:
        self._stopped.discard(running.get_name())
        if self._running.get(conversation_id) is running:
            del self._running[conversation_id]
            self._answering.set(self._answering.value - {conversation_id})
