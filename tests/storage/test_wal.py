"""Logs as SQLite itself writes them, damaged at each of their places."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.backups import backup
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.recovery import recover
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.storage.wal import fold, frames, is_damaged
from tests.storage.damage import FRAME, PAGE, flip, frame, log_of

COMMITS = 6


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A database after a power cut, with all it holds in its log."""
    source = tmp_path / "source.db"
    path = tmp_path / "crashed" / "beatra.db"
    path.parent.mkdir()
    with closing(sqlite3.connect(source, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT)")
        for number in range(COMMITS):
            connection.execute("INSERT INTO t VALUES (?, ?)", (number, "x" * 3000))
        shutil.copyfile(source, path)
        shutil.copyfile(tmp_path / "source.db-wal", log_of(path))
    return path


def rows(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [number for (number,) in connection.execute("SELECT n FROM t ORDER BY n")]


def test_a_whole_log_is_not_damaged_and_folds_to_what_sqlite_reads(crashed: Path) -> None:
    log = log_of(crashed)
    assert not is_damaged(log)
    assert all(frame.is_sound for frame in frames(log))
    fold(log, crashed)
    assert not log.exists()
    assert rows(crashed) == list(range(COMMITS))


@pytest.mark.parametrize("at", [1, 9, 17, 25])
def test_a_damaged_header_costs_nothing(crashed: Path, at: int) -> None:
    flip(log_of(crashed), at)
    assert is_damaged(log_of(crashed))
    fold(log_of(crashed), crashed)
    assert rows(crashed) == list(range(COMMITS))


@pytest.mark.parametrize("at", [3, 9, 18, FRAME + 2000])
def test_a_damaged_frame_costs_what_is_not_written_again_behind_it(crashed: Path, at: int) -> None:
    log = log_of(crashed)
    total = sum(1 for _ in frames(log))
    flip(log, frame(3) + at)
    assert is_damaged(log)
    assert sum(not frame.is_sound for frame in frames(log)) == 1
    fold(log, crashed)
    assert len(rows(crashed)) >= COMMITS - 1
    assert total > COMMITS


def test_damage_across_two_frames_spares_the_next(crashed: Path) -> None:
    log = log_of(crashed)
    content = bytearray(log.read_bytes())
    content[frame(4) - 200 : frame(4) + FRAME] = bytes(200 + FRAME)
    log.write_bytes(content)
    assert [each.is_sound for each in frames(log)].count(False) == 3
    assert [each.is_usable for each in frames(log)].count(False) == 2


@pytest.mark.parametrize("page", [0, 0x40000000])
def test_damage_that_names_a_page_there_is_not_costs_that_page_only(
    crashed: Path, page: int
) -> None:
    log = log_of(crashed)
    flip(log, frame(3) + FRAME + 2000)
    content = bytearray(log.read_bytes())
    content[frame(4) : frame(4) + 4] = page.to_bytes(4, "big")
    log.write_bytes(content)
    fold(log, crashed)
    assert crashed.stat().st_size < 100 * PAGE
    assert rows(crashed)


def test_an_unfinished_write_at_the_end_is_no_damage(crashed: Path) -> None:
    log = log_of(crashed)
    size = log.stat().st_size
    with log.open("r+b") as file:
        file.truncate(size - 100)
    assert not is_damaged(log)
    with log.open("r+b") as file:
        file.truncate(size)
    flip(log, size - 100)
    assert not is_damaged(log)


def test_what_is_left_of_an_older_log_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "reused.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, x TEXT)")
        for number in range(COMMITS):
            connection.execute("INSERT INTO t VALUES (?, ?)", (number, "x" * 3000))
        connection.execute("PRAGMA wal_checkpoint(RESTART)")
        connection.execute("INSERT INTO t VALUES (100, 'new')")
        copy = Path(shutil.copyfile(log_of(path), tmp_path / "copy-wal"))
    assert [frame.is_sound for frame in frames(copy)].count(False) > 0
    assert not is_damaged(copy)


def test_what_is_no_log_has_no_damage(tmp_path: Path) -> None:
    log = tmp_path / "x-wal"
    log.write_bytes(b"")
    assert not is_damaged(log)
    log.write_bytes(b"no log at all" * 2000)
    assert not is_damaged(log)


@pytest.mark.parametrize("damage", [lambda size: size // 3, lambda _: 10])
def test_a_start_offers_to_save_what_stands_behind_the_damage(
    tmp_path: Path, damage: Callable[[int], int]
) -> None:
    source, path = tmp_path / "beatra.db", tmp_path / "crashed.db"
    with closing(Database.open(source)) as database:
        for number in range(COMMITS):
            SettingsRepository(database).set_text("n", str(number))
            database.flush()
        shutil.copyfile(source, path)
        shutil.copyfile(log_of(source), log_of(path))
    flip(log_of(path), damage(log_of(path).stat().st_size))
    before = log_of(path).read_bytes()
    with pytest.raises(StorageError) as caught:
        Database.open(path)
    assert caught.value.reason is StorageProblem.CORRUPT
    assert log_of(path).read_bytes() == before
    done = recover(path)
    assert log_of(done.kept).read_bytes() == before
    with closing(Database.open(path)) as database:
        assert SettingsRepository(database).get_text("n") == str(COMMITS - 1)


def test_what_is_lost_with_the_log_comes_back_from_the_backup(tmp_path: Path) -> None:
    source, path = tmp_path / "data" / "beatra.db", tmp_path / "beatra.db"
    source.parent.mkdir()
    with closing(Database.open(source)) as database:
        settings = SettingsRepository(database)
        for number in range(COMMITS):
            settings.set_text(f"n{number}", "x" * 3000)
            database.flush()
        backup(source)
        shutil.copytree(source.parent / "backups", tmp_path / "backups")
        for number in range(2):  # on other pages, so that the damaged one is not written again
            settings.set_text(f"z{number}", "x" * 3000)
            database.flush()
        shutil.copyfile(source, path)
        shutil.copyfile(log_of(source), log_of(path))
    last = [number for number, each in enumerate(frames(log_of(path))) if b"n3" in each.content]
    for number in last:
        flip(log_of(path), frame(number) + FRAME + 2000)
    assert is_damaged(log_of(path))
    recover(path)
    with closing(Database.open(path)) as database:
        assert SettingsRepository(database).get_text("n3") == "x" * 3000
