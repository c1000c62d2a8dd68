import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.index import rebuild

MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


@pytest.fixture
def repository(database: Database, conversation: MakeConversation) -> ConversationRepository:
    repository = ConversationRepository(database)
    repository.save(conversation("c", title="Weather"))
    return repository


@pytest.fixture
def found(database: Database, repository: ConversationRepository) -> Callable[[str], list[str]]:
    """Searches, and gives the ids of the messages, and of conversations found by title."""

    def find(query: str) -> list[str]:
        database.flush()
        hits = repository.search(query)
        return [hit.message_id or f"title of {hit.conversation_id}" for hit in hits]

    return find


Found = Callable[[str], list[str]]


@pytest.mark.parametrize("status", [MessageStatus.SENDING, MessageStatus.STREAMING])
def test_a_message_is_found_once_it_has_ended(
    repository: ConversationRepository, message: MakeMessage, found: Found, status: MessageStatus
) -> None:
    live = message("m1", "some rain", status=status)
    repository.save_message(live)
    repository.save_text(live.id, "some rain and wind")
    assert found("rain") == []
    ended = replace(live, text="some rain and wind", status=MessageStatus.STOPPED)
    repository.save_message(ended)
    assert found("wind") == ["m1"]


def test_a_message_that_goes_on_is_found_by_its_new_text_only(
    repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    repository.save_message(message("m1", "old", status=MessageStatus.INCOMPLETE))
    repository.save_message(message("m1", "old", status=MessageStatus.STREAMING))
    assert found("old") == []
    repository.save_message(message("m1", "new"))
    repository.save_message(message("m1", "new"))
    assert found("old") == []
    assert found("new") == ["m1"]


def test_what_was_deleted_forever_leaves_no_word_in_the_index(
    database: Database,
    repository: ConversationRepository,
    message: MakeMessage,
    conversation: MakeConversation,
    found: Found,
) -> None:
    repository.save_message(message("m1", "weather 北京"))
    repository.delete_forever(ConversationId("c"))
    repository.save(conversation("d", title="Other"))
    repository.save_message(message("m2", "other", minute=1, conversation_id=ConversationId("d")))
    assert found("weather") == []
    assert found("other") == ["m2", "title of d"]
    for table in ("messages_fts", "titles_fts"):
        count = f'SELECT count(*) FROM {table} WHERE {table} MATCH \'"weather" OR "北  京"\''
        assert database.rows(count) == [(0,)]


def test_the_index_can_be_made_anew(
    database: Database, repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    repository.save_message(message("m1", "rain"))
    repository.save_message(message("m2", "rain", status=MessageStatus.STREAMING))

    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE messages SET is_indexed = 1 - is_indexed")
        connection.execute("INSERT INTO messages_fts (messages_fts) VALUES ('delete-all')")

    database.write(spoil)
    assert found("rain") == []
    database.write(rebuild)
    assert found("rain") == ["m1"]
    assert found("weather") == ["title of c"]
    repository.save_message(message("m2", "rain"))
    assert found("rain") == ["m2", "m1"]


def damage_index(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("UPDATE messages_fts_data SET block = x'ff00ff00ff'")
        other.commit()


def test_a_damaged_index_is_made_anew_and_costs_no_message(
    database: Database,
    repository: ConversationRepository,
    message: MakeMessage,
    found: Found,
    caplog: pytest.LogCaptureFixture,
) -> None:
    repository.save_message(message("m1", "rain"))
    database.flush()
    damage_index(database)
    repository.save_message(message("m1", "wind", status=MessageStatus.INCOMPLETE))
    repository.save_message(message("m2", "rain", minute=1))
    assert found("rain") == ["m2"]
    assert found("wind") == ["m1"]
    assert "made anew" in caplog.text
