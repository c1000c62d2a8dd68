"""Conversations and messages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, MessageId, ProfileId
from beatra_desktop.domain.requests import Wait

AUTO_MODEL: Final = "auto"
TITLE_CHARACTERS: Final = 60


class Role(StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class MessageStatus(StrEnum):
    """sending -> streaming -> complete | incomplete | stopped; sending -> failed | unknown."""

    SENDING = "sending"
    STREAMING = "streaming"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    STOPPED = "stopped"
    FAILED = "failed"
    UNKNOWN = "unknown"

    @property
    def is_live(self) -> bool:
        return self in (MessageStatus.SENDING, MessageStatus.STREAMING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Token counts as the service reported them; missing is not zero."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation's tree; `parent_id` is the message it answers.

    `model_asked` is what was requested, `model` what answered (contract §2). `wait` is a back-off
    in progress and is not stored.
    """

    id: MessageId
    conversation_id: ConversationId
    parent_id: MessageId | None
    role: Role
    text: str
    status: MessageStatus
    created_at: datetime
    model_asked: str | None = None
    model: str | None = None
    finish_reason: str | None = None
    usage: Usage | None = None
    request_id: str | None = None
    idempotency_key: IdempotencyKey | None = None
    first_delta_at: datetime | None = None
    finished_at: datetime | None = None
    failure: Failure | None = None
    wait: Wait | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A conversation; `head_id` is the newest message of the branch on show."""

    id: ConversationId
    profile_id: ProfileId
    title: str
    created_at: datetime
    updated_at: datetime
    head_id: MessageId | None = None
    model: str = AUTO_MODEL
    draft: str = ""
    is_pinned: bool = False
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search result; `snippet` marks the match between \\x02 and \\x03."""

    conversation_id: ConversationId
    message_id: MessageId | None
    title: str
    snippet: str
    created_at: datetime


def title_from(text: str) -> str:
    """A title made locally from the first line of the first message, at most 60 characters."""
    lines = (line.strip(" #*>-\t") for line in text.splitlines())
    line = next((line for line in lines if line), "")
    if len(line) <= TITLE_CHARACTERS:
        return line
    return line[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def branch(messages: Iterable[Message], head_id: MessageId | None) -> list[Message]:
    """The messages from the root to `head_id`, oldest first; ends at a circle in broken data."""
    by_id = {message.id: message for message in messages}
    path: list[Message] = []
    while head_id is not None and (message := by_id.pop(head_id, None)) is not None:
        path.append(message)
        head_id = message.parent_id
    return path[::-1]


def newest_leaf(messages: Iterable[Message], message_id: MessageId) -> MessageId:
    """The end of the branch that goes on from a message, by its newest answers."""
    newest: dict[MessageId | None, MessageId] = {}
    for message in sorted(messages, key=lambda message: message.created_at):
        newest[message.parent_id] = message.id
    seen = {message_id}
    while (child := newest.get(message_id)) is not None and child not in seen:
        seen.add(child)
        message_id = child
    return message_id
