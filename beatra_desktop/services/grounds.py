"""What the services stand on, and what everything that talks to a service needs."""

import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from beatra_desktop.api.client import Timeouts
from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.credentials import LayeredCredentials
from beatra_desktop.domain.profiles import Profile
from beatra_desktop.domain.records import replace
from beatra_desktop.sandbox_child import Child
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.profiles import RECHECK_SECONDS, ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.profiles import ProfileRepository
from beatra_desktop.storage.requests import RequestRepository
from beatra_desktop.storage.settings import SettingsRepository


class Grounds(Struct, frozen=True, kw_only=True):
    """What the services stand on; `on_bug(error, where)` hears of what nobody caught.

    Of `retries` the user's settings decide the number of attempts; `clock` tells the wall's time in
    seconds, by which a sleep of the machine is noticed. A new installation gets the presets it
    begins with in `language`.
    """

    database: Database
    credentials: LayeredCredentials
    clips: Path
    cache: Path
    sandbox_command: list[str]
    sandbox_begun: Child | None = None
    on_bug: Callable[[BaseException, str], None]
    language: str = "en"
    temporary_profile: Profile | None = None
    timeouts: Timeouts | None = None
    schedule: PollSchedule = field(default_factory=PollSchedule)
    probes: PollSchedule = field(default_factory=lambda: PollSchedule(growth=2.0, cap=30.0))
    retries: RetryPolicy = field(default_factory=RetryPolicy)
    recheck_seconds: float = RECHECK_SECONDS
    clock: Callable[[], float] = time.time


class Ways(Struct, frozen=True, kw_only=True):
    """What everything that talks to a service needs."""

    clients: Clients
    notices: Notices
    outbox: Outbox
    profiles: ProfilesService
    settings: SettingsService
    supervisor: Supervisor
    traffic: Traffic


def open_ways(
    grounds: Grounds, *, clients: Clients, supervisor: Supervisor, notices: Notices
) -> Ways:
    settings = SettingsService(SettingsRepository(grounds.database))
    profiles = _profiles(grounds, clients=clients, supervisor=supervisor, notices=notices)
    traffic = Traffic(
        clients=clients,
        profiles=profiles,
        settings=settings,
        supervisor=supervisor,
        probes=grounds.probes,
        clock=grounds.clock,
    )
    outbox = Outbox(
        database=grounds.database,
        ledger=RequestRepository(grounds.database),
        policy=policy_of(grounds, settings),
        traffic=traffic,
        service_clock=clients.service_clock,
    )
    return Ways(
        clients=clients,
        notices=notices,
        outbox=outbox,
        profiles=profiles,
        settings=settings,
        supervisor=supervisor,
        traffic=traffic,
    )


def _profiles(
    grounds: Grounds, *, clients: Clients, supervisor: Supervisor, notices: Notices
) -> ProfilesService:
    return ProfilesService(
        repository=ProfileRepository(grounds.database),
        credentials=grounds.credentials,
        clients=clients,
        supervisor=supervisor,
        notices=notices,
        temporary=grounds.temporary_profile,
        recheck_seconds=grounds.recheck_seconds,
    )


def policy_of(grounds: Grounds, settings: SettingsService) -> Callable[[], RetryPolicy]:
    return lambda: replace(grounds.retries, max_attempts=settings.settings.value.retry_attempts)
