"""The synthesiser, heard: what a prompt asks for must be measurable in the decoded audio."""

import io

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from beatra_desktop.sandbox.synth import (
    Reference,
    Song,
    render_mp3,
)
from beatra_desktop.sandbox.synth.genres import GENRES
from beatra_desktop.sandbox.synth.lyrics import read_lyrics, syllables
from beatra_desktop.sandbox.synth.score import Part, Score
from tests.sandbox.songs import Samples, heard, planned, rendered

RATE = 44_100
LYRICS = """[Verse 1]
Walking down the river in the morning light
[Chorus]
We are the sailors of the sky
[Bridge]
Wait for me
[Chorus]
We are the sailors of the sky
[Outro]
Goodbye"""


def part(score: Score, role: str) -> Part:
    return next(part for part in score.parts if part.role == role)


def loudness_blocks(signal: Samples, seconds: float) -> NDArray[np.float64]:
    """The level of each block in dBFS."""
    size = int(seconds * RATE)
    usable = signal.shape[1] // size * size
    blocks = signal[:, :usable].reshape(2, -1, size).astype(np.float64)
    return np.asarray(10 * np.log10((blocks**2).mean(axis=(0, 2)) + 1e-12))


def centroid_hz(signal: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(signal.mean(axis=0)))
    at = np.fft.rfftfreq(signal.shape[1], 1 / RATE)
    return float((spectrum * at).sum() / spectrum.sum())


def beat_strength(signal: Samples, bpm: float) -> float:
    """How well the onsets repeat after one beat and after two."""
    hop = 441
    mono = np.diff(signal.mean(axis=0))
    energy = np.abs(mono[: mono.size // hop * hop]).reshape(-1, hop).sum(axis=1)
    flux = np.maximum(0.0, np.diff(np.log1p(energy)))
    flux -= flux.mean()
    lags = [round(beats * 60.0 / bpm * RATE / hop) for beats in (1, 2)]
    return float(sum((flux[:-lag] * flux[lag:]).mean() for lag in lags) / (flux**2).mean())


def pitch_class_strength(signal: Samples, pitch_class: int) -> float:
    """The energy near the tones of one pitch class between 200 and 1100 Hz."""
    spectrum = np.abs(np.fft.rfft(signal.mean(axis=0))) ** 2
    at = np.fft.rfftfreq(signal.shape[1], 1 / RATE)
    band = (at > 200) & (at < 1100)
    pitch = 69 + 12 * np.log2(at[band] / 440)
    near = np.abs((pitch - pitch_class + 6) % 12 - 6) < 0.35
    return float(spectrum[band][near].sum())


def test_equal_songs_give_equal_bytes() -> None:
    song = Song("gentle piano waltz", seed=4, seconds=9)

    assert render_mp3(song) == render_mp3(song)


@pytest.mark.parametrize(
    "other", [Song("folk", seed=2, seconds=8), Song("jazz", seed=1, seconds=8)]
)
def test_another_seed_or_prompt_gives_another_recording(other: Song) -> None:
    assert rendered(other).data != rendered(Song("folk", seed=1, seconds=8)).data


def test_the_clip_is_an_mp3_of_the_stated_length() -> None:
    song = Song("gentle piano waltz", seed=4, seconds=9)
    clip = rendered(song)

    with av.open(io.BytesIO(clip.data), "r") as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name.startswith("mp3")
        assert (stream.rate, stream.channels) == (RATE, 2)
    assert clip.mime_type == "audio/mpeg"
    assert heard(song).shape[1] / RATE == pytest.approx(clip.duration_seconds, abs=0.06)
    assert len(clip.data) * 8 / clip.duration_seconds == pytest.approx(192_000, rel=0.05)


@pytest.mark.parametrize(("bpm", "other"), [(90, 140), (140, 90)])
def test_the_tempo_of_the_prompt_is_heard(bpm: int, other: int) -> None:
    signal = heard(Song(f"funk, {bpm} bpm", seed=1, instrumental=True, seconds=14))

    assert beat_strength(signal, bpm) > 1.5 * beat_strength(signal, other)


@pytest.mark.parametrize(("mode", "third"), [("minor", 0), ("major", 1)])
def test_the_key_and_mode_of_the_prompt_are_heard(mode: str, third: int) -> None:
    signal = heard(Song(f"piano waltz in A {mode}", seed=3, instrumental=True, seconds=14))

    strengths = [pitch_class_strength(signal, pitch_class) for pitch_class in range(12)]
    assert strengths[third] > 4 * strengths[1 - third]
    assert strengths[9] > np.median(strengths)


def test_a_voice_sings_unless_the_song_is_instrumental() -> None:
    sung = Song("pop ballad", lyrics=LYRICS, seed=1, seconds=9)
    played = Song("pop ballad", lyrics=LYRICS, seed=1, seconds=9, instrumental=True)

    assert "voice" in rendered(sung).tags
    assert "voice" not in rendered(played).tags
    assert not np.allclose(heard(sung), heard(played), atol=0.05)


@pytest.mark.parametrize("gender", ["m", "f"])
def test_the_vocal_gender_sets_the_register(gender: str) -> None:
    _, _, score = planned(Song("pop", lyrics=LYRICS, vocal_gender=gender))
    vocal = part(score, "vocal")

    middle = float(np.median([note.pitch for note in vocal.notes]))
    assert vocal.instrument == {"m": "male", "f": "female"}[gender]
    assert (middle > 63) == (gender == "f")


def test_sections_follow_the_structure_tags() -> None:
    _, form, _ = planned(Song("pop", lyrics=LYRICS))

    kinds = [section.kind for section in form.sections]
    assert kinds == ["verse", "chorus", "bridge", "chorus", "outro"]


def test_more_sections_make_a_longer_song() -> None:
    verse = "[Verse]\nWalking down the river in the morning light\nEvery shadow is a friend\n"

    assert (
        planned(Song("pop", lyrics=verse * 5))[1].seconds
        > planned(Song("pop", lyrics=verse))[1].seconds
    )


def test_every_syllable_gets_a_note() -> None:
    _, _, score = planned(Song("pop 100 bpm", lyrics="[Verse]\nWalking down the river", seconds=20))

    sung = [note.syllable for note in part(score, "vocal").notes]
    assert sung[:6] == list(syllables("Walking down the river"))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("river", 2),
        ("morning light", 3),
        ("We are the sailors of the sky", 8),
        ("月亮代表我的心", 7),
    ],
)
def test_syllables_are_counted(line: str, count: int) -> None:
    assert len(syllables(line)) == count


