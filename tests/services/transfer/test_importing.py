"""Reading a file in batches that can be stored as they are."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.transfer import archive
from beatra_desktop.services.transfer.importing import BATCH_CONVERSATIONS, Batch, Importer
from beatra_desktop.services.transfer.sources import NotImported
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from tests.services.transfer.trees import NOON, answered, said, tree


@pytest.fixture
def repository(database: Database) -> ConversationRepository:
    return ConversationRepository(database)


def _importer(
    repository: ConversationRepository,
    known: Sequence[str] = (),
    held: dict[ConversationId, Sequence[Message]] | None = None,
) -> Importer:
    return Importer(
        repository=repository,
        known=[ConversationId(name) for name in known],
        held=held or {},
        profile_id=ProfileId("beatra"),
        now=NOON,
        check=lambda: None,
    )


def _archive(path: Path, *trees: Tree) -> Path:
    archive.write(path, trees, created_at=NOON, on_done=lambda _: None)
    return path


def _chat(number: int) -> Tree:
    message = said(f"m{number}", "hi", conversation_id=ConversationId(f"c{number}"))
    found = tree(message, title=f"Chat {number}")
    named = replace(found.conversation, id=ConversationId(f"c{number}"))
    return Tree(named, found.messages)


def test_batches_are_small_and_end_with_an_empty_one(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    path = _archive(tmp_path / "all.zip", *map(_chat, range(BATCH_CONVERSATIONS + 2)))
    batches = list(_importer(repository).batches(path))
    assert [batch.read for batch in batches] == [BATCH_CONVERSATIONS, 2, 0]
    assert {batch.total for batch in batches} == {BATCH_CONVERSATIONS + 2}


def test_what_is_taken_over_belongs_to_the_profile_and_waits_for_nothing(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    live = answered("b", "half", after="a", status=MessageStatus.STREAMING)
    path = _archive(tmp_path / "all.zip", tree(said("a"), live))
    [found] = next(_importer(repository).batches(path)).trees
    assert found.conversation.profile_id == "beatra"
    assert found.messages[1].status is MessageStatus.INCOMPLETE


def test_what_is_here_is_looked_up_in_memory_and_on_disk(
    repository: ConversationRepository, database: Database, tmp_path: Path
) -> None:
    stored, held, new = _chat(1), _chat(2), _chat(3)
    repository.add_all([(stored.conversation, stored.messages)])
    database.flush()
    path = _archive(tmp_path / "all.zip", stored, held, new)
    importer = _importer(repository, ["c1", "c2"], {ConversationId("c2"): held.messages})
    batch = next(importer.batches(path))
    assert batch.here == ["c1", "c2"]
    assert [found.conversation.id for found in batch.trees] == ["c3"]


def test_a_file_that_is_refused_gives_no_batch(
    repository: ConversationRepository, tmp_path: Path
) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(NotImported):
        next(_importer(repository).batches(path))


def test_many_messages_fill_a_batch_too() -> None:
    batch = Batch(total=1, trees=[tree(*(said(f"m{n}") for n in range(499)))])
    assert not batch.is_full
    batch.trees.append(tree(said("x")))
    assert batch.is_full
