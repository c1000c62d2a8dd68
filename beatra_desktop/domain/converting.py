"""Songs on their way into another format."""

from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ClipId


class AudioFormat(StrEnum):
    """The value is the file's suffix without dot."""

    WAV = "wav"
    FLAC = "flac"
    OPUS = "opus"
    MP3 = "mp3"
    M4A = "m4a"


class ConversionState(StrEnum):
    """waiting -> running -> done | failed | canceled."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def is_live(self) -> bool:
        return self in (ConversionState.WAITING, ConversionState.RUNNING)


class Conversion(Struct, frozen=True, kw_only=True):
    """One song into one format; `fraction` is the share done, `path` what came of it."""

    id: str
    clip_id: ClipId
    title: str
    source: Path
    folder: Path
    format: AudioFormat
    state: ConversionState = ConversionState.WAITING
    fraction: float = 0.0
    path: Path | None = None
    failure: Failure | None = None
