"""Exports and imports of what is only half in memory, or on its way to the disk."""

from itertools import pairwise
from pathlib import Path

import pytest

from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.transfer import ExportFormat, ExportWords
from beatra_desktop.services.conversations import NEWEST_MESSAGES
from beatra_desktop.services.transfer import schema
from beatra_desktop.services.transfer.tree import Tree
from tests.services.transfer.desk import desk
from tests.services.transfer.trees import said, tree


def _of(profile_id: str, found: Tree) -> Tree:
    return Tree(replace(found.conversation, profile_id=ProfileId(profile_id)), found.messages)


def _chat(number: int) -> Tree:
    conversation_id = ConversationId(f"c{number}")
    found = tree(said(f"m{number}", "hi", conversation_id=conversation_id))
    return Tree(replace(found.conversation, id=conversation_id), found.messages)


def _long_chat(*, fork_at: int) -> Tree:
    """Longer than what is read of a conversation at once, with another version near its start."""
    names = [f"m{number}" for number in range(NEWEST_MESSAGES + 20)]
    messages = [said("m0"), *(said(n, "hi", after=before) for before, n in pairwise(names))]
    other = said("other", "not so", after=f"m{fork_at}")
    return tree(*messages, other, head_id=names[-1])


@pytest.mark.asyncio
async def test_a_long_chat_is_written_whole_though_only_its_end_is_read_yet(
    tmp_path: Path, words: ExportWords
) -> None:
    long = _long_chat(fork_at=3)
    async with desk(tmp_path / "a.db") as here:
        here.put(long)
        key = long.conversation.id
        assert here.transfer.has_branches(key)
        assert not here.conversations.held(), "nothing is opened for that"
        assert len(here.conversations.open(key).tree) < len(long.messages)
        assert here.transfer.has_branches(key)
        written = tmp_path / "long.json"
        here.transfer.export(key, written, format=ExportFormat.JSON, words=words)
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
        assert schema.decode(written.read_bytes()).messages == long.messages
        for path in (written, tmp_path / "all.zip"):
            assert (await here.take(path))["here"] == "1"
    async with desk(tmp_path / "b.db") as there:
        await there.take(tmp_path / "all.zip")
        assert there.trees() == [_of("beatra", long)]


@pytest.mark.asyncio
async def test_a_file_that_is_imported_twice_at_once_is_taken_in_once(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*map(_chat, range(60)))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
    async with desk(tmp_path / "b.db") as there:
        there.transfer.import_file(tmp_path / "all.zip")
        there.transfer.import_file(tmp_path / "all.zip")
        await there.done()
        assert len(there.conversations.records) == 60
        told = [notice.parameters["imported"] for notice in there.notices.notices]
        assert sorted(told) == ["0", "60"]
