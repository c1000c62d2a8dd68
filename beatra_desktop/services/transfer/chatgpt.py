"""Conversations of a ChatGPT export, whose shape is documented nowhere and changes over time.

Each is a `mapping` of nodes with parents; `current_node` is the end of the branch on show. What
was not meant for people is left out: tools, hidden messages, the model's own notes.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from beatra_desktop.domain.chat import (
    Conversation,
    Message,
    MessageStatus,
    Role,
    newest_leaf,
    title_from,
)
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.services.transfer.chatgpt_text import text_of
from beatra_desktop.services.transfer.schema import NO_PROFILE
from beatra_desktop.services.transfer.tree import (
    EARLIEST,
    Tree,
    acyclic,
    derived_id,
    safe_id,
    whole_ms,
)

Node = Mapping[str, Any]

_ROLES: Final = {"user": Role.USER, "assistant": Role.ASSISTANT, "system": Role.SYSTEM}
_HIDDEN: Final = ("is_visually_hidden_from_conversation", "is_user_system_message")
_CUT: Final = frozenset({"in_progress", "finished_partial_completion"})
_LATEST_SECONDS: Final = 4_000_000_000.0


def conversation(text: bytes, *, now: datetime) -> Tree:
    """One conversation; raises ValueError where there is none."""
    read = _decoded(text)
    if not isinstance(read, dict) or not isinstance(read.get("mapping"), dict):
        raise ValueError("it has no messages")
    return _Reader(read, now, digest=derived_id(text.decode(errors="replace"))).tree()


def _decoded(text: bytes) -> object:
    try:
        try:
            return msgspec.json.decode(text)
        except msgspec.MsgspecError:  # it refuses half characters, which real exports have
            return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


class _Reader:
    def __init__(self, read: Node, now: datetime, *, digest: str) -> None:
        self._read = read
        self._nodes = {str(key): _mapping(node) for key, node in read["mapping"].items()}
        self._id = safe_id(_text(read, "conversation_id") or _text(read, "id") or digest)
        self._created_at = _time(read.get("create_time")) or _time(read.get("update_time")) or now

    def tree(self) -> Tree:
        parents = acyclic(self._parents())
        messages: dict[MessageId, Message] = {}
        for key in _parents_first(parents):
            message = self._message(key, parents, messages)
            if message is not None:
                messages[message.id] = message
        if not messages:
            raise ValueError("none of its messages can be shown")
        listed = tuple(messages.values())
        return Tree(self._conversation(listed, parents), listed)

    def _conversation(
        self, messages: tuple[Message, ...], parents: Mapping[MessageId, MessageId | None]
    ) -> Conversation:
        asked = next((m.text for m in messages if m.role is Role.USER), messages[0].text)
        updated_at = _time(self._read.get("update_time")) or max(m.created_at for m in messages)
        title = " ".join(_text(self._read, "title").split())
        return Conversation(
            id=ConversationId(self._id),
            profile_id=NO_PROFILE,
            title=title or title_from(asked),
            created_at=self._created_at,
            updated_at=updated_at,
            head_id=self._head_id(messages, parents),
            is_pinned=self._read.get("is_starred") is True,
            is_archived=self._read.get("is_archived") is True,
        )

    def _head_id(
        self, messages: tuple[Message, ...], parents: Mapping[MessageId, MessageId | None]
    ) -> MessageId:
        shown = {message.id for message in messages}
        at: MessageId | None = MessageId(_text(self._read, "current_node"))
        while at is not None and self._name(at) not in shown:
            at = parents.get(at)
        return newest_leaf(messages, messages[-1].id) if at is None else self._name(at)

    def _parents(self) -> dict[MessageId, MessageId | None]:
        """By the nodes' own word, or by that of the node that calls them a child."""
        said = {
            str(child): key
            for key, node in self._nodes.items()
            for child in _list(node.get("children"))
            if isinstance(child, str)
        }
        return {
            MessageId(key): _known(_text(node, "parent"), self._nodes)
            or _known(said.get(key, ""), self._nodes)
            for key, node in self._nodes.items()
        }

    def _message(
        self,
        key: MessageId,
        parents: dict[MessageId, MessageId | None],
        messages: Mapping[MessageId, Message],
    ) -> Message | None:
        """What a node says; one that says nothing hands its children on to its own parent."""
        node = self._nodes[key]
        read = _mapping(node.get("message"))
        metadata = _mapping(read.get("metadata"))
        role = _ROLES.get(_text(_mapping(read.get("author")), "role"))
        text = text_of(read, is_answer=role is Role.ASSISTANT).strip("\n")
        parent_id = self._shown_parent(key, parents, messages)
        if role is None or not text.strip() or any(metadata.get(name) for name in _HIDDEN):
            return None
        before = messages[parent_id].created_at if parent_id is not None else self._created_at
        status, finish_reason = _ending(read, metadata)
        return Message(
            id=self._name(key),
            conversation_id=ConversationId(self._id),
            parent_id=parent_id,
            role=role,
            text=text,
            status=status,
            created_at=_time(read.get("create_time")) or before,
            model=_text(metadata, "model_slug") or None if role is Role.ASSISTANT else None,
            finish_reason=finish_reason,
        )

    def _shown_parent(
        self,
        key: MessageId,
        parents: dict[MessageId, MessageId | None],
        messages: Mapping[MessageId, Message],
    ) -> MessageId | None:
        """Shortens the way for the nodes below, so that long hidden runs are walked once."""
        at = parents[key]
        while at is not None and self._name(at) not in messages:
            at = parents[at]
        parents[key] = at
        return None if at is None else self._name(at)

    def _name(self, key: MessageId) -> MessageId:
        """Nodes may have the same id in two conversations; ours never do."""
        return MessageId(derived_id(self._id, key))


def _parents_first(parents: Mapping[MessageId, MessageId | None]) -> list[MessageId]:
    """All keys, each behind its parent."""
    placed: dict[MessageId, None] = {}
    for key in parents:
        path: list[MessageId] = []
        at: MessageId | None = key
        while at is not None and at not in placed:
            path.append(at)
            at = parents[at]
        placed.update(dict.fromkeys(reversed(path)))
    return list(placed)


def _ending(read: Node, metadata: Node) -> tuple[MessageStatus, str | None]:
    finish = _text(_mapping(metadata.get("finish_details")), "type")
    if finish == "interrupted":
        return MessageStatus.STOPPED, None
    if finish == "max_tokens":
        return MessageStatus.COMPLETE, "length"
    is_cut = _text(read, "status") in _CUT
    return (MessageStatus.INCOMPLETE if is_cut else MessageStatus.COMPLETE), None


def _time(value: object) -> datetime | None:
    """Seconds since 1970 or an ISO date; None for anything that is no moment."""
    if isinstance(value, str):
        try:
            return whole_ms(datetime.fromisoformat(value))
        except (ValueError, OverflowError):
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value < _LATEST_SECONDS:  # nor is NaN between the two
        return None
    return whole_ms(EARLIEST.astimezone(UTC) + timedelta(seconds=value))


def _known(key: str, nodes: Mapping[str, Node]) -> MessageId | None:
    return MessageId(key) if key in nodes else None


def _mapping(value: object) -> Node:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(node: Node, name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""
