"""The built-in sandbox as a child process that can't outlive the app."""

import asyncio
import subprocess
import sys
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
    module = [sys.executable, "-m", "beatra_desktop.sandbox"]
    return [*module, "--data-dir", str(data_dir), "--parent-pipe", *extra]


class SandboxProcess:
    """Started on first need, and again if it died."""

    def __init__(self, start: Sequence[str]) -> None:
        self._start = list(start)
        self._process: subprocess.Popen[bytes] | None = None
        self._address: SandboxAddress | None = None
        self._lock = asyncio.Lock()

    async def address(self) -> SandboxAddress:
        """Where the running server listens; raises SandboxDown."""
        async with self._lock:
            if self._address is None or not self._is_alive():
                self._address = await asyncio.to_thread(self._launch)
            return self._address

    def close(self) -> None:
        """Ask the server to end, and end it if it does not."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        _close(process)

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _launch(self) -> SandboxAddress:
        self.close()
        try:
            process = subprocess.Popen(
                self._start,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise SandboxDown(str(error)) from error
        address = _ready_line(process)
        self._process = process
        return address


def _ready_line(process: "subprocess.Popen[bytes]") -> SandboxAddress:
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    line = _pipe(process.stdout).readline()
    timer.cancel()
    try:
        return msgspec.json.decode(line, type=SandboxAddress)
    except msgspec.DecodeError:
        process.kill()
        words = _pipe(process.stderr).read().decode(errors="replace").strip()
        process.wait()
        _close(process)
        raise SandboxDown(words.rpartition("\n")[2] or "It ended without a word.") from None


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "opened as a pipe"
    return stream


def _close(process: "subprocess.Popen[bytes]") -> None:
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()
