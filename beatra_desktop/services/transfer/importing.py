"""Reading conversations from files, outside of the main thread, a batch at a time."""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct, field

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.transfer.settling import AlreadyHere, Settler, Shelf
from beatra_desktop.services.transfer.sources import Source, Unreadable, opened
from beatra_desktop.services.transfer.tree import Tree, printable, settled, up_to_date
from beatra_desktop.storage.conversations import ConversationRepository, MessageReader

BATCH_MESSAGES: Final = 500
BATCH_CONVERSATIONS: Final = 50


class Batch(Struct, kw_only=True):
    """What became of some of a file's conversations: `trees` are to be stored, `here` are here."""

    total: int
    trees: list[Tree] = field(default_factory=list)
    here: list[ConversationId] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return len(self.trees) + len(self.here) + len(self.unreadable)

    @property
    def is_full(self) -> bool:
        messages = sum(len(tree.messages) for tree in self.trees)
        return messages >= BATCH_MESSAGES or self.read >= BATCH_CONVERSATIONS


class Importer(Struct, frozen=True, kw_only=True):
    """`known` and `held` are what there was when the import was asked for.

    `check` is called again and again and may raise to end the import.
    """

    repository: ConversationRepository
    known: Sequence[ConversationId]
    held: Mapping[ConversationId, Sequence[Message]]
    profile_id: ProfileId
    now: datetime
    check: Callable[[], None]

    def batches(self, path: Path) -> Generator[Batch, None, None]:
        """Each must be stored before the next one is asked for.

        Raises NotImported or OSError before the first one, StorageError whenever the database can't
        be read.
        """
        settler = Settler(self.known)
        with opened(path, now=self.now, check=self.check) as source:
            while True:
                batch = self._batch(source, settler)
                yield batch
                settler.stored()
                if not batch.read:
                    return

    def _batch(self, source: Source, settler: Settler) -> Batch:
        batch = Batch(total=source.total)
        with self.repository.reading() as reader:
            shelf = Shelf(messages=lambda key: self._messages(reader, key), taken=reader.known)
            for found in source.conversations:
                self.check()
                self._settle(found, batch, settler, shelf)
                if batch.is_full:
                    break
        return batch

    def _settle(
        self, found: Tree | Unreadable, batch: Batch, settler: Settler, shelf: Shelf
    ) -> None:
        if isinstance(found, Unreadable):
            batch.unreadable.append(found.reason)
            return
        result = settler.settle(settled(printable(found)), shelf)
        if isinstance(result, AlreadyHere):
            batch.here.append(result.conversation_id)
        else:
            owned = replace(result.conversation, profile_id=self.profile_id)
            batch.trees.append(Tree(owned, result.messages))

    def _messages(
        self, reader: MessageReader, conversation_id: ConversationId
    ) -> Sequence[Message]:
        stored = reader.messages(conversation_id)
        return up_to_date(stored, self.held.get(conversation_id, ()))
