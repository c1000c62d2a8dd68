"""The app under a soak. Says one JSON line after each simulated hour.

Every hour is the same work in another order. The first ones warm up: what is made once and kept is
made in them, in the very first one step by step, so that every step finds what it needs.
"""

import argparse
import asyncio
import json
import sys
import threading
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from beatra_desktop import app
from beatra_desktop.eventloop import WORKER_THREADS
from beatra_desktop.options import Options
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.e2e.actions import Stage, admin, connect
from tests.faults import soak_gauges as gauges
from tests.faults.soak_work import DEEDS, User, change_service

Work = Callable[[], Awaitable[None]]

HOUR_SECONDS: Final = 3600
SETTLING_SECONDS: Final = 45.0
"""How long what winds down may take: undo lines, kept connections, Qt's idle threads."""
STILL_SECONDS: Final = 3.0
GLANCE_SECONDS: Final = 1.0
CLIP_SECONDS: Final = 4
BALANCE: Final = "1000000.0000"


def main() -> int:
    words = _parser().parse_args()
    play = partial(_soak, words)
    sandbox = ("--speed", str(words.speed), "--seed", "1")
    return app.run(Options(data_dir=words.data_dir), play=play, sandbox_arguments=sandbox)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--scratch", type=Path, required=True, help="where temporary files go")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--filling", action="append", default=[], help="a kind not to wait for")
    parser.add_argument("--speed", type=float, default=60.0)
    for what in ("hours", "warm-up", "messages", "uploads", "songs", "actions"):
        parser.add_argument(f"--{what}", type=int, required=True)
    return parser


async def _soak(words: argparse.Namespace, window: MainWindow, services: Services) -> None:
    stage = Stage(window, services)
    user = User(stage, Random(words.seed), words.scratch.with_name("takes"))
    await connect(stage)
    await _start_workers()
    await admin(stage, "POST", "settings", {"clip_seconds": CLIP_SECONDS, "balance": BALANCE})
    first: dict[str, int] = {}
    for hour in range(1, words.hours + 1):
        await _spend_an_hour(user, words, in_order=hour == 1)
        found = await _settled(words, services, first)
        if hour == words.warm_up:
            first = found
        details = {k: Counter(v) for k, v in gauges.details(words.data_dir, words.scratch).items()}
        _say({"hour": hour, "counts": found, "memory": gauges.memory(), "details": details})


async def _start_workers() -> None:
    """All the loop's threads now, so that later ones are leaks."""
    barrier = threading.Barrier(WORKER_THREADS)
    await asyncio.gather(*(asyncio.to_thread(barrier.wait) for _ in range(WORKER_THREADS)))


async def _spend_an_hour(user: User, words: argparse.Namespace, *, in_order: bool) -> None:
    made: list[Work] = [
        *[user.ask] * words.messages,
        *[user.upload] * words.uploads,
        *[user.compose] * words.songs,
    ]
    used: list[Work] = [partial(DEEDS[n % len(DEEDS)], user) for n in range(words.actions)]
    if in_order:
        work = [*made, user.rest, *used]
    else:
        work = [*made, *used]
        user.random.shuffle(work)
    for deed in work:
        await deed()
        await user.breathe()
    await user.rest()
    await change_service(user)
    await admin(user.stage, "POST", "clock", {"advance_seconds": HOUR_SECONDS})


async def _settled(
    words: argparse.Namespace, services: Services, first: dict[str, int]
) -> dict[str, int]:
    """What is there once it is no more than at first, or after a while what still is.

    Without a `first` to come back to, once nothing changes any more. The client lets go of idle
    connections when it is used after their time, so it is used.
    """
    loop = asyncio.get_running_loop()
    since = begun = loop.time()
    found: dict[str, int] = {}
    judged = first.keys() - set(words.filling)
    while True:
        gauges.tidy()
        before, found = found, gauges.counts(words.data_dir, words.scratch)
        since = since if found == before else loop.time()
        is_back = bool(first) and all(found[kind] <= first[kind] for kind in judged)
        is_still = not first and loop.time() - since > STILL_SECONDS
        if is_back or is_still or loop.time() - begun > SETTLING_SECONDS:
            return found
        if first:
            services.profiles.check()
        await asyncio.sleep(GLANCE_SECONDS)


def _say(sample: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(sample) + "\n")
    sys.stdout.flush()
