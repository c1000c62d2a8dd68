"""Where a conversation from a file belongs: already here, under its own ids, or under new ones."""

from collections.abc import Callable, Iterable, Sequence
from itertools import count

from msgspec import Struct

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.services.transfer.tree import Tree, holds, renamed


class AlreadyHere(Struct, frozen=True):
    """Nothing of the conversation is new; it may lie in the trash."""

    conversation_id: ConversationId


class Shelf(Struct, frozen=True, kw_only=True):
    """What is there already: `messages` of a conversation, and which message ids are taken."""

    messages: Callable[[ConversationId], Iterable[Message]]
    taken: Callable[[Sequence[MessageId]], set[str]]


class Settler:
    """`known` are the ids of all conversations there are, those in the trash among them.

    A conversation gets new ids only where one of its own is taken by something else. They are
    made from its contents, so that the same file imported again finds its copy.
    """

    def __init__(self, known: Iterable[ConversationId]) -> None:
        self._known = set(known)
        self._batch: dict[ConversationId, tuple[Message, ...]] = {}
        self._batch_ids: set[MessageId] = set()

    def settle(self, tree: Tree, shelf: Shelf) -> Tree | AlreadyHere:
        """The tree as it can be stored; it counts as there from now on."""
        for turn in count():
            candidate = tree if turn == 0 else renamed(tree, turn)
            conversation_id = candidate.conversation.id
            if conversation_id in self._known:
                if holds(self._here(conversation_id, shelf), candidate.messages):
                    return AlreadyHere(conversation_id)
            elif not self._is_taken(candidate, shelf):
                self._take(candidate)
                return candidate
        raise AssertionError("ids do not run out")

    def stored(self) -> None:
        """What was settled so far can be read back by now."""
        self._batch.clear()
        self._batch_ids.clear()

    def _here(self, conversation_id: ConversationId, shelf: Shelf) -> Iterable[Message]:
        waiting = self._batch.get(conversation_id)
        return shelf.messages(conversation_id) if waiting is None else waiting

    def _is_taken(self, tree: Tree, shelf: Shelf) -> bool:
        ids = [message.id for message in tree.messages]
        return not self._batch_ids.isdisjoint(ids) or bool(shelf.taken(ids))

    def _take(self, tree: Tree) -> None:
        self._known.add(tree.conversation.id)
        self._batch[tree.conversation.id] = tree.messages
        self._batch_ids.update(message.id for message in tree.messages)