def test_untagged_lyrics_find_their_chorus() -> None:
    stanzas = read_lyrics("one line\n\nhook line\n\nother line\n\nhook line")

    assert [stanza.kind for stanza in stanzas] == ["verse", "chorus", "verse", "chorus"]


@pytest.mark.parametrize("seconds", [7.0, 15.5])
def test_the_wanted_length_is_kept(seconds: float) -> None:
    clip = rendered(Song("house", seed=2, seconds=seconds, instrumental=True))

    assert clip.duration_seconds == pytest.approx(seconds, abs=0.05)


def test_a_reference_gives_length_tempo_and_key() -> None:
    reference = Reference(11.0, 96.0, tonic=2, mode="minor", brightness_hz=2000.0)
    song = Song("rock", seed=5, reference=reference, instrumental=True)
    style, _, _ = planned(song)

    assert rendered(song).duration_seconds == pytest.approx(11.0, abs=0.05)
    assert (style.tempo_bpm, style.key.tonic, style.key.mode) == (96.0, 2, "minor")


def test_without_a_wish_a_song_lasts_half_a_minute_to_a_minute() -> None:
    seconds = [
        planned(Song(genre.words[0], seed=seed))[1].seconds for genre in GENRES for seed in (1, 2)
    ]

    assert min(seconds) > 28
    assert max(seconds) < 70


