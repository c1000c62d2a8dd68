"""Exports and imports as the window asks for them."""

import asyncio
import gc
import os
import threading
import zipfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.transfer import ExportFormat, ExportWords, TransferKind
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.storage.database import StorageError
from beatra_desktop.storage.search import SearchRepository
from tests.services.transfer.desk import desk
from tests.services.transfer.trees import NOON, answered, said, tree, trees

Node = Callable[..., dict[str, Any]]
Chat = Callable[..., dict[str, Any]]
AsJson = Callable[..., Path]


def _as_imported(found: Tree) -> Tree:
    return Tree(replace(found.conversation, profile_id=ProfileId("beatra")), found.messages)


def _chat(number: int, *, text: str = "hi") -> Tree:
    conversation_id = ConversationId(f"c{number}")
    found = tree(said(f"m{number}", text, conversation_id=conversation_id), title=f"Chat {number}")
    at = NOON + timedelta(minutes=number)
    return Tree(replace(found.conversation, id=conversation_id, updated_at=at), found.messages)


@settings(max_examples=15, deadline=None)
@given(st.lists(trees(), min_size=1, max_size=4))
def test_what_is_exported_and_imported_elsewhere_is_the_same(found: list[Tree]) -> None:
    async def work(folder: Path) -> None:
        archive = folder / "all.zip"
        async with desk(folder / "here.db") as here:
            here.put(*found)
            here.transfer.export_all(archive)
            await here.done()
        async with desk(folder / "there.db") as there:
            await there.take(archive)
            for each in found:
                if each.messages:
                    assert _as_imported(each) in there.trees()
            before = there.trees()
            counts = await there.take(archive)
            assert (counts["imported"], counts["failed"]) == ("0", "0")
            assert there.trees() == before

    with TemporaryDirectory() as folder:
        asyncio.run(work(Path(folder)))


@pytest.mark.asyncio
async def test_imported_chats_are_listed_by_their_dates_at_once_and_can_be_found(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*(_chat(number, text=f"about topic{number}") for number in range(60)))
        here.transfer.export_all(tmp_path / "all.zip")
        notice = await here.done()
        assert notice is not None
        assert (notice.code, notice.parameters["count"]) == (NoticeCode.EXPORTED, "60")
    async with desk(tmp_path / "b.db") as there:
        there.put(_chat(1000))
        there.resets = 0
        counts = await there.take(tmp_path / "all.zip")
        assert (counts["imported"], counts["here"], counts["failed"]) == ("60", "0", "0")
        assert there.resets == 1
        names = [conversation.id for conversation in there.conversations.records]
        assert names == ["c1000", *(f"c{number}" for number in reversed(range(60)))]
        assert [c.id for c in there.repository.list()] == names
        search = SearchRepository(there.database)
        assert [hit.conversation_id for hit in search.find("topic7")] == ["c7"]
        assert [hit.conversation_id for hit in search.find("Chat 59")] == ["c59"]


@pytest.mark.asyncio
async def test_what_went_on_here_is_left_alone_and_what_differs_becomes_a_copy_once(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1, text="rain"), _chat(2, text="snow"))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
    async with desk(tmp_path / "b.db") as there:
        more = said("more", "and more", after="m1", conversation_id=ConversationId("c1"))
        first = _chat(1, text="rain")
        there.put(Tree(first.conversation, (*first.messages, more)), _chat(2, text="sun"))
        for imported, here_already in (("1", "1"), ("0", "2"), ("0", "2")):
            counts = await there.take(tmp_path / "all.zip")
            assert (counts["imported"], counts["here"]) == (imported, here_already)
        texts = sorted(each.messages[0].text for each in there.trees())
        assert texts == ["rain", "snow", "sun"]


@pytest.mark.asyncio
async def test_a_chat_in_the_trash_comes_back(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1), _chat(2))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
        conversation = here.conversations.records.get("c1")
        assert conversation is not None
        here.conversations.take_out(conversation)
        counts = await here.take(tmp_path / "all.zip")
        assert (counts["imported"], counts["here"]) == ("1", "1")
        assert "c1" in here.conversations.records
        assert len(here.conversations.trash) == 0


