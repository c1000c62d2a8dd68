"""Beginning with what comes with the app, once and never again."""

from collections.abc import Sequence

import pytest

from beatra_desktop.domain.chat import Preset
from beatra_desktop.domain.ids import PresetId
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.presets import PRESETS
from beatra_desktop.storage.starters import StarterRepository

OWN = Preset(id=PresetId("own"), name="Own")
STARTERS = [Preset(id=PresetId("a"), name="A"), Preset(id=PresetId("b"), name="B")]


def open_again(database: Database) -> StarterRepository[Preset]:
    database.flush()
    return StarterRepository(database, PRESETS, given="given")


def never() -> Sequence[Preset]:
    pytest.fail("the starters were read")


def test_who_has_none_begins_with_the_starters(database: Database) -> None:
    assert open_again(database).begin(lambda: STARTERS) == STARTERS
    assert open_again(database).begin(never) == STARTERS


def test_who_deleted_them_is_not_given_them_again(database: Database) -> None:
    repository = open_again(database)
    for preset in repository.begin(lambda: STARTERS):
        repository.delete(preset.id)
    assert open_again(database).begin(never) == []


def test_who_has_some_is_given_none_then_or_later(database: Database) -> None:
    open_again(database).save(OWN)
    repository = open_again(database)
    assert repository.begin(never) == [OWN]
    repository.delete(OWN.id)
    assert open_again(database).begin(never) == []
