"""Says when there is a newer version, where the user wants that; nothing is downloaded."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from beatra_desktop import __version__
from beatra_desktop.api.client import create_ssl_context
from beatra_desktop.api.errors import APIError
from beatra_desktop.api.updates import Release, newest_release
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.domain.profiles import BaseUrlProblem, normalise_base_url
from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.traffic import Network
from beatra_desktop.domain.versions import is_newer
from beatra_desktop.services import failures
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Traffic

PAUSE: Final = timedelta(days=1)
"""At least this long between two requests nobody asked for."""
LOOK_SECONDS: Final = 15 * 60.0
_CHECKED: Final = "update_checked_at"
_TOLD: Final = "update_told"


class UpdateState(Struct, frozen=True, kw_only=True):
    """`version` is one newer than this, empty for none; `url` leads to its notes, if anywhere."""

    is_checking: bool = False
    checked_at: datetime | None = None
    version: str = ""
    url: str = ""
    failure: Failure | None = None


class UpdateService:
    def __init__(
        self,
        *,
        settings: SettingsService,
        notices: Notices,
        supervisor: Supervisor,
        traffic: Traffic,
        current: str = __version__,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._notices = notices
        self._supervisor = supervisor
        self._traffic = traffic
        self._current = current
        self._now = now
        self._looking: asyncio.Task[None] | None = None
        self._state = Value(UpdateState(checked_at=_moment(settings.ui_state(_CHECKED))))
        settings.settings.changed.connect(self._on_settings)

    @property
    def state(self) -> ReadOnlyValue[UpdateState]:
        return self._state

    def start(self) -> None:
        """Ask once a day from now on, as long as the settings want it."""
        self._on_settings(self._settings.settings.value)

    def check(self) -> None:
        """Ask now, because the user said so; nothing happens without a usable address."""
        url = normalise_base_url(self._settings.settings.value.update_url)
        if not isinstance(url, BaseUrlProblem) and not self._state.value.is_checking:
            self._state.set(UpdateState(is_checking=True))
            self._supervisor.start(self._check(url), name="look for an update")

    def _on_settings(self, settings: Settings) -> None:
        if settings.checks_for_updates and self._looking is None:
            self._looking = self._supervisor.start(self._look(), name="look for updates")
        elif not settings.checks_for_updates and self._looking is not None:
            self._looking.cancel()
            self._looking = None

    async def _look(self) -> None:
        while True:
            is_online = self._traffic.network.value is Network.ONLINE
            if is_online and not self._traffic.is_paused.value and self._is_due():
                self.check()
            await asyncio.sleep(LOOK_SECONDS)

    def _is_due(self) -> bool:
        """A clock that was set back must not put it off for ever."""
        checked_at = _moment(self._settings.ui_state(_CHECKED))
        return checked_at is None or not timedelta(0) <= self._now() - checked_at < PAUSE

    async def _check(self, url: str) -> None:
        checked_at = self._now()
        found = UpdateState(checked_at=checked_at, failure=Failure(code=FailureCode.BUG))
        try:
            self._settings.set_ui_state(_CHECKED, checked_at.isoformat())
            found = await self._found(url, checked_at)
        finally:
            self._state.set(found)
        if found.version and self._settings.ui_state(_TOLD) != found.version:
            self._settings.set_ui_state(_TOLD, found.version)
            self._notices.tell(NoticeCode.UPDATE_AVAILABLE, version=found.version, url=found.url)

    async def _found(self, url: str, checked_at: datetime) -> UpdateState:
        try:
            context = await asyncio.to_thread(create_ssl_context)
            release = await newest_release(url, ssl_context=context)
        except APIError as error:
            return UpdateState(checked_at=checked_at, failure=failures.from_api(error))
        if not is_newer(release.version, self._current):
            return UpdateState(checked_at=checked_at)
        return UpdateState(checked_at=checked_at, version=release.version, url=_notes(release))


def _notes(release: Release) -> str:
    """The address of the notes, if a browser may be sent there."""
    url = normalise_base_url(release.url.partition("#")[0])
    return "" if isinstance(url, BaseUrlProblem) else url


def _moment(stored: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
