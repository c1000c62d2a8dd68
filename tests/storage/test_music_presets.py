import pytest

from beatra_desktop.domain.ids import PresetId
from beatra_desktop.domain.music import MinimaxOptions, MusicPrompt, SunoOptions
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music_presets import MusicPresetRepository

PLAIN = MusicPreset(id=PresetId("p"), name="Plain", prompt=MusicPrompt(prompt="waltz"))
FULL = MusicPreset(
    id=PresetId("f"),
    name="Full 🎵",
    prompt=MusicPrompt(
        prompt="slow\nwaltz",
        model="suno-5.5",
        instrumental=True,
        suno=SunoOptions(custom_mode=True, style_weight=0.7, negative_tags="choir"),
        minimax=MinimaxOptions(lyrics_optimizer=True),
    ),
)


@pytest.fixture
def repository(database: Database) -> MusicPresetRepository:
    return MusicPresetRepository(database)


def test_presets_come_back_as_they_were(
    database: Database, repository: MusicPresetRepository
) -> None:
    for preset in (FULL, PLAIN, replace(FULL, name="Fuller")):
        repository.save(preset)
    database.flush()
    assert repository.all() == [replace(FULL, name="Fuller"), PLAIN]
    repository.delete(FULL.id)
    database.flush()
    assert repository.all() == [PLAIN]


def test_starters_are_given_once(database: Database, repository: MusicPresetRepository) -> None:
    assert repository.wants_starters()
    repository.give_starters([PLAIN])
    database.flush()
    assert repository.all() == [PLAIN]
    assert not repository.wants_starters()
