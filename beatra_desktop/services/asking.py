"""Asking for answers: what goes out, which answers are coming, and telling when one has ended."""

import asyncio
from collections.abc import Callable
from typing import Final

from beatra_desktop.api.errors import APIError
from beatra_desktop.api.requests import ChatMessage, ChatRequest, encode_chat
from beatra_desktop.domain.chat import (
    AUTO_MODEL,
    Conversation,
    Message,
    MessageStatus,
    Parameters,
    Role,
    branch,
)
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId, new_id
from beatra_desktop.domain.observable import Value
from beatra_desktop.domain.profiles import ProfileKind
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.services.answering import Answering
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor

CHAT_PATH: Final = "/chat/completions"


class Asking:
    """`on_ended(message_id)` is called when an answer came to its end by itself, not by a stop.

    `gives_up(message, error)` tells errors after which the same request is not tried again.
    """

    def __init__(
        self,
        *,
        conversations: Conversations,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        supervisor: Supervisor,
        gives_up: Callable[[Message, APIError], bool],
    ) -> None:
        self._conversations = conversations
        self._outbox = outbox
        self._profiles = profiles
        self._supervisor = supervisor
        self._stopped: set[str] = set()
        self._running: dict[ConversationId, asyncio.Task[None]] = {}
        self._answering = Answering(
            conversations=conversations,
            outbox=outbox,
            clients=clients,
            profiles=profiles,
            was_stopped=self._stopped.__contains__,
            gives_up=gives_up,
        )
        self.on_ended: Callable[[MessageId], None] = lambda _: None
        self.answering: Value[frozenset[ConversationId]] = Value(frozenset())

    def is_answering(self, conversation_id: ConversationId) -> bool:
        return conversation_id in self.answering.value

    def coming(self, conversation_id: ConversationId) -> str | None:
        """The id of the message that an answer is filling."""
        running = self._running.get(conversation_id)
        return None if running is None else running.get_name()

    def ask(
        self,
        conversation_id: ConversationId,
        *,
        parent: Message,
        request: Request | None = None,
        instruction: str | None = None,
        model: str | None = None,
    ) -> None:
        """Ask for an answer to `parent`, as a new message.

        `request` sends that one again, which asks `model`; else the conversation's is asked.
        """
        conversation = self._listed(conversation_id)
        message_id = MessageId(new_id())
        with self._outbox.together():
            request = request or self._write(
                conversation, parent, owner_id=message_id, instruction=instruction
            )
            asked = model or conversation.model
            answer = self._put_answer(message_id, parent, request, model=asked)
            if request.owner_id != answer.id:  # adopted by a message that is there already
                request = self._outbox.adopt(request, answer.id)
            self._conversations.change(conversation, head_id=answer.id)
        opened = self._conversations.open(conversation_id)
        if answer.id not in opened.shown:
            opened.show(answer.id)
        self.start(answer, request)

    def _put_answer(
        self, message_id: MessageId, parent: Message, request: Request, *, model: str
    ) -> Message:
        return self._conversations.put(
            Message(
                id=message_id,
                conversation_id=parent.conversation_id,
                parent_id=parent.id,
                role=Role.ASSISTANT,
                text="",
                status=MessageStatus.SENDING,
                created_at=utc_now(),
                profile_id=request.profile_id,
                model_asked=model,
                idempotency_key=request.key,
            )
        )

    def ask_again(
        self, message: Message, request: Request | None = None, *, model: str | None = None
    ) -> None:
        """Ask anew for an answer of which nothing came; the message stays the same one.

        `request` sends that one again; else `model` answers, or the conversation's.
        """
        conversation = self._listed(message.conversation_id)
        asked = message.model_asked
        if request is None:
            asked = model or conversation.model
            parent = self._conversations.parent(message)
            request = self._write(replace(conversation, model=asked), parent, owner_id=message.id)
        sending = replace(
            message,
            status=MessageStatus.SENDING,
            profile_id=request.profile_id,
            failure=None,
            idempotency_key=request.key,
            model_asked=asked,
        )
        self.start(self._conversations.put(sending), request)

    def start(self, message: Message, request: Request) -> None:
        """Send a request that is written; the answer fills `message`."""
        work = self._answering.answer(message, request)
        running = self._supervisor.start(work, name=message.id)
        self._running[message.conversation_id] = running
        self.answering.set(self.answering.value | {message.conversation_id})
        running.add_done_callback(lambda _: self._on_done(message, running))

    def stop(self, conversation_id: ConversationId) -> None:
        """End the coming answer; what arrived is kept."""
        running = self._running.get(conversation_id)
        if running is not None:
            self._stopped.add(running.get_name())
            # Not before it has begun: only what runs can put its message in order.
            asyncio.get_running_loop().call_soon(running.cancel)

    def _listed(self, conversation_id: ConversationId) -> Conversation:
        conversation = self._conversations.records.get(conversation_id)
        assert conversation is not None, "only a listed conversation asks"
        return conversation

    def _write(
        self,
        conversation: Conversation,
        parent: Message,
        *,
        owner_id: str,
        instruction: str | None = None,
    ) -> Request:
        tree = self._conversations.whole(conversation.id).tree
        said = [
            ChatMessage(message.role.value, message.text)
            for message in branch(tree.values(), parent.id)
            if message.text
        ]
        if conversation.system_prompt.strip():
            said.insert(0, ChatMessage(Role.SYSTEM.value, conversation.system_prompt))
        if instruction is not None:
            said.append(ChatMessage(Role.USER.value, instruction))
        return self._outbox.write(
            kind=RequestKind.CHAT,
            profile_id=conversation.profile_id,
            owner_id=owner_id,
            path=CHAT_PATH,
            body=encode_chat(self._chat_request(conversation, said)),
        )

    def _chat_request(self, conversation: Conversation, said: list[ChatMessage]) -> ChatRequest:
        """`max_tokens` is what other servers know; beatra prefers its successor (contract §3.1)."""
        is_foreign = self._profiles.find(conversation.profile_id).kind is ProfileKind.CUSTOM
        chosen = conversation.parameters or Parameters()
        return ChatRequest(
            model=self._model_for(conversation) if is_foreign else conversation.model,
            messages=said,
            temperature=chosen.temperature,
            top_p=chosen.top_p,
            max_tokens=chosen.max_tokens if is_foreign else None,
            max_completion_tokens=None if is_foreign else chosen.max_tokens,
            seed=chosen.seed,
            stop=list(chosen.stop) or None,
        )

    def _model_for(self, conversation: Conversation) -> str:
        """Only beatra knows `auto`: of a service of others its first model is asked."""
        catalog = self._profiles.catalog.value
        is_known = conversation.profile_id == self._profiles.active.value.id
        if conversation.model != AUTO_MODEL or not is_known or catalog.offers_music:
            return conversation.model
        ids = [model.id for model in catalog.chat_models]
        return AUTO_MODEL if AUTO_MODEL in ids or not ids else ids[0]

    def _on_done(self, message: Message, running: "asyncio.Task[None]") -> None:
        # A stop in the last moment cancels nothing, and is a stop all the same.
        is_stopped = running.cancelled() or running.get_name() in self._stopped
        self._stopped.discard(running.get_name())
        if self._running.get(message.conversation_id) is running:
            del self._running[message.conversation_id]
            self.answering.set(self.answering.value - {message.conversation_id})
            if not is_stopped:
                self.on_ended(message.id)