@pytest.mark.parametrize(
    "prompt", ["chiptune", "heavy metal", "ambient", "lo-fi jazz", "epic orchestral", "bossa nova"]
)
def test_the_master_is_clean(prompt: str) -> None:
    signal = heard(Song(prompt, seed=7, seconds=9))
    levels = loudness_blocks(signal, 0.5)

    assert np.isfinite(signal).all()
    assert np.abs(signal).max() < 10 ** (-1 / 20)
    assert np.abs(signal.mean(axis=1)).max() < 0.002
    assert -21 < 10 * np.log10((signal.astype(np.float64) ** 2).mean()) < -12
    assert levels[:-4].min() > -42, "silence inside the song"
    assert np.abs(signal[:, -RATE // 50 :]).max() < 0.02, "the end is cut off"
    assert np.abs(signal[0] - signal[1]).max() > 0.05, "both sides are the same"


def test_sections_differ_in_strength() -> None:
    song = Song(
        "rock", lyrics="[Intro]\n[Verse]\n[Chorus]\n[Outro]", seed=2, instrumental=True, seconds=26
    )
    _, form, _ = planned(song)
    levels = loudness_blocks(heard(song), 0.5)
    bar = form.beats * 60 / form.tempo_bpm
    starts = [int(section.start_bar * bar * 2) for section in form.sections]

    assert levels[starts[2] : starts[3]].mean() > levels[starts[0] + 1 : starts[1]].mean() + 1.5


def test_words_change_the_brightness() -> None:
    bright = heard(Song("bright crisp pop", seed=1, seconds=8, instrumental=True))
    dark = heard(Song("dark pop", seed=1, seconds=8, instrumental=True))

    assert centroid_hz(bright) > 1.25 * centroid_hz(dark)


def test_a_chorus_lies_above_its_verse() -> None:
    lifts = []
    for seed in range(8):
        _, form, score = planned(
            Song("folk", seed=seed, lyrics="[Verse]\n[Chorus]\n", instrumental=True)
        )
        border = form.sections[1].start_bar * form.beats
        lead = part(score, "lead").notes
        verse = np.mean([note.pitch for note in lead if note.start < border])
        lifts.append(np.mean([note.pitch for note in lead if note.start >= border]) - verse)

    assert np.mean(lifts) > 2


def test_a_chorus_repeats_its_melody() -> None:
    _, form, score = planned(
        Song("pop", seed=3, lyrics="[Chorus]\n[Verse]\n[Chorus]\n[Outro]\n", instrumental=True)
    )
    first, second = (
        [
            (note.start - section.start_bar * form.beats, note.pitch)
            for note in part(score, "lead").notes
            if 0 <= note.start - section.start_bar * form.beats < form.beats
        ]
        for section in (form.sections[0], form.sections[2])
    )

    assert first
    assert [pitch for _, pitch in first][:2] == [pitch for _, pitch in second][:2]


def test_the_last_chord_is_home() -> None:
    for seed in range(6):
        style, form, score = planned(Song("folk", seed=seed, instrumental=True))
        last = (form.bars - 1) * form.beats
        bass = [note.pitch for note in part(score, "bass").notes if note.start >= last - 0.01]

        assert [pitch % 12 for pitch in bass] == [style.key.tonic]


def out_of_key(song: Song) -> float:
    style, _, score = planned(song)
    notes = [note for part in score.parts for note in part.notes]
    return float(np.mean([not style.key.contains(note.pitch) for note in notes]))


def test_weirdness_leaves_the_key() -> None:
    tame = [out_of_key(Song("pop in C major", seed=seed, weirdness=0.0)) for seed in range(6)]
    weird = [out_of_key(Song("pop in C major", seed=seed, weirdness=1.0)) for seed in range(6)]

    assert np.mean(weird) > np.mean(tame) + 0.05


def test_a_high_style_weight_keeps_to_the_genre() -> None:
    jazz = next(genre for genre in GENRES if genre.name == "jazz")

    def strays(weight: float) -> int:
        styles = [planned(Song("jazz", seed=seed, style_weight=weight))[0] for seed in range(24)]
        return sum(style.band["lead"] not in jazz.lead for style in styles)

    assert strays(1.0) == 0
    assert strays(0.0) > 2


@pytest.mark.parametrize(
    "song", [Song("rock, no drums", seed=1), Song("rock", negative_tags="drums", seed=1)]
)
def test_refused_instruments_stay_away(song: Song) -> None:
    assert planned(Song("rock", seed=1))[2].hits
    assert not planned(song)[2].hits


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("slow waltz for piano", ("waltz", 3, None)),
        ("jazz waltz", ("jazz", 3, None)),
        ("synthwave, 101 BPM", ("synthwave", 4, 101.0)),
        ("something nobody has a word for", ("pop", 4, None)),
    ],
)
def test_prompts_are_understood(prompt: str, expected: tuple[str, int, float | None]) -> None:
    style, _, _ = planned(Song(prompt))
    name, beats, tempo = expected

    assert (style.genre.name, style.beats) == (name, beats)
    assert tempo is None or style.tempo_bpm == tempo


@pytest.mark.parametrize(
    ("prompt", "key"),
    [
        ("in D minor", "D minor"),
        ("key of F", "F "),
        ("C# major", "C# major"),
        ("B flat minor", "Bb minor"),
    ],
)
def test_keys_are_understood(prompt: str, key: str) -> None:
    assert planned(Song(f"song {prompt}"))[0].key.name.startswith(key)


def test_tags_describe_the_song() -> None:
    tags = rendered(Song("gentle piano waltz", seed=4, seconds=9)).tags.split(", ")

    assert tags[:1] == ["waltz"]
    assert "piano" in tags


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("毛毡钢琴独奏，缓慢，70 bpm", "solo felt piano, slow, 70 bpm"),
        ("管弦乐电影配乐，大提琴", "orchestral film score, cello"),
        ("不插电民谣，指弹吉他，低沉的男声，3/4 拍", "folk ballad, guitar, low male voice, 3/4"),
        ("灵魂乐，电钢琴", "soul, Rhodes"),
    ],
)
def test_chinese_words_ask_for_the_same_band(chinese: str, english: str) -> None:
    styles = [planned(Song(prompt=prompt, seed=1))[0] for prompt in (chinese, english)]
    assert styles[0] == styles[1]