@pytest.mark.asyncio
async def test_the_trash_is_not_exported_and_blank_chats_are_not(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1), _chat(2))
        gone = here.conversations.records[0]
        here.conversations.take_out(gone)
        here.conversations.create(ProfileId("beatra"))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
        with zipfile.ZipFile(tmp_path / "all.zip") as found:
            assert found.namelist() == ["conversations/00001 Chat 1.json", "manifest.json"]


@pytest.mark.asyncio
async def test_a_chatgpt_export_says_what_became_of_each_chat(
    tmp_path: Path, as_json: AsJson, node: Node, chatgpt: Chat
) -> None:
    chat = chatgpt(node("q", None, "user", "Why does it rain?"))
    path = as_json([chat, {"mapping": {}}, chat])
    async with desk(tmp_path / "a.db") as here:
        here.transfer.import_file(path)
        [running] = here.transfer.running
        assert (running.kind, running.name) == (TransferKind.IMPORT, "conversations.json")
        notice = await here.done()
        assert notice is not None
        assert notice.level is NoticeLevel.WARNING
        counts = notice.parameters
        assert (counts["imported"], counts["here"], counts["failed"]) == ("1", "1", "1")
        assert counts["reason"]
        [found] = here.trees()
        assert found.conversation.profile_id == "beatra"
        assert list(here.conversations.open(found.conversation.id).shown) == list(found.messages)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.zip", b"PK\x03\x04", FailureCode.CHATS_DAMAGED),
        ("x.json", b"[{}, ", FailureCode.CHATS_DAMAGED),
        ("x.json", b"hello", FailureCode.CHATS_UNKNOWN),
        ("gone.json", None, FailureCode.CHATS_UNREADABLE),
    ],
)
@pytest.mark.asyncio
async def test_a_file_that_is_refused_changes_nothing(
    tmp_path: Path, name: str, content: bytes | None, code: FailureCode
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    async with desk(tmp_path / "a.db") as here:
        here.transfer.import_file(path)
        notice = await here.done()
        assert notice is not None
        assert notice.failure is not None
        assert (notice.failure.code, notice.failure.subject) == (code, name)
        assert here.trees() == []


@pytest.mark.parametrize("format", list(ExportFormat))
@pytest.mark.asyncio
async def test_a_folder_that_takes_no_file_is_said_once(
    tmp_path: Path, words: ExportWords, format: ExportFormat
) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1))
        path = tmp_path / "no folder" / "x"
        here.transfer.export(ConversationId("c1"), path, format=format, words=words)
        notice = await here.done()
        assert notice is not None
        assert notice.failure is not None
        assert (notice.failure.code, notice.failure.subject) == (FailureCode.NOT_EXPORTED, "x")


@pytest.mark.asyncio
async def test_a_full_disk_leaves_the_file_that_was_there(
    tmp_path: Path, words: ExportWords, small_disk: Path
) -> None:
    async with desk(tmp_path / "a.db") as here:
        noise = os.urandom(2_500_000).hex()
        here.put(_chat(1, text=noise))
        path = small_disk / "x"
        path.write_text("before")
        for format in ExportFormat:
            here.transfer.export(ConversationId("c1"), path, format=format, words=words)
        here.transfer.export_all(path)
        notice = await here.done()
        assert notice is not None
        codes = {each.failure.code for each in here.notices.notices if each.failure is not None}
        assert codes == {FailureCode.DISK_FULL}
        assert path.read_text() == "before"
        assert [each.name for each in small_disk.iterdir()] == ["x"]


@pytest.mark.asyncio
async def test_an_export_that_is_stopped_leaves_nothing(tmp_path: Path, words: ExportWords) -> None:
    printing, go_on = threading.Event(), threading.Event()

    def print_slowly(_parts: Iterable[str]) -> bytes:
        printing.set()
        go_on.wait()
        return b"%PDF"

    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1))
        here.transfer.printer = print_slowly
        path = tmp_path / "x.pdf"
        here.transfer.export(ConversationId("c1"), path, format=ExportFormat.PDF, words=words)
        await asyncio.to_thread(printing.wait)
        here.transfer.stop(here.transfer.running[0].id)
        assert here.transfer.running[0].is_stopping
        go_on.set()
        assert await here.done() is None
        assert not path.exists()


