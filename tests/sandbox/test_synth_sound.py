"""Instruments, grooves, genres, and reading a reference recording."""

import struct
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pytest

from beatra_desktop.sandbox.synth import (
    Song,
    UnreadableAudio,
    read_reference,
)
from beatra_desktop.sandbox.synth.genres import GENRES
from beatra_desktop.sandbox.synth.groove import GROOVES
from beatra_desktop.sandbox.synth.instruments import play
from beatra_desktop.sandbox.synth.vocabulary import INSTRUMENTS
from tests.sandbox.songs import Samples, heard, planned

RATE = 44_100


def pool_names() -> list[str]:
    pools = (pool for g in GENRES for pool in (g.chords, g.lead, g.bass, g.pad, g.arp))
    named = (instrument for _, instrument, _ in INSTRUMENTS)
    return sorted({name for pool in pools for name in pool if name} | set(named))


@pytest.mark.parametrize("name", pool_names())
@pytest.mark.parametrize("pitch", [33, 84])
def test_every_instrument_sounds(name: str, pitch: int) -> None:
    signal = play(name, pitch, 0.3, 0.7, np.random.default_rng(1))

    assert np.isfinite(signal).all()
    assert 0.3 < np.abs(signal).max() < 1.6
    assert abs(float(signal[-1])) < 0.01, "ends with a click"
    assert abs(float(signal[0])) < 0.1, "starts with a click"


def test_every_groove_fills_its_bar() -> None:
    grooves = {name for genre in GENRES for name in genre.grooves if name}

    assert grooves <= set(GROOVES)
    for name, groove in GROOVES.items():
        assert {len(line) for line in groove.values()} == {12 if name == "waltz" else 16}


@pytest.mark.parametrize("genre", GENRES, ids=lambda genre: genre.name)
@pytest.mark.parametrize("seconds", [6.0, None])
def test_every_genre_writes_a_score_that_ends_in_time(genre: object, seconds: float | None) -> None:
    name = getattr(genre, "name", "")
    for seed in range(3):
        _, form, score = planned(Song(name, seed=seed, seconds=seconds, weirdness=0.9))

        assert score.parts
        assert all(
            note.beats > 0 and 20 < note.pitch < 110 for p in score.parts for note in p.notes
        )
        assert all(0 <= hit.start < form.bars * form.beats for hit in score.hits)


AudioCodec = Literal["pcm_s16le", "flac", "libmp3lame", "libopus"]
CODECS: dict[str, AudioCodec] = {
    "wav": "pcm_s16le",
    "flac": "flac",
    "mp3": "libmp3lame",
    "ogg": "libopus",
}


def written(path: Path, signal: Samples, codec: AudioCodec) -> Path:
    rate = 48_000 if codec == "libopus" else RATE
    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(signal), format="fltp", layout="stereo")
    frame.sample_rate = RATE
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("suffix", sorted(CODECS))
def test_a_reference_is_read(tmp_path: Path, suffix: str) -> None:
    song = Song("house, 124 bpm, in A minor", seed=2, seconds=15.5, instrumental=True)
    path = written(tmp_path / f"reference.{suffix}", heard(song), CODECS[suffix])

    reference = read_reference(path)

    assert reference.seconds == pytest.approx(15.5, abs=0.2)
    assert reference.tempo_bpm == pytest.approx(planned_tempo(song), rel=0.03)
    assert 0 <= reference.tonic < 12
    assert reference.mode in ("major", "minor")
    assert 500 < reference.brightness_hz < 6000


def planned_tempo(song: Song) -> float:
    return planned(song)[1].tempo_bpm


def test_a_reference_key_is_found(tmp_path: Path) -> None:
    at = np.arange(8 * RATE) / RATE
    tones = [220.0, 261.63, 329.63, 293.66, 349.23, 440.0, 220.0, 440.0, 261.63, 329.63]
    voices = [
        np.sin(2 * np.pi * tone * at) * (np.floor(at * 3 + i) % 3 == 0)
        for i, tone in enumerate(tones)
    ]
    signal = np.repeat(np.sum(voices, axis=0)[None, :] * 0.05, 2, axis=0).astype(np.float32)

    reference = read_reference(written(tmp_path / "minor.wav", signal, "pcm_s16le"))

    assert (reference.tonic, reference.mode) == (9, "minor")


@pytest.mark.parametrize("content", [b"", b"these are words, not music" * 100])
def test_an_unreadable_reference_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "notes.wav"
    path.write_bytes(content)

    with pytest.raises(UnreadableAudio, match=r"notes\.wav .*\.$"):
        read_reference(path)


def test_a_missing_reference_is_refused(tmp_path: Path) -> None:
    unknown = tmp_path / "unknown.wav"
    shape = (b"RIFF", 68, b"WAVE", b"fmt ", 16, 1, 32769, 31, 62, 16384, 0, b"data", 32)
    unknown.write_bytes(struct.pack("<4sI4s4sIHHIIHH4sI", *shape) + bytes(32))
    with pytest.raises(UnreadableAudio, match=r"unknown\.wav"):
        read_reference(unknown)
    with pytest.raises(UnreadableAudio, match=r"gone\.mp3"):
        read_reference(tmp_path / "gone.mp3")


def test_a_silent_reference_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "quiet.wav", np.zeros((2, 3 * RATE), dtype=np.float32), "pcm_s16le")

    with pytest.raises(UnreadableAudio, match="silence"):
        read_reference(path)
