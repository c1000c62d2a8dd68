"""What the form knows about models, against what the sandbox refuses."""

from dataclasses import replace

import pytest

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MinimaxOptions, MusicPrompt, Reference, SunoOptions
from beatra_desktop.ui.music.families import Family, advice, family_of, limits

REFERENCE = Reference(upload_id=UploadId("u1"), name="take.wav", artifact_id="art_1")
SONG = MusicPrompt(prompt="slow piano waltz", model="suno-5.5")
CUSTOM = replace(SONG, suno=SunoOptions(custom_mode=True))
MINIMAX = replace(SONG, model="minimax-music-3.0")


def test_families_are_told_by_the_models_names() -> None:
    assert family_of("suno-5.5") is Family.SUNO
    assert family_of("minimax-music-2.6") is Family.MINIMAX
    assert family_of("auto") is None
    assert family_of("another-7") is None


@pytest.mark.parametrize(
    ("prompt", "characters"),
    [
        (SONG, 500),
        (CUSTOM, 1000),
        (MINIMAX, 2000),
        (replace(MINIMAX, reference=REFERENCE), 300),
        (replace(SONG, model="auto"), 2000),
        (replace(SONG, model="auto", reference=REFERENCE), 300),
    ],
)
def test_the_description_may_be_as_long_as_the_model_takes(
    prompt: MusicPrompt, characters: int
) -> None:
    assert limits(prompt).prompt == characters


@pytest.mark.parametrize(
    ("prompt", "fields"),
    [
        (SONG, []),
        (replace(SONG, lyrics="La"), ["lyrics"]),
        (CUSTOM, ["title", "lyrics"]),
        (replace(CUSTOM, title="Lamps", lyrics="La"), []),
        (replace(CUSTOM, title="Lamps", instrumental=True), []),
        (MINIMAX, ["lyrics"]),
        (replace(MINIMAX, minimax=MinimaxOptions(lyrics_optimizer=True)), []),
        (replace(MINIMAX, instrumental=True), []),
        (replace(MINIMAX, instrumental=True, reference=REFERENCE), ["instrumental"]),
        (replace(MINIMAX, lyrics="La", reference=REFERENCE), ["lyrics"]),
        (replace(SONG, model="auto", prompt="waltz", reference=REFERENCE), ["prompt"]),
        (
            replace(SONG, model="auto", lyrics="La la la la la", reference=REFERENCE),
            ["title"],
        ),
        (replace(SONG, model="another-7", lyrics="La"), []),
    ],
)
def test_advice_names_the_fields_a_model_will_refuse(
    prompt: MusicPrompt, fields: list[str]
) -> None:
    assert [found.field for found in advice(prompt)] == fields
