"""Presets on disk."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from beatra_desktop.domain.chat import Preset
from beatra_desktop.domain.ids import PresetId
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import read_setting

PRESETS: Final = Table("presets", Preset)
_GIVEN: Final = "starter_presets_given"


class PresetRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Preset]:
        """The presets that were saved, oldest first."""
        return PRESETS.records(self._database.rows(PRESETS.select("ORDER BY seq")))

    def save(self, preset: Preset) -> None:
        row = PRESETS.row(preset)
        self._database.write(lambda connection: PRESETS.put(connection, row))

    def delete(self, preset_id: PresetId) -> None:
        sql = "DELETE FROM presets WHERE id = ?"
        self._database.write(lambda connection: connection.execute(sql, (preset_id,)).close())

    def wants_starters(self) -> bool:
        """Whether nobody has been given presets to start with yet."""
        return read_setting(self._database, _GIVEN) is None

    def give_starters(self, presets: Sequence[Preset]) -> None:
        """Save the presets to start with, and that they were given, or neither."""
        rows = [PRESETS.row(preset) for preset in presets]

        def job(connection: sqlite3.Connection) -> None:
            for row in rows:
                PRESETS.put(connection, row)
            sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, 1)"
            connection.execute(sql, (_GIVEN,)).close()

        self._database.write(job)
