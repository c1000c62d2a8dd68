"""Conversations and messages."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import (
    ConversationId,
    IdempotencyKey,
    MessageId,
    PresetId,
    ProfileId,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Wait
from beatra_desktop.domain.titles import first_words, one_line, shortened

AUTO_MODEL: Final = "auto"
TITLE_CHARACTERS: Final = 60
FOLDER_CHARACTERS: Final = 60
TRASH_TIME: Final = timedelta(days=30)
"""How long a deleted conversation can be brought back."""
MAX_TEMPERATURE: Final = 2.0
MAX_STOPS: Final = 4


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


class Usage(Struct, frozen=True, kw_only=True):
    """Token counts and charge as the service reported them; missing is not zero.

    The charge is a decimal string (contract §2); none is documented for chat (contract U3).
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    credits: str | None = None
    credits_usd_reference: str | None = None


class Parameters(Struct, frozen=True, kw_only=True):
    """What goes with every request of a conversation; None leaves it to the service.

    `temperature` is 0 to 2, `top_p` 0 to 1, and only one of them is used (contract §3.1).
    """

    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()

    def within_limits(self) -> "Parameters":
        """The same parameters with numbers brought into their ranges and no blank stops."""
        temperature = _clamp(self.temperature, MAX_TEMPERATURE)
        return replace(
            self,
            temperature=temperature,
            top_p=None if temperature is not None else _clamp(self.top_p, 1.0),
            max_tokens=None if self.max_tokens is None else max(1, self.max_tokens),
            stop=tuple(stop for stop in self.stop if stop)[:MAX_STOPS],
        )


class Preset(Struct, frozen=True, kw_only=True):
    """A way of working with a model, kept under a name; an empty `model` leaves that as it is."""

    id: PresetId
    name: str
    system_prompt: str = ""
    model: str = ""
    parameters: Parameters | None = None

    def is_way_of(self, conversation: "Conversation") -> bool:
        """Whether the conversation works as the preset says."""
        return (
            self.system_prompt == conversation.system_prompt
            and self.parameters == conversation.parameters
            and self.model in ("", conversation.model)
        )


class Message(Struct, frozen=True, kw_only=True, gc=False):  # no cycles, and there are many
    """One message of a conversation's tree; `parent_id` is the message it answers.

    `model_asked` is what was requested, `model` what answered (contract §2). `wait` is a back-off
    in progress, `hold` why nothing leaves; neither is stored. `profile_id` is who was asked, of
    answers since it is noted.
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
    profile_id: ProfileId | None = None
    failure: Failure | None = None
    wait: Wait | None = None
    hold: Hold | None = None


class Edit(Struct, frozen=True, kw_only=True):
    """Another version of a question, still being written."""

    message_id: MessageId
    text: str


class Conversation(Struct, frozen=True, kw_only=True):
    """A conversation; `head_id` is the newest message of the branch on show.

    `queued` is the next message, waiting for the end of the answer that is coming; `draft` is
    what is being written beside it, and waits while an `edit` is. `folder` is the name of the
    folder it is in, empty for none.
    """

    id: ConversationId
    profile_id: ProfileId
    title: str
    created_at: datetime
    updated_at: datetime
    head_id: MessageId | None = None
    model: str = AUTO_MODEL
    draft: str = ""
    queued: str = ""
    edit: Edit | None = None
    system_prompt: str = ""
    parameters: Parameters | None = None
    is_pinned: bool = False
    is_archived: bool = False
    folder: str = ""
    deleted_at: datetime | None = None

    @property
    def has_ways(self) -> bool:
        """Whether it has instructions or parameters of its own."""
        return bool(self.system_prompt) or self.parameters is not None


def title_from(text: str) -> str:
    """A title made locally from the first words of the first message, at most 60 characters."""
    return shortened(first_words(text), TITLE_CHARACTERS)


def folder_name(text: str) -> str:
    """What a folder is called after what was typed: one line of at most 60 characters."""
    return one_line(text, FOLDER_CHARACTERS)


def way_back(tree: Mapping[MessageId, Message], head_id: MessageId | None) -> Iterator[Message]:
    """A message and what it answers, up to the root; ends at a circle in broken data."""
    seen: set[MessageId] = set()
    while head_id is not None and head_id in tree and head_id not in seen:
        seen.add(head_id)
        yield tree[head_id]
        head_id = tree[head_id].parent_id


def branch(messages: Iterable[Message], head_id: MessageId | None) -> list[Message]:
    """The messages from the root to `head_id`, oldest first; ends at a circle in broken data."""
    return [*way_back({message.id: message for message in messages}, head_id)][::-1]


def siblings(messages: Iterable[Message], message_id: MessageId) -> list[MessageId]:
    """The messages that answer the same one, itself among them, oldest first."""
    tree = {message.id: message for message in messages}
    if message_id not in tree:
        return []
    parent_id = tree[message_id].parent_id
    same = [message for message in tree.values() if message.parent_id == parent_id]
    return [message.id for message in sorted(same, key=lambda message: message.created_at)]


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


def _clamp(number: float | None, highest: float) -> float | None:
    return None if number is None else max(0.0, min(highest, number))
