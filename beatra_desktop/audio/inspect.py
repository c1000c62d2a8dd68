"""What a file says about itself, without decoding it."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from beatra_desktop.audio.source import MIME_TYPES, Source, open_audio
from beatra_desktop.audio.tags import collect


class AudioInfo(Struct, frozen=True, kw_only=True):
    """`duration_seconds` and `bit_rate` (bits/s) are None when the file doesn't say."""

    duration_seconds: float | None
    sample_rate: int
    channels: int
    codec: str
    mime_type: str
    bit_rate: int | None
    tags: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.tags.get("title", "")


def probe(path: Path) -> AudioInfo:
    """Read the header only. Raises UnreadableAudio."""
    with open_audio(path) as source:
        return describe(source)


def describe(source: Source) -> AudioInfo:
    return AudioInfo(
        duration_seconds=source.duration_seconds,
        sample_rate=source.stream.sample_rate,
        channels=source.stream.channels,
        codec=source.stream.codec_context.codec.canonical_name,
        mime_type=MIME_TYPES[source.family],
        bit_rate=source.stream.bit_rate or source.container.bit_rate or None,
        tags=collect(source),
    )
