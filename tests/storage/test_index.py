import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.index import rebuild
from beatra_desktop.storage.music import MusicRepository

MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


@pytest.fixture
def repository(database: Database, conversation: MakeConversation) -> ConversationRepository:
    repository = ConversationRepository(database)
    repository.save(conversation("c", title="Weather"))
    return repository


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


def test_a_song_is_found_by_its_newest_words_only(
    database: Database,
    task: Callable[..., MusicTask],
    clip: Callable[..., Clip],
    found: Found,
) -> None:
    music = MusicRepository(database)
    music.save_task(task(title="Lamps", prompt="rain"))
    music.save_clip(clip("k1", "Draft"))
    music.save_task(task(title="Lights", prompt="rain"))
    music.save_clip(clip("k1", "Final"))
    music.save_clip(clip("k1", "Final"))
    assert [found(word) for word in ("lamps", "draft")] == [[], []]
    assert [found(word) for word in ("lights", "final", "rain")] == [["t"]] * 3
    left = 'SELECT count(*) FROM tasks_fts WHERE tasks_fts MATCH \'"lamps" OR "draft"\''
    assert database.rows(left) == [(0,)]


def test_the_index_of_songs_can_be_made_anew_though_one_is_damaged(
    database: Database, task: Callable[..., MusicTask], found: Found
) -> None:
    music = MusicRepository(database)
    for name in ("t1", "t2"):
        music.save_task(task(name, title="Lamps"))

    def spoil(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE tasks SET prompt = '{broken' WHERE id = 't1'")
        connection.execute("INSERT INTO tasks_fts (tasks_fts) VALUES ('delete-all')")

    database.write(spoil)
    assert found("lamps") == []
    database.write(rebuild)
    assert found("lamps") == ["t2"]


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
