"""Conversations for tests of exports and imports."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from beatra_desktop.domain.chat import (
    Conversation,
    Message,
    MessageStatus,
    Parameters,
    Role,
    Usage,
)
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId, new_id
from beatra_desktop.services.transfer.tree import Tree

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FINAL = [status for status in MessageStatus if not status.is_live and status.value != "unknown"]


def said(name: str, text: str = "", *, after: str | None = None, **fields: Any) -> Message:
    """A complete question named `name` in the conversation `c`."""
    known: dict[str, Any] = {
        "conversation_id": ConversationId("c"),
        "role": Role.USER,
        "status": MessageStatus.COMPLETE,
        "created_at": NOON,
    }
    parent_id = None if after is None else MessageId(after)
    return Message(id=MessageId(name), text=text, parent_id=parent_id, **(known | fields))


def answered(name: str, text: str, *, after: str, **fields: Any) -> Message:
    return said(name, text, after=after, **({"role": Role.ASSISTANT} | fields))


def tree(*messages: Message, **fields: Any) -> Tree:
    """The conversation `c`; its head is the last message unless told otherwise."""
    known: dict[str, Any] = {
        "title": "Rain",
        "created_at": NOON,
        "updated_at": NOON,
        "head_id": messages[-1].id if messages else None,
    }
    conversation = Conversation(
        id=ConversationId("c"), profile_id=ProfileId("sandbox"), **(known | fields)
    )
    return Tree(conversation, messages)


_times = st.integers(0, 4_000_000_000_000).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_counts = st.none() | st.integers(0, 10**9)
_usages = st.none() | st.builds(Usage, prompt_tokens=_counts, credits=st.none() | st.just("0.5"))
_parameters = st.none() | st.builds(
    Parameters, temperature=st.none() | st.floats(0, 2), seed=_counts, stop=st.just(("END",))
)
_failures = st.none() | st.builds(
    Failure,
    code=st.sampled_from(FailureCode),
    detail=st.sampled_from(["", "it broke"]),
    status=st.none() | st.just(503),
    retryable=st.booleans(),
)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Whole conversations with ids of their own, as one machine may have them."""
    conversation_id = ConversationId(new_id())
    messages: list[Message] = []
    for _ in range(draw(st.integers(0, 12))):
        parent = draw(st.none() | st.sampled_from(messages)) if messages else None
        message = Message(
            id=MessageId(new_id()),
            conversation_id=conversation_id,
            parent_id=None if parent is None else parent.id,
            role=draw(st.sampled_from(Role)),
            text=draw(_texts),
            status=draw(st.sampled_from(FINAL)),
            created_at=draw(_times),
            model_asked=draw(st.none() | st.just("auto")),
            model=draw(st.none() | _texts),
            finish_reason=draw(st.none() | st.just("stop")),
            request_id=draw(st.none() | st.just("req_1")),
            usage=draw(_usages),
            first_delta_at=draw(st.none() | _times),
            finished_at=draw(st.none() | _times),
            failure=draw(_failures),
        )
        messages.append(message)
    conversation = Conversation(
        id=conversation_id,
        profile_id=ProfileId("sandbox"),
        title=draw(_texts),
        created_at=draw(_times),
        updated_at=draw(_times),
        head_id=draw(st.sampled_from(messages)).id if messages else None,
        model=draw(st.sampled_from(["auto", "sandbox-echo"])),
        draft=draw(_texts),
        system_prompt=draw(_texts),
        parameters=draw(_parameters),
        is_pinned=draw(st.booleans()),
        is_archived=draw(st.booleans()),
        folder=draw(st.sampled_from(["", "Work", "سفر"])),
    )
    return Tree(conversation, tuple(messages))
