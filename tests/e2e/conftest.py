"""The whole app as a process of its own, driven through its real window (see `drive.py`)."""

import json
import os
import queue
import re
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
DRIVER: Final = Path(__file__).with_name("drive.py")
PATIENCE_SECONDS: Final = 60.0
QUIT_SECONDS: Final = 20.0
"""Far more than the app takes: it gives what it cancels five seconds."""
_NOISE: Final = re.compile(
    r"^(qt\.multimedia|PulseAudioService|No audio device|This plugin does not support"
    r"|propagateSizeHints|\[\w+ @ 0x)"
)
"""What Qt says where there is neither a screen nor a sound device."""


def children(pid: int) -> list[int]:
    """The processes a process started, by the kernel's own list."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == pid and state != "Z":
                found.append(int(stat.parent.name))
    return found


class Watched:
    """A process that is not ours to wait for; its end can be waited for all the same."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def ends_within(self, seconds: float) -> bool:
        poll = select.poll()
        poll.register(self._handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        os.close(self._handle)


class App:
    """A running app. Lines it writes to the terminal fail the test unless they are expected."""

    def __init__(self, process: "subprocess.Popen[str]", terminal: Path) -> None:
        self.pid = process.pid
        self.expected: list[str] = []
        self._process = process
        self._terminal = terminal
        self._offspring: dict[int, Watched] = {}
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def do(self, action: str, **parameters: Any) -> Any:
        """Have the app do something and return what came of it."""
        self.begin(action, **parameters)
        answer = self.line()
        assert "error" not in answer, answer["error"]
        self._note_offspring()
        return answer["result"]

    def begin(self, action: str, **parameters: Any) -> None:
        """Have the app do something that it will not live to answer."""
        self._note_offspring()
        assert self._process.stdin is not None, "opened as a pipe"
        self._process.stdin.write(json.dumps({"do": action, **parameters}) + "\n")
        self._process.stdin.flush()

    def line(self) -> dict[str, Any]:
        """The next thing the app says."""
        text = self._lines.get(timeout=PATIENCE_SECONDS)
        assert text, f"the app ended: {self._process.wait()}, {self.terminal}"
        answer: dict[str, Any] = json.loads(text)
        return answer

    @property
    def terminal(self) -> str:
        """What the app wrote to standard error."""
        return self._terminal.read_text()

    @property
    def sandbox_pid(self) -> int:
        """The process that serves the sandbox."""
        self._note_offspring()
        [pid] = self._offspring
        return pid

    def status(self, field: str) -> int:
        """A number of /proc/PID/status, memory in bytes."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        [number] = re.findall(rf"^{field}:\s+(\d+) kB$", text, re.MULTILINE)
        return int(number) * 1024

    def kill(self) -> None:
        """As a power cut would."""
        self._note_offspring()
        self._process.kill()
        self.gone()

    def gone(self) -> int:
        """Wait for the end of the app and of all it started; returns the exit code."""
        code = self._process.wait(QUIT_SECONDS)
        for process in self._offspring.values():
            assert process.ends_within(QUIT_SECONDS), f"{process.pid} outlives the app"
        return code

    def signal(self, number: signal.Signals) -> None:
        self._note_offspring()
        self._process.send_signal(number)

    def quit(self) -> int:
        """Quit by the end of what the driver reads."""
        self._note_offspring()
        assert self._process.stdin is not None, "opened as a pipe"
        self._process.stdin.close()
        return self.gone()

    def clean_up(self) -> None:
        """End what a failed test left, and let nothing written to the terminal go unseen."""
        self._process.kill()
        self._process.wait()
        for process in self._offspring.values():
            process.kill()
            process.close()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def unexpected(self) -> list[str]:
        known = re.compile("|".join([_NOISE.pattern, *self.expected]))
        return [line for line in self.terminal.splitlines() if not known.search(line)]

    def _read(self) -> None:
        assert self._process.stdout is not None, "opened as a pipe"
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _note_offspring(self) -> None:
        for pid in children(self.pid):
            if pid not in self._offspring:
                with suppress(ProcessLookupError):
                    self._offspring[pid] = Watched(pid)


Start = Callable[..., App]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    code: int
    output: str
    terminal: str


Run = Callable[..., Outcome]
FAST: Final = ("--speed", "20", "--seed", "1")


@pytest.fixture
def home(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a user without a display, a key store or anything of their own."""
    folder = tmp_path / "home"
    folder.mkdir()
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(folder),
        "TMPDIR": str(folder),
        "DBUS_SESSION_BUS_ADDRESS": "disabled:",
    }


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def start(home: Mapping[str, str], data_dir: Path, tmp_path: Path) -> Iterator[Start]:
    """Starts the driven app; started again, it finds what it left."""
    apps: list[App] = []

    def started(
        *arguments: str,
        sandbox: Sequence[str] = FAST,
        environment: Mapping[str, str] | None = None,
        data_dir: Path = data_dir,
    ) -> App:
        terminal = tmp_path / f"terminal-{len(apps)}.txt"
        command = [sys.executable, str(DRIVER), "--data-dir", str(data_dir), *arguments]
        with terminal.open("w") as file:
            process = subprocess.Popen(
                [*command, *(f"--sandbox={word}" for word in sandbox)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
                text=True,
                env={**home, **(environment or {})},
                cwd=ROOT,
            )
        apps.append(App(process, terminal))
        return apps[-1]

    yield started
    for app in apps:
        app.clean_up()
    unexpected = [line for app in apps for line in app.unexpected()]
    assert not unexpected, "\n".join(["written to the terminal:", *unexpected])


@pytest.fixture
def run(home: Mapping[str, str]) -> Run:
    """Runs the app's own command line to its end; an empty variable is left out."""

    def ran(*arguments: str, environment: Mapping[str, str] | None = None) -> Outcome:
        wanted = {**home, **(environment or {})}
        done = subprocess.run(
            [sys.executable, "-m", "beatra_desktop", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS * 1.5,
            check=False,
            env={name: value for name, value in wanted.items() if value},
            cwd=ROOT,
        )
        return Outcome(code=done.returncode, output=done.stdout, terminal=done.stderr)

    return ran


Rows = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def rows(data_dir: Path) -> Rows:
    """Reads the app's database as any other program would."""

    def read(sql: str, *parameters: object) -> list[dict[str, Any]]:
        uri = f"{(data_dir / 'beatra.db').as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql, parameters)]

    return read


@dataclass(frozen=True, kw_only=True)
class Service:
    base_url: str
    api_key: str


@pytest.fixture
def service(home: Mapping[str, str]) -> Iterator[Callable[..., Service]]:
    """Starts a sandbox that is not the app's own, as a service somewhere."""
    servers: list[subprocess.Popen[str]] = []

    def served(*arguments: str) -> Service:
        command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe", *arguments]
        server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=home, cwd=ROOT
        )
        servers.append(server)
        assert server.stdout is not None, "opened as a pipe"
        ready = json.loads(server.stdout.readline())
        return Service(base_url=ready["base_url"], api_key=ready["api_key"])

    yield served
    for server in servers:
        server.communicate(timeout=PATIENCE_SECONDS)


@pytest.fixture(scope="session")
def display() -> Iterator[Mapping[str, str]]:
    """A screen nobody looks at, as environment variables."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as file:
        number = file.readline().strip()
    assert number, "Xvfb did not start"
    yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()
