"""The JSON of a conversation, version 1: `{"format": "beatra-conversation", "version": 1, …}`.

`FORMAT.md` says what each field means. A field that is absent has its default; fields that are not
known are ignored, so that only a change of meaning needs a new version. Keys, profiles and what
this machine alone knows (idempotency keys, back-offs) are not part of it.
"""

from datetime import datetime
from typing import Final

import msgspec

from beatra_desktop import logs
from beatra_desktop.domain.chat import (
    AUTO_MODEL,
    Conversation,
    Message,
    MessageStatus,
    Parameters,
    Role,
    Usage,
    folder_name,
)
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.transfer.tree import Tree, printable, safe_id, whole_ms

FORMAT: Final = "beatra-conversation"
VERSION: Final = 1
NO_PROFILE: Final = ProfileId("")
"""What is read belongs to nobody until somebody takes it in."""


class _Message(msgspec.Struct, kw_only=True, omit_defaults=True):
    id: str
    parent_id: str | None = None
    role: Role
    text: str = ""
    status: MessageStatus = MessageStatus.COMPLETE
    created_at: datetime
    first_delta_at: datetime | None = None
    finished_at: datetime | None = None
    model_asked: str | None = None
    model: str | None = None
    finish_reason: str | None = None
    request_id: str | None = None
    usage: Usage | None = None
    failure: dict[str, str | int | bool | None] | None = None


class _Conversation(msgspec.Struct, kw_only=True, omit_defaults=True):
    id: str
    title: str = ""
    created_at: datetime
    updated_at: datetime
    head_id: str | None = None
    model: str = AUTO_MODEL
    system_prompt: str = ""
    parameters: Parameters | None = None
    draft: str = ""
    queued: str = ""
    is_pinned: bool = False
    is_archived: bool = False
    folder: str = ""


class _File(msgspec.Struct, kw_only=True):
    format: str = FORMAT
    version: int = VERSION
    conversation: _Conversation
    messages: list[_Message] = []


def encode(tree: Tree) -> bytes:
    """The conversation as compact JSON; texts of failures are cleaned of secrets once more."""
    clean = printable(tree)
    conversation = msgspec.convert(clean.conversation, _Conversation, from_attributes=True)
    messages = [_from_message(message) for message in clean.messages]
    return msgspec.json.encode(_File(conversation=conversation, messages=messages))


def decode(text: bytes) -> Tree:
    """The conversation of a file, as it stands there; raises ValueError for anything else."""
    try:
        file = msgspec.json.decode(text, type=_File)
        conversation = _to_conversation(file.conversation)
        messages = tuple(_to_message(message, conversation.id) for message in file.messages)
    except (msgspec.MsgspecError, OverflowError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    if len({message.id for message in messages}) < len(messages):
        raise ValueError("two messages have the same id")
    return Tree(conversation, messages)


def _from_message(message: Message) -> _Message:
    failure = message.failure
    bare = msgspec.convert(replace(message, failure=None), _Message, from_attributes=True)
    bare.failure = None if failure is None else _from_failure(failure)
    return bare


def _from_failure(failure: Failure) -> dict[str, str | int | bool | None]:
    fields = msgspec.to_builtins(failure)
    plain = Failure(code=failure.code)
    return {
        name: logs.redact(value) if isinstance(value, str) else value
        for name, value in fields.items()
        if name == "code" or value != getattr(plain, name)
    }


def _to_failure(fields: dict[str, str | int | bool | None] | None) -> Failure | None:
    if fields is None:
        return None
    try:
        return msgspec.convert(fields, Failure)
    except msgspec.ValidationError:  # of a kind that only another version knows
        return Failure(code=FailureCode.INCOMPLETE_ANSWER, retryable=True)


def _to_conversation(stored: _Conversation) -> Conversation:
    parameters = stored.parameters.within_limits() if stored.parameters is not None else None
    return Conversation(
        id=ConversationId(safe_id(stored.id)),
        profile_id=NO_PROFILE,
        title=stored.title,
        created_at=whole_ms(stored.created_at),
        updated_at=whole_ms(stored.updated_at),
        head_id=_message_id(stored.head_id),
        model=stored.model,
        draft=stored.draft,
        queued=stored.queued,
        system_prompt=stored.system_prompt,
        parameters=parameters,
        is_pinned=stored.is_pinned,
        is_archived=stored.is_archived,
        folder=folder_name(stored.folder),
    )


def _to_message(stored: _Message, conversation_id: ConversationId) -> Message:
    return Message(
        id=MessageId(safe_id(stored.id)),
        conversation_id=conversation_id,
        parent_id=_message_id(stored.parent_id),
        role=stored.role,
        text=stored.text,
        status=stored.status,
        created_at=whole_ms(stored.created_at),
        first_delta_at=_time(stored.first_delta_at),
        finished_at=_time(stored.finished_at),
        model_asked=stored.model_asked,
        model=stored.model,
        finish_reason=stored.finish_reason,
        request_id=stored.request_id,
        usage=stored.usage,
        failure=_to_failure(stored.failure),
    )


def _message_id(text: str | None) -> MessageId | None:
    return None if text is None else MessageId(safe_id(text))


def _time(time: datetime | None) -> datetime | None:
    return None if time is None else whole_ms(time)
