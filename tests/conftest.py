"""What all tests share: fences that make stray noise fail, and the app without its window."""

import asyncio
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from beatra_desktop.credentials import Credentials, LayeredCredentials, MemoryCredentials
from beatra_desktop.domain.profiles import ConnectionPhase, Profile
from beatra_desktop.services import Services, sandbox
from beatra_desktop.services.assembly import Grounds, open_services
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.storage.database import Database

PATIENCE_SECONDS: Final = 30.0
GLANCE_SECONDS: Final = 0.01
LAST_GLANCES: Final = 200
NOBODY: Final = 65534


@pytest.fixture(autouse=True)
def _no_stray_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A log line at WARNING or above that a test does not expect fails it.

    A test that expects some takes them with `caplog.clear()`.
    """
    yield
    stray = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert not stray, f"unexpected log lines: {stray}"


@pytest.fixture(autouse=True)
def _no_stray_windows() -> Iterator[None]:
    """Where Qt is loaded, windows and running timers that a test leaves behind fail it."""
    before = _windows_and_timers()
    yield
    stray = _windows_and_timers() - before
    assert not stray, f"left behind: {sorted(stray)}"


def _windows_and_timers() -> set[str]:
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if application is None:
        return set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    owners = [application, *windows]
    timers = [timer for owner in owners for timer in owner.findChildren(QTimer)]
    return {repr(left) for left in (*windows, *(timer for timer in timers if timer.isActive()))}


@dataclass(frozen=True, kw_only=True)
class Bench:
    """A running set of services on a sandbox of their own."""

    services: Services
    grounds: Grounds

    @property
    def database(self) -> Database:
        return self.grounds.database

    async def until(self, condition: Callable[[], Any]) -> None:
        """Wait until the condition holds; fails after half a minute."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
                await asyncio.sleep(GLANCE_SECONDS)

    async def admin(self, method: str, path: str, body: object = None) -> Any:
        """Call the sandbox's admin interface."""
        base = self.services.profiles.connection.value.base_url.removesuffix("/v1")
        request = urllib.request.Request(f"{base}/_sandbox/{path}", method=method)
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        return await asyncio.to_thread(_fetch, request)

    async def posts(self, path: str) -> list[dict[str, Any]]:
        """What the sandbox received by POST under a path, oldest first."""
        journal = await self.admin("GET", "journal")
        entries = journal["entries"] if isinstance(journal, dict) else journal
        return [e for e in entries if e["method"] == "POST" and e["path"].endswith(path)]


def _fetch(request: urllib.request.Request) -> Any:
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
        text = answer.read()
    return json.loads(text) if text else None


OpenBench = Callable[..., AbstractAsyncContextManager[Bench]]


@pytest.fixture
def open_bench(tmp_path: Path) -> OpenBench:
    """Opens services on a sandbox of their own; opened again, they find what they left.

    `ready=False` does not wait for the sandbox to answer; `profile` is active instead of it,
    `command` started in its place; `credentials` lie under the keys of the session.
    """

    @asynccontextmanager
    async def opened(
        *,
        ready: bool = True,
        speed: float = 40.0,
        profile: Profile | None = None,
        command: Sequence[str] | None = None,
        credentials: Credentials | None = None,
    ) -> AsyncIterator[Bench]:
        bugs: list[BaseException] = []
        before = _running()
        database = Database.open(tmp_path / "beatra.db")
        grounds = Grounds(
            database=database,
            credentials=LayeredCredentials(credentials or MemoryCredentials()),
            clips=tmp_path / "clips",
            cache=tmp_path / "cache",
            sandbox_command=list(
                command
                or sandbox.command(tmp_path / "sandbox", ["--speed", str(speed), "--seed", "1"])
            ),
            temporary_profile=profile,
            on_bug=lambda error, _where: bugs.append(error),
            schedule=PollSchedule(first=0.05, cap=0.2),
        )
        try:
            async with open_services(grounds) as services:
                bench = Bench(services=services, grounds=grounds)
                services.resume()
                services.profiles.check()
                if ready:
                    await bench.until(lambda: _is_ready(services))
                yield bench
        finally:
            database.close()
        if bugs:
            raise BaseExceptionGroup("bugs in the background", bugs)
        # Python closes the generators of a cut stream in tasks of its own, a little later.
        for _ in range(LAST_GLANCES):
            if _running() <= before:
                break
            await asyncio.sleep(GLANCE_SECONDS)
        assert _running() <= before, "something was left running"

    return opened


def _running() -> set[str]:
    """Asyncio tasks and threads by name, but the test's own and the loop's workers."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    coroutines = {task.get_name(): getattr(task.get_coro(), "__qualname__", "") for task in tasks}
    names = [
        *(f"{name}: {what}" for name, what in coroutines.items()),
        *(thread.name for thread in threading.enumerate()),
    ]
    return {name for name in names if not name.startswith(("asyncio_", "worker", "stub"))}


def _is_ready(services: Services) -> bool:
    return services.profiles.connection.value.phase is ConnectionPhase.READY


@pytest.fixture
def python() -> str:
    return sys.executable


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MiB of its own; skips where one can't be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if shutil.which("mount") is None or _run("mount", "-t", "tmpfs", "-o", "size=2m", "x", folder):
        pytest.skip("mounting a small disk needs the rights of root")
    yield folder
    _run("umount", "-l", folder)


def _run(*command: str | Path) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose way everybody may go; those of pytest are its user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def as_nobody() -> Callable[[], AbstractContextManager[None]]:
    """Inside `with as_nobody()` even root may not do everything."""

    @contextmanager
    def without_rights() -> Iterator[None]:
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(user)

    return without_rights
