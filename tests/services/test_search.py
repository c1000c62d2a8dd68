"""Search over what was said and sung."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import MessageId, ProfileId, new_id
from beatra_desktop.domain.search import Hit
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.search import HITS, SearchService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.search import SearchRepository

pytestmark = pytest.mark.asyncio
PATIENCE_SECONDS = 30.0
GLANCE_SECONDS = 0.01


def _say(database: Database, *texts: str) -> None:
    conversations = Conversations(ConversationRepository(database))
    for text in texts:
        conversation = conversations.create(ProfileId("sandbox"))
        message = Message(
            id=MessageId(new_id()),
            conversation_id=conversation.id,
            parent_id=None,
            role=Role.USER,
            text=text,
            status=MessageStatus.COMPLETE,
            created_at=utc_now(),
        )
        conversations.put(message)
        conversations.touch(conversation, head_id=message.id)
    database.flush()


@dataclass
class Desk:
    """A search service and what it answered."""

    search: SearchService
    supervisor: Supervisor
    notices: Notices
    answers: list[tuple[str, list[Hit]]] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, text: str, hits: list[Hit]) -> None:
        self.answers.append((text, hits))
        self.answered.set()

    async def next_answer(self) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.answered.wait()
        self.answered.clear()


@asynccontextmanager
async def open_desk(database: Database) -> AsyncIterator[Desk]:
    bugs: list[BaseException] = []
    async with Supervisor(lambda error, _where: bugs.append(error)) as supervisor:
        notices = Notices()
        search = SearchService(SearchRepository(database), supervisor=supervisor, notices=notices)
        desk = Desk(search, supervisor, notices)
        search.found.connect(desk.note)
        yield desk
    assert bugs == []


async def test_it_finds_words_and_is_silent_on_blanks(database: Database) -> None:
    _say(database, *(f"The lighthouse number {n}" for n in range(HITS + 5)), "Something else")
    async with open_desk(database) as desk:
        search = desk.search.search
        assert len(search("  lighthouse ")) == HITS
        [hit] = search("else")
        assert "\x02else\x03" in hit.snippet
        assert search("   ") == []
        assert search('"OR NOT (') == []


async def test_only_the_newest_question_is_answered(database: Database) -> None:
    _say(database, "lighthouse")
    async with open_desk(database) as desk:
        desk.search.look_for("light")
        await asyncio.sleep(0)  # now the thread is asked, and can't have answered yet
        for text in ("lig", "lighthouse"):
            desk.search.look_for(text)
        await desk.next_answer()
        assert [(text, len(hits)) for text, hits in desk.answers] == [("lighthouse", 1)]
        desk.search.look_for("zebra")
        await desk.next_answer()
        assert desk.answers[1:] == [("zebra", [])]


async def test_blank_text_gives_up_what_was_looked_for(database: Database) -> None:
    _say(database, "lighthouse")
    async with open_desk(database) as desk:
        desk.search.look_for("lighthouse")
        desk.search.look_for(" ")
        async with asyncio.timeout(PATIENCE_SECONDS):
            while desk.supervisor.names:  # noqa: ASYNC110  # it ends in silence
                await asyncio.sleep(GLANCE_SECONDS)
        assert desk.answers == []


async def test_damage_is_told_and_the_next_search_works(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    _say(database, "lighthouse")
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("UPDATE messages_fts_data SET block = x'ff00ff00ff'")
        other.commit()
    async with open_desk(database) as desk:
        desk.search.look_for("lighthouse")
        await desk.next_answer()
        [notice] = desk.notices.notices
        assert notice.failure is not None
        assert notice.failure.code is FailureCode.STORAGE_DAMAGED
        await database.durable()
        desk.search.look_for("lighthouse")
        await desk.next_answer()
        assert [len(hits) for _text, hits in desk.answers] == [0, 1]
