"""Writing conversations to files that are whole or not there."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.transfer import ExportFormat, ExportWords
from beatra_desktop.services.transfer.exporting import (
    Document,
    Shelf,
    write_archive,
    write_document,
)
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from tests.services.transfer.trees import answered, said, tree

FOUND = tree(said("a", "Why does it rain?"), answered("b", "Because \ud83d.", after="a"))


def _print(parts: Iterable[str]) -> bytes:
    return "".join(parts).encode()


class Enough(Exception):
    pass


@pytest.fixture
def shelf(database: Database) -> Shelf:
    repository = ConversationRepository(database)
    repository.add_all([(FOUND.conversation, FOUND.messages)])
    database.flush()
    return Shelf(repository=repository, held={}, check=lambda: None)


@pytest.fixture
def document(words: ExportWords) -> Callable[[ExportFormat], Document]:
    return lambda format: Document(format=format, words=words, all_branches=False)


@pytest.mark.parametrize("format", list(ExportFormat))
def test_every_format_has_what_was_said(
    shelf: Shelf,
    tmp_path: Path,
    document: Callable[[ExportFormat], Document],
    format: ExportFormat,
) -> None:
    path = tmp_path / f"rain{format.ending}"
    write_document(path, FOUND.conversation, shelf, document=document(format), printer=_print)
    text = path.read_text("utf-8")
    assert "Why does it rain?" in text
    assert "Because \ufffd." in text
    assert list(tmp_path.glob("rain*")) == [path]
    assert list(tmp_path.glob(".*")) == []


def test_what_is_open_is_newer_than_the_disk(
    shelf: Shelf, tmp_path: Path, document: Callable[[ExportFormat], Document]
) -> None:
    newer = (*FOUND.messages, said("c", "Really?", after="b"))
    held = Shelf(repository=shelf.repository, held={ConversationId("c"): newer}, check=lambda: None)
    [found] = held.trees([FOUND.conversation])
    assert [message.text for message in found.messages][2:] == ["Really?"]


@pytest.mark.parametrize("format", list(ExportFormat))
def test_one_that_is_ended_leaves_the_file_that_was_there(
    shelf: Shelf,
    tmp_path: Path,
    document: Callable[[ExportFormat], Document],
    format: ExportFormat,
) -> None:
    path = tmp_path / "rain"
    path.write_text("before")
    checks: Iterator[None] = iter([None])

    def check() -> None:
        try:
            next(checks)
        except StopIteration:
            raise Enough from None

    ending = Shelf(repository=shelf.repository, held={}, check=check)
    with pytest.raises(Enough):
        write_document(path, FOUND.conversation, ending, document=document(format), printer=_print)
    assert path.read_text() == "before"
    assert list(tmp_path.glob(".*")) == []


def test_a_folder_that_is_not_there_is_an_os_error(
    shelf: Shelf, tmp_path: Path, document: Callable[[ExportFormat], Document]
) -> None:
    path, markdown = tmp_path / "gone" / "rain.md", document(ExportFormat.MARKDOWN)
    with pytest.raises(OSError, match="gone"):
        write_document(path, FOUND.conversation, shelf, document=markdown, printer=None)
    with pytest.raises(OSError, match="gone"):
        write_archive(path, [FOUND.conversation], shelf, on_done=lambda _: None)


def test_an_archive_that_is_ended_leaves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    def end(_done: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        write_archive(tmp_path / "all.zip", [FOUND.conversation], shelf, on_done=end)
    assert [*tmp_path.glob("*.zip"), *tmp_path.glob(".*")] == []
