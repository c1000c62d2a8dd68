"""Following 200 songs in the making, with their list on show (goals, section 5)."""

import asyncio
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

import httpx
from PySide6.QtWidgets import QApplication

from beatra_desktop import eventloop
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId, TaskId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.records import replace
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.ui.music.queue import Queue
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.running import open_bench

ROOT: Final = Path(__file__).parents[2]
SONGS: Final = 200
BARE_REQUESTS: Final = 40
TIMES_FASTER: Final = 5
"""The pauses between polls are so much shorter, to see a minute in a few seconds."""
REAL: Final = PollSchedule()
FASTER: Final = replace(
    REAL, first=REAL.first / TIMES_FASTER, cap=REAL.cap / TIMES_FASTER, active=float("inf")
)
SOON_S: Final = 30.0
"""After so long all pauses are the longest: 2, 3, 4.5, 6.75 and 10.1 seconds went before."""
WATCHED_S: Final = 40.0
PROFILE: Final = ProfileId("bench")
SIZE: Final = (380, 700)


@dataclass(frozen=True)
class Watched:
    """Polls from the first on; what they cost once pauses are the longest, in percent of a core.

    `bare_percent` is what as many requests take whose answers nobody looks at, as far apart: what
    a core did not do for a while costs it two to three times as much.
    """

    polls: int
    allowed: int
    cpu_percent: float
    bare_percent: float


def rows(options: Options) -> Iterator[Row]:
    application = QApplication.instance()
    assert application is not None, "benches have one"
    found = []
    for _ in range(min(options.rounds, 2)):
        with tempfile.TemporaryDirectory() as folder, _service() as base_url:
            _store_songs(Path(folder))
            found.append(eventloop.run(_watch(Path(folder), base_url), application))
    yield Row(
        name=f"polls of {SONGS} songs in {SOON_S + WATCHED_S:.0f} s",
        unit="",
        ours=[float(run.polls) for run in found],
        limit=Peer("allowed", [float(run.allowed) for run in found]),
        goal=Goal(at_most=1, of_ratio=True),
    )
    yield Row(
        name=f"CPU, {SONGS} songs polled and on show",
        unit="%",
        ours=[run.cpu_percent for run in found],
        limit=Peer("httpx alone", [run.bare_percent for run in found]),
        goal=Goal(at_most=3),
    )


async def _watch(folder: Path, base_url: str) -> Watched:
    began = perf_counter()
    async with _services(folder, base_url):
        await asyncio.sleep(SOON_S / TIMES_FASTER)
        before = await _polls(base_url)
        cpu = process_time()
        await asyncio.sleep(WATCHED_S / TIMES_FASTER)
        spent, took = process_time() - cpu, (perf_counter() - began) * TIMES_FASTER
        polls = await _polls(base_url)
    bare = await _bare_seconds(base_url)
    share = SONGS / REAL.cap * 100
    cpu_percent = share * spent / (polls - before)
    return Watched(polls, SONGS * _allowed(took), cpu_percent, share * bare)


async def _bare_seconds(base_url: str) -> float:
    """What one request takes of a core."""
    async with httpx.AsyncClient() as client:
        await client.get(f"{base_url}/tasks/first")
        cpu = process_time()
        for number in range(BARE_REQUESTS):
            await client.get(f"{base_url}/tasks/{number}")
            await asyncio.sleep(FASTER.cap / SONGS)
        return (process_time() - cpu) / BARE_REQUESTS


@asynccontextmanager
async def _services(folder: Path, base_url: str) -> AsyncIterator[None]:
    profile = Profile(id=PROFILE, name="Bench", kind=ProfileKind.CUSTOM, base_url=base_url)
    async with open_bench(folder, ready=False, profile=profile, schedule=FASTER) as bench:
        view = Queue(bench.services)
        view.resize(*SIZE)
        view.show()
        try:
            yield
        finally:
            view.hide()
            view.deleteLater()


def _allowed(seconds: float) -> int:
    """Polls of one song in that time with the shortest pauses its back-off may draw."""
    shortest = replace(REAL, random=lambda: 0.0)
    polls, at = 0, shortest.delay(0, age=0.0, retry_after=None)
    while at <= seconds:
        polls += 1
        at += shortest.delay(polls, age=0.0, retry_after=None)
    return polls


def _store_songs(folder: Path) -> None:
    database = Database.open(folder / "beatra.db")
    repository, now = MusicRepository(database), utc_now()
    for number in range(SONGS):
        begun = now - timedelta(seconds=number)
        repository.save_task(
            MusicTask(
                id=TaskId(f"t{number:05}"),
                profile_id=PROFILE,
                prompt=MusicPrompt(prompt="slow piano waltz", title=f"Lamps {number}"),
                status=TaskStatus.RUNNING,
                created_at=begun,
                submitted_at=now,
                started_at=begun,
                remote_id=f"tsk_{number}",
            )
        )
    database.flush()
    database.close()


@contextmanager
def _service() -> Iterator[str]:
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "task_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()


async def _polls(base_url: str) -> int:
    """How often the service was asked for a song."""
    return int(await asyncio.to_thread(_fetched, f"{base_url}/polls"))


def _fetched(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:
        found: bytes = answer.read()
        return found


BENCHES: Final = (Bench(name="polling", section=Section.LISTS, budget_s=32, rows=rows),)
