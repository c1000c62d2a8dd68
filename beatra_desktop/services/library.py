"""Saved clips as sound: waveforms and loudness, computed off the GUI thread and kept."""

import asyncio
import logging
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final, Generic, TypeVar

from msgspec import Struct
from psygnal import Signal, SignalInstance

from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.loudness import integrated_loudness
from beatra_desktop.audio.peaks import FULL_SCALE, Peaks, peaks
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.services.supervisor import Supervisor

BUCKETS: Final = 400
_SILENT_LUFS: Final = float("-inf")
_LUFS: Final = struct.Struct("<d")

_log = logging.getLogger(__name__)

MeasureT = TypeVar("MeasureT")


class _Measure(Generic[MeasureT], Struct, frozen=True):
    """Something found by decoding a file, and how it is kept in a file of its own."""

    name: str
    compute: Callable[[Path], MeasureT]
    encode: Callable[[MeasureT], bytes]
    decode: Callable[[bytes], MeasureT]
    """Raises ValueError for what is not encoded so."""


class LibraryService:
    """What is known of saved clips only by decoding them.

    `load_peaks` is answered by `peaks_ready(clip_id, heights)`: at most 400 heights, 0 to 1; none
    when the file is gone or can't be decoded. `load_loudness` is answered by
    `loudness_ready(clip_id, loudness)`: LUFS, or None for silence and where there is no sound.
    """

    peaks_ready = Signal(str, tuple)
    loudness_ready = Signal(str, object)

    def __init__(
        self, *, clips: ReadOnlyRecords[Clip], cache: Path, supervisor: Supervisor
    ) -> None:
        self._clips = clips
        self._cache = cache
        self._supervisor = supervisor
        self._loading: set[str] = set()

    def load_peaks(self, clip_id: ClipId) -> None:
        self._start(clip_id, _PEAKS, _heights, self.peaks_ready)

    def load_loudness(self, clip_id: ClipId) -> None:
        self._start(clip_id, _LOUDNESS, _audible, self.loudness_ready)

    def _start(
        self,
        clip_id: ClipId,
        measure: _Measure[MeasureT],
        shape: Callable[[MeasureT | None], object],
        ready: SignalInstance,
    ) -> None:
        clip, name = self._clips.get(clip_id), f"{measure.name} {clip_id}"
        if clip is None or clip.path is None or name in self._loading:
            return

        async def load(path: Path) -> None:
            cache = self._cache / measure.name / f"{clip_id}.{measure.name}"
            found: MeasureT | None = None
            try:
                found = await asyncio.to_thread(_cached, path, cache, measure)
            except (UnreadableAudio, OSError) as error:
                _log.info("Not measured: %s", error)
            finally:
                self._loading.discard(name)
            ready.emit(clip_id, shape(found))

        self._loading.add(name)
        self._supervisor.start(load(clip.path), name=name)


def _cached(path: Path, cache: Path, measure: _Measure[MeasureT]) -> MeasureT:
    """Read the cache if it is younger than the file, else compute and keep."""
    try:
        if cache.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            return measure.decode(cache.read_bytes())
    except (OSError, ValueError) as error:
        _log.debug("Measured anew: %s", error)
    found = measure.compute(path)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(measure.encode(found))
    except OSError as error:
        _log.info("What was measured can't be kept: %s", error)
    return found


def _heights(found: Peaks | None) -> tuple[float, ...]:
    return tuple(height / FULL_SCALE for height in found.peak) if found is not None else ()


def _audible(loudness: float | None) -> float | None:
    return loudness if loudness is not None and loudness > _SILENT_LUFS else None


def _measure_loudness(path: Path) -> float:
    loudness = integrated_loudness(path)
    return _SILENT_LUFS if loudness is None else loudness


def _decode_loudness(data: bytes) -> float:
    if len(data) != _LUFS.size:
        raise ValueError("This is no saved loudness")
    return float(_LUFS.unpack(data)[0])


_PEAKS: Final = _Measure(
    "peaks", lambda path: peaks(path, buckets=BUCKETS), Peaks.to_bytes, Peaks.from_bytes
)
_LOUDNESS: Final = _Measure("loudness", _measure_loudness, _LUFS.pack, _decode_loudness)
