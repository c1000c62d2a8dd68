"""Saved files that play to their end, and those that don't."""

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from beatra_desktop.audio import BrokenAudio, UnreadableAudio, peaks, probe, verify

if TYPE_CHECKING:
    from tests.audio.conftest import Maker

NAMES = ("a.mp3", "a.wav", "a.flac", "a.ogg", "a.opus", "a.m4a", "a.aiff", "a.mka")


@pytest.mark.parametrize("name", NAMES)
def test_whole_files_pass_and_tell_their_real_duration(make: "Maker", name: str) -> None:
    assert verify(make(name)).duration_seconds == pytest.approx(3.0, abs=0.05)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0.1, 0.6, 0.9])
def test_cut_files_are_refused(make: "Maker", name: str, share: float) -> None:
    path = make.cut(make(name), share)
    with pytest.raises(UnreadableAudio):
        verify(path)


def test_the_sentence_tells_how_much_is_there(make: "Maker") -> None:
    path = make.cut(make("a.mp3"))
    with pytest.raises(BrokenAudio, match=r"cut-a\.mp3 is broken: only 1\.8 of its 3\.0 sec"):
        verify(path)


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_one_sample_is_a_sound(make: "Maker", name: str) -> None:
    path = make(name, samples=np.full((1, 1), 0.5, np.float32))
    assert verify(path).duration_seconds == pytest.approx(1 / 44_100)
    assert verify(path).channels == 1


@pytest.mark.parametrize("name", ["a.mp3", "a.m4a", "a.opus"])
def test_very_short_lossy_files_pass(make: "Maker", name: str) -> None:
    assert verify(make(name, seconds=0.05)).channels == 2


def test_a_huge_declared_duration_is_not_believed(make: "Maker") -> None:
    path = make("a.mp3")
    data = bytearray(path.read_bytes())
    frames_at = max(data.find(b"Info"), data.find(b"Xing")) + 8
    data[frames_at : frames_at + 4] = struct.pack(">I", 50_000_000)
    path.write_bytes(data)
    assert (probe(path).duration_seconds or 0) > 1_000_000
    with pytest.raises(BrokenAudio, match="seconds are there"):
        verify(path)
    assert peaks(path, buckets=100).duration_seconds == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize("name", ["a.flac", "a.m4a", "a.mp3", "a.opus", "a.ogg"])
def test_damage_in_the_middle_is_found(make: "Maker", name: str) -> None:
    path = make(name, seconds=30.0)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 400] = np.random.default_rng(3).bytes(400)
    path.write_bytes(data)
    with pytest.raises(BrokenAudio):
        verify(path)


def test_sound_without_a_single_frame_is_refused(make: "Maker") -> None:
    path = make("a.wav")
    header = path.read_bytes()[:44]
    path.write_bytes(header[:4] + struct.pack("<I", 36) + header[8:40] + bytes(4))
    with pytest.raises(UnreadableAudio):
        verify(path)


def test_a_stream_of_unknown_length_is_whole(make: "Maker") -> None:
    """Programs that write WAV into a pipe put the largest number for the length."""
    path = make("a.wav")
    data = bytearray(path.read_bytes())
    data[4:8] = b"\xff" * 4
    at = data.index(b"data") + 4
    data[at : at + 4] = b"\xff" * 4
    path.write_bytes(data)
    assert verify(path).duration_seconds == pytest.approx(3.0)


@pytest.mark.parametrize("with_id3", [False, True], ids=["bare", "ID3"])
def test_an_mp3_without_frame_count_is_not_called_short(make: "Maker", with_id3: bool) -> None:
    """Its duration is a guess from the first frames: here quiet ones, then dense ones."""
    silence, noise = np.zeros((2, 441_000), np.float32), _noise(441_000)
    options = {"write_xing": "0", "id3v2_version": "3" if with_id3 else "0"}
    variable_rate = {"abr": "1", "b": "96000"}
    for order in ((silence, noise), (noise, silence)):
        path = make(
            "a.mp3",
            samples=np.concatenate(order, axis=1),
            options=options,
            codec_options=variable_rate,
            tags={"title": "x"},
        )
        assert verify(path).duration_seconds == pytest.approx(20.0, abs=0.1)


@pytest.mark.parametrize(
    "tail",
    [b"TAG".ljust(128, b"\0"), bytes(500), b"LYRICSBEGIN".ljust(400) + b"000400LYRICS200"],
    ids=["ID3v1", "padding", "Lyrics3"],
)
def test_what_follows_an_mp3_is_no_damage(make: "Maker", tail: bytes) -> None:
    path = make("a.mp3")
    with path.open("ab") as file:
        file.write(tail)
    assert verify(path).duration_seconds == pytest.approx(3.0, abs=0.05)


def test_a_tag_before_an_mp3_does_not_hide_its_frame_count(make: "Maker") -> None:
    path = make("a.mp3", tags={"comment": "x" * 5_000}, options={"id3v2_version": "3"})
    with pytest.raises(BrokenAudio, match="seconds are there"):
        verify(make.cut(path))


def test_what_follows_a_wav_is_no_cut(make: "Maker") -> None:
    path = make("a.wav")
    path.write_bytes(path.read_bytes() + b"junk after the last chunk")
    assert verify(path).channels == 2


def test_verify_leaves_the_file_alone(make: "Maker") -> None:
    path: Path = make("a.mp3")
    before = path.read_bytes()
    verify(path)
    assert path.read_bytes() == before


def _noise(samples: int) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    generator = np.random.default_rng(7)
    return generator.uniform(-0.5, 0.5, (2, samples)).astype(np.float32)
