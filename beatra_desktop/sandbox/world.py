"""Everything one running sandbox consists of."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from beatra_desktop.sandbox.artifacts import Artifact, Artifacts
from beatra_desktop.sandbox.clock import Clock
from beatra_desktop.sandbox.connections import Connections
from beatra_desktop.sandbox.database import Database
from beatra_desktop.sandbox.faults import Faults
from beatra_desktop.sandbox.guard import RequestBudget
from beatra_desktop.sandbox.idempotency import Ledger
from beatra_desktop.sandbox.journal import Journal
from beatra_desktop.sandbox.options import Options
from beatra_desktop.sandbox.runner import Runner
from beatra_desktop.sandbox.settings import Settings, Switchboard
from beatra_desktop.sandbox.tasks import Tasks
from beatra_desktop.sandbox.upstream import Upstream
from beatra_desktop.sandbox.wallet import Wallet

T = TypeVar("T")
DATABASE_NAME: Final = "sandbox.db"
FILES_NAME: Final = "files"
THREADS: Final = 4


class World:
    """The sandbox's parts, wired. `origin` is e.g. "http://127.0.0.1:8123"."""

    def __init__(self, options: Options, *, data_dir: Path, origin: str) -> None:
        self.options = options
        self.origin = origin
        self.database = Database(data_dir / DATABASE_NAME)
        self.clock = Clock(offset_s=float(self.database.fact("clock_offset_s") or 0))
        self.api_key = self._kept("api_key", "sk-sandbox-" + secrets.token_hex(16))
        self.seed = int(self._kept("seed", str(secrets.randbits(48))))
        self.switchboard = Switchboard(self.database, defaults=Settings(speed=options.speed))
        self.budget = RequestBudget(self.clock)
        self.connections = Connections()
        self.faults = Faults()
        self.journal = Journal(self.database)
        self.wallet = Wallet(self.database)
        self.ledger = Ledger(self.database, self.clock)
        folder = data_dir / FILES_NAME
        self.artifacts = Artifacts(self.database, self.clock, folder=folder, secret=self.api_key)
        self.artifacts.drop_older_than(self.settings.retention_seconds)
        self.tasks = Tasks(self.database, self.clock, self.wallet)
        self._threads = ThreadPoolExecutor(THREADS, "files")
        self.runner = Runner(self)
        self.upstream = (
            None if options.upstream is None else Upstream(options.upstream, self.ledger)
        )

    @property
    def settings(self) -> Settings:
        return self.switchboard.current

    def advance_clock(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.database.set_fact("clock_offset_s", str(self.clock.offset_s))

    def link(self, artifact: Artifact) -> str:
        lifetime_s = self.settings.link_seconds
        return self.artifacts.link(artifact, origin=self.origin, lifetime_s=lifetime_s)

    async def reset(self) -> None:
        """Forget everything but the API key and the seed."""
        await self.runner.stop()
        self.faults.clear()
        self.artifacts.clear()
        with self.database.transaction():
            for table in ("tasks", "answers", "journal"):
                self.database.run(f"delete from {table}")
            self.database.run("delete from sqlite_sequence")
            self.database.run("delete from facts where name not in ('api_key', 'seed')")
        self.budget.clear()
        self.clock.offset_s = 0.0
        self.switchboard.reset()

    async def in_thread(self, work: Callable[[], T]) -> T:
        """Do blocking work on files or the network aside."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        self.database.close()

    def _kept(self, name: str, fresh: str) -> str:
        kept = self.database.fact(name)
        if kept is None:
            self.database.set_fact(name, fresh)
        return kept or fresh
