"""Sending and hashing files of 100 MB over loopback (goals, section 4)."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from statistics import median
from typing import Final

from tests.benchmarks.options import Options
from tests.benchmarks.rows import Row
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
    yield from _single_rows(runs, curl, options)
    yield from _many_rows(runs)


def _single_rows(
    runs: dict[str, list[Moved]], curl: list[float], options: Options
) -> Iterator[Row]:
    yield Row("upload of 100 MB, curl, the best run", FILE_MB / min(curl), "MB/s")
    idle = _middle(runs["idle"])
    yield Row("lateness p99, a loop with nothing to do meanwhile", idle.late_p99_ms, "ms")
    ways = [("ours", "", ("≥ 0.9", "≤ 8", "≤ 8", "≤ 2")), ("naive", ", naive", ("",) * 4)]
    for way, label, goals in ways if options.peers else ways[:1]:
        # The best of each: whatever else the machine does can only make a run slower.
        ratio = min(curl) / min(run.seconds for run in runs[way])
        sent, hashed = _middle(runs[way]), _middle(runs[f"hash {way}"])
        yield Row(f"upload of 100 MB ÷ curl, throughput{label}", ratio, "×", goals[0])
        yield Row(f"memory added by an upload of 100 MB{label}", sent.added_mb, "MB", goals[1])
        yield Row(f"lateness p99, upload of 100 MB{label}", sent.late_p99_ms, "ms", goals[2])
        yield Row(f"longest stall, upload of 100 MB{label}", sent.late_max_ms, "ms")
        yield Row(f"lateness p99, SHA-256 of 100 MB{label}", hashed.late_p99_ms, "ms", goals[3])


def _many_rows(runs: dict[str, list[Moved]]) -> Iterator[Row]:
    one, many = _middle(runs["one"]), _middle(runs["many"])
    yield Row("memory added from drop to artifact, one of 100 MB", one.added_mb, "MB")
    yield Row(f"memory added, {MANY} files of 100 MB at once", many.added_mb, "MB")
    ratio = many.added_mb / one.added_mb
    yield Row(f"memory added, {MANY} files of 100 MB at once ÷ one", ratio, "×", "≤ 1.5")
    yield Row(f"lateness p99, {MANY} files of 100 MB at once", many.late_p99_ms, "ms", "≤ 8")
    yield Row(f"longest stall, {MANY} files of 100 MB at once", many.late_max_ms, "ms", "≤ 16")
    yield Row(f"{MANY} files of 100 MB, drop to artifacts", many.seconds, "s")


def _middle(runs: list[Moved]) -> Moved:
    """The medians of several runs."""
    names = [field.name for field in fields(Moved)]
    return Moved(**{name: median(getattr(run, name) for run in runs) for name in names})


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
