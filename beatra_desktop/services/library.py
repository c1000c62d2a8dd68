"""Saved clips as sound: waveforms, computed off the GUI thread and kept."""

import asyncio
import logging
from pathlib import Path
from typing import Final

from psygnal import Signal

from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.peaks import FULL_SCALE, Peaks, peaks
from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.services.supervisor import Supervisor

BUCKETS: Final = 400

_log = logging.getLogger(__name__)


class LibraryService:
    """Answers `load_peaks` by `peaks_ready(clip_id, heights)`: at most 400 heights, 0 to 1."""

    peaks_ready = Signal(str, tuple)

    def __init__(
        self, *, clips: ReadOnlyRecords[Clip], cache: Path, supervisor: Supervisor
    ) -> None:
        self._clips = clips
        self._folder = cache / "peaks"
        self._supervisor = supervisor
        self._loading: set[str] = set()

    def load_peaks(self, clip_id: ClipId) -> None:
        """Answers with no heights when the file is gone or can't be decoded."""
        clip = self._clips.get(clip_id)
        if clip is not None and clip.path is not None and clip_id not in self._loading:
            self._loading.add(clip_id)
            self._supervisor.start(self._load(clip_id, clip.path), name=f"peaks {clip_id}")

    async def _load(self, clip_id: ClipId, path: Path) -> None:
        try:
            found = await asyncio.to_thread(_cached, path, self._folder / f"{clip_id}.peaks")
            heights = tuple(height / FULL_SCALE for height in found.peak)
        except (UnreadableAudio, OSError):
            heights = ()
        finally:
            self._loading.discard(clip_id)
        self.peaks_ready.emit(clip_id, heights)


def _cached(path: Path, cache: Path) -> Peaks:
    """Read the cache if it is younger than the file, else compute and keep."""
    try:
        if cache.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            return Peaks.from_bytes(cache.read_bytes())
    except (OSError, ValueError) as error:
        _log.debug("The waveform is computed anew: %s", error)
    found = peaks(path, buckets=BUCKETS)
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(found.to_bytes())
    except OSError as error:
        _log.info("The waveform can't be kept: %s", error)
    return found
