"""What comes with the app is the same in all languages, but for its words."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from beatra_desktop.domain.chat import Preset
from beatra_desktop.domain.music import SunoOptions
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.domain.records import replace
from beatra_desktop.services import music_presets, presets
from beatra_desktop.services.starters import read_starters

FILE = """
[[preset]]
name = { en = "Lamp", zh_CN = "灯" }
made_of = { metal = "tin", colour = { en = "red", zh_CN = "红" } }
"""


@dataclass(frozen=True)
class Lamp:
    name: str
    made_of: dict[str, str]


@pytest.mark.parametrize(
    ("language", "name", "colour"),
    [("en", "Lamp", "red"), ("zh_CN", "灯", "红"), ("pseudo", "Lamp", "red")],
)
def test_texts_are_in_the_language_or_in_english(
    tmp_path: Path, language: str, name: str, colour: str
) -> None:
    path = tmp_path / "lamps.toml"
    path.write_text(FILE, "utf-8")
    expected = [Lamp(name, {"metal": "tin", "colour": colour})]
    assert read_starters(path, Lamp, language=language) == expected


def test_presets_differ_in_their_words_alone() -> None:
    english, chinese = (
        read_starters(presets.STARTERS, Preset, language=language) for language in ("en", "zh_CN")
    )
    for one, other in zip(english, chinese, strict=True):
        assert one.name != other.name
        assert one.system_prompt != other.system_prompt
        assert replace(other, name=one.name, system_prompt=one.system_prompt) == one


def test_music_presets_differ_in_their_words_alone() -> None:
    english, chinese = (
        read_starters(music_presets.STARTERS, MusicPreset, language=language)
        for language in ("en", "zh_CN")
    )
    for one, other in zip(english, chinese, strict=True):
        assert one.name != other.name
        assert one.prompt.prompt != other.prompt.prompt
        assert _without_words(one) == _without_words(other)


def _without_words(preset: MusicPreset) -> MusicPreset:
    suno = preset.prompt.suno or SunoOptions()
    prompt = replace(preset.prompt, prompt="", suno=replace(suno, negative_tags=""))
    return replace(preset, name="", prompt=prompt)
