import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.chat import Conversation, Message, Parameters, Preset, Role
from beatra_desktop.domain.collection import Playlist
from beatra_desktop.domain.ids import (
    ClipId,
    PlaylistId,
    PresetId,
)
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.collection import PlaylistRepository
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.storage.music_presets import MusicPresetRepository
from beatra_desktop.storage.presets import PresetRepository
from beatra_desktop.storage.recovery import recover
from tests.storage.damage import FIXTURES, MESSAGES, page_with, spoil, texts

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


def test_all_that_can_be_read_is_saved_on_both_sides_of_the_damage(filled: Path) -> None:
    spoil(filled, page_with(filled, f"number {MESSAGES // 2} "))
    done = recover(filled)
    assert done.damaged == ("messages",)
    assert done.backup is None
    left = texts(filled)
    assert MESSAGES - 100 < len(left) < MESSAGES
    assert left[0].startswith("number 0 ")
    assert left[-1].startswith(f"number {MESSAGES - 1} ")
    assert done.rows >= len(left)


def test_presets_are_taken_over(filled: Path) -> None:
    chosen = Parameters(top_p=0.4)
    preset = Preset(id=PresetId("p"), name="Brief", system_prompt="Be brief.", parameters=chosen)
    database = Database.open(filled)
    PresetRepository(database).give_starters([preset])
    database.close()
    spoil(filled, page_with(filled, "number 300 "))
    assert recover(filled).damaged == ("messages",)
    database = Database.open(filled)
    assert PresetRepository(database).all() == [preset]
    assert not PresetRepository(database).wants_starters()
    database.close()


def test_damage_that_keeps_an_old_file_from_its_new_schema_costs_only_what_it_hit(
    path: Path,
) -> None:
    said = [(f"n{number}", f"number {number} " + "x" * 100) for number in range(MESSAGES)]
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / "v001.sql").read_text("utf-8"))
        before = connection.execute("SELECT id, title, draft FROM conversations").fetchall()
        connection.executemany(
            "INSERT INTO messages (id, conversation_id, role, text, status, created_at) "
            "VALUES (?, (SELECT min(id) FROM conversations), 'user', ?, 'complete', 1)",
            said,
        )
        connection.commit()
    spoil(path, page_with(path, "number 300 "))
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.CORRUPT
    assert recover(path).damaged == ("messages",)
    database = Database.open(path)
    listed = ConversationRepository(database).list(include_deleted=True)
    assert sorted((c.id, c.title, c.draft) for c in listed) == sorted(before)
    assert {c.queued for c in listed} == {""}
    database.close()


def test_what_lies_between_damaged_pages_is_saved_too(filled: Path) -> None:
    first, last = page_with(filled, "number 300 "), page_with(filled, "number 1700 ")
    spoil(filled, first, page_with(filled, "number 900 "), last)
    assert recover(filled).damaged == ("messages",)
    left = [int(text.split()[1]) for text in texts(filled)]
    assert {500, 700, 1100, 1500} <= set(left)
    assert len(left) > MESSAGES - 3 * 40


def test_collections_charges_and_presets_of_songs_are_taken_over(
    filled: Path, message: MakeMessage, task: Any, clip: Any
) -> None:
    database = Database.open(filled)
    music = MusicRepository(database)
    music.save_task(task())
    music.save_clip(clip("k", "Song"))
    lists = [
        Playlist(id=PlaylistId(name), name=name, created_at=NOON, clip_ids=(ClipId("k"),))
        for name in ("walks", "rain")
    ]
    for playlist in lists:
        PlaylistRepository(database).save(playlist)
    presets = [MusicPreset(id=PresetId("p"), name="Waltz", prompt=task().prompt)]
    MusicPresetRepository(database).give_starters(presets)
    ConversationRepository(database).save_message(
        message(
            "paid",
            "x",
            role=Role.ASSISTANT,
            idempotency_key="i",
            first_delta_at=NOON,
            model="m",
        )
    )
    database.write(lambda c: c.execute("DELETE FROM messages WHERE id = 'paid'").close())
    database.close()
    spoil(filled, page_with(filled, "number 300 "))
    assert recover(filled).damaged == ("messages",)
    database = Database.open(filled)
    assert PlaylistRepository(database).all() == lists
    assert MusicPresetRepository(database).all() == presets
    assert database.rows("SELECT message_id, model FROM answer_charges") == [("paid", "m")]
    database.close()


def test_rows_that_make_no_sense_are_left_out(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE messages SET status = 'gargle' WHERE id = 'm5'")
        connection.execute("UPDATE messages SET usage = '{' WHERE id = 'm6'")
        connection.commit()
    done = recover(filled)
    assert done.damaged == ("messages",)
    assert len(texts(filled)) == MESSAGES - 2
