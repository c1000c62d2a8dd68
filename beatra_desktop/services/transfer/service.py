"""Exports and imports as commands, with their progress to look at and their end told."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Generator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec import Struct, field

from beatra_desktop.audio.atomic import part_of
from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, ProfileId, new_id
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.transfer import ExportFormat, ExportWords, Transfer, TransferKind
from beatra_desktop.services import failures
from beatra_desktop.services.conversations import Conversations, is_untouched
from beatra_desktop.services.leftovers import Leftovers
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.pace import Pace
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import StorageError

if TYPE_CHECKING:  # whoever transfers something loads what reads and writes files
    from beatra_desktop.services.transfer.exporting import Document, Printer, Shelf
    from beatra_desktop.services.transfer.importing import Batch, Importer

LAST_WORDS_SECONDS: Final = 3.0
"""How long a thread may take to end when the app does."""
T = TypeVar("T")


class Stopped(Exception):
    """Somebody asked for the transfer to end."""


class _Tally(Struct):
    """What an import did so far."""

    imported: list[Conversation] = field(default_factory=list)
    restored: int = 0
    here: int = 0
    unreadable: list[str] = field(default_factory=list)
    is_stopped: bool = False


class TransferService:
    """What is imported belongs to the profile `profile_id()`.

    `printer` makes the PDFs; without a window there is none.

    An import stores whole conversations, some at a time: one that ends early has imported those it
    came to, and the same file imported again goes on with the others.
    """

    def __init__(
        self,
        *,
        repository: ConversationRepository,
        conversations: Conversations,
        durable: Callable[[], Awaitable[None]],
        profile_id: Callable[[], ProfileId],
        leftovers: Leftovers,
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._repository = repository
        self._leftovers = leftovers
        self._conversations = conversations
        self._durable = durable
        self._profile_id = profile_id
        self._supervisor = supervisor
        self._notices = notices
        self._running: Records[Transfer] = Records()
        self._stops: dict[str, threading.Event] = {}
        self._importing = asyncio.Lock()
        self.printer: Printer | None = None

    @property
    def running(self) -> ReadOnlyRecords[Transfer]:
        """What is under way, the oldest first."""
        return self._running

    def has_branches(self, conversation_id: ConversationId) -> bool:
        return self._conversations.has_branches(conversation_id)

    def export(
        self,
        conversation_id: ConversationId,
        path: Path,
        *,
        format: ExportFormat,
        words: ExportWords,
        all_branches: bool = False,
    ) -> None:
        """Write a conversation to `path`, in the place of what is there."""
        from beatra_desktop.services.transfer.exporting import Document

        conversation = self._conversations.records.get(conversation_id)
        if conversation is not None:
            transfer = self._begin(TransferKind.EXPORT, path)
            document = Document(format=format, words=words, all_branches=all_branches)
            self._start(self._export(transfer, path, conversation, document), transfer)

    def export_all(self, path: Path) -> None:
        """Write all conversations but those in the trash into one archive."""
        written = [c for c in self._conversations.records if not is_untouched(c)]
        transfer = self._begin(TransferKind.EXPORT, path, total=len(written))
        self._start(self._export_all(transfer, path, written), transfer)

    def import_file(self, path: Path) -> None:
        """Take in what is new of an archive, a conversation or a ChatGPT export."""
        transfer = self._begin(TransferKind.IMPORT, path)
        self._start(self._import(transfer, path), transfer)

    def stop(self, transfer_id: str) -> None:
        """End a transfer soon: an export leaves nothing behind, an import what it has stored."""
        transfer = self._running.get(transfer_id)
        if transfer is not None:
            self._stops[transfer_id].set()
            self._running.replace(replace(transfer, is_stopping=True))

    def _begin(self, kind: TransferKind, path: Path, *, total: int = 0) -> Transfer:
        transfer = Transfer(id=new_id(), kind=kind, name=path.name, total=total)
        self._stops[transfer.id] = threading.Event()
        self._running.append(transfer)
        return transfer

    def _start(self, work: Coroutine[Any, Any, None], transfer: Transfer) -> None:
        running = self._supervisor.start(work, name=f"{transfer.kind.value} {transfer.id}")
        running.add_done_callback(lambda _: self._end(transfer))

    def _end(self, transfer: Transfer) -> None:
        del self._stops[transfer.id]
        self._running.remove(transfer.id)

    async def _export(
        self, transfer: Transfer, path: Path, conversation: Conversation, document: "Document"
    ) -> None:
        from beatra_desktop.services.transfer.exporting import write_document

        shelf, printer = self._shelf(transfer), self.printer

        def work() -> int:
            write_document(path, conversation, shelf, document=document, printer=printer)
            return 1

        await self._write(transfer, path, work)

    async def _export_all(
        self, transfer: Transfer, path: Path, conversations: list[Conversation]
    ) -> None:
        from beatra_desktop.services.transfer.exporting import write_archive

        shelf, on_done = self._shelf(transfer), self._reporter(transfer)
        await self._write(
            transfer,
            path,
            lambda: write_archive(path, conversations, shelf, on_done=on_done),
        )

    async def _write(self, transfer: Transfer, path: Path, work: Callable[[], int]) -> None:
        try:
            async with self._leftovers.growing(part_of(path)):
                written = await self._in_thread(transfer, work)
        except Stopped:
            return
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
        except OSError as error:
            self._notices.warn(failures.from_export(error, subject=path.name))
        else:
            self._notices.tell(
                NoticeCode.EXPORTED, name=path.name, path=str(path), count=str(written)
            )

    async def _import(self, transfer: Transfer, path: Path) -> None:
        """One after the other: what one takes in, the next one must find here."""
        async with self._importing:
            await self._import_alone(transfer, path)

    async def _import_alone(self, transfer: Transfer, path: Path) -> None:
        from beatra_desktop.services.transfer.sources import NotImported

        batches = self._importer(transfer).batches(path)
        tally = _Tally()
        try:
            await self._take_all(transfer, batches, tally)
        except NotImported as error:
            self._notices.warn(error.failure(subject=path.name))
            return
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
        except OSError as error:
            self._notices.warn(failures.from_import(error, subject=path.name))
            return
        except Stopped:
            tally.is_stopped = True
        finally:
            self._conversations.adopt(tally.imported)
        batches.close()
        self._tell(tally)

    async def _take_all(
        self, transfer: Transfer, batches: "Generator[Batch, None, None]", tally: _Tally
    ) -> None:
        done = 0
        while (batch := await self._in_thread(transfer, lambda: next(batches))).read:
            done += batch.read
            self._take(batch, tally)
            self._show(transfer.id, done, total=batch.total)
            await self._durable()

    def _take(self, batch: "Batch", tally: _Tally) -> None:
        self._repository.add_all((tree.conversation, tree.messages) for tree in batch.trees)
        tally.imported += (tree.conversation for tree in batch.trees)
        tally.unreadable += batch.unreadable
        for conversation_id in batch.here:
            deleted = self._conversations.trash.get(conversation_id)
            if deleted is None:
                tally.here += 1
            else:
                self._conversations.put_back(deleted)
                tally.restored += 1

    def _tell(self, tally: _Tally) -> None:
        self._notices.tell(
            NoticeCode.IMPORTED,
            level=NoticeLevel.WARNING if tally.unreadable else NoticeLevel.INFO,
            imported=str(len(tally.imported) + tally.restored),
            here=str(tally.here),
            failed=str(len(tally.unreadable)),
            reason=next(iter(tally.unreadable), ""),
            stopped="yes" if tally.is_stopped else "",
        )

    def _importer(self, transfer: Transfer) -> "Importer":
        from beatra_desktop.services.transfer.importing import Importer

        listed = (self._conversations.records, self._conversations.trash)
        return Importer(
            repository=self._repository,
            known=[conversation.id for records in listed for conversation in records],
            held=self._conversations.held(),
            profile_id=self._profile_id(),
            now=utc_now(),
            check=self._checker(transfer),
        )

    def _shelf(self, transfer: Transfer) -> "Shelf":
        from beatra_desktop.services.transfer.exporting import Shelf

        return Shelf(
            repository=self._repository,
            held=self._conversations.held(),
            check=self._checker(transfer),
        )

    def _checker(self, transfer: Transfer) -> Callable[[], None]:
        stop = self._stops[transfer.id]

        def check() -> None:
            if stop.is_set():
                raise Stopped

        return check

    def _reporter(self, transfer: Transfer) -> Callable[[int], None]:
        """Tells from another thread how far a transfer is, at most ten times a second."""
        loop, pace = asyncio.get_running_loop(), Pace()

        def report(done: int) -> None:
            if pace.is_news(done):
                loop.call_soon_threadsafe(self._show, transfer.id, done)

        return report

    def _show(self, transfer_id: str, done: int, *, total: int | None = None) -> None:
        transfer = self._running.get(transfer_id)
        if transfer is not None:
            known = transfer.total if total is None else total
            self._running.replace(replace(transfer, done=done, total=known))

    async def _in_thread(self, transfer: Transfer, work: Callable[[], T]) -> T:
        """Run `work` in a thread; when the app quits meanwhile, end it and wait a little."""
        running = asyncio.get_running_loop().run_in_executor(None, work)
        running.add_done_callback(_taken)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            self._stops[transfer.id].set()
            await asyncio.wait({running}, timeout=LAST_WORDS_SECONDS)
            raise


def _taken(running: "asyncio.Future[T]") -> None:
    """Take what a thread ended with: after a quit nobody else does, and asyncio would complain."""
    if not running.cancelled():
        running.exception()
