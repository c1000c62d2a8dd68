"""The play queue: which clips, in which order, and what comes after this one."""

import random
from collections.abc import Iterable
from typing import Final

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Records, Value
from beatra_desktop.domain.playing import QueueEntry, Repeat
from beatra_desktop.services.settings import SettingsService

REPEAT: Final = "repeat"
SHUFFLE: Final = "shuffle"
QUEUE: Final = "play_queue"
CURRENT: Final = "play_current"
KEPT: Final = 200
"""So many clips are remembered, a quarter of them before the current one."""
NOTHING: Final = ClipId("")
_ON: Final = "on"


class PlayingService:
    """`queue` is in playing order; `current` is the clip that is open, empty for none.

    What sounds is not this service's business: it says which clip is to be opened. Both are there
    again at the next start.
    """

    def __init__(
        self,
        *,
        clips: ReadOnlyRecords[Clip],
        settings: SettingsService,
        chance: random.Random | None = None,
    ) -> None:
        self._clips = clips
        self._settings = settings
        self._chance = chance or random.Random()
        self._straight: list[ClipId] = []
        self._queue: Records[QueueEntry] = Records()
        self._current = Value(NOTHING)
        stored = settings.ui_state(REPEAT)
        self._repeat = Value(Repeat(stored) if stored in list(Repeat) else Repeat.OFF)
        self._shuffles = Value(settings.ui_state(SHUFFLE) == _ON)
        self._restore()
        for signal in (self._queue.inserted, self._queue.removed, self._queue.reset):
            signal.connect(self._keep)
        self._current.changed.connect(self._keep)
        clips.removed.connect(self._on_clips_removed)
        clips.reset.connect(self._on_clips_removed)

    @property
    def queue(self) -> ReadOnlyRecords[QueueEntry]:
        return self._queue

    @property
    def current(self) -> ReadOnlyValue[ClipId]:
        return self._current

    @property
    def repeat(self) -> ReadOnlyValue[Repeat]:
        return self._repeat

    @property
    def shuffles(self) -> ReadOnlyValue[bool]:
        return self._shuffles

    def open(self, clip_id: ClipId) -> None:
        """Make a clip the current one; one that is not in the queue brings all saved ones."""
        if clip_id not in self._queue:
            saved = [clip.id for clip in self._clips if _is_here(clip)]
            self.open_these(saved if clip_id in saved else [clip_id], first=clip_id)
        self._current.set(clip_id)

    def open_these(self, clip_ids: Iterable[ClipId], *, first: ClipId) -> None:
        """Replace the queue; `first` becomes the current clip."""
        self._straight = list(dict.fromkeys(clip_ids))
        self._current.set(first)
        self._arrange(self._shuffled(self._straight) if self._shuffles.value else self._straight)

    def close(self) -> None:
        """Nothing is open any more; the queue is forgotten."""
        self._straight = []
        self._queue.assign(())
        self._current.set(NOTHING)

    def neighbour(self, by: int) -> ClipId:
        """The nearest clip before (-1) or after (1) that can be played; empty at the ends.

        With everything repeated the ends meet.
        """
        ids = [entry.id for entry in self._queue]
        if self._current.value not in ids:
            return NOTHING
        row = ids.index(self._current.value)
        before, behind = ids[:row], ids[row + 1 :]
        wraps = self._repeat.value is Repeat.ALL
        if by > 0:
            found = [*behind, *(before if wraps else ())]
        else:
            found = [*reversed(before), *(reversed(behind) if wraps else ())]
        return next(filter(self._can_play, found), NOTHING)

    def after_end(self) -> ClipId:
        """What follows when the current clip has ended; empty when nothing does."""
        if self._repeat.value is Repeat.ONE:
            return self._current.value
        following = self.neighbour(1)
        alone = self._repeat.value is Repeat.ALL and self._can_play(self._current.value)
        return following or (self._current.value if alone else NOTHING)

    def add(self, clip_ids: Iterable[ClipId]) -> None:
        """Put saved clips at the end; those in the queue move there."""
        for clip_id in dict.fromkeys(clip_ids):
            if clip_id != self._current.value and self._can_play(clip_id):
                self.remove(clip_id)
                self._straight.append(clip_id)
                self._queue.append(QueueEntry(clip_id))

    def play_next(self, clip_id: ClipId) -> None:
        """Let a clip be the one after the current one."""
        if clip_id == self._current.value or not self._can_play(clip_id):
            return
        self.remove(clip_id)
        self._straight.insert(self._row_after_current(self._straight), clip_id)
        row = self._row_after_current([entry.id for entry in self._queue])
        self._queue.insert(row, QueueEntry(clip_id))

    def move(self, clip_id: ClipId, *, by: int) -> None:
        """Move an entry up (negative) or down, as far as the queue goes."""
        row = self._queue.row(clip_id)
        target = max(0, min(len(self._queue) - 1, row + by))
        if target != row:
            entry = self._queue[row]
            self._queue.remove(clip_id)
            self._queue.insert(target, entry)
            if not self._shuffles.value:
                self._straight = [each.id for each in self._queue]

    def remove(self, clip_id: ClipId) -> None:
        """Take a clip out of the queue; the current one stays."""
        if clip_id in self._queue and clip_id != self._current.value:
            self._queue.remove(clip_id)
            self._straight.remove(clip_id)

    def clear_upcoming(self) -> None:
        """Leave only what was played and what plays."""
        ids = [entry.id for entry in self._queue]
        row = ids.index(self._current.value) if self._current.value in ids else -1
        dropped = set(ids[row + 1 :])
        self._straight = [clip_id for clip_id in self._straight if clip_id not in dropped]
        self._arrange(ids[: row + 1])

    def set_repeat(self, repeat: Repeat) -> None:
        self._repeat.set(repeat)
        self._settings.set_ui_state(REPEAT, repeat.value)

    def set_shuffle(self, *, on: bool) -> None:
        """Mix what comes after the current clip, or bring the order of before back."""
        self._shuffles.set(on)
        self._settings.set_ui_state(SHUFFLE, _ON if on else "")
        self._arrange(self._shuffled(self._straight) if on else self._straight)

    def _restore(self) -> None:
        self._straight = [ClipId(clip_id) for clip_id in self._settings.ui_state(QUEUE).split()]
        current = ClipId(self._settings.ui_state(CURRENT))
        self._current.set(current if current in self._straight else NOTHING)
        self._arrange(self._shuffled(self._straight) if self._shuffles.value else self._straight)

    def _keep(self, *_news: object) -> None:
        ids, current = self._straight, self._current.value
        row = ids.index(current) if current in ids else 0
        first = max(0, row - KEPT // 4)
        self._settings.set_ui_state(QUEUE, "\n".join(ids[first : first + KEPT]))
        self._settings.set_ui_state(CURRENT, current)

    def _shuffled(self, ids: Iterable[ClipId]) -> list[ClipId]:
        """The current clip first, so that all others are heard."""
        others = [clip_id for clip_id in ids if clip_id != self._current.value]
        self._chance.shuffle(others)
        return [self._current.value, *others] if self._current.value else others

    def _row_after_current(self, ids: list[ClipId]) -> int:
        return ids.index(self._current.value) + 1 if self._current.value in ids else 0

    def _arrange(self, ids: Iterable[ClipId]) -> None:
        self._queue.assign(QueueEntry(clip_id) for clip_id in ids)

    def _can_play(self, clip_id: ClipId) -> bool:
        clip = self._clips.get(clip_id)
        return clip is not None and _is_here(clip)

    def _on_clips_removed(self, *_rows: int) -> None:
        gone = [entry.id for entry in self._queue if entry.id not in self._clips]
        for clip_id in gone:
            self.remove(clip_id)


def _is_here(clip: Clip) -> bool:
    return clip.delivery is Delivery.SAVED and clip.deleted_at is None
