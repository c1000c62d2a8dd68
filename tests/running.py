"""The app without its window: all its services on a sandbox of their own."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from beatra_desktop.credentials import Credentials, LayeredCredentials, MemoryCredentials
from beatra_desktop.domain.profiles import ConnectionPhase, Profile
from beatra_desktop.sandbox_child import command as command_of
from beatra_desktop.services import Services
from beatra_desktop.services.assembly import open_services
from beatra_desktop.services.grounds import Grounds
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.storage.database import Database

PATIENCE_SECONDS: Final = 30.0
ACCEPTING: Final = "._accept_connection2"
"""How a server of the test's own greets; the app has none on asyncio."""
GLANCE_SECONDS: Final = 0.01
LAST_GLANCES: Final = 200


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


@asynccontextmanager
async def open_bench(
    folder: Path,
    *,
    ready: bool = True,
    speed: float = 40.0,
    profile: Profile | None = None,
    command: Sequence[str] | None = None,
    credentials: Credentials | None = None,
    **more: Any,
) -> AsyncIterator[Bench]:
    """Opens services on a sandbox of their own; opened again, they find what they left.

    `ready=False` does not wait for the sandbox to answer; `profile` is active instead of it,
    `command` started in its place; `credentials` lie under the keys of the session; `more` are
    other fields of their `Grounds`.
    """
    bugs: list[BaseException] = []
    before = _running()
    database = Database.open(folder / "beatra.db")
    grounds = Grounds(
        database=database,
        credentials=LayeredCredentials(credentials or MemoryCredentials()),
        clips=folder / "clips",
        cache=folder / "cache",
        sandbox_command=list(
            command or command_of(folder / "sandbox", ["--speed", str(speed), "--seed", "1"])
        ),
        temporary_profile=profile,
        on_bug=lambda error, _where: bugs.append(error),
        **{"schedule": PollSchedule(first=0.05, cap=0.2), **more},
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
    assert not (left := _running() - before), f"left running: {sorted(left)}"


def _running() -> set[str]:
    """Asyncio tasks and threads by name, but the test's own and the loop's workers."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    coroutines = {task.get_name(): getattr(task.get_coro(), "__qualname__", "") for task in tasks}
    names = [
        *(f"{name}: {what}" for name, what in coroutines.items() if not what.endswith(ACCEPTING)),
        *(thread.name for thread in threading.enumerate()),
    ]
    return {name for name in names if not name.startswith(("asyncio_", "worker", "stub"))}


def _is_ready(services: Services) -> bool:
    return services.profiles.connection.value.phase is ConnectionPhase.READY
