"""Loudness against what the standard says of known signals."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from beatra_desktop.audio import BrokenAudio, UnreadableAudio, integrated_loudness

if TYPE_CHECKING:
    from tests.audio.conftest import Maker, Samples

RATE = 48_000


def sine(seconds: float, *, amplitude: float, channels: int = 2, hertz: float = 997) -> "Samples":
    time = np.arange(int(seconds * RATE)) / RATE
    wave = (amplitude * np.sin(2 * np.pi * hertz * time)).astype(np.float32)
    return np.tile(wave, (channels, 1))


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.opus"])
@pytest.mark.parametrize(("decibels", "channels"), [(-23, 1), (-20, 2), (-6, 2)])
def test_a_sine_is_as_loud_as_the_standard_says(
    make: "Maker", name: str, decibels: int, channels: int
) -> None:
    """A full-scale sine of 997 Hz in one channel is -3.01 LUFS, in two 0."""
    wave = sine(2.0, amplitude=10 ** (decibels / 20), channels=channels)
    expected = decibels - (3.01 if channels == 1 else 0.0)
    loudness = integrated_loudness(make(name, samples=wave, rate=RATE))
    assert loudness == pytest.approx(expected, abs=0.3)


def test_pauses_do_not_make_a_song_softer(make: "Maker") -> None:
    loud = sine(3.0, amplitude=0.5)
    paused = np.concatenate([loud, np.zeros_like(loud), np.zeros_like(loud)], axis=1)
    whole = integrated_loudness(make("a.wav", samples=loud, rate=RATE))
    assert integrated_loudness(make("b.wav", samples=paused, rate=RATE)) == pytest.approx(
        whole, abs=0.3
    )


def test_the_ear_hears_little_of_the_deep(make: "Maker") -> None:
    middle = integrated_loudness(make("a.wav", samples=sine(2, amplitude=0.5), rate=RATE))
    deep = integrated_loudness(make("b.wav", samples=sine(2, amplitude=0.5, hertz=30), rate=RATE))
    assert middle is not None
    assert deep is not None
    assert deep < middle - 6


@pytest.mark.parametrize(("seconds", "amplitude"), [(2.0, 0.0), (0.2, 0.5)])
def test_silence_and_clicks_have_none(make: "Maker", seconds: float, amplitude: float) -> None:
    path = make("a.wav", samples=sine(seconds, amplitude=amplitude), rate=RATE)
    assert integrated_loudness(path) is None


def test_what_is_left_of_a_broken_file_counts(make: "Maker") -> None:
    path = make("a.mp3", samples=sine(3.0, amplitude=0.5), rate=RATE)
    whole = integrated_loudness(path)
    assert integrated_loudness(make.cut(path)) == pytest.approx(whole, abs=0.5)


def test_what_is_no_sound_is_told(make: "Maker") -> None:
    nothing = make.folder / "a.mp3"
    nothing.write_text("no sound")
    with pytest.raises((UnreadableAudio, BrokenAudio)):
        integrated_loudness(nothing)
