import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage import writer as writer_module
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.storage.writer import Writer

PATIENCE_SECONDS = 0.2


class Reports:
    """Collects what the writer reports, and lets a test wait for it."""

    def __init__(self) -> None:
        self.reasons: list[StorageProblem] = []
        self._came = threading.Semaphore(0)

    def __call__(self, error: StorageError) -> None:
        self.reasons.append(error.reason)
        self._came.release()

    def wait(self) -> None:
        assert self._came.acquire(timeout=10)


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, number INTEGER) STRICT")
    yield connection
    connection.close()


@pytest.fixture
def writer(connection: sqlite3.Connection, path: Path, reports: Reports) -> Iterator[Writer]:
    writer = Writer(connection, path, reports, mend=add(0))
    yield writer
    writer.close(PATIENCE_SECONDS)


@pytest.fixture
def other(path: Path, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Another program with the same file."""
    other = sqlite3.connect(path, isolation_level=None)
    yield other
    other.close()


def add(number: object) -> Callable[[sqlite3.Connection], None]:
    def job(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO t (number) VALUES (?)", (number,))

    return job


def fail(error: Exception) -> Callable[[sqlite3.Connection], None]:
    def job(connection: sqlite3.Connection) -> None:
        add(666)(connection)
        raise error

    return job


def block_until(event: threading.Event) -> Callable[[sqlite3.Connection], None]:
    def job(_: sqlite3.Connection) -> None:
        assert event.wait(10)

    return job


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("SELECT number FROM t ORDER BY id")]


def test_jobs_are_committed_in_the_order_they_were_written(
    writer: Writer, other: sqlite3.Connection
) -> None:
    for number in range(1000):
        writer.write(add(number))
    writer.barrier().result(10)
    assert numbers(other) == list(range(1000))


def test_all_waiting_jobs_share_one_transaction(
    writer: Writer, connection: sqlite3.Connection
) -> None:
    started, go_on = threading.Event(), threading.Event()
    commits: list[str] = []

    def block(_: sqlite3.Connection) -> None:
        started.set()
        assert go_on.wait(10)

    connection.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    writer.write(block)
    assert started.wait(10)
    for number in range(100):
        writer.write(add(number))
    go_on.set()
    writer.barrier().result(10)
    assert len(commits) == 2


def test_a_barrier_waits_for_what_was_written_before_it(
    writer: Writer, other: sqlite3.Connection
) -> None:
    go_on = threading.Event()
    writer.write(block_until(go_on))
    writer.write(add(1))
    barrier = writer.barrier()
    assert not barrier.done()
    assert not writer.is_idle
    go_on.set()
    barrier.result(10)
    assert numbers(other) == [1]
    assert writer.is_idle


def test_a_barrier_with_nothing_to_wait_for_is_done_at_once(writer: Writer) -> None:
    assert writer.barrier().done()


def test_a_canceled_wait_does_not_disturb_the_writer(writer: Writer) -> None:
    go_on = threading.Event()
    writer.write(block_until(go_on))
    assert not writer.barrier().cancel()
    go_on.set()
    writer.barrier().result(10)


@pytest.mark.parametrize(
    "mistake", [sqlite3.IntegrityError("x"), OverflowError(), KeyError("x"), TypeError("x")]
)
def test_a_mistake_leaves_out_its_own_job_only(
    writer: Writer, other: sqlite3.Connection, reports: Reports, mistake: Exception
) -> None:
    go_on = threading.Event()
    writer.write(block_until(go_on))
    writer.write(add(1))
    writer.write(fail(mistake))
    writer.write(add(2))
    barrier = writer.barrier()
    go_on.set()
    with pytest.raises(StorageError) as caught:
        barrier.result(10)
    assert caught.value.reason is StorageProblem.BUG
    assert caught.value.__cause__ is mistake
    assert numbers(other) == [1, 2]
    assert reports.reasons == [StorageProblem.BUG]


def test_a_mistake_fails_the_next_barrier_even_if_it_was_noticed_before(
    writer: Writer, reports: Reports
) -> None:
    writer.write(fail(ValueError("x")))
    reports.wait()
    with pytest.raises(StorageError):
        writer.barrier().result(10)
    writer.barrier().result(10)


def test_what_can_not_be_written_now_is_written_later(
    writer: Writer, other: sqlite3.Connection, reports: Reports
) -> None:
    other.execute("BEGIN IMMEDIATE")
    writer.write(add(1))
    with pytest.raises(StorageError) as caught:
        writer.barrier().result(10)
    assert caught.value.reason is StorageProblem.LOCKED
    writer.write(add(2))
    other.execute("COMMIT")
    writer.barrier().result(10)
    assert numbers(other) == [1, 2]
    assert reports.reasons == [StorageProblem.LOCKED]


def test_it_tries_again_by_itself(
    writer: Writer, other: sqlite3.Connection, connection: sqlite3.Connection, reports: Reports
) -> None:
    written = threading.Event()
    other.execute("BEGIN IMMEDIATE")
    writer.write(add(1))
    writer.write(lambda _: written.set())
    reports.wait()
    assert not written.is_set()
    other.execute("COMMIT")
    assert written.wait(10)


def test_a_barrier_does_not_sit_out_the_pause(
    writer: Writer,
    other: sqlite3.Connection,
    reports: Reports,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("FIRST_PAUSE_SECONDS", "LONGEST_PAUSE_SECONDS"):
        monkeypatch.setattr(writer_module, name, 3600.0)
    other.execute("BEGIN IMMEDIATE")
    writer.write(add(1))
    reports.wait()
    other.execute("COMMIT")
    writer.barrier().result(10)
    assert numbers(other) == [1]


def test_a_problem_is_reported_once_and_again_after_it_was_solved(
    writer: Writer, other: sqlite3.Connection, reports: Reports
) -> None:
    for round_ in (1, 2):
        other.execute("BEGIN IMMEDIATE")
        writer.write(add(1))
        for _ in range(3):
            with pytest.raises(StorageError):
                writer.barrier().result(10)
        assert reports.reasons == [StorageProblem.LOCKED] * round_
        other.execute("COMMIT")
        writer.barrier().result(10)


def test_a_mistake_in_a_batch_that_is_tried_again_is_reported_once(
    writer: Writer, connection: sqlite3.Connection, reports: Reports
) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    go_on = threading.Event()
    writer.write(block_until(go_on))
    writer.write(fail(ValueError("x")))
    writer.write(lambda c: c.execute("CREATE TABLE big AS SELECT zeroblob(100000)").close())
    go_on.set()
    with pytest.raises(StorageError) as caught:
        writer.barrier().result(10)
    assert caught.value.reason is StorageProblem.DISK_FULL
    connection.execute("PRAGMA max_page_count = 1000000")
    with pytest.raises(StorageError) as caught:
        writer.barrier().result(10)
    assert caught.value.reason is StorageProblem.BUG
    assert reports.reasons == [StorageProblem.BUG, StorageProblem.DISK_FULL]


def index_damage() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_VTAB
    error.sqlite_errorname = "SQLITE_CORRUPT_VTAB"
    return error


def test_a_damaged_index_is_mended_before_the_jobs_are_tried_again(
    writer: Writer, other: sqlite3.Connection, reports: Reports
) -> None:
    def job(connection: sqlite3.Connection) -> None:
        if 0 not in numbers(connection):
            raise index_damage()
        add(1)(connection)

    writer.write(job)
    writer.barrier().result(10)
    writer.write(add(2))
    writer.barrier().result(10)
    assert numbers(other) == [0, 1, 2]
    assert reports.reasons == []


def test_an_index_that_can_not_be_mended_is_reported(writer: Writer, reports: Reports) -> None:
    writer.write(fail(index_damage()))
    with pytest.raises(StorageError) as caught:
        writer.barrier().result(10)
    assert caught.value.reason is StorageProblem.CORRUPT
    assert reports.reasons == [StorageProblem.CORRUPT]


def test_an_observer_whose_loop_is_closed_does_not_end_the_writing(
    connection: sqlite3.Connection, path: Path, other: sqlite3.Connection
) -> None:
    def gone(_: StorageError) -> None:
        raise RuntimeError("Event loop is closed")

    writer = Writer(connection, path, gone, mend=add(0))
    writer.write(fail(ValueError("x")))
    writer.write(add(1))
    assert writer.close(PATIENCE_SECONDS) is None
    assert numbers(other) == [1]


def test_closing_writes_what_waits(writer: Writer, other: sqlite3.Connection) -> None:
    for number in range(100):
        writer.write(add(number))
    assert writer.close(PATIENCE_SECONDS) is None
    assert numbers(other) == list(range(100))


def test_closing_gives_up_in_the_end_and_says_why(
    writer: Writer, other: sqlite3.Connection
) -> None:
    other.execute("BEGIN IMMEDIATE")
    writer.write(add(1))
    unsaved = writer.close(PATIENCE_SECONDS)
    assert unsaved is not None
    assert unsaved.reason is StorageProblem.LOCKED


def test_closing_interrupts_a_pause(
    writer: Writer, other: sqlite3.Connection, reports: Reports
) -> None:
    other.execute("BEGIN IMMEDIATE")
    writer.write(add(1))
    for _ in range(10):
        with pytest.raises(StorageError):
            writer.barrier().result(10)
    other.execute("COMMIT")
    assert writer.close(10) is None
    assert numbers(other) == [1]


def test_nothing_is_taken_after_closing(writer: Writer) -> None:
    writer.close(PATIENCE_SECONDS)
    with pytest.raises(RuntimeError, match="closed"):
        writer.write(add(1))
    with pytest.raises(RuntimeError, match="closed"):
        writer.barrier()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_writer_says_so_instead_of_losing_writes(writer: Writer) -> None:
    def die(_: sqlite3.Connection) -> None:
        raise SystemExit

    writer.write(die)
    with pytest.raises((StorageError, RuntimeError)):
        writer.barrier().result(10)
    with pytest.raises(RuntimeError, match="closed"):
        writer.write(add(1))


def test_what_is_written_together_is_there_together_or_not_at_all(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_connection: sqlite3.Connection) -> None:
        raise ValueError("can never succeed")

    with closing(Database.open(path)) as database:
        settings = SettingsRepository(database)
        with database.together():
            settings.set_text("a", "1")
            assert database.pending()
            with database.together():
                settings.set_text("b", "1")
        database.flush()
        assert settings.get_text("a") == settings.get_text("b") == "1"
        with database.together():
            settings.set_text("a", "2")
            database.write(refuse)
        with pytest.raises(StorageError):
            database.flush()
        assert settings.get_text("a") == "1"
    caplog.clear()
