"""What clips are called, quickly also where there are thousands."""

from collections import Counter

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.titles import numbered


class Titles:
    """Titles with numbers where a task made several clips; counts them once for each change."""

    def __init__(self, clips: ReadOnlyRecords[Clip]) -> None:
        self._clips = clips
        self._counts: Counter[TaskId] | None = None
        for signal in (clips.inserted, clips.removed, clips.reset):
            signal.connect(self._forget)

    def of(self, clip: Clip) -> str:
        if self._counts is None:
            self._counts = Counter(each.task_id for each in self._clips)
        return numbered(clip.title, clip.index, of=self._counts[clip.task_id])

    def _forget(self, *_rows: int) -> None:
        self._counts = None
