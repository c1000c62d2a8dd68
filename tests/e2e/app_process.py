"""A running app in a process of its own, and what a user without a display finds around it."""

import json
import os
import queue
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
DRIVER: Final = Path(__file__).with_name("drive.py")
PATIENCE_SECONDS: Final = 60.0
QUIT_SECONDS: Final = 20.0
"""Far more than the app takes: it gives what it cancels five seconds."""
NOISE: Final = re.compile(
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
        known = re.compile("|".join([NOISE.pattern, *self.expected]))
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


FAST: Final = ("--speed", "20", "--seed", "1")


def home_environment(folder: Path) -> Mapping[str, str]:
    """The environment of a user without a display, a key store or anything of their own."""
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


def start_app(
    data_dir: Path,
    terminal: Path,
    environment: Mapping[str, str],
    arguments: Sequence[str] = (),
    sandbox: Sequence[str] = FAST,
    driver: Sequence[str] = (str(DRIVER),),
) -> App:
    """Start the driven app; what it writes to standard error goes into the file `terminal`."""
    command = [sys.executable, *driver, "--data-dir", str(data_dir), *arguments]
    with terminal.open("w") as file:
        process = subprocess.Popen(
            [*command, *(f"--sandbox={word}" for word in sandbox)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=file,
            text=True,
            env=environment,
            cwd=ROOT,
        )
    return App(process, terminal)
