"""Presets: in order, under names of their own, deleted and brought back."""

from typing import Any

import pytest

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.records import replace
from beatra_desktop.services.presets import STARTERS, PresetService
from beatra_desktop.services.starters import read_starters
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.presets import PresetRepository

BRIEF = Parameters(temperature=0.3)


def _service(database: Database, *, language: str = "en") -> PresetService:
    database.flush()
    return PresetService(PresetRepository(database), language=language)


@pytest.fixture
def service(database: Database) -> PresetService:
    """Without the presets an installation starts with."""
    PresetRepository(database).give_starters([])
    return _service(database)


def _saved(service: PresetService, name: str, **fields: Any) -> Preset:
    preset = service.save(name, **fields)
    assert preset is not None
    return preset


def _names(service: PresetService) -> list[str]:
    return [preset.name for preset in service.presets]


def _starters(language: str) -> list[Preset]:
    return read_starters(STARTERS, Preset, language=language)


def test_presets_are_kept_in_the_order_of_their_names(
    service: PresetService, database: Database
) -> None:
    for name in ("writer", "Editor", " Translator "):
        service.save(name, system_prompt="Be brief.", model="m", parameters=BRIEF)
    assert _names(service) == ["Editor", "Translator", "writer"]
    assert list(_service(database).presets) == list(service.presets)
    assert service.presets[0].parameters == BRIEF


def test_a_name_that_is_taken_gets_a_number_and_a_blank_one_is_none(
    service: PresetService,
) -> None:
    assert service.save(" \t") is None
    for _ in range(3):
        service.save("Editor")
    service.save("editor")
    assert _names(service) == ["Editor", "Editor 2", "Editor 3", "editor 4"]


def test_a_change_is_kept_and_stays_within_limits(
    service: PresetService, database: Database
) -> None:
    preset = _saved(service, "Editor", parameters=BRIEF)
    other = replace(preset, name="Else", system_prompt="New", parameters=Parameters(temperature=9))
    service.change(other)
    [kept] = _service(database).presets
    assert (kept.name, kept.system_prompt) == ("Editor", "New")
    assert kept.parameters == Parameters(temperature=2.0)
    service.change(replace(kept, parameters=Parameters()))
    assert service.presets[0].parameters is None
    service.delete(kept.id)
    service.change(kept)
    assert len(service.presets) == 0


def test_a_new_name_finds_its_place(service: PresetService, database: Database) -> None:
    first = _saved(service, "A")
    service.save("B")
    service.rename(first.id, " C ")
    assert _names(service) == ["B", "C"]
    service.rename(first.id, "  ")
    assert _names(_service(database)) == ["B", "C"]


def test_the_same_once_more(service: PresetService) -> None:
    preset = _saved(service, "Editor", system_prompt="Be brief.")
    copy = service.duplicate(preset.id)
    assert copy is not None
    assert (copy.name, copy.system_prompt) == ("Editor 2", "Be brief.")
    assert copy.id != preset.id
    service.delete(preset.id)
    assert service.duplicate(preset.id) is None


def test_what_was_deleted_is_brought_back_once(service: PresetService, database: Database) -> None:
    preset = _saved(service, "Editor", system_prompt="Be brief.")
    service.delete(preset.id)
    assert _names(_service(database)) == []
    service.restore(preset.id)
    service.restore(preset.id)
    assert list(service.presets) == [preset]
    assert list(_service(database).presets) == [preset]


def test_a_new_installation_has_some_that_do_not_come_back(database: Database) -> None:
    service = _service(database)
    assert _names(service) == ["Code reviewer", "Lyric writer", "Plain editor", "Translator"]
    for preset in list(service.presets)[1:]:
        service.delete(preset.id)
    assert _names(_service(database)) == ["Code reviewer"]


def test_who_has_presets_already_is_given_none(database: Database) -> None:
    PresetRepository(database).save(_starters("en")[0])
    assert len(_service(database).presets) == 1
    service = _service(database)
    service.delete(service.presets[0].id)
    assert len(_service(database).presets) == 0


def test_a_new_installation_has_them_in_its_language(database: Database) -> None:
    service = _service(database, language="zh_CN")
    assert _names(service) == ["代码审阅", "文字编辑", "歌词创作", "翻译"]
    assert _names(_service(database, language="en")) == _names(service)


@pytest.mark.parametrize(("language", "shortest"), [("en", 300), ("zh_CN", 120)])
def test_the_presets_to_start_with_are_whole(language: str, shortest: int) -> None:
    for preset in _starters(language):
        assert preset.parameters == (preset.parameters or Parameters()).within_limits()
        assert shortest < len(preset.system_prompt) < 2000
        assert "  " not in preset.system_prompt
        assert preset.model == ""
