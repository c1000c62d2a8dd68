"""How long a song takes, from the songs made here before; nothing where too few were made."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import MusicTask, Route, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyRecords

FEWEST: Final = 5
NEWEST: Final = 100
"""Older songs tell less of how long the service takes today."""
LATE: Final = 0.9
LONG_LYRICS: Final = 600


class Kind(Struct, frozen=True):
    """Songs that take about as long: how long a song gets is not known before, its words are."""

    model: str
    route: Route
    words: str


class Estimate(Struct, frozen=True, kw_only=True):
    """Seconds from start to end: half of the songs took up to `usual`, nine of ten up to `late`."""

    usual: float
    late: float

    def left(self, task: MusicTask, now: datetime) -> tuple[float, float] | None:
        """Seconds still to go, from – to; None before the start and once it takes longer."""
        if task.started_at is None:
            return None
        gone = max(0.0, (now - task.started_at).total_seconds())
        return (max(0.0, self.usual - gone), self.late - gone) if gone < self.late else None


class Estimates:
    """Learns from every song that succeeds; waiting at the service does not count."""

    def __init__(self, tasks: ReadOnlyRecords[MusicTask]) -> None:
        self._tasks = tasks
        self._learned: set[TaskId] = set()
        self._taken: dict[Kind, list[tuple[datetime, float]]] = defaultdict(list)
        self._known: dict[Kind, Estimate] = {}
        tasks.inserted.connect(self._on_inserted)
        tasks.changed.connect(lambda row: self._learn(self._tasks[row]))
        tasks.reset.connect(self._on_reset)
        self._on_reset()

    def of(self, task: MusicTask) -> Estimate | None:
        """What songs like this one took; None when fewer than five were made."""
        kinds = (kind for kind in _kinds(task) if len(self._taken.get(kind, ())) >= FEWEST)
        kind = next(kinds, None)
        if kind is None:
            return None
        if kind not in self._known:
            self._known[kind] = _estimate([seconds for _, seconds in self._taken[kind]])
        return self._known[kind]

    def _on_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._learn(self._tasks[row])

    def _on_reset(self) -> None:
        for task in self._tasks:
            self._learn(task)

    def _learn(self, task: MusicTask) -> None:
        if task.status is not TaskStatus.SUCCEEDED or task.id in self._learned:
            return
        if task.started_at is None or task.completed_at is None:
            return
        self._learned.add(task.id)
        seconds = (task.completed_at - task.started_at).total_seconds()
        for kind in set(_kinds(task)) if seconds > 0 else ():
            insort(self._taken[kind], (task.completed_at, seconds))
            del self._taken[kind][:-NEWEST]
            self._known.pop(kind, None)


def _kinds(task: MusicTask) -> Iterator[Kind]:
    """As the model that makes it, and as the one that was asked, which may be Auto."""
    prompt = task.prompt
    long = "long" if len(prompt.lyrics) > LONG_LYRICS else "short"
    words = "none" if prompt.instrumental else long
    for model in filter(None, (task.resolved_model, prompt.model)):
        yield Kind(model, prompt.route, words)


def _estimate(taken: Sequence[float]) -> Estimate:
    ordered = sorted(taken)
    return Estimate(usual=_share(ordered, 0.5), late=_share(ordered, LATE))


def _share(ordered: Sequence[float], share: float) -> float:
    """The value so far along an ordered list, between its neighbours where it is between them."""
    place = (len(ordered) - 1) * share
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
