"""The app's services on a folder of their own, with one profile for a service of the benchmarks."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import get_ident
from time import perf_counter
from typing import Any, TypeVar

from beatra_desktop.credentials import LayeredCredentials, MemoryCredentials
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services.grounds import Grounds
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.writer import Job

T = TypeVar("T")


class TimedDatabase(Database):
    """Notes how long the thread that opened it waits each time it writes or reads, in ms."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.waits_ms: list[float] = []
        self._thread = get_ident()

    def write(self, job: Job) -> None:
        with self._timed():
            super().write(job)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
        with self._timed():
            return super().rows(sql, parameters)

    def records(
        self, read: Callable[[Sequence[Any]], T], sql: str, parameters: Sequence[Any] = ()
    ) -> list[T]:
        with self._timed():
            return super().records(read, sql, parameters)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        began = perf_counter()
        yield
        if get_ident() == self._thread:
            self.waits_ms.append((perf_counter() - began) * 1000)


def grounds(database: Database, folder: Path, base_url: str) -> Grounds:
    """What services are opened on; whoever opened the database closes it after them."""
    return Grounds(
        database=database,
        credentials=LayeredCredentials(MemoryCredentials()),
        clips=folder / "clips",
        cache=folder / "cache",
        sandbox_command=[],
        temporary_profile=Profile(
            id=ProfileId("bench"), name="Bench", kind=ProfileKind.CUSTOM, base_url=base_url
        ),
        on_bug=_raise,
    )


def _raise(error: BaseException, _where: str) -> None:
    raise error
