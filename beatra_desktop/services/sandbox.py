"""The built-in sandbox as a child process that can't outlive the app."""

import asyncio
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import msgspec

START_SECONDS: Final = 20.0
STOP_SECONDS: Final = 2.0


class SandboxDown(Exception):
    """The sandbox did not start; the text is its own last words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxAddress:
    base_url: str
    api_key: str = field(repr=False)
    admin_url: str


def command(data_dir: Path, extra: Sequence[str] = ()) -> list[str]:
    """How to start the server from this installation; it ends when its standard input closes."""
    program = Path(sys.executable)
    if getattr(sys, "frozen", False):  # a bundle has no interpreter, but a program beside the app
        start = [str(program.with_name(f"beatra-sandbox{program.suffix}"))]
    else:
        start = [str(program), "-m", "beatra_desktop.sandbox"]
    return [*start, "--data-dir", str(data_dir), "--parent-pipe", *extra]


class SandboxProcess:
    """Started on first need, and again if it died; never after `close`."""

    def __init__(self, start: Sequence[str]) -> None:
        self._start = list(start)
        self._process: subprocess.Popen[bytes] | None = None
        self._launched: asyncio.Future[SandboxAddress] | None = None
        self._changing = threading.Lock()
        self._is_closed = False

    async def address(self) -> SandboxAddress:
        """Where the running server listens; raises SandboxDown.

        A caller that is canceled does not disturb the start that others wait for.
        """
        if self._launched is None or (self._launched.done() and not self._is_alive()):
            loop = asyncio.get_running_loop()
            self._launched = loop.run_in_executor(None, self._launch)
            self._launched.add_done_callback(_taken)
        return await asyncio.shield(self._launched)

    def close(self) -> None:
        """Ask the server to end, also one that is starting, and end it if it does not."""
        with self._changing:
            self._is_closed = True
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        _pipe(process.stdin).close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _launch(self) -> SandboxAddress:
        self._end()
        # A file, not a pipe: nobody reads along, and a full pipe would stop the server.
        with tempfile.TemporaryFile() as words:
            process = self._begin(words)
            try:
                return _ready_line(process)
            except msgspec.DecodeError:
                process.kill()
                process.wait()
                raise SandboxDown(_last_line(words)) from None

    def _begin(self, words: IO[bytes]) -> "subprocess.Popen[bytes]":
        with self._changing:
            if self._is_closed:
                raise SandboxDown("The app is closing.")
            try:
                self._process = subprocess.Popen(
                    self._start,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=words,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise SandboxDown(str(error)) from error
            return self._process


def _taken(launched: "asyncio.Future[SandboxAddress]") -> None:
    """Take how a start ended: after a quit nobody else does, and asyncio would complain."""
    if not launched.cancelled():
        launched.exception()


def _ready_line(process: "subprocess.Popen[bytes]") -> SandboxAddress:
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    with _pipe(process.stdout) as announced:
        line = announced.readline()
    timer.cancel()
    return msgspec.json.decode(line, type=SandboxAddress)


def _last_line(words: IO[bytes]) -> str:
    words.seek(0)
    text = words.read().decode(errors="replace").strip()
    return text.rpartition("\n")[2] or "It ended without a word."


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "opened as a pipe"
    return stream
