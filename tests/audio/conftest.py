"""Real sounds of every format, and files that only look like sound."""

import hashlib
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import av
import numpy as np
import pytest
from numpy.typing import NDArray

RATE: Final = 44_100
_CODECS: Final = {
    ".mp3": ("libmp3lame", RATE),
    ".wav": ("pcm_s16le", RATE),
    ".flac": ("flac", RATE),
    ".ogg": ("vorbis", RATE),
    ".opus": ("libopus", 48_000),
    ".m4a": ("aac", RATE),
    ".aiff": ("pcm_s16be", RATE),
    ".mka": ("flac", RATE),
}
NO_CODEC = struct.pack(
    "<4sI4s4sIHHIIHH4sI", b"RIFF", 68, b"WAVE", b"fmt ", 16, 1, 32769, 31, 62, 16384, 0, b"data", 32
)
"""The beginning of a WAV of a kind that nothing decodes."""
_MUXERS: Final = {".ogg": "ogg", ".opus": "ogg", ".m4a": "mp4", ".mka": "matroska"}

Samples = NDArray[np.float32]


def tone(seconds: float, *, rate: int, channels: int = 2) -> Samples:
    """440 Hz at half scale, shape (channels, samples)."""
    time = np.arange(int(seconds * rate)) / rate
    wave = (0.5 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)
    return np.tile(wave, (channels, 1))


@dataclass(frozen=True)
class Maker:
    """Writes sounds into one folder; the suffix chooses the format."""

    folder: Path

    def __call__(
        self,
        name: str,
        *,
        seconds: float = 3.0,
        samples: Samples | None = None,
        codec: str = "",
        rate: int = 0,
        tags: Mapping[str, str] | None = None,
        options: Mapping[str, str] | None = None,
        codec_options: Mapping[str, str] | None = None,
    ) -> Path:
        path = self.folder / name
        default_codec, default_rate = _CODECS[path.suffix]
        rate = rate or default_rate
        wave = tone(seconds, rate=rate) if samples is None else samples
        muxer = _MUXERS.get(path.suffix, path.suffix[1:])
        with av.open(str(path), "w", format=muxer, options=dict(options or {})) as container:
            container.metadata.update(tags or {})
            layout = "mono" if len(wave) == 1 else "stereo"
            added = container.add_stream(
                codec or default_codec,
                rate=rate,
                layout=layout,
                options={"strict": "-2", **(codec_options or {})},
            )
            stream = cast(av.AudioStream, added)
            for start in range(0, wave.shape[1], RATE):
                frame = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(wave[:, start : start + RATE]), "fltp", layout
                )
                frame.sample_rate, frame.pts = rate, start
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    def cut(self, path: Path, share: float = 0.6) -> Path:
        """The first part of a file, as a broken download leaves it."""
        data = path.read_bytes()
        target = path.with_name(f"cut-{path.name}")
        target.write_bytes(data[: int(len(data) * share)])
        return target

    def video(self, name: str) -> Path:
        path = self.folder / name
        with av.open(str(path), "w", format="mp4") as container:
            stream = container.add_stream("mpeg4", rate=10)
            stream.width = stream.height = 64
            stream.pix_fmt = "yuv420p"
            for _ in range(5):
                picture = np.zeros((64, 64, 3), np.uint8)
                container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
            container.mux(stream.encode(None))
        return path

    def with_cover(self, path: Path) -> Path:
        """The same sound with a picture attached."""
        picture = self.folder / "cover.jpg"
        with av.open(str(picture), "w", format="image2", options={"update": "1"}) as container:
            stream = container.add_stream("mjpeg", rate=1)
            stream.width = stream.height = 32
            stream.pix_fmt = "yuvj420p"
            pixels = np.zeros((32, 32, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
            container.mux(stream.encode(None))
        return _attach(path, picture)


def _attach(path: Path, picture: Path) -> Path:
    target_path = path.with_name(f"cover-{path.name}")
    muxer = _MUXERS.get(path.suffix, path.suffix[1:])
    with (
        av.open(str(path)) as sound,
        av.open(str(picture)) as image,
        av.open(str(target_path), "w", format=muxer) as target,
    ):
        audio = target.add_stream_from_template(sound.streams.audio[0])
        cover = target.add_stream_from_template(image.streams.video[0])
        cover.disposition = av.stream.Disposition.attached_pic
        for container, copy in ((image, cover), (sound, audio)):
            for packet in container.demux(container.streams[0]):
                if packet.size:
                    packet.stream = copy
                    target.mux(packet)
    return target_path


@dataclass(frozen=True)
class Inspector:
    """Looks into files with PyAV alone, not with the code under test."""

    def packets(self, path: Path) -> str:
        digest = hashlib.sha256()
        with av.open(str(path)) as container:
            for packet in container.demux(container.streams.audio[0]):
                digest.update(bytes(packet))
        return digest.hexdigest()

    def samples(self, path: Path) -> Samples:
        """Decoded to floats, shape (channels, samples)."""
        resampler = av.AudioResampler(format="fltp")
        with av.open(str(path)) as container:
            frames = [
                resampled.to_ndarray()
                for frame in container.decode(audio=0)
                for resampled in resampler.resample(frame)
            ]
        return np.concatenate(frames, axis=1)

    def cover(self, path: Path) -> bytes:
        with av.open(str(path)) as container:
            pictures = container.streams.video
            if not pictures:
                return b""
            return b"".join(bytes(packet) for packet in container.demux(pictures[0]))


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture
def inspector() -> Inspector:
    return Inspector()


@pytest.fixture
def hostile(make: Maker) -> Callable[[str], Path]:
    """Files that are no sound, by kind."""

    def create(kind: str) -> Path:
        path = make.folder / f"{kind}.mp3"
        make("real.mp3")
        contents = {
            "empty": b"",
            "text": b"This is a letter and not a song.\n" * 400,
            "short": b"hello",
            "zeros": bytes(100_000),
            "playlist": b"#EXTM3U\n#EXTINF:10,\nreal.mp3\n",
            "concat": b"ffconcat version 1.0\nfile real.mp3\n",
            "no codec": NO_CODEC + bytes(32),
        }
        if kind == "folder":
            path.mkdir()
        elif kind in contents:
            path.write_bytes(contents[kind])
        return make.video("video.mp4") if kind == "video" else path

    return create
