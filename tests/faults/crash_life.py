"""One life of the app: started, watched from outside, and ended by SIGKILL or by itself."""

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.e2e.app_process import NOISE, ROOT, Watched, home_environment
from tests.faults.crash_plan import Kill, Life
from tests.faults.crash_witness import Sight, read

LOOK_SECONDS: Final = 0.02
PATIENCE_SECONDS: Final = 240.0
ORPHAN_SECONDS: Final = 20.0
_TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A sandbox that is not the app's own and outlives it; without one the app starts its own."""

    base_url: str = ""
    api_key: str = ""


@dataclass(slots=True, kw_only=True)
class Home:
    """Where all lives of a case take place."""

    folder: Path
    service: Service
    sandbox: tuple[str, ...]
    lives: int = 0
    sights: list[Sight] = field(default_factory=list)

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def sandbox_dir(self) -> Path:
        return self.folder / "service" if self.service.base_url else self.data_dir / "sandbox"

    @property
    def environment(self) -> Mapping[str, str]:
        key = {"BEATRA_API_KEY": self.service.api_key} if self.service.api_key else {}
        return {**home_environment(self.folder / "home"), **key}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a life ended: `kind` names the moment, `problem` what should not have been."""

    kind: str
    problem: str = ""


def live(home: Home, life: Life) -> Ending:
    """Let the app act until it is killed where the life's plan says, or at rest at the latest."""
    number = home.lives
    home.lives += 1
    witness = home.folder / f"witness-{number}.jsonl"
    terminal = home.folder / f"terminal-{number}.txt"
    child = _start(home, life, witness, terminal)
    try:
        kind = _watch(child, life.kill, witness)
    except TimeoutError as error:
        return Ending(kind="never", problem=str(error))
    finally:
        code = child.end()
        home.sights += read(witness, number)
    return Ending(kind=kind, problem=_complaint(home, number, code, life, terminal))


class Child:
    """A living app, and the nursery that bore it."""

    def __init__(self, nursery: "subprocess.Popen[str]", order: dict[str, Any]) -> None:
        self._nursery = nursery
        self.pid = int(self._ask(order))
        self._process = Watched(self.pid)

    def ends_within(self, seconds: float) -> bool:
        return self._process.ends_within(seconds)

    def end(self) -> int:
        """Kill what still lives; returns the exit code."""
        self._process.kill()
        self._process.close()
        return int(self._ask("and now?"))

    def _ask(self, question: Any) -> str:
        assert self._nursery.stdin is not None, "opened as a pipe"
        assert self._nursery.stdout is not None, "opened as a pipe"
        self._nursery.stdin.write(f"{json.dumps(question)}\n")
        self._nursery.stdin.flush()
        return self._nursery.stdout.readline()


@cache
def _nursery() -> "subprocess.Popen[str]":
    """One for each process that runs cases; it ends with it."""
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.crash_nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
    )
    atexit.register(_dismiss, nursery)
    return nursery


def _dismiss(nursery: "subprocess.Popen[str]") -> None:
    nursery.communicate()


def _start(home: Home, life: Life, witness: Path, terminal: Path) -> Child:
    plan = {
        "data_dir": str(home.data_dir),
        "files": str(home.files),
        "witness": str(witness),
        "base_url": home.service.base_url or None,
        "sandbox": home.sandbox,
        "acts": life.acts,
        "kill": {"at": life.kill.at, "nth": life.kill.nth} if life.kill else {"at": "", "nth": 0},
        "quits": life.kill is None,
    }
    path = home.folder / "plan.json"
    path.write_text(json.dumps(plan))
    order = {
        "plan": str(path),
        "terminal": str(terminal),
        "environment": dict(home.environment),
    }
    return Child(_nursery(), order)


def _watch(child: Child, kill: Kill | None, witness: Path) -> str:
    """Wait for the end, and bring it where it has to come from outside; says what it was."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if child.ends_within(LOOK_SECONDS):
            return kill.at if kill else "quit"
        if kill is None:
            continue
        if kill.cpu_seconds and _cpu_seconds(child.pid) >= kill.cpu_seconds:
            return "at a random instant"
        if _is_at_rest(witness):
            return "at rest"
    raise TimeoutError(f"neither killed nor at rest after {PATIENCE_SECONDS:.0f} s")


def _cpu_seconds(pid: int) -> float:
    """What a process and its threads have computed so far."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(stat[11]) + int(stat[12])) / _TICKS_A_SECOND


def _is_at_rest(witness: Path) -> bool:
    if not witness.exists():
        return False
    with witness.open("rb") as file:
        file.seek(max(0, witness.stat().st_size - 4096))
        return b'{"what": "rest"' in file.read()


def _complaint(home: Home, number: int, code: int, life: Life, terminal: Path) -> str:
    """What is wrong with an end: a crash, words on the terminal, an act that failed, an orphan."""
    wanted = -signal.SIGKILL if life.kill else 0
    errors = [
        sight["text"] for sight in home.sights if (sight.what, sight.life) == ("error", number)
    ]
    words = [line for line in terminal.read_text().splitlines() if not NOISE.search(line)]
    found = [*errors, *words]
    if code != wanted:
        found.append(f"ended with {code} instead of {wanted}")
    if orphans := _orphans(home):
        found.append(f"outlived by {orphans}")
    return "\n".join(found)


def _orphans(home: Home) -> list[str]:
    """Processes of this case that do not end, apart from the service it brought along."""
    give_up_at = time.monotonic() + ORPHAN_SECONDS
    while (left := list(_offspring(home.data_dir))) and time.monotonic() < give_up_at:
        time.sleep(LOOK_SECONDS)
    return left


def _offspring(data_dir: Path) -> Iterator[str]:
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = command.read_bytes().decode(errors="replace").split("\0")
            if any(str(data_dir.parent) in word for word in words) and not _is_service(words):
                yield " ".join(words)


def _is_service(words: list[str]) -> bool:
    return any(word.endswith("/service") for word in words)


@contextmanager
def service(folder: Path, arguments: tuple[str, ...]) -> Iterator[Service]:
    """A sandbox of the case's own, in `folder`."""
    command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe", *arguments]
    server = subprocess.Popen(
        [*command, "--data-dir", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # asyncio complains there of clients that are gone
        env=home_environment(folder.parent / "home"),
        cwd=ROOT,
    )
    try:
        assert server.stdout is not None, "opened as a pipe"
        ready: dict[str, Any] = json.loads(server.stdout.readline())
        yield Service(base_url=ready["base_url"], api_key=ready["api_key"])
    finally:
        server.communicate()
