"""Proof that a saved file really plays to its end (design P5)."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from beatra_desktop.audio.errors import BrokenAudio
from beatra_desktop.audio.inspect import AudioInfo, describe
from beatra_desktop.audio.source import Decoder, Source, open_audio
from beatra_desktop.domain.records import replace

_MISSING_SECONDS: Final = 0.2
_MISSING_SHARE: Final = 0.005
"""Lossy encoders add and cut some thousand samples; more than that is a cut file."""

_EXACT_FAMILIES: Final = ("flac", "wav", "aiff")
_EXACT_SECONDS: Final = 0.001

_STRAY_PACKETS: Final = {"mp3": 1, "aac": 1}
"""Streams without a container: old tags at their end look like one damaged packet."""

_OPEN_ENDED_RIFF_BYTES: Final = 0x7FFF_F000
"""Writers that could not know the length put a number near 2 or 4 GiB."""
_OGG_HEADER_BYTES: Final = 27
_OGG_LAST_PAGE_FLAG: Final = 4
_OGG_TAIL_BYTES: Final = 65_307 * 2
"""One page is at most 65,307 bytes."""
_MP3_HEAD_BYTES: Final = 512


def verify(path: Path) -> AudioInfo:
    """Decode the whole file; the result carries the duration that was really there.

    Raises UnreadableAudio, or BrokenAudio if the file is damaged or shorter than it declares. An
    MP3 without a frame count declares nothing: there only its length in bytes can tell.
    """
    with open_audio(path) as source:
        info = describe(source)
        declared = source.duration_seconds if _declares_duration(source) else None
        decoder = Decoder(source)
        seconds = sum(frame.samples / frame.sample_rate for frame in decoder)
        allowed = _STRAY_PACKETS.get(source.family, 0)
        _refuse_damage(path, seconds=seconds, damaged=decoder.damaged_packets - allowed)
        _refuse_cut(source, seconds=seconds, declared=declared)
    return replace(info, duration_seconds=seconds)


def _refuse_damage(path: Path, *, seconds: float, damaged: int) -> None:
    if not seconds:
        raise BrokenAudio(path, "nothing in it can be decoded")
    if damaged > 0:
        raise BrokenAudio(path, "parts of it are damaged")


def _refuse_cut(source: Source, *, seconds: float, declared: float | None) -> None:
    if declared and declared - seconds > _tolerance_seconds(source, declared):
        raise BrokenAudio(
            source.path, f"only {seconds:.1f} of its {declared:.1f} seconds are there"
        )
    is_whole = _END_CHECKS.get(source.family)
    if is_whole and not is_whole(source.path):
        raise BrokenAudio(source.path, "its end is missing, so it was cut off")


def _tolerance_seconds(source: Source, declared: float) -> float:
    if source.family in _EXACT_FAMILIES:
        return _EXACT_SECONDS
    return max(_MISSING_SECONDS, declared * _MISSING_SHARE)


def _declares_duration(source: Source) -> bool:
    if source.family == "mp3":
        return _has_frame_count(source.path)
    return source.family != "aac"


def _has_frame_count(path: Path) -> bool:
    """Without a Xing or VBRI header FFmpeg guesses the duration from the first frames."""
    with path.open("rb") as file:
        head = file.read(10)
        if head.startswith(b"ID3"):
            size = sum(byte << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
            file.seek(size + len(head))
        first_frame = file.read(_MP3_HEAD_BYTES)
    return any(mark in first_frame for mark in (b"Xing", b"Info", b"VBRI"))


def _riff_is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(8)
    size = int.from_bytes(head[4:], "little")
    if not head.startswith(b"RIFF") or not 0 < size < _OPEN_ENDED_RIFF_BYTES:
        return True
    return size + len(head) <= path.stat().st_size


def _ogg_is_whole(path: Path) -> bool:
    """The last page is complete and says that it is the last."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _OGG_TAIL_BYTES))
        tail = file.read()
    page = tail[max(tail.rfind(b"OggS"), 0) :]
    if len(page) < _OGG_HEADER_BYTES or not page[5] & _OGG_LAST_PAGE_FLAG:
        return False
    segments = page[26]
    lengths = page[_OGG_HEADER_BYTES : _OGG_HEADER_BYTES + segments]
    return len(page) >= _OGG_HEADER_BYTES + segments + sum(lengths)


_END_CHECKS: Final[dict[str, Callable[[Path], bool]]] = {
    "wav": _riff_is_whole,
    "ogg": _ogg_is_whole,
}
