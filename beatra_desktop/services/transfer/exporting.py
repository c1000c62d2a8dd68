"""Writing conversations to files, outside of the main thread."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec import Struct

from beatra_desktop.audio.atomic import replacing
from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.transfer import ExportFormat, ExportWords
from beatra_desktop.services.transfer import archive, schema
from beatra_desktop.services.transfer.html import body, html
from beatra_desktop.services.transfer.markdown import markdown
from beatra_desktop.services.transfer.tree import Tree, printable, up_to_date
from beatra_desktop.services.transfer.wording import Wording
from beatra_desktop.storage.conversations import ConversationRepository

Printer = Callable[[Iterable[str]], bytes]
"""Makes a PDF of a page's parts; called in a worker thread."""


class Document(Struct, frozen=True, kw_only=True):
    """What one conversation is written as."""

    format: ExportFormat
    words: ExportWords
    all_branches: bool


class Shelf(Struct, frozen=True, kw_only=True):
    """Conversations as they were when the export was asked for.

    `held` are messages of those that are open, which the disk may be behind of. `check` is called
    again and again and may raise to end the export.
    """

    repository: ConversationRepository
    held: Mapping[ConversationId, Sequence[Message]]
    check: Callable[[], None]

    def trees(self, conversations: Iterable[Conversation]) -> Generator[Tree, None, None]:
        """One after the other, to be closed in the thread that asks; raises StorageError."""
        with self.repository.reading() as reader:
            for conversation in conversations:
                self.check()
                stored = reader.messages(conversation.id)
                messages = up_to_date(stored, self.held.get(conversation.id, ()))
                yield printable(Tree(conversation, tuple(messages)))


def write_archive(
    path: Path,
    conversations: Iterable[Conversation],
    shelf: Shelf,
    *,
    on_done: Callable[[int], None],
) -> int:
    """Write all of them into one zip and return how many; raises OSError or StorageError."""
    with closing(shelf.trees(conversations)) as trees, replacing(path) as part:
        return archive.write(part, trees, created_at=utc_now(), on_done=on_done)


def write_document(
    path: Path,
    conversation: Conversation,
    shelf: Shelf,
    *,
    document: Document,
    printer: Printer | None,
) -> None:
    """Write one conversation; raises OSError or StorageError, and then `path` is as it was."""
    with closing(shelf.trees([conversation])) as trees:
        tree = next(trees)
    with replacing(path) as part, part.open("wb") as file:
        for text in _parts(tree, document, printer):
            shelf.check()
            file.write(text)


def _parts(tree: Tree, document: Document, printer: Printer | None) -> Iterator[bytes]:
    wording = Wording(document.words)
    all_branches = document.all_branches
    match document.format:
        case ExportFormat.JSON:
            yield msgspec.json.format(schema.encode(tree))
        case ExportFormat.PDF:
            assert printer is not None, "only the window can print"
            yield printer(body(tree, wording, all_branches=all_branches))
        case ExportFormat.HTML:
            yield from _encoded(html(tree, wording, all_branches=all_branches))
        case ExportFormat.MARKDOWN:
            yield from _encoded(markdown(tree, wording, all_branches=all_branches))


def _encoded(parts: Iterable[str]) -> Iterator[bytes]:
    return (part.encode(errors="replace") for part in parts)
