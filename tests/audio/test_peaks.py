"""The painted shape of a sound against the sound itself."""

import tracemalloc
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.audio import Peaks, peaks

if TYPE_CHECKING:
    from tests.audio.conftest import Inspector, Maker, Samples

RATE = 44_100


def ramp(seconds: float) -> "Samples":
    """A tone that grows from silence to full scale; the right channel is silent."""
    time = np.arange(int(seconds * RATE)) / RATE
    wave = (time / seconds * np.sin(2 * np.pi * 1_000 * time)).astype(np.float32)
    return np.stack([wave, np.zeros_like(wave)])


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.mp3", "a.opus", "a.m4a", "a.ogg"])
def test_the_shape_follows_the_sound(make: "Maker", inspector: "Inspector", name: str) -> None:
    rate = 48_000 if name.endswith("opus") else RATE
    path = make(name, samples=ramp(5.0), rate=rate)
    shape = peaks(path, buckets=100)
    decoded = inspector.samples(path)
    slices = np.array_split(decoded, 100, axis=1)
    loudest = [255 * min(1.0, float(np.abs(piece).max())) for piece in slices]
    mean = [255 * float(np.sqrt(np.square(piece).mean())) for piece in slices]
    assert len(shape) == 100
    assert list(shape.peak) == pytest.approx(loudest, abs=5)
    assert list(shape.rms) == pytest.approx(mean, abs=5)
    assert shape.duration_seconds == pytest.approx(decoded.shape[1] / rate)


@pytest.mark.parametrize("codec", ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le"])
def test_every_kind_of_sample_has_the_same_scale(make: "Maker", codec: str) -> None:
    samples = np.full((1, RATE), -0.5, np.float32)
    shape = peaks(make("a.wav", samples=samples, codec=codec), buckets=10)
    assert list(shape.peak) == pytest.approx([127.5] * 10, abs=2)
    assert list(shape.rms) == pytest.approx([127.5] * 10, abs=2)


@pytest.mark.parametrize("level", [-1.0, 1.0])
def test_full_scale_is_full_scale(make: "Maker", level: float) -> None:
    shape = peaks(make("a.wav", samples=np.full((2, 1_000), level, np.float32)), buckets=4)
    assert set(shape.peak) == {255}


def test_floats_beyond_full_scale_stay_there(make: "Maker") -> None:
    samples = np.full((1, 1_000), 3.0, np.float32)
    assert set(peaks(make("a.wav", samples=samples, codec="pcm_f32le"), buckets=4).peak) == {255}


@pytest.mark.parametrize(("samples", "buckets"), [(1, 800), (5, 800), (1_000, 800), (1_000, 1)])
def test_short_sounds_give_what_they_have(make: "Maker", samples: int, buckets: int) -> None:
    shape = peaks(make("a.wav", samples=np.full((1, samples), 0.5, np.float32)), buckets=buckets)
    assert len(shape) == min(samples, buckets)
    assert set(shape.peak) == {128}
    assert shape.duration_seconds == pytest.approx(samples / RATE)


def test_a_click_is_not_lost_in_a_long_sound(make: "Maker") -> None:
    samples = np.zeros((1, 60 * RATE), np.float32)
    samples[0, int(45.05 * RATE)] = 1.0
    shape = peaks(make("a.wav", samples=samples), buckets=600)
    assert [index for index, value in enumerate(shape.peak) if value] == [450]


def test_few_buckets_for_a_long_sound_merge_correctly(make: "Maker") -> None:
    shape = peaks(make("a.wav", samples=ramp(60.0)), buckets=2)
    assert list(shape.peak) == pytest.approx([127, 255], abs=5)


def test_memory_stays_flat(make: "Maker") -> None:
    short, long = (make(f"{minutes}.wav", seconds=minutes * 60) for minutes in (1, 4))
    peaks(short, buckets=500)
    used = []
    for path in (short, long):
        tracemalloc.start()
        peaks(path, buckets=500)
        used.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert used[1] < used[0] * 1.5 + 200_000


def test_damaged_parts_are_left_out(make: "Maker") -> None:
    assert 0 < peaks(make.cut(make("a.flac")), buckets=50).duration_seconds < 3.0


@given(st.floats(0, 1e6), st.binary(max_size=300))
def test_bytes_round_trip(duration: float, levels: bytes) -> None:
    shape = Peaks(duration_seconds=duration, peak=levels, rms=levels[::-1])
    assert Peaks.from_bytes(shape.to_bytes()) == shape
    assert len(shape.to_bytes()) == 16 + 2 * len(levels)


@given(st.binary(max_size=40))
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="saved peaks"):
        Peaks.from_bytes(data)


def test_cut_bytes_are_refused() -> None:
    data = Peaks(duration_seconds=1.0, peak=b"12", rms=b"34").to_bytes()
    for end in range(len(data)):
        with pytest.raises(ValueError, match="saved peaks"):
            Peaks.from_bytes(data[:end])
