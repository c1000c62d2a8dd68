import pytest

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.ids import PresetId
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.presets import PresetRepository
from beatra_desktop.storage.settings import SettingsRepository

PLAIN = Preset(id=PresetId("p"), name="Plain")
FULL = Preset(
    id=PresetId("f"),
    name="Full",
    system_prompt="Be brief.\n\tAlways. 🎵",
    model="writer",
    parameters=Parameters(temperature=0.3, max_tokens=200, seed=-7, stop=("\n\n", "END")),
)


@pytest.fixture
def repository(database: Database) -> PresetRepository:
    return PresetRepository(database)


def test_presets_come_back_as_they_were(database: Database, repository: PresetRepository) -> None:
    assert repository.all() == []
    for preset in (FULL, PLAIN, replace(FULL, name="Fuller")):
        repository.save(preset)
    database.flush()
    assert repository.all() == [replace(FULL, name="Fuller"), PLAIN]


def test_a_deleted_preset_is_gone(database: Database, repository: PresetRepository) -> None:
    repository.save(FULL)
    repository.save(PLAIN)
    repository.delete(FULL.id)
    database.flush()
    assert repository.all() == [PLAIN]


def test_starters_are_wanted_until_they_were_given(
    database: Database, repository: PresetRepository
) -> None:
    assert repository.wants_starters()
    repository.give_starters([FULL, PLAIN])
    repository.delete(FULL.id)
    database.flush()
    assert not repository.wants_starters()
    assert repository.all() == [PLAIN]
    assert SettingsRepository(database).load() is not None
