import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.search import HitKind
from beatra_desktop.storage.beginnings import MOST_WORDS
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.storage.search import SearchRepository

MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]
MakeTask = Callable[..., MusicTask]
MakeClip = Callable[..., Clip]


@pytest.fixture
def repository(database: Database, conversation: MakeConversation) -> ConversationRepository:
    repository = ConversationRepository(database)
    repository.save(conversation("c", title="Weather"))
    return repository


Found = Callable[[str], list[str]]


def test_messages_are_found_newest_first(
    repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    for number in range(3):
        repository.save_message(message(f"m{number}", "rain again", minute=number))
    assert found("rain") == ["m2", "m1", "m0"]


def test_all_words_must_be_there_in_any_order(
    repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    repository.save_message(message("m1", "rain in Spain"))
    repository.save_message(message("m2", "rain in France"))
    assert found("spain rain") == ["m1"]
    assert found("spain france") == []


@pytest.mark.parametrize("query", ["r", "ra", "rai", "rain", "raining", "RAIN", " rain! "])
def test_words_are_found_letter_by_letter(
    repository: ConversationRepository, message: MakeMessage, found: Found, query: str
) -> None:
    repository.save_message(message("m1", "raining plan r"))
    assert found(query) == ["m1"]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Understandings", "underst"),
        ("understand", "UNDERSTAND"),
        ("la Confédération", "confede"),
        ("la Confederation", "confédé"),
        ("Понимание мира", "понима"),
        ("Андрей здесь", "АНДРЕЙ"),
        ("auf der Straßenbahn", "straßenb"),
        ("İstanbul'da", "istanb"),
        ("foo_barbaz", "foo_barb"),
    ],
)
def test_long_beginnings_find_what_short_ones_would(
    repository: ConversationRepository, message: MakeMessage, found: Found, text: str, query: str
) -> None:
    repository.save_message(message("m1", text))
    assert found(query) == ["m1"]


@pytest.mark.parametrize("count", [MOST_WORDS, MOST_WORDS + 1])
def test_a_long_beginning_of_however_many_words_finds_the_newest(
    repository: ConversationRepository, message: MakeMessage, found: Found, count: int
) -> None:
    for number in range(count):
        repository.save_message(message(f"m{number}", f"version{number:03}", minute=number))
    newest = [f"m{number}" for number in reversed(range(count))]
    assert found("version") == newest[:50]
    assert found("version0 version00") == [f"m{number}" for number in reversed(range(10))]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("un café noir", "cafe"),
        ("Привет мир", "привет"),
        ("我爱北京天安门", "京"),
        ("我爱北京天安门", "北京"),
        ("我爱北京天安门", "天安门"),
        ("東京タワー", "タワ"),
        ("서울특별시", "특별"),
        ("ภาษาไทย", "ไทย"),
        ("mixed 北京 text", "北京 text"),
        ("C++ and F#", "c++"),
        ("snake_case", "snake_case"),
        ("smile 😀 here", "smile 😀"),
    ],
)
def test_every_script_is_found(
    repository: ConversationRepository, message: MakeMessage, found: Found, text: str, query: str
) -> None:
    repository.save_message(message("m1", text))
    assert found(query) == ["m1"]


