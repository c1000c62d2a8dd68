"""Presets of the music form on disk."""

from typing import Final

from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.starters import StarterRepository

MUSIC_PRESETS: Final = Table("music_presets", MusicPreset)


class MusicPresetRepository(StarterRepository[MusicPreset]):
    def __init__(self, database: Database) -> None:
        super().__init__(database, MUSIC_PRESETS, given="starter_music_presets_given")
