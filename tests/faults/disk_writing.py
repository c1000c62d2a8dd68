"""A database that is written to while its disk fails, and is there again when that is over."""

from contextlib import ExitStack
from pathlib import Path
from typing import Final

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from tests.faults.campaign import Case
from tests.faults.disk_damage import crashed_copy
from tests.faults.disk_faults import RUNNING, small_disk
from tests.faults.disk_store import Store, opened
from tests.faults.disk_verdicts import Story

PATIENCE_SECONDS: Final = 0.3


def writing(case: Case, kind: str) -> Story:
    """Write and confirm, meet the fault at a drawn step, go on, be rid of it or not, end."""
    random = case.random
    story = Story(kind=f"writing: {kind}")
    store = Store(random)
    with ExitStack() as stack:
        folder = stack.enter_context(small_disk(case.folder / "disk")) / "data"
        folder.mkdir()
        path = folder / "beatra.db"
        database = Database.open(path, on_error=store.problems.append)
        fault = stack.enter_context(ExitStack())
        steps = random.randint(4, 12)
        at = random.randrange(1, steps)
        for step in range(steps):
            if step == at:
                store.confirm(database)
                fault.enter_context(RUNNING[kind](path, random))
            for _ in range(random.randint(1, 6)):
                store.write(database)
            store.confirm(database)
        if kind.startswith("log removed") and random.choice((True, False)):
            path = crashed_copy(path, case.folder / "crashed")
        _end(database, store, story, fault if random.choice((True, False)) else None)
        fault.close()
        for problem in store.problems:
            story.explain(problem)
        _look(path, store, story)
    return story


def _end(database: Database, store: Store, story: Story, fault: ExitStack | None) -> None:
    """End with or without the fault; without, whatever waited must be saved by then."""
    if fault is not None:
        fault.close()
        if not store.confirm(database):
            story.stuck.append(f"not saved when the fault was over: {store.problems[-1]}")
    try:
        database.close(patience_seconds=PATIENCE_SECONDS)
    except StorageError as error:
        store.problems.append(error)
        if fault is not None:
            story.stuck.append(f"not saved at the end: {error}")


def _look(path: Path, store: Store, story: Story) -> None:
    try:
        found = opened(path)
    except StorageError as error:
        story.explain(error)
        story.stuck.append(f"does not start again: {error.reason} {error.detail}")
        if error.reason is not StorageProblem.CORRUPT:
            return
        return
    story.lost += store.missing(found, store.confirmed)