@pytest.mark.asyncio
async def test_an_import_that_is_stopped_goes_on_the_next_time(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*map(_chat, range(200)))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
    async with desk(tmp_path / "b.db") as there:

        def stop(_row: int) -> None:
            running = there.transfer.running[0]
            if running.done and not running.is_stopping:
                there.transfer.stop(running.id)

        there.transfer.running.changed.connect(stop)
        counts = await there.take(tmp_path / "all.zip")
        there.transfer.running.changed.disconnect(stop)
        assert counts["stopped"]
        first = int(counts["imported"])
        assert 0 < first < 200
        assert len(there.conversations.records) == len(there.trees()) == first
        counts = await there.take(tmp_path / "all.zip")
        assert (counts["imported"], counts["here"]) == (str(200 - first), str(first))


@pytest.mark.asyncio
async def test_an_app_that_quits_ends_what_runs(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*map(_chat, range(300)))
        here.transfer.export_all(tmp_path / "all.zip")
        while not list(tmp_path.glob(".*")):  # noqa: ASYNC110  # a thread makes it
            await asyncio.sleep(0)
    assert list(tmp_path.glob(".*")) == []
    with pytest.raises(FileNotFoundError):
        zipfile.ZipFile(tmp_path / "all.zip")
    gc.collect()  # what the thread ended with, and nobody took, would be told now


@pytest.mark.asyncio
async def test_progress_is_told(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*map(_chat, range(120)))
        here.transfer.export_all(tmp_path / "all.zip")
        assert here.transfer.running[0].total == 120
        await here.done()
    async with desk(tmp_path / "b.db") as there:
        seen: list[tuple[int, int]] = []
        there.transfer.running.changed.connect(
            lambda row: seen.append(
                (there.transfer.running[row].done, there.transfer.running[row].total)
            )
        )
        await there.take(tmp_path / "all.zip")
        assert seen == [(50, 120), (100, 120), (120, 120)]


@pytest.mark.asyncio
async def test_branches_are_known_before_an_export(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(tree(said("a"), answered("b", "x", after="a"), answered("d", "y", after="a")))
        here.put(_chat(1))
        assert here.transfer.has_branches(ConversationId("c"))
        assert not here.transfer.has_branches(ConversationId("c1"))


@pytest.mark.asyncio
async def test_what_streams_is_exported_as_far_as_it_came(
    tmp_path: Path, words: ExportWords
) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(_chat(1))
        here.conversations.put(
            answered(
                "live",
                "half an ans",
                after="m1",
                conversation_id=ConversationId("c1"),
                status=MessageStatus.STREAMING,
                created_at=utc_now(),
            )
        )
        here.conversations.change(here.conversations.records[0], head_id="live")
        path = tmp_path / "x.md"
        here.transfer.export(ConversationId("c1"), path, format=ExportFormat.MARKDOWN, words=words)
        await here.done()
        assert "half an ans\n\n> **Still coming.**" in path.read_text("utf-8")


@pytest.mark.asyncio
async def test_a_database_that_can_take_no_more_is_said_and_the_rest_is_left(
    tmp_path: Path, small_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*(_chat(number, text=os.urandom(20_000).hex()) for number in range(120)))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
    notices: list[Notice] = []

    async def fill() -> None:
        async with desk(small_disk / "b.db") as there:
            there.transfer.import_file(tmp_path / "all.zip")
            await there.done()
            notices.extend(there.notices.notices)
            assert len(there.conversations.records) == 50

    with pytest.raises(StorageError):
        await fill()
    failed, summary = notices
    assert failed.failure is not None
    assert failed.failure.code is FailureCode.STORAGE_ERROR
    assert summary.parameters["imported"] == "50"
    caplog.clear()


@pytest.mark.asyncio
async def test_an_app_that_quits_ends_an_import_between_two_chats(tmp_path: Path) -> None:
    async with desk(tmp_path / "a.db") as here:
        here.put(*map(_chat, range(300)))
        here.transfer.export_all(tmp_path / "all.zip")
        await here.done()
    async with desk(tmp_path / "b.db") as there:
        there.transfer.import_file(tmp_path / "all.zip")
        while not there.transfer.running[0].done:  # noqa: ASYNC110  # there is no event to await
            await asyncio.sleep(0)
    async with desk(tmp_path / "b.db") as again:
        found = again.trees()
        assert 0 < len(found) < 300
        assert all(len(each.messages) == 1 for each in found)
