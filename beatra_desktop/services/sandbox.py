"""The built-in sandbox as a child process that can't outlive the app."""

import asyncio
import subprocess
import threading
from collections.abc import Sequence
from contextlib import closing
from typing import IO, Final

import msgspec
from msgspec import Struct

from beatra_desktop.sandbox_child import Child, begin, end, pipe_of

START_SECONDS: Final = 20.0


class SandboxDown(Exception):
    """The sandbox did not start; the text is its own last words."""


class SandboxAddress(Struct, frozen=True, kw_only=True):
    base_url: str
    api_key: str
    admin_url: str

    def __repr__(self) -> str:
        return f"SandboxAddress({self.base_url})"  # without the key


class SandboxProcess:
    """Started on first need, and again if it died; never after `close`.

    `begun` is one that was started before, and is taken if it lives.
    """

    def __init__(self, start: Sequence[str], begun: Child | None = None) -> None:
        self._start = list(start)
        self._begun = begun
        self._process = None if begun is None else begun.process
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
        begun, self._begun = self._begun, None
        process, self._process = self._process, None
        if begun is not None:
            begun.close()
        elif process is not None:
            end(process)

    def _is_alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _launch(self) -> SandboxAddress:
        process, words = self._take_begun() or self._begin()
        with closing(words):
            try:
                return _ready_line(process)
            except msgspec.DecodeError:
                process.kill()
                process.wait()
                raise SandboxDown(_last_line(words)) from None

    def _take_begun(self) -> Child | None:
        if self._begun is None or not self._begun.is_alive:
            return None
        begun, self._begun = self._begun, None
        return begun

    def _begin(self) -> Child:
        self._end()
        with self._changing:
            if self._is_closed:
                raise SandboxDown("The app is closing.")
            try:
                child = begin(self._start)
            except OSError as error:
                raise SandboxDown(str(error)) from error
            self._process = child.process
            return child


def _taken(launched: "asyncio.Future[SandboxAddress]") -> None:
    """Take how a start ended: after a quit nobody else does, and asyncio would complain."""
    if not launched.cancelled():
        launched.exception()


def _ready_line(process: "subprocess.Popen[bytes]") -> SandboxAddress:
    timer = threading.Timer(START_SECONDS, process.kill)
    timer.start()
    with pipe_of(process.stdout) as announced:
        line = announced.readline()
    timer.cancel()
    return msgspec.json.decode(line, type=SandboxAddress)


def _last_line(words: IO[bytes]) -> str:
    words.seek(0)
    text = words.read().decode(errors="replace").strip()
    return text.rpartition("\n")[2] or "It ended without a word."
