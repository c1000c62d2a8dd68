"""A list of 10,000 songs: starting with it, changing it, sorting it (goals, section 5)."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count, cycle
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QSortFilterProxyModel, QTimer
from PySide6.QtWidgets import QListView, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import (
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    Progress,
    TaskStatus,
)
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.estimates import Estimates
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.ui.list_model import ListModel
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_row import Show, Sort
from beatra_desktop.ui.music.queue_rows import QueueRows
from beatra_desktop.ui.music.song_list import SongList
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.busy import busy_rows
from tests.benchmarks.live import in_turns, percentile, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Row

SONGS: Final = 10_000
CLIPS_EACH: Final = 2
LIVE: Final = 200
UPDATES_PER_SECOND: Final = 100
TICK_MS: Final = 1
SIZE: Final = (380, 700)
STATUSES: Final = (TaskStatus.QUEUED, TaskStatus.RUNNING)


def rows(options: Options) -> Iterator[Row]:
    """Figures of a full list; the naive peer asks for all rows anew at every change."""
    yield from _start_rows()
    tasks, clips = Records(_songs()), Records(_clips())
    gc.collect()
    gc.freeze()  # the collector's own stalls are not what is measured
    queue_rows = QueueRows(tasks, clips)
    view = SongList(queue_rows, Estimates(tasks))
    yield from _choosing_rows(queue_rows)
    queue_rows.sort_by(Sort.STATE)
    ours = [_busy(view, tasks, options.seconds) for _ in range(options.rounds)]
    view.deleteLater()
    naive = [_naive_busy(tasks, options.seconds)] if options.peers else []
    said = f"{SONGS:,} songs, {UPDATES_PER_SECOND} updates/s"
    yield from busy_rows(said, ours, naive)


def _naive_busy(tasks: Records[MusicTask], seconds: float) -> tuple[float, float]:
    naive, refresh = _naive(tasks)
    tasks.changed.connect(refresh)
    found = _busy(naive, tasks, seconds)
    tasks.changed.disconnect(refresh)
    naive.deleteLater()
    return found


def _start_rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "beatra.db"
        _fill(path)
        database = Database.open(path)
        begun = perf_counter()
        tasks = Tasks(MusicRepository(database))
        QueueRows(tasks.tasks, tasks.clips)
        at_once_ms = (perf_counter() - begun) * 1e3
        late, whole_ms = asyncio.run(_load(tasks))
        database.close()
    name = f"start with {SONGS:,} songs and {SONGS * CLIPS_EACH:,} clips"
    yield Row(name=name, unit="ms", ours=[at_once_ms])
    yield Row(name="the rest of them, read in pages", unit="ms", ours=[whole_ms])
    yield _stall("longest stall while it is read", [late])


def _stall(name: str, ours: list[float]) -> Row:
    return Row(name=name, unit="ms", ours=ours, goal=Goal(at_most=16), needs_quiet=True)


def _turn(name: str, ours: list[float]) -> Row:
    return Row(name=name, unit="ms", ours=ours, goal=Goal(at_most=16))


async def _load(tasks: Tasks) -> tuple[float, float]:
    """How late the loop was at worst, and how long reading took, in milliseconds."""
    worst = 0.0

    async def watch() -> None:
        nonlocal worst
        while True:
            before = perf_counter()
            await asyncio.sleep(TICK_MS / 1000)
            worst = max(worst, (perf_counter() - before) * 1e3 - TICK_MS)

    async with Supervisor(lambda _error, _name: None) as supervisor:
        supervisor.start(watch(), name="watch")
        begun = perf_counter()
        await tasks.load_rest()
        return worst, (perf_counter() - begun) * 1e3


def _choosing_rows(queue_rows: QueueRows) -> Iterator[Row]:
    words, shows = cycle(("number 77", "")), cycle((Show.ACTIVE, Show.ALL))
    orders = cycle(Sort)
    for name, act in (
        ("finding words", lambda: queue_rows.find(next(words))),
        ("filtering by state", lambda: queue_rows.show(next(shows))),
        ("sorting, slowest of five orders", lambda: queue_rows.sort_by(next(orders))),
    ):
        turns = [in_turns(act, lambda: queue_rows.is_arranging) for _ in range(2 * len(Sort))]
        worst = [each.longest_ms for each in turns]
        yield _turn(
            f"longest turn while {name}", [max(worst[: len(Sort)]), max(worst[len(Sort) :])]
        )


def _busy(view: QWidget, tasks: Records[MusicTask], seconds: float) -> tuple[float, float]:
    """Change 100 songs a second, as polls do: stages, and from one state to another.

    Returns percent of a core and p99 lateness in milliseconds.
    """
    view.resize(*SIZE)
    view.show()
    wait(200)
    changes = count()

    def change() -> None:
        number = next(changes)
        task = tasks[number * 7 % LIVE]
        status = STATUSES[number // LIVE % 2] if number % 5 == 0 else task.status
        stage = Progress(percent=float(number % 100), stage=f"stage {number % 9}")
        tasks.replace(replace(task, status=status, progress=stage, checked_at=utc_now()))

    timer = QTimer(interval=1000 // UPDATES_PER_SECOND)
    timer.timeout.connect(change)
    late: list[float] = []
    beat = QTimer(interval=TICK_MS)
    last = perf_counter()

    def note() -> None:
        nonlocal last
        now = perf_counter()
        late.append(max(0.0, (now - last) * 1e3 - TICK_MS))
        last = now

    beat.timeout.connect(note)
    quiet = _cpu_share(seconds, beat)
    late.clear()
    timer.start()
    busy = _cpu_share(seconds, beat)
    timer.stop()
    view.hide()
    return max(0.0, busy - quiet), percentile(late, 99)


def _cpu_share(seconds: float, beat: QTimer) -> float:
    """What the process took of one core, in per cent."""
    beat.start()
    cpu, begun = time.process_time(), perf_counter()
    wait(int(seconds * 1000))
    share = (time.process_time() - cpu) / (perf_counter() - begun) * 100
    beat.stop()
    return share


def _naive(tasks: Records[MusicTask]) -> tuple[QListView, Callable[[int], None]]:
    """The way of a list that is asked for anew and reset whenever something changes."""
    shown: Records[MusicTask] = Records(tasks)
    model = ListModel(shown, describe=lambda task: task_text.state(task, utc_now()))
    front = QSortFilterProxyModel()
    front.setSourceModel(model)
    view = QListView()
    model.setParent(view)
    front.setParent(view)
    view.setModel(front)
    view.setUniformItemSizes(True)

    def refresh(_row: int) -> None:
        shown.assign(sorted(tasks, key=lambda task: task.created_at, reverse=True))

    return view, refresh


def _fill(path: Path) -> None:
    database = Database.open(path)
    repository = MusicRepository(database)
    for task in reversed(list(_songs(live=0))):
        repository.save_task(task)
    for clip in _clips():
        repository.save_clip(clip)
    database.flush()
    database.close()


def _songs(live: int = LIVE) -> Iterator[MusicTask]:
    """Newest first; the newest `live` are in the making."""
    now = utc_now()
    for number in range(SONGS):
        begun = now - timedelta(minutes=number)
        ended = None if number < live else begun + timedelta(seconds=80 + number % 40)
        yield MusicTask(
            id=TaskId(f"t{number:05}"),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(
                prompt=f"slow piano waltz number {number}, close mic, soft brushes, clear ending",
                title=f"Lamps along the river {number}",
                lyrics="[Verse]\nLamps along the river\n" * 8,
                model="suno-5.5",
            ),
            status=TaskStatus.RUNNING if ended is None else TaskStatus.SUCCEEDED,
            created_at=begun,
            remote_id=f"tsk_{number}",
            resolved_model="suno-5.5",
            started_at=begun,
            completed_at=ended,
        )


def _clips() -> Iterator[Clip]:
    for number in range(LIVE, SONGS):
        for index in range(CLIPS_EACH):
            yield Clip(
                id=ClipId(f"t{number:05}-{index}"),
                task_id=TaskId(f"t{number:05}"),
                index=index,
                title=f"Lamps along the river {number}",
                url=f"https://cdn.example/{number}-{index}.mp3",
                delivery=Delivery.SAVED,
                duration_seconds=143.2,
                size_bytes=2_291_712,
                path=Path(f"/music/Lamps {number} {index}.mp3"),
            )


BENCHES: Final = (Bench(name="queue", section=Section.LISTS, budget_s=38, rows=rows),)
