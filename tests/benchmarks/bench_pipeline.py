"""The whole way of an answer: socket, events, record, view (goals, section 1).

The same services write the same records; only the view differs, or the way to the service.
"""

import os
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop import eventloop
from beatra_desktop.services import Services
from beatra_desktop.services.assembly import open_services
from tests.benchmarks import views
from tests.benchmarks.answers import answered, streaming
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import Run
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.benchmarks.served import TimedDatabase, grounds
from tests.benchmarks.texts import markdown
from tests.certificates import Certificate, make_certificate

RATE: Final = 1_000
CHARACTERS: Final = 10_000
"""Of an answer, which is written each time it has grown by 512 of them."""
COMMITS: Final = 20


def rows(options: Options) -> Iterator[Row]:
    application = QCoreApplication.instance()
    assert application
    with tempfile.TemporaryDirectory() as folder:
        runs, waits = eventloop.run(_measure(options, Path(folder)), application)
        commits = [_longest_commit_ms(Path(folder)) for _ in range(options.rounds)]
    yield from _view_rows(runs)
    yield _on_time_row("events on time", runs["ours"])
    yield _on_time_row("events on time, TLS", runs["tls"])
    yield Row(
        name="longest wait for the database",
        unit="ms",
        ours=waits,
        naive=Peer("commit in the GUI thread", commits) if options.peers else None,
        goal=Goal(at_most=2),
        needs_quiet=True,
    )


def _view_rows(runs: dict[str, list[Run]]) -> Iterator[Row]:
    ours, plain, null = (runs[name] for name in ("ours", "plain", "null"))
    yield Row(
        name=f"CPU per token, {RATE:,}/s",
        unit="µs",
        ours=[run.cpu_us for run in ours],
        limit=Peer("plain text", [run.cpu_us for run in plain]),
        goal=Goal(at_most=1.2, of_ratio=True),
    )
    yield Row(name="CPU per token, no view", unit="µs", ours=[run.cpu_us for run in null])
    late, stalls = [run.late_p99_ms for run in ours], [run.late_max_ms for run in ours]
    yield Row(name="p99 late", unit="ms", ours=late, goal=Goal(at_most=6), needs_quiet=True)
    yield Row(name="longest stall", unit="ms", ours=stalls, goal=Goal(at_most=16), needs_quiet=True)
    frames, goal = [run.frames_per_s for run in ours], Goal(at_least=55, at_most=60)
    yield Row(name="frames", unit="1/s", ours=frames, goal=goal, needs_quiet=True)


def _on_time_row(name: str, runs: list[Run]) -> Row:
    on_time = [100 * run.tokens_per_s / RATE for run in runs]
    return Row(name=name, unit="%", ours=on_time, goal=Goal(at_least=98))


async def _measure(options: Options, folder: Path) -> tuple[dict[str, list[Run]], list[float]]:
    """The runs of each way, and the longest wait for the database in each of ours, in ms."""
    text, certificate = markdown(int(RATE * options.seconds)), make_certificate(folder, "localhost")
    runs: dict[str, list[Run]] = {"null": [], "plain": [], "ours": [], "tls": []}
    waits: list[float] = []
    with (
        _trusting(certificate),
        closing(TimedDatabase.open(folder / "plain.db")) as database,
        closing(TimedDatabase.open(folder / "tls.db")) as other,
        streaming(text, RATE) as plain_url,
        streaming(text, RATE, certificate) as tls_url,
    ):
        async with _warm(database, plain_url) as plain, _warm(other, tls_url) as encrypted:
            runs["null"].append(await answered(plain, views.nothing))
            for _ in range(options.rounds):
                runs["plain"].append(await answered(plain, views.plain_text))
                database.waits_ms.clear()
                runs["ours"].append(await answered(plain, views.ours))
                waits.append(max(database.waits_ms))
                runs["tls"].append(await answered(encrypted, views.ours))
    return runs, waits


@contextmanager
def _trusting(certificate: Certificate) -> Iterator[None]:
    """OpenSSL's own way; it is asked when a client is made."""
    os.environ["SSL_CERT_FILE"] = str(certificate.public)
    try:
        yield
    finally:
        del os.environ["SSL_CERT_FILE"]


@asynccontextmanager
async def _warm(database: TimedDatabase, base_url: str) -> AsyncIterator[Services]:
    """Services that have had one answer."""
    async with open_services(grounds(database, database.path.parent, base_url)) as services:
        services.profiles.check()
        await answered(services, views.nothing)
        yield services


def _longest_commit_ms(folder: Path) -> float:
    """Of as many as an answer takes, in this thread."""
    with closing(sqlite3.connect(folder / "naive.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE IF NOT EXISTS messages (text TEXT)")
        return max(_commit_ms(connection) for _ in range(COMMITS))


def _commit_ms(connection: sqlite3.Connection) -> float:
    began = perf_counter()
    connection.execute("INSERT INTO messages VALUES (?)", ("x" * CHARACTERS,))
    return (perf_counter() - began) * 1000


BENCHES: Final = (Bench(name="pipeline", section=Section.STREAMING, budget_s=36, rows=rows),)
