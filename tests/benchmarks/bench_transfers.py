"""Sending and hashing files of 100 MB over loopback (goals, section 4)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row
from tests.benchmarks.transfer_worker import Moved

ROOT: Final = Path(__file__).parents[2]
MB: Final = 1024 * 1024
FILE_MB: Final = 100
MANY: Final = 20
PER_ROUND: Final = 2
SINGLE: Final = ("ours", "naive", "hash ours", "hash naive")


def rows(options: Options) -> Iterator[Row]:
    """Curl, our ways and the naive ones take turns, so that they meet the same machine."""
    with tempfile.TemporaryDirectory() as folder, _sink() as base_url:
        file = _random_file(Path(folder))
        many = [_sparse_file(Path(folder), number) for number in range(MANY)]
        curl: list[float] = []
        runs: dict[str, list[Moved]] = {}
        for _ in range(options.rounds):
            curl += [_curl(base_url, file) for _ in range(PER_ROUND)]
            for way in SINGLE if options.peers else SINGLE[::2]:
                found = runs.setdefault(way, [])
                found += [_moved(way, base_url, file) for _ in range(PER_ROUND)]
            runs.setdefault("idle", []).append(_moved("idle", base_url))
            for name, files in (("one", many[:1]), ("many", many)):
                runs.setdefault(name, []).append(_moved("dropped", base_url, *files))
    yield from _single_rows(runs, curl)
    yield from _many_rows(runs)


def _single_rows(runs: Mapping[str, list[Moved]], curl: list[float]) -> Iterator[Row]:
    yield Row(
        name="upload of 100 MB",
        unit="MB/s",
        ours=[FILE_MB / run.seconds for run in runs["ours"]],
        naive=_naive(runs, "naive", lambda run: FILE_MB / run.seconds),
        limit=Peer("curl", [FILE_MB / seconds for seconds in curl]),
        goal=Goal(at_least=0.9, of_ratio=True),
    )
    yield Row(
        name="memory added by it",
        unit="MB",
        ours=[run.added_mb for run in runs["ours"]],
        naive=_naive(runs, "naive", lambda run: run.added_mb),
        goal=Goal(at_most=8),
    )
    idle = [run.late_p99_ms for run in runs["idle"]]
    yield Row(name="p99 late, a loop with nothing to do", unit="ms", ours=idle)
    yield Row(
        name="p99 late, upload of 100 MB",
        unit="ms",
        ours=[run.late_p99_ms for run in runs["ours"]],
        naive=_naive(runs, "naive", lambda run: run.late_p99_ms),
        goal=Goal(at_most=8),
        needs_quiet=True,
    )
    yield Row(
        name="p99 late, SHA-256 of 100 MB",
        unit="ms",
        ours=[run.late_p99_ms for run in runs["hash ours"]],
        naive=_naive(runs, "hash naive", lambda run: run.late_p99_ms),
        goal=Goal(at_most=2),
        needs_quiet=True,
    )


def _naive(
    runs: Mapping[str, list[Moved]], way: str, figure: Callable[[Moved], float]
) -> Peer | None:
    return Peer("bytes in memory", [figure(run) for run in runs[way]]) if way in runs else None


def _many_rows(runs: Mapping[str, list[Moved]]) -> Iterator[Row]:
    one, many = runs["one"], runs["many"]
    yield Row(
        name=f"memory added, {MANY} files at once",
        unit="MB",
        ours=[run.added_mb for run in many],
        limit=Peer("one file", [run.added_mb for run in one]),
        goal=Goal(at_most=1.5, of_ratio=True),
    )
    yield Row(
        name=f"p99 late, {MANY} files at once",
        unit="ms",
        ours=[run.late_p99_ms for run in many],
        goal=Goal(at_most=8),
        needs_quiet=True,
    )
    yield Row(
        name=f"longest stall, {MANY} files at once",
        unit="ms",
        ours=[run.late_max_ms for run in many],
        goal=Goal(at_most=16),
        needs_quiet=True,
    )
    yield Row(name=f"{MANY} files, drop to artifacts", unit="s", ours=[run.seconds for run in many])


def _random_file(folder: Path) -> Path:
    path = folder / "random.bin"
    with path.open("wb") as file:
        for _ in range(FILE_MB):
            file.write(os.urandom(MB))
    return path


def _sparse_file(folder: Path, number: int) -> Path:
    """Each of other contents than the others, but next to nothing on the disk."""
    path = folder / f"{number}.bin"
    with path.open("wb") as file:
        file.write(b"%d" % number)
        file.truncate(FILE_MB * MB)
    return path


@contextmanager
def _sink() -> Iterator[str]:
    script = Path(__file__).with_name("sink_server.py")
    command = [sys.executable, str(script)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()


def _curl(base_url: str, file: Path) -> float:
    """Seconds, as curl tells them itself; without the question whether it may send."""
    form = ["-F", "purpose=media_input", "-F", f"file=@{file}"]
    command = ["curl", "-s", "-o", os.devnull, "-H", "Expect:", "-w", "%{time_total}", *form]
    return float(_output([*command, f"{base_url}/uploads"]))


def _moved(way: str, base_url: str, *files: Path) -> Moved:
    module = "tests.benchmarks.transfer_worker"
    command = [sys.executable, "-m", module, way, base_url, *map(str, files)]
    return Moved(**json.loads(_output(command)))


def _output(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


BENCHES: Final = (Bench(name="transfers", section=Section.TRANSFERS, budget_s=75, rows=rows),)
