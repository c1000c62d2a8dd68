"""What is said when the app can't start, and what the user wants done about it."""

import asyncio
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.options import REFUSED
from beatra_desktop.storage.backups import Backup
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.recovery import Recovered, offered, recover, restore
from beatra_desktop.ui import theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.refusal_text import describe_mending, describe_storage
from beatra_desktop.ui.startup_problem import MendingProgress, StartupProblem, WayOut

Mend = Callable[[], Recovered | None]


class Mended(NamedTuple):
    """`recovered` is what could be saved of a damaged database."""

    recovered: Recovered | None


async def mend(error: StorageError, path: Path) -> Mended | None:
    """Do what the user wants done about it before another try; None to quit."""
    while True:
        wanted = await _way_out(error, path)
        if wanted is None:
            return None
        try:
            return Mended(await _mended(wanted))
        except StorageError as again:
            error = again


async def refuse(sentence: str) -> int:
    """Say on the terminal, and in a window where there is one, why the app does not start."""
    sys.stderr.write(f"{sentence}\n")
    if Application.has_display():
        await _decision(StartupProblem(sentence))
    return REFUSED


async def _decision(problem: StartupProblem) -> WayOut:
    decided: asyncio.Future[WayOut] = asyncio.get_running_loop().create_future()
    problem.decided.connect(decided.set_result)
    theme.dress(problem)
    problem.open()
    return await decided


async def _way_out(error: StorageError, path: Path) -> Mend | None:
    """What the user wants done about it before another try; None to quit."""
    is_damaged = error.reason is StorageProblem.CORRUPT
    sentence = describe_storage(
        error.reason, error.path, detail=error.detail, found=error.found, known=error.known
    )
    if not Application.has_display():
        sys.stderr.write(f"{sentence} {describe_mending()}\n" if is_damaged else f"{sentence}\n")
        return None
    made = await asyncio.to_thread(offered, path) if is_damaged else None
    when = None if made is None else made.made_at
    way = await _decision(StartupProblem(sentence, ways=_ways(error, made), copy_made_at=when))
    match way:
        case WayOut.RECOVER:
            return partial(recover, path)
        case WayOut.RESTORE if made is not None:
            return partial(restore, path, made)
        case WayOut.TRY_AGAIN:
            return lambda: None
    sys.stderr.write(f"{sentence}\n")
    return None


def _ways(error: StorageError, made: Backup | None) -> tuple[WayOut, ...]:
    match error.reason:
        case StorageProblem.CORRUPT if made is not None:
            return (WayOut.RECOVER, WayOut.RESTORE)
        case StorageProblem.CORRUPT:
            return (WayOut.RECOVER,)
        case StorageProblem.NEWER_SCHEMA | StorageProblem.BUG:
            return ()
    return (WayOut.TRY_AGAIN,)


async def _mended(mend: Mend) -> Recovered | None:
    """Mending a large file takes a while, which is to be seen; raises StorageError."""
    progress = MendingProgress()
    theme.dress(progress)
    progress.show()
    try:
        return await asyncio.to_thread(mend)
    finally:
        progress.close()
        progress.deleteLater()
