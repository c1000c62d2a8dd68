"""Looking for a newer version: off unless wanted, once a day, told once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.services import updates
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.services.updates import UpdateService
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository
from tests.release_file import ReleaseFile, release_file

pytestmark = pytest.mark.asyncio
PATIENCE_SECONDS = 30
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


class _Desk:
    """The service with a clock of its own and everything it needs."""

    def __init__(self, database: Database, traffic: Traffic, supervisor: Supervisor) -> None:
        self.now = NOW
        self.database = database
        self.notices = Notices()
        self.settings = SettingsService(SettingsRepository(database))
        self.updates = UpdateService(
            settings=self.settings,
            notices=self.notices,
            supervisor=supervisor,
            traffic=traffic,
            current="1.0.0",
            now=lambda: self.now,
        )

    @property
    def told(self) -> list[dict[str, str]]:
        found = [n for n in self.notices.notices if n.code is NoticeCode.UPDATE_AVAILABLE]
        return [dict(notice.parameters) for notice in found]


Open = Callable[..., Any]


@pytest.fixture
def desk(database: Database, traffic: Traffic, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(updates, "LOOK_SECONDS", 0.01)

    @asynccontextmanager
    async def opened(*expected: str) -> AsyncIterator[_Desk]:
        bugs: list[BaseException] = []
        async with Supervisor(lambda error, _where: bugs.append(error)) as supervisor:
            yield _Desk(database, traffic, supervisor)
        assert tuple(map(str, bugs)) == expected

    return opened


@pytest.fixture
def file() -> Any:
    with release_file() as told:
        yield told


async def _checked(desk: _Desk) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while desk.updates.state.value.checked_at != desk.now:  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.01)
    await desk.database.durable()


async def test_nobody_is_asked_unless_it_is_wanted(desk: Open, file: ReleaseFile) -> None:
    async with desk() as here:
        here.updates.start()
        here.settings.change(update_url=file.address)
        assert here.updates.state.value.checked_at is None
        here.settings.change(checks_for_updates=True)
        await _checked(here)
        assert here.told == [{"version": "9.1.0", "url": "https://example.com/notes"}]
        assert len(file.heard) == 1


async def test_it_is_asked_once_a_day_also_over_restarts_and_told_once(
    desk: Open, file: ReleaseFile
) -> None:
    async with desk() as here:
        here.settings.change(update_url=file.address, checks_for_updates=True)
        await _checked(here)
        here.now += timedelta(hours=23)
    async with desk() as later:
        later.now += timedelta(hours=23)
        later.updates.start()
        assert later.updates.state.value.checked_at == NOW
        later.now += timedelta(hours=2)
        await _checked(later)
        assert len(file.heard) == 2
        assert later.updates.state.value.version == "9.1.0"
        assert later.told == []
        file.body = b'{"version": "9.2.0", "url": "javascript:alert(1)"}'
        later.now -= timedelta(days=400)
        await _checked(later)
        assert later.told == [{"version": "9.2.0", "url": ""}]


async def test_nothing_newer_and_no_answer_are_told_nobody(desk: Open, file: ReleaseFile) -> None:
    async with desk() as here:
        file.body = b'{"version": "1.0.0"}'
        here.settings.change(update_url=file.address)
        here.updates.check()
        await _checked(here)
        assert (here.updates.state.value.version, here.updates.state.value.failure) == ("", None)
        file.status = 500
        here.now += timedelta(seconds=1)
        here.updates.check()
        await _checked(here)
        assert here.updates.state.value.failure is not None
        assert here.told == []


async def test_while_everything_is_paused_nobody_is_asked(
    desk: Open, file: ReleaseFile, traffic: Traffic
) -> None:
    async with desk() as here:
        traffic.pause_all()
        here.settings.change(update_url=file.address, checks_for_updates=True)
        here.updates.start()
        await asyncio.sleep(0)
        assert not here.updates.state.value.is_checking
        traffic.resume_all()
        await _checked(here)
        assert len(file.heard) == 1


@pytest.mark.parametrize("url", ["", "http://example.com/x", "ftp://x/y", "https://a:b@x/y"])
async def test_an_address_that_may_not_be_asked_is_not(desk: Open, url: str) -> None:
    async with desk() as here:
        here.settings.change(update_url=url)
        here.updates.check()
        assert not here.updates.state.value.is_checking


async def test_a_bug_is_told_and_the_next_check_is_a_new_one(
    desk: Open, file: ReleaseFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("no trust store")

    async with desk("no trust store") as here:
        here.settings.change(update_url=file.address)
        with monkeypatch.context() as patch:
            patch.setattr(updates, "create_ssl_context", broken)
            here.updates.check()
            await _checked(here)
        assert here.updates.state.value.failure == Failure(code=FailureCode.BUG)
        here.now += timedelta(hours=1)
        here.updates.check()
        await _checked(here)
        assert here.updates.state.value.version == "9.1.0"
