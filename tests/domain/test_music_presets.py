from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import MusicPrompt, Reference, SunoOptions
from beatra_desktop.domain.music_presets import applied, kept
from beatra_desktop.domain.records import replace

SONG = MusicPrompt(
    prompt=" slow waltz ",
    model="suno-5.5",
    title="Lamps",
    lyrics="La",
    instrumental=True,
    reference=Reference(upload_id=UploadId("u"), name="a.wav"),
    suno=SunoOptions(custom_mode=True),
)


def test_a_preset_keeps_how_a_song_sounds_and_not_which_it_is() -> None:
    plain = replace(SONG, prompt="slow waltz", title="", lyrics="", reference=None)
    assert kept(SONG) == plain


def test_what_belongs_to_the_song_stays_when_a_preset_is_applied() -> None:
    preset = MusicPrompt(prompt="fast polka")
    assert applied(preset, SONG) == replace(
        SONG, prompt="fast polka", model="auto", instrumental=False, suno=None
    )
    assert applied(replace(preset, prompt=""), SONG).prompt == SONG.prompt
