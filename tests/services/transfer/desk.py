"""Exports and imports on a database of their own."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.notices import Notice, NoticeCode
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.transfer.service import TransferService
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from tests.services.songs import leftovers_in


class Desk:
    """Exports and imports on a database of their own."""

    def __init__(self, database: Database, supervisor: Supervisor) -> None:
        self.database = database
        self.repository = ConversationRepository(database)
        self.conversations = Conversations(self.repository)
        self.notices = Notices()
        self.resets = 0
        self.conversations.records.reset.connect(self._on_reset)
        self.transfer = TransferService(
            repository=self.repository,
            conversations=self.conversations,
            durable=database.durable,
            profile_id=lambda: ProfileId("beatra"),
            leftovers=leftovers_in(database),
            supervisor=supervisor,
            notices=self.notices,
        )
        self.transfer.printer = print_plainly

    def put(self, *found: Tree) -> None:
        self.repository.add_all((each.conversation, each.messages) for each in found)
        self.database.flush()
        self.conversations.adopt(each.conversation for each in found)

    async def done(self) -> Notice | None:
        """The newest notice once nothing runs any more."""
        while len(self.transfer.running):  # noqa: ASYNC110  # any end: there is no event to await
            await asyncio.sleep(0.005)
        return list(self.notices.notices)[-1] if len(self.notices.notices) else None

    async def take(self, path: Path) -> dict[str, str]:
        """Import a file; what the summary says."""
        self.transfer.import_file(path)
        notice = await self.done()
        assert notice is not None
        assert notice.code is NoticeCode.IMPORTED
        counts = dict(notice.parameters)
        self.notices.dismiss(notice.id)
        return counts

    def trees(self) -> list[Tree]:
        return [
            Tree(conversation, tuple(self.repository.messages(conversation.id)))
            for conversation in self.repository.list()
        ]

    def _on_reset(self) -> None:
        self.resets += 1


@asynccontextmanager
async def desk(path: Path) -> AsyncIterator[Desk]:
    bugs: list[BaseException] = []
    database = Database.open(path)
    try:
        async with Supervisor(lambda error, _: bugs.append(error)) as supervisor:
            yield Desk(database, supervisor)
    finally:
        database.close()
    assert bugs == []


def print_plainly(parts: Iterable[str]) -> bytes:
    return b"%PDF " + "".join(parts).encode()