def test_characters_in_another_order_are_not_found(
    repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    repository.save_message(message("m1", "我爱北京天安门"))
    assert found("京北") == []


def test_titles_are_found_and_found_anew(
    repository: ConversationRepository, conversation: MakeConversation, found: Found
) -> None:
    assert found("weath") == ["title of c"]
    repository.save(conversation("c", title="Weather"))
    assert found("weath") == ["title of c"]
    repository.save(conversation("c", title="Climate"))
    assert found("weather") == []
    assert found("climate") == ["title of c"]


def test_titles_and_messages_come_in_one_order(
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
    found: Found,
) -> None:
    repository.save_message(message("m1", "weather", minute=1))
    repository.save(conversation("d", title="Weather too", minute=2))
    repository.save_message(message("m3", "weather", minute=3))
    assert found("weather") == ["m3", "title of d", "m1", "title of c"]


def test_a_hit_tells_where_it_is(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    stored = message("m1", "heavy rain tonight", minute=5)
    repository.save_message(stored)
    database.flush()
    [hit] = SearchRepository(database).find("rain")
    assert (hit.conversation_id, hit.message_id) == ("c", "m1")
    assert (hit.title, hit.snippet) == ("Weather", "heavy \x02rain\x03 tonight")
    assert hit.created_at == stored.created_at


def test_there_are_no_more_hits_than_asked_for(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    for number in range(10):
        repository.save_message(message(f"m{number}", "weather", minute=number))
    database.flush()
    assert [hit.message_id for hit in SearchRepository(database).find("weather", limit=2)] == [
        "m9",
        "m8",
    ]


def test_deleted_conversations_are_not_found_until_they_are_put_back(
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
    found: Found,
) -> None:
    repository.save_message(message("m1", "weather", minute=1))
    kept = conversation("c", title="Weather")
    repository.save(replace(kept, deleted_at=kept.updated_at))
    assert found("weather") == []
    repository.save(kept)
    assert found("weather") == ["m1", "title of c"]


@pytest.mark.parametrize("query", ["riverside", "waltz", "lamplight", "雨の街", "雨", "reprise"])
def test_songs_are_found_by_title_prompt_lyrics_and_clips(
    database: Database, task: MakeTask, clip: MakeClip, found: Found, query: str
) -> None:
    music = MusicRepository(database)
    music.save_task(task(title="Riverside", prompt="a slow waltz, 雨の街", lyrics="in lamplight"))
    music.save_clip(clip("k1", "Riverside"))
    music.save_clip(clip("k2", "Riverside reprise", index=1))
    music.save_task(task("other", prompt="drums only"))
    assert found(query) == ["t"]


def test_a_removed_song_is_not_found_until_it_is_put_back(
    database: Database, task: MakeTask, found: Found
) -> None:
    music, kept = MusicRepository(database), task()
    music.save_task(kept)
    music.save_task(replace(kept, removed_at=kept.created_at))
    assert found("waltz") == []
    music.save_task(kept)
    assert found("waltz") == ["t"]


def test_all_kinds_come_in_one_order_and_tell_what_they_are(
    database: Database,
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
    task: MakeTask,
) -> None:
    repository.save(conversation("c", title="Weather", is_archived=True))
    repository.save_message(message("m1", "weather", minute=1))
    MusicRepository(database).save_task(task(minute=2, prompt="weather\nand wind"))
    database.flush()
    song, said, title = SearchRepository(database).find("weather")
    assert [hit.kind for hit in (song, said, title)] == [
        HitKind.SONG,
        HitKind.MESSAGE,
        HitKind.TITLE,
    ]
    assert (song.task_id, song.title, song.conversation_id) == ("t", "weather and wind", None)
    assert song.snippet == "\x02weather\x03 and wind"
    assert [hit.is_archived for hit in (song, said, title)] == [False, True, True]


def damage_index(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("UPDATE messages_fts_data SET block = x'ff00ff00ff'")
        other.commit()


def test_a_search_that_meets_damage_has_the_index_made_anew(
    database: Database, repository: ConversationRepository, message: MakeMessage, found: Found
) -> None:
    repository.save_message(message("m1", "rain"))
    assert found("rain") == ["m1"]
    damage_index(database)
    with pytest.raises(StorageError):
        found("rain")
    assert found("rain") == ["m1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(query=st.text(st.characters()))
@example("\ud83d")
@example('foo"bar AND (')
@example("NEAR(rain, 3) NOT title:x ^y")
@example("%_\\ '")
def test_no_text_breaks_a_search(database: Database, query: str) -> None:
    assert isinstance(SearchRepository(database).find(query), list)
