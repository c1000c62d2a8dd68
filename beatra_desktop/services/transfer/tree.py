"""A whole conversation in the hand: put in order, compared, given other ids."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, newest_leaf
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.answering import CUT
from beatra_desktop.storage.codec import valid_text

EARLIEST: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID_CHARACTERS: Final = 28
_UNFINISHED: Final = (MessageStatus.SENDING, MessageStatus.STREAMING, MessageStatus.UNKNOWN)
"""States that something is done about only where the message was sent."""


class Tree(Struct, frozen=True):
    """A conversation and all its messages, in the order they were written."""

    conversation: Conversation
    messages: tuple[Message, ...]


def derived_id(*parts: str) -> str:
    """An id that is always the same for the same parts."""
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:_ID_CHARACTERS]


def safe_id(text: str) -> str:
    """An id from a file as it is, or one made from it where nothing of ours would look so."""
    return text if _ID.fullmatch(text) else derived_id(text)


def whole_ms(time: datetime) -> datetime:
    """The time as the database keeps it; nothing lies before 1970."""
    aware = time if time.tzinfo is not None else time.replace(tzinfo=UTC)
    utc = max(EARLIEST, aware.astimezone(UTC))
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def printable(tree: Tree) -> Tree:
    """The same tree with nothing in it that can't be written as UTF-8."""
    conversation = tree.conversation
    return Tree(
        replace(
            conversation,
            title=valid_text(conversation.title),
            draft=valid_text(conversation.draft),
            queued=valid_text(conversation.queued),
            system_prompt=valid_text(conversation.system_prompt),
            folder=valid_text(conversation.folder),
        ),
        tuple(replace(message, text=valid_text(message.text)) for message in tree.messages),
    )


def settled(tree: Tree) -> Tree:
    """The tree as this machine can take it over: nothing hangs, circles or waits to be sent.

    A queued message goes back to the draft, so that nothing leaves without somebody's doing.
    """
    messages = tuple(_ended(message) for message in untangled(tree.messages))
    conversation = tree.conversation
    waiting = (conversation.queued, conversation.draft)
    known = {message.id for message in messages}
    head_id = conversation.head_id
    if head_id not in known:
        head_id = newest_leaf(messages, messages[-1].id) if messages else None
    draft = "\n\n".join(part for part in waiting if part)
    return Tree(replace(conversation, head_id=head_id, queued="", draft=draft), messages)


def untangled(messages: Iterable[Message]) -> list[Message]:
    """The messages with every parent there and no circle; what hangs becomes a root."""
    listed = list(messages)
    parents = acyclic({message.id: message.parent_id for message in listed})
    return [replace(message, parent_id=parents[message.id]) for message in listed]


def acyclic(parents: Mapping[MessageId, MessageId | None]) -> dict[MessageId, MessageId | None]:
    """The same parents, without those that are missing or lead back to where one came from."""
    kept: dict[MessageId, MessageId | None] = {}
    for start in parents:
        path: dict[MessageId, MessageId | None] = {}
        at: MessageId | None = start
        while at is not None and at not in kept:
            parent = parents[at]
            is_lost = parent not in parents or parent in path or parent == at
            path[at] = None if is_lost else parent
            at = path[at]
        kept.update(path)
    return kept


def up_to_date(stored: Iterable[Message], held: Iterable[Message]) -> list[Message]:
    """The stored messages as they are by now: what is held is newer, and need not be all."""
    newest = {message.id: message for message in stored}
    newest |= {message.id: message for message in held}
    return list(newest.values())


def holds(here: Iterable[Message], messages: Iterable[Message]) -> bool:
    """Whether nothing would be lost by leaving `messages` out; what is here may go on further."""
    known = {message.id: message for message in here}
    return all(_is_kept(known.get(message.id), message) for message in messages)


def renamed(tree: Tree, turn: int) -> Tree:
    """The tree under other ids, which are the same each time for the same tree and turn."""
    salt = f"{_fingerprint(tree)} {turn}"
    conversation_id = ConversationId(derived_id(tree.conversation.id, salt))
    names = {message.id: MessageId(derived_id(message.id, salt)) for message in tree.messages}
    messages = tuple(
        replace(
            message,
            id=names[message.id],
            conversation_id=conversation_id,
            parent_id=None if message.parent_id is None else names[message.parent_id],
        )
        for message in tree.messages
    )
    head_id = tree.conversation.head_id
    head = None if head_id is None else names[head_id]
    return Tree(replace(tree.conversation, id=conversation_id, head_id=head), messages)


def _ended(message: Message) -> Message:
    if message.status not in _UNFINISHED:
        return message
    failure = message.failure or CUT
    return replace(message, status=MessageStatus.INCOMPLETE, failure=failure)


def _is_kept(known: Message | None, message: Message) -> bool:
    if known is None or (known.role, known.parent_id) != (message.role, message.parent_id):
        return False
    is_whole = message.status is MessageStatus.COMPLETE
    return known.text == message.text or (not is_whole and known.text.startswith(message.text))


def _fingerprint(tree: Tree) -> str:
    said = (part for m in tree.messages for part in (m.id, m.parent_id or "", m.role, m.text))
    return derived_id(tree.conversation.title, *said)
