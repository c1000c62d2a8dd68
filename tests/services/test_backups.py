"""The copy of each day."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.services import backups as service
from beatra_desktop.services.backups import BackupService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.backups import backup, backups
from beatra_desktop.storage.database import Database, StorageError, damage_note

pytestmark = pytest.mark.asyncio


class Kept:
    """The service on a database of its own, on a clock that can be put forward."""

    def __init__(
        self, database: Database, supervisor: Supervisor, problems: list[StorageError]
    ) -> None:
        self.problems = problems
        self.database = database
        self.supervisor = supervisor
        self.path = database.path
        self.ahead = timedelta()
        self.service = BackupService(
            database,
            supervisor=supervisor,
            now=lambda: utc_now() + self.ahead,
        )


@asynccontextmanager
async def keeping(folder: Path) -> AsyncIterator[Kept]:
    bugs: list[BaseException] = []
    problems: list[StorageError] = []
    path = folder / "beatra.db"
    with closing(Database.open(path, on_error=problems.append)) as database:
        async with Supervisor(lambda error, _: bugs.append(error)) as supervisor:
            yield Kept(database, supervisor, problems)
    assert bugs == []


async def test_a_copy_is_made_once_in_a_day(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        await kept.service.make_if_due()
        await kept.service.make_if_due()
        assert len(backups(kept.path)) == 1
        kept.ahead = timedelta(hours=21)
        await kept.service.make_if_due()
        assert len(backups(kept.path)) == 2


async def test_what_a_crash_left_of_a_copy_goes_with_the_next(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        made = backup(kept.path).path
        left = made.rename(made.with_suffix(".part"))
        journal = made.with_suffix(".part-journal")
        other = made.with_name("other-20200101.part")
        for file in (journal, other):
            file.touch()
        await kept.service.make_if_due()
        [copy] = backups(kept.path)
        assert set(left.parent.iterdir()) == {copy.path, other}


async def test_copies_of_the_future_and_of_before_updates_do_not_count(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        backup(kept.path, before_update=True)
        await kept.service.make_if_due()
        assert len(backups(kept.path)) == 2
        kept.ahead = timedelta(days=-365)
        await kept.service.make_if_due()
        assert len(backups(kept.path)) == 3


async def test_it_is_made_while_the_app_runs(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        kept.service.watch(after_start_seconds=0, look_seconds=0.01)
        async with asyncio.timeout(20):
            while not backups(kept.path):  # noqa: ASYNC110  # nothing tells of a file
                await asyncio.sleep(0.01)


async def test_a_second_window_watches_no_second_time(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        for _ in range(2):
            kept.service.watch()
        assert kept.supervisor.names == ["daily copy"]


async def test_too_little_room_is_left_for_what_is_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with keeping(tmp_path) as kept:
        free = shutil.disk_usage(kept.path.parent).free
        monkeypatch.setattr(service, "SPARE_BYTES", free)
        await kept.service.make_if_due()
        assert backups(kept.path) == []


async def test_damage_is_told_and_the_next_start_looks_for_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with keeping(tmp_path) as kept:
        with closing(sqlite3.connect(kept.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            [(page,)] = connection.execute(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'uploads'"
            )
        with kept.path.open("r+b") as file:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
        await kept.service.make_if_due()
        assert [problem.reason for problem in kept.problems] == [StorageProblem.CORRUPT]
        assert damage_note(kept.path).exists()
        assert backups(kept.path) == []
        assert "corrupt" in caplog.text
        caplog.clear()


async def test_what_else_hinders_is_tried_again_without_a_word_to_the_user(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with keeping(tmp_path) as kept:
        folder = kept.path.parent / "backups"
        folder.write_text("in the way")
        await kept.service.make_if_due()
        assert kept.problems == []
        assert "No copy" in caplog.text
        caplog.clear()
        folder.unlink()
        await kept.service.make_if_due()
        assert len(backups(kept.path)) == 1


async def test_quitting_does_not_wait_for_a_copy(tmp_path: Path) -> None:
    async with keeping(tmp_path) as kept:
        kept.database.write(
            lambda c: c.execute("CREATE TABLE large AS SELECT zeroblob(60000000) AS x").close()
        )
        await kept.database.durable()
        making = kept.supervisor.start(kept.service.make_if_due(), name="copying")
        folder = kept.path.parent / "backups"
        async with asyncio.timeout(20):
            while not list(folder.glob("*.part")):  # noqa: ASYNC110  # nothing tells of a file
                await asyncio.sleep(0)
        making.cancel()
        with pytest.raises(asyncio.CancelledError):
            await making
        async with asyncio.timeout(20):
            while list(folder.iterdir()):  # noqa: ASYNC110  # nothing tells of a file
                await asyncio.sleep(0.01)
