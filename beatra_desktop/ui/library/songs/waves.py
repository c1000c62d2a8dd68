"""Waveforms for what can be seen: asked for when painted, given up when scrolled away."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.services.library import LibraryService
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.model_feed import FRAME_MS
from beatra_desktop.ui.subscriptions import subscribe

AT_ONCE: Final = 2
KEPT: Final = 600
BARS: Final = 96
"""So many heights are enough for the widest row."""

HIGHEST: Final = 255
Heights = bytes
"""0 to HIGHEST: as numbers of their own they would take 30 times as much."""


class Waves(QObject):
    """`ready(clip_id)` when heights that were asked for can be had.

    `is_visible` says whether a song can be seen right now.
    """

    ready = Signal(str)

    def __init__(
        self,
        library: LibraryService,
        *,
        is_visible: Callable[[str], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._is_visible = is_visible
        self._known: OrderedDict[str, Heights] = OrderedDict()
        self._wanted: dict[str, None] = {}
        self._loading: set[str] = set()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._load)
        subscribe(self, library.peaks_ready, self._on_ready)

    @property
    def waiting(self) -> int:
        """How many waveforms are still to be computed."""
        return len(self._wanted) + len(self._loading)

    def heights(self, song: Song) -> Heights:
        """None while they are not known, or can't be."""
        known = self._known.get(song.id)
        if known is not None:
            self._known.move_to_end(song.id)
            return known
        if song.is_playable and song.id not in self._loading:
            self._wanted[song.id] = None
            if not self._frame.isActive() and len(self._loading) < AT_ONCE:
                self._frame.start()
        return b""

    def forget(self, clip_id: str) -> None:
        """Its file is another one now."""
        self._known.pop(clip_id, None)

    def _load(self) -> None:
        while self._wanted and len(self._loading) < AT_ONCE:
            clip_id = next(iter(self._wanted))
            del self._wanted[clip_id]
            if self._is_visible(clip_id):
                self._loading.add(clip_id)
                self._library.load_peaks(ClipId(clip_id))

    def _on_ready(self, clip_id: str, heights: tuple[float, ...]) -> None:
        if clip_id not in self._loading:
            return  # the player asked
        self._loading.discard(clip_id)
        self._known[clip_id] = thinned(heights)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        if self._wanted:
            self._frame.start()
        self.ready.emit(clip_id)


def thinned(heights: Sequence[float]) -> Heights:
    """The highest of each part, so that nothing loud gets lost; `heights` are 0 to 1."""
    count = min(len(heights), BARS)
    edges = [round(number * len(heights) / count) for number in range(count + 1)] if count else []
    return bytes(round(max(heights[first:last]) * HIGHEST) for first, last in pairwise(edges))
