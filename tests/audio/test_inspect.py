"""What files say about themselves, and files that say nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.audio import (
    AudioFormat,
    UnreadableAudio,
    convert,
    peaks,
    probe,
    read_tags,
    verify,
    write_tags,
)

if TYPE_CHECKING:
    from tests.audio.conftest import Maker

HOSTILE = (
    "empty", "text", "short", "zeros", "playlist", "concat", "folder", "missing", "video",
    "no codec",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "codec", "mime_type"),
    [
        ("a.mp3", "mp3", "audio/mpeg"),
        ("a.wav", "pcm_s16le", "audio/wav"),
        ("a.flac", "flac", "audio/flac"),
        ("a.ogg", "vorbis", "audio/ogg"),
        ("a.opus", "opus", "audio/ogg"),
        ("a.m4a", "aac", "audio/mp4"),
        ("a.aiff", "pcm_s16be", "audio/aiff"),
        ("a.mka", "flac", "audio/x-matroska"),
    ],
)
def test_every_format_is_described(make: "Maker", name: str, codec: str, mime_type: str) -> None:
    info = probe(make(name, seconds=2.0))
    assert (info.codec, info.mime_type, info.channels) == (codec, mime_type, 2)
    assert info.duration_seconds == pytest.approx(2.0, abs=0.05)
    assert info.sample_rate == (48_000 if name.endswith("opus") else 44_100)
    assert info.bit_rate is not None
    assert info.bit_rate > 10_000
    assert info.title == ""


def test_the_title_is_found(make: "Maker") -> None:
    assert probe(make("a.mp3", tags={"title": "Lamps"})).title == "Lamps"


def test_a_wrong_suffix_does_not_matter(make: "Maker") -> None:
    path = make("a.flac").rename(make.folder / "a.mp3")
    assert probe(path).codec == "flac"


def test_names_that_look_like_urls_are_files(
    make: "Maker", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(make.folder)
    make("a.wav").rename("http:a.wav")
    assert probe(Path("http:a.wav")).codec == "pcm_s16le"


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_sound_is_refused_in_a_sentence(
    hostile: Callable[[str], Path], kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    path = hostile(kind)
    before = sorted(path.parent.iterdir())
    for use in (
        probe,
        verify,
        read_tags,
        lambda path: peaks(path, buckets=10),
        lambda path: write_tags(path, {"title": "x"}),
        lambda path: convert(path, path.with_name("out.wav"), format=AudioFormat.WAV),
    ):
        with pytest.raises(UnreadableAudio) as caught:
            use(path)
        assert str(caught.value).startswith(f"{path.name} ")
        assert str(caught.value).endswith(".")
    assert sorted(path.parent.iterdir()) == before
    assert capfd.readouterr() == ("", "")
