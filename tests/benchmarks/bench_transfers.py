"""Sending, fetching and hashing files of 100 MB over loopback (goals, section 4)."""

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
SINGLE: Final = ("up", "down", "hash")
CURL: Final = {"up": "upload", "down": "download"}


@dataclass(frozen=True)
class Curled:
    """`seconds` as curl tells them itself, `cpu_seconds` without what it takes to start."""

    seconds: float
    cpu_seconds: float


def rows(options: Options) -> Iterator[Row]:
    """Curl, our ways and the naive ones take turns, so that they meet the same machine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = _random_file(folder)
        many = [_sparse_file(folder, number) for number in range(MANY)]
        curl: dict[str, list[Curled]] = {}
        runs: dict[str, list[Moved]] = {}
        with _sink(file) as base_url:
            for _ in range(options.rounds):
                for way in _ways(options):
                    if way in CURL:
                        curl.setdefault(way, []).append(_curl(way, base_url, file))
                    runs.setdefault(way, []).append(_moved(way, base_url, file))
                for way, files in (("one", many[:1]), ("many", many)):
                    runs.setdefault(way, []).append(_moved("dropped", base_url, *files))
    for way, said in CURL.items():
        yield from _moving_rows(said, curl[way], runs[way], runs.get(f"{way} naive"))
    yield from _waiting_rows(runs)
    yield from _many_rows(runs)


def _ways(options: Options) -> Iterator[str]:
    yield "idle"
    yield "hash alone"
    for way in SINGLE:
        yield way
        if options.peers:
            yield f"{way} naive"


def _moving_rows(
    said: str, curl: Sequence[Curled], ours: Sequence[Moved], naive: Sequence[Moved] | None
) -> Iterator[Row]:
    yield Row(
        name=f"{said} of 100 MB",
        unit="MB/s",
        ours=[FILE_MB / run.seconds for run in ours],
        naive=_naive(naive, lambda run: FILE_MB / run.seconds),
        limit=Peer("curl", [FILE_MB / run.seconds for run in curl]),
        goal=Goal(at_least=0.9, of_ratio=True),
    )
    yield Row(
        name=f"CPU, {said}",
        unit="ms",
        ours=[run.cpu_seconds * 1000 for run in ours],
        naive=_naive(naive, lambda run: run.cpu_seconds * 1000),
        limit=Peer("curl", [run.cpu_seconds * 1000 for run in curl]),
    )
    yield Row(
        name=f"memory added, {said}",
        unit="MB",
        ours=[run.added_mb for run in ours],
        naive=_naive(naive, lambda run: run.added_mb),
        goal=Goal(at_most=8),
    )
    yield Row(
        name=f"p99 late, {said}",
        unit="ms",
        ours=[run.late_p99_ms for run in ours],
        naive=_naive(naive, lambda run: run.late_p99_ms),
        goal=Goal(at_most=8),
        needs_quiet=True,
    )


def _waiting_rows(runs: Mapping[str, list[Moved]]) -> Iterator[Row]:
    idle = [run.late_p99_ms for run in runs["idle"]]
    yield Row(name="p99 late, a loop with nothing to do", unit="ms", ours=idle)
    yield Row(
        name="p99 late, SHA-256 of 100 MB",
        unit="ms",
        ours=[run.late_p99_ms for run in runs["hash"]],
        naive=_naive(runs.get("hash naive"), lambda run: run.late_p99_ms),
        limit=Peer("bare thread", [run.late_p99_ms for run in runs["hash alone"]]),
        goal=Goal(at_most=2),
        needs_quiet=True,
    )
    yield Row(
        name="CPU, SHA-256 of 100 MB",
        unit="ms",
        ours=[run.cpu_seconds * 1000 for run in runs["hash"]],
        limit=Peer("bare thread", [run.cpu_seconds * 1000 for run in runs["hash alone"]]),
    )


def _naive(runs: Sequence[Moved] | None, figure: Callable[[Moved], float]) -> Peer | None:
    return Peer("bytes in memory", [figure(run) for run in runs]) if runs else None


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
def _sink(file: Path) -> Iterator[str]:
    script = Path(__file__).with_name("sink_server.py")
    command = [sys.executable, str(script), str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1"
        finally:
            process.terminate()


def _curl(way: str, base_url: str, file: Path) -> Curled:
    """An upload goes without the question whether it may be sent."""
    form = ["-F", "purpose=media_input", "-F", f"file=@{file}"]
    arguments = {
        "up": ["-o", os.devnull, "-H", "Expect:", *form, f"{base_url}/uploads"],
        "down": ["-o", str(file.with_suffix(".curl")), f"{base_url}/song"],
    }
    before = _children_seconds()
    _output(["curl", "--version"])
    started = _children_seconds()
    seconds = _output(["curl", "-s", "-w", "%{time_total}", *arguments[way]])
    return Curled(float(seconds), _children_seconds() - started - (started - before))


def _children_seconds() -> float:
    """CPU time of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _moved(way: str, base_url: str, *files: Path) -> Moved:
    module = "tests.benchmarks.transfer_worker"
    command = [sys.executable, "-m", module, way, base_url, *map(str, files)]
    return Moved(**json.loads(_output(command)))


def _output(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


BENCHES: Final = (Bench(name="transfers", section=Section.TRANSFERS, budget_s=75, rows=rows),)
