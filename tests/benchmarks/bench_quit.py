"""Quitting with streams, uploads and songs in flight (goals, section 3)."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

from beatra_desktop.paths import Paths
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Row
from tests.e2e.app_process import App, home_environment, start_app

UPLOAD_BYTES: Final = 8 * 1024 * 1024
SLOW: Final = ("--speed", "2", "--seed", "1")
EACH: Final = 3
"""Streams, uploads and songs at the same time."""


def rows(options: Options) -> Iterator[Row]:
    found = [_quit() for _ in range(min(options.rounds, 2))]
    yield Row(
        name=f"quit with {EACH} streams, uploads and songs in flight",
        unit="s",
        ours=[seconds for seconds, _ in found],
        goal=Goal(at_most=1),
        needs_quiet=True,
    )
    lost = [lost for _, lost in found]
    yield Row(name="of those, lost", unit="", ours=lost, goal=Goal(at_most=0))


def _quit() -> tuple[float, int]:
    """Seconds until all its processes were gone, and how much of what was in flight is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        home, data = Path(folder), Path(folder) / "data"
        app = start_app(data, home / "terminal.txt", home_environment(home), sandbox=SLOW)
        try:
            shown = _begin(app, home)
            began = perf_counter()
            app.begin("close_window")
            app.gone()
            seconds = perf_counter() - began
        finally:
            app.clean_up()
        return seconds, _lost(data, shown)


def _begin(app: App, home: Path) -> list[str]:
    """Put everything in flight, none of which can end soon; returns the answers as shown."""
    app.do("connect")
    for pattern in ("/v1/uploads", "/v1/music/*"):
        fault = {"path": pattern, "method": "POST", "action": {"delay_seconds": 3600}}
        app.do("admin", method="POST", path="faults", body=fault)
    for number in range(EACH):
        path = home / f"{number}.bin"
        path.write_bytes(bytes([number]) * UPLOAD_BYTES)
        app.do("drop_file", path=str(path), place="chat")
        app.do("order_song", prompt=f"slow piano waltz {number}", model="minimax-music-2.6")
    for sent in ("/uploads", "/text-to-music"):  # of both some wait for their turn
        app.do("received", method="POST", path=sent)
    return [_stream(app) for _ in range(EACH)]


def _stream(app: App) -> str:
    app.do("ask", text="Write 5000 words", model="sandbox-writer")
    app.do("streamed", characters=300)
    text: str = app.do("conversation")[1]["text"]
    return text


def _lost(data: Path, shown: list[str]) -> int:
    with closing(sqlite3.connect(Paths.of(data).database)) as connection:
        rows = connection.execute("SELECT text FROM messages WHERE role = 'assistant'").fetchall()
        counts: list[int] = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("uploads", "tasks")
        ]
    kept = [sum(text.startswith(start) for (text,) in rows) > 0 for start in shown]
    return kept.count(False) + sum(EACH - count for count in counts)


BENCHES: Final = (Bench(name="quit", section=Section.START, budget_s=14, rows=rows),)
