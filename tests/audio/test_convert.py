"""From every format to every format."""

from typing import TYPE_CHECKING, Final

import numpy as np
import pytest

from beatra_desktop.audio import (
    AudioFormat,
    BrokenAudio,
    ConversionCanceled,
    convert,
    probe,
    read_tags,
    verify,
)

if TYPE_CHECKING:
    from tests.audio.conftest import Inspector, Maker

TAGS: Final = {"title": "Lämps", "artist": "beatra", "comment": "made"}
MIME_TYPES: Final = {
    AudioFormat.WAV: "audio/wav",
    AudioFormat.FLAC: "audio/flac",
    AudioFormat.OPUS: "audio/ogg",
    AudioFormat.MP3: "audio/mpeg",
    AudioFormat.M4A: "audio/mp4",
}
PITCH_HZ: Final = 440


@pytest.mark.parametrize("name", ["a.mp3", "a.wav", "a.flac", "a.opus", "a.m4a"])
@pytest.mark.parametrize("format", list(AudioFormat))
def test_the_sound_and_the_tags_arrive(
    make: "Maker", inspector: "Inspector", name: str, format: AudioFormat
) -> None:
    source = make(name, tags=TAGS)
    target = make.folder / f"out.{format}"
    convert(source, target, format=format)
    info = verify(target)
    assert info.mime_type == MIME_TYPES[format]
    assert info.duration_seconds == pytest.approx(3.0, abs=0.06)
    assert read_tags(target) == TAGS
    heard = inspector.samples(target)
    assert np.abs(heard).max() == pytest.approx(0.5, abs=0.1)
    spectrum = np.abs(np.fft.rfft(heard[0]))
    assert spectrum.argmax() * info.sample_rate / heard.shape[1] == pytest.approx(PITCH_HZ, abs=2)
    assert {path.name for path in make.folder.iterdir()} == {name, target.name}


@pytest.mark.parametrize("format", [AudioFormat.WAV, AudioFormat.FLAC])
@pytest.mark.parametrize("codec", ["pcm_s16le", "pcm_s24le"])
def test_lossless_stays_lossless(
    make: "Maker", inspector: "Inspector", format: AudioFormat, codec: str
) -> None:
    source = make("a.wav", codec=codec)
    target = make.folder / f"out.{format}"
    convert(source, target, format=format)
    assert (inspector.samples(target) == inspector.samples(source)).all()


def test_own_fields_survive_a_journey(make: "Maker") -> None:
    ours = {**TAGS, "beatra_task_id": "tsk_1", "beatra_prompt": "slow\nwaltz", "lyrics": "[Verse]"}
    path = make("a.flac", tags=ours)
    for format in AudioFormat:
        target = make.folder / f"next.{format}"
        convert(path, target, format=format)
        path = target
    assert read_tags(path) == ours


@pytest.mark.parametrize("format", list(AudioFormat))
@pytest.mark.parametrize("rate", [8_000, 22_050, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_unusual_rates_and_mono_work(
    make: "Maker", format: AudioFormat, rate: int, channels: int
) -> None:
    samples = np.full((channels, rate), 0.25, np.float32)
    source = make("a.wav", samples=samples, rate=rate)
    target = make.folder / f"out.{format}"
    convert(source, target, format=format)
    assert verify(target).duration_seconds == pytest.approx(1.0, abs=0.1)
    assert probe(target).channels == channels


def test_progress_grows_to_one(make: "Maker") -> None:
    told: list[float] = []
    convert(
        make("a.wav", seconds=5.0),
        make.folder / "b.mp3",
        format=AudioFormat.MP3,
        on_progress=told.append,
    )
    assert told == sorted(set(told))
    assert told[-1] == 1.0
    assert 20 < len(told) <= 101


def test_canceling_leaves_nothing(make: "Maker") -> None:
    told: list[float] = []
    source = make("a.wav", seconds=5.0)
    with pytest.raises(ConversionCanceled):
        convert(
            source,
            make.folder / "b.mp3",
            format=AudioFormat.MP3,
            on_progress=told.append,
            is_canceled=lambda: bool(told) and told[-1] > 0.5,
        )
    assert list(make.folder.iterdir()) == [source]


def test_an_existing_target_is_replaced_only_by_a_whole_file(make: "Maker") -> None:
    source, target = make("a.wav"), make("b.mp3", tags={"title": "old"})
    with pytest.raises(ConversionCanceled):
        convert(source, target, format=AudioFormat.MP3, is_canceled=lambda: True)
    assert read_tags(target) == {"title": "old"}
    convert(source, target, format=AudioFormat.MP3)
    assert read_tags(target) == {}


def test_a_file_can_be_converted_onto_itself(make: "Maker") -> None:
    path = make("a.flac")
    convert(path, path, format=AudioFormat.MP3)
    assert probe(path).codec == "mp3"


def test_a_source_without_sound_gives_no_file(make: "Maker") -> None:
    source = make("a.flac")
    data = source.read_bytes()
    source.write_bytes(data[: data.index(b"\xff\xf8")] + bytes(20_000))
    with pytest.raises(BrokenAudio, match="nothing in it"):
        convert(source, make.folder / "b.wav", format=AudioFormat.WAV)
    assert not (make.folder / "b.wav").exists()
