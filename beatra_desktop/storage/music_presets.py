"""Presets of the music form on disk."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from beatra_desktop.domain.ids import PresetId
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import read_setting

MUSIC_PRESETS: Final = Table("music_presets", MusicPreset)
_GIVEN: Final = "starter_music_presets_given"


class MusicPresetRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[MusicPreset]:
        """The presets that were saved, oldest first."""
        return MUSIC_PRESETS.records(self._database.rows(MUSIC_PRESETS.select("ORDER BY seq")))

    def save(self, preset: MusicPreset) -> None:
        row = MUSIC_PRESETS.row(preset)
        self._database.write(lambda connection: MUSIC_PRESETS.put(connection, row))

    def delete(self, preset_id: PresetId) -> None:
        sql = "DELETE FROM music_presets WHERE id = ?"
        self._database.write(lambda connection: connection.execute(sql, (preset_id,)).close())

    def wants_starters(self) -> bool:
        """Whether nobody has been given presets to start with yet."""
        return read_setting(self._database, _GIVEN) is None

    def give_starters(self, presets: Sequence[MusicPreset]) -> None:
        """Save the presets to start with, and that they were given, or neither."""
        rows = [MUSIC_PRESETS.row(preset) for preset in presets]

        def job(connection: sqlite3.Connection) -> None:
            for row in rows:
                MUSIC_PRESETS.put(connection, row)
            sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, 1)"
            connection.execute(sql, (_GIVEN,)).close()

        self._database.write(job)
