"""Decoding, peaks, loudness, tags and conversion with PyAV; no Qt.

Everything is synchronous, keeps no state, and may be called from several threads at once.
"""

from beatra_desktop.audio.convert import AudioFormat, convert
from beatra_desktop.audio.errors import (
    BrokenAudio,
    ConversionCanceled,
    UnreadableAudio,
    UnsupportedFormat,
)
from beatra_desktop.audio.inspect import AudioInfo, probe
from beatra_desktop.audio.loudness import integrated_loudness
from beatra_desktop.audio.peaks import Peaks, peaks
from beatra_desktop.audio.tags import read_tags, write_tags
from beatra_desktop.audio.verify import verify

__all__ = [
    "AudioFormat",
    "AudioInfo",
    "BrokenAudio",
    "ConversionCanceled",
    "Peaks",
    "UnreadableAudio",
    "UnsupportedFormat",
    "convert",
    "integrated_loudness",
    "peaks",
    "probe",
    "read_tags",
    "verify",
    "write_tags",
]
