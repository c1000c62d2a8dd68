"""Presets of the music form: in order, replaced by their name, deleted and brought back."""

import pytest

from beatra_desktop.domain.music import MusicPrompt, SunoOptions
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.domain.music_rules import HintCode, hints
from beatra_desktop.services.music_presets import STARTERS, MusicPresetService
from beatra_desktop.services.starters import read_starters
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music_presets import MusicPresetRepository

WALTZ = MusicPrompt(prompt="waltz", title="Lamps", lyrics="La", suno=SunoOptions(style_weight=0.5))


def _service(database: Database) -> MusicPresetService:
    database.flush()
    return MusicPresetService(MusicPresetRepository(database), language="en")


@pytest.fixture
def service(database: Database) -> MusicPresetService:
    """Without the presets an installation starts with."""
    MusicPresetRepository(database).give_starters([])
    return _service(database)


def _saved(service: MusicPresetService, name: str) -> MusicPreset:
    preset = service.save(name, WALTZ)
    assert preset is not None
    return preset


def _names(service: MusicPresetService) -> list[str]:
    return [preset.name for preset in service.presets]


def _starters(language: str) -> list[MusicPreset]:
    return read_starters(STARTERS, MusicPreset, language=language)


def test_presets_are_kept_in_the_order_of_their_names(
    service: MusicPresetService, database: Database
) -> None:
    for name in ("waltz", "Ballad", " Polka "):
        _saved(service, name)
    assert service.save(" \t", WALTZ) is None
    assert _names(service) == ["Ballad", "Polka", "waltz"]
    assert list(_service(database).presets) == list(service.presets)
    assert service.presets[0].prompt.suno == SunoOptions(style_weight=0.5)
    assert service.presets[0].prompt.lyrics == ""


def test_a_name_that_is_taken_replaces_its_preset(service: MusicPresetService) -> None:
    first = _saved(service, "Ballad")
    changed = service.save("ballad", MusicPrompt(prompt="slower"))
    assert changed is not None
    assert changed.id == first.id
    assert list(service.presets) == [changed]
    service.restore(first)
    assert list(service.presets) == [first]


def test_a_preset_is_renamed_unless_another_has_the_name(service: MusicPresetService) -> None:
    ballad, polka = _saved(service, "Ballad"), _saved(service, "Polka")
    assert service.rename(ballad.id, "Waltz")
    assert not service.rename(ballad.id, "polka")
    assert not service.rename(ballad.id, " ")
    assert service.rename(polka.id, "POLKA")
    assert _names(service) == ["POLKA", "Waltz"]


def test_a_deleted_preset_comes_back_in_its_place(
    service: MusicPresetService, database: Database
) -> None:
    ballad = _saved(service, "Ballad")
    _saved(service, "Polka")
    service.delete(ballad.id)
    service.delete(ballad.id)
    assert _names(service) == _names(_service(database)) == ["Polka"]
    service.restore(ballad)
    assert _names(service) == _names(_service(database)) == ["Ballad", "Polka"]


def test_an_installation_begins_with_some_once(database: Database) -> None:
    service = _service(database)
    starters = _starters("en")
    assert sorted(_names(service)) == sorted(preset.name for preset in starters)
    for preset in starters:
        service.delete(preset.id)
    assert _names(_service(database)) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_starters_lack_nothing_but_the_song_itself(language: str) -> None:
    songs_own = {HintCode.NEEDS_TITLE, HintCode.NEEDS_LYRICS}
    for preset in _starters(language):
        assert {hint.code for hint in hints(preset.prompt)} <= songs_own
