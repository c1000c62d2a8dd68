"""Opening and decoding with PyAV, which is imported at first use because it takes 100 ms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from beatra_desktop.audio.errors import UnreadableAudio

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream, Packet
    from av.container import InputContainer

MIME_TYPES: Final = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "mov": "audio/mp4",
    "aac": "audio/aac",
    "aiff": "audio/aiff",
    "matroska": "audio/x-matroska",
    "asf": "audio/x-ms-wma",
    "caf": "audio/x-caf",
    "w64": "audio/x-w64",
    "wv": "audio/x-wavpack",
    "ape": "audio/x-ape",
    "au": "audio/basic",
}
"""Families of containers, named by FFmpeg's first name for each, with their MIME types."""

# A playlist renamed to .mp3 would otherwise make FFmpeg read other files, or the network.
_OPEN_OPTIONS: Final = {"format_whitelist": ",".join(MIME_TYPES), "protocol_whitelist": "file"}
_MICROSECONDS: Final = 1_000_000


class Source(Struct, frozen=True):
    """An open file and its first audio stream."""

    path: Path
    container: InputContainer
    stream: AudioStream

    @property
    def family(self) -> str:
        """One of MIME_TYPES."""
        return self.container.format.name.split(",")[0]

    @property
    def duration_seconds(self) -> float | None:
        """What the container declares; of several streams, only the stream's own word counts."""
        if self.stream.duration is not None and self.stream.time_base is not None:
            return float(self.stream.duration * self.stream.time_base)
        if self.container.duration is not None and len(self.container.streams) == 1:
            return self.container.duration / _MICROSECONDS
        return None


@contextmanager
def open_audio(path: Path) -> Iterator[Source]:
    """Raises UnreadableAudio; errors of the body pass through as they are."""
    import av

    _refuse_empty(path)
    try:
        container = av.open(str(path.absolute()), options=_OPEN_OPTIONS, metadata_errors="replace")
    except av.FFmpegError as error:
        raise UnreadableAudio(path, _why(error)) from error
    with container:
        if not container.streams.audio:
            raise UnreadableAudio(path, "it holds no sound")
        stream = container.streams.audio[0]
        # no context, where there is no decoder, and with it none of the other attributes
        if stream.codec_context is None or not stream.sample_rate or not stream.channels:
            raise UnreadableAudio(path, "it holds no sound that can be decoded")
        yield Source(path, container, stream)


class Decoder:
    """The frames of a source, one at a time; what can't be decoded is skipped and counted."""

    def __init__(self, source: Source) -> None:
        self.damaged_packets = 0
        self._source = source

    def __iter__(self) -> Iterator[AudioFrame]:
        import av

        for packet in self._packets():
            try:
                frames = packet.decode()
            except av.FFmpegError:
                self.damaged_packets += 1
            else:
                yield from frames

    def _packets(self) -> Iterator[Packet[AudioStream]]:
        import av

        try:
            yield from self._source.container.demux(self._source.stream)
        except av.FFmpegError:
            self.damaged_packets += 1


def _refuse_empty(path: Path) -> None:
    try:
        size_bytes = path.stat().st_size
    except OSError as error:
        raise UnreadableAudio(path, _why(error)) from error
    if not size_bytes:
        raise UnreadableAudio(path, "the file is empty")


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return "it is not in a format this app knows, or it is damaged"
