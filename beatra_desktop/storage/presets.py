"""Presets on disk."""

from typing import Final

from beatra_desktop.domain.chat import Preset
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.starters import StarterRepository

PRESETS: Final = Table("presets", Preset)


class PresetRepository(StarterRepository[Preset]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, PRESETS, given="starter_presets_given")
