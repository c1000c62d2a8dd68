"""Opens the port and the data folder, says so, and serves until told to stop."""

import asyncio
import json
import logging
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from sqlite3 import DatabaseError
from typing import Final

import uvicorn

from beatra_desktop.sandbox.connections import tracked_protocol
from beatra_desktop.sandbox.database import DataDirInUseError
from beatra_desktop.sandbox.options import Options
from beatra_desktop.sandbox.server import build_app
from beatra_desktop.sandbox.world import World

KEEP_ALIVE_S: Final = 75
GRACE_S: Final = 1
TICK_S: Final = 1
"""As often as the `Date` of answers changes."""
LAST_WORDS_S: Final = 0.1
"""For what is being answered while nobody is left to hear it."""


class CannotStartError(Exception):
    """The text is one sentence for the user."""


def serve(options: Options) -> None:
    """Serve until SIGTERM, SIGINT or, with `parent_pipe`, the end of standard input.

    Raises CannotStartError.
    """
    # It warns of each damaged form, which its sender is told anyway.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    with ExitStack() as resources:
        listener = resources.enter_context(listening(options))
        data_dir = resources.enter_context(_data_dir(options))
        origin = _origin(options.host, listener)
        world = _open_world(options, data_dir, origin)
        resources.callback(world.close)
        asyncio.run(_Service(world, listener).run())


class _Service(uvicorn.Server):
    """uvicorn, announced by one line of JSON and stopped at once."""

    def __init__(self, world: World, listener: socket.socket) -> None:
        config = uvicorn.Config(
            build_app(world),
            http=tracked_protocol(world.connections),
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="error",
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_S,
            timeout_graceful_shutdown=GRACE_S,
        )
        super().__init__(config)
        self._world = world
        self._listener = listener
        self._is_stopped = asyncio.Event()

    async def run(self) -> None:  # type: ignore[override]  # uvicorn's own makes a loop
        loop = asyncio.get_running_loop()
        if self._world.options.parent_pipe:
            _when_stdin_closes(lambda: loop.call_soon_threadsafe(self._stop))
        await self.serve(sockets=[self._listener])

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        _announce(self._world)

    async def main_loop(self) -> None:
        """Replaces uvicorn's, which looks ten times a second whether it is told to stop."""
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_stopped.wait(), TICK_S)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Open streams, and answers that are held back, would keep a polite server waiting.
        self._world.connections.abort_all()
        if self.server_state.tasks:
            _, held = await asyncio.wait(self.server_state.tasks, timeout=LAST_WORDS_S)
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # of each it would tell
            for answer in held:
                answer.cancel()
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Replaces uvicorn's, which would raise the signal again and skip the cleaning up."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(self._stop))
        yield

    def _stop(self) -> None:
        self.should_exit = True
        self._is_stopped.set()


def _announce(world: World) -> None:
    ready = {
        "event": "ready",
        "base_url": f"{world.origin}/v1",
        "api_key": world.api_key,
        "admin_url": f"{world.origin}/_sandbox",
    }
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()


@contextmanager
def listening(options: Options) -> Iterator[socket.socket]:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            options.host, options.port, type=socket.SOCK_STREAM
        )[0]
        # Named as TCP, for else asyncio lets Nagle's algorithm hold back what follows the head of
        # an answer until the client owns up to it: 40 ms, but for a connection's first answers.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise CannotStartError(f"“{options.host}” is no address to listen on.") from error
    with listener:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(address)
            listener.listen()
        except OSError as error:
            raise CannotStartError(_cannot_listen(options, error)) from error
        yield listener


def _cannot_listen(options: Options, error: OSError) -> str:
    return (
        f"The sandbox cannot listen on {options.host} port {options.port} ({error.strerror}):"
        " choose another port, or leave --port out to take any free one."
    )


def _origin(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def _data_dir(options: Options) -> Iterator[Path]:
    if options.data_dir is None:
        with tempfile.TemporaryDirectory(
            prefix="beatra-sandbox-", ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)
        return
    try:
        options.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStartError(_cannot_write(options.data_dir)) from error
    yield options.data_dir


def _open_world(options: Options, data_dir: Path, origin: str) -> World:
    try:
        return World(options, data_dir=data_dir, origin=origin)
    except DataDirInUseError as error:
        message = f"Another sandbox is using the folder {data_dir}: stop it, or choose another."
        raise CannotStartError(message) from error
    except (OSError, DatabaseError) as error:
        raise CannotStartError(_cannot_write(data_dir)) from error


def _cannot_write(folder: Path) -> str:
    return f"The sandbox cannot write to the folder {folder}: choose another with --data-dir."


def _when_stdin_closes(then: Callable[[], object]) -> None:
    def wait() -> None:
        while sys.stdin.buffer.read(1):
            continue
        then()

    threading.Thread(target=wait, name="parent-pipe", daemon=True).start()
