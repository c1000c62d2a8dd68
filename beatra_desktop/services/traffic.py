"""What may leave this machine, and when: the network, the pause, and going on by itself."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from msgspec import Struct, field
from psygnal import Signal

from beatra_desktop.api.errors import APIConnectionError, APIError, CertificateError
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.domain.profiles import Connection, ConnectionPhase, Profile
from beatra_desktop.domain.requests import Hold
from beatra_desktop.domain.traffic import Network
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.gate import Gate, OnHold
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor

TICK_SECONDS: Final = 5.0
JUMP_SECONDS: Final = 15.0
"""What the clock must be ahead by to say that the machine has slept."""
WATCHING: Final = "watch the clock"
SPREAD_SECONDS: Final = 1.0
"""Over which whatever rested starts again, so that it does not come all at once."""

T = TypeVar("T")


class Interrupted(Exception):
    """Everything was paused while this was on its way."""


class _Line(Struct):
    """The way to one profile's service; `looks` are those since it last took a request."""

    is_down: bool = False
    is_watched: bool = False
    looks: int = 0
    hurry: asyncio.Event = field(default_factory=asyncio.Event)


class Traffic:
    """Everything that leaves passes the gate here; one dead service holds up no other.

    Services on this machine are never held for want of a network. `woken` tells that the machine
    has slept or is back on the network.
    """

    woken = Signal()

    def __init__(
        self,
        *,
        clients: Clients,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
        probes: PollSchedule,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clients = clients
        self._profiles = profiles
        self._settings = settings
        self._supervisor = supervisor
        self._probes = probes
        self._clock = clock
        self._is_cut = False
        self._lines: defaultdict[ProfileId, _Line] = defaultdict(_Line)
        self._gate = Gate(self.hold_of, supervisor)
        self._on_the_way: set[asyncio.Timeout] = set()
        self._resting: set[asyncio.Future[None]] = set()
        self._network = Value(Network.ONLINE)
        self._unreachable: Value[frozenset[ProfileId]] = Value(frozenset())
        self._is_paused = Value(settings.settings.value.is_paused)
        profiles.connection.changed.connect(self._on_connection)
        profiles.active.changed.connect(self._on_active)

    @property
    def network(self) -> ReadOnlyValue[Network]:
        """Offline: the machine says so, or the service in use can't be reached."""
        return self._network

    @property
    def unreachable(self) -> ReadOnlyValue[frozenset[ProfileId]]:
        """The profiles whose service was not to be reached when it was last tried."""
        return self._unreachable

    @property
    def is_paused(self) -> ReadOnlyValue[bool]:
        return self._is_paused

    def hold_of(self, profile_id: ProfileId) -> Hold | None:
        """Why nothing may leave for the profile now; None if it may."""
        if self._is_paused.value:
            return Hold.PAUSED
        is_out = self._is_cut or self._lines[profile_id].is_down
        return Hold.OFFLINE if is_out and not self._is_here(profile_id) else None

    def pause_all(self) -> None:
        """Nothing new leaves, also in later runs, until `resume_all`.

        Uploads and downloads on their way stop; an answer that is coming goes on: it is paid for.
        """
        self._set_paused(is_paused=True)
        now = asyncio.get_running_loop().time()
        # Each is told once: what ends already can't be told to.
        ending, self._on_the_way = self._on_the_way, set()
        for scope in ending:
            scope.reschedule(now)

    def resume_all(self) -> None:
        self._set_paused(is_paused=False)

    def note_network(self, network: Network) -> None:
        """What the operating system says; an answer of a service elsewhere knows better."""
        was_cut, self._is_cut = self._is_cut, network is Network.OFFLINE
        if self._is_cut:
            self._look_for(self._profiles.active.value.id)
        elif was_cut or self._unreachable.value:
            self.wake()
        self._refresh()

    def note_failure(self, profile_id: ProfileId, error: APIError) -> bool:
        """A request met an error; True when its service is out of reach and will be looked for."""
        lost = isinstance(error, APIConnectionError) and error.never_left
        if not lost or isinstance(error, CertificateError):
            return False
        return self._miss(profile_id)

    def note_success(self, profile_id: ProfileId) -> None:
        """The profile's service answered something."""
        self._lines[profile_id].looks = 0
        self._find(profile_id)

    async def pass_gate(
        self, profile_id: ProfileId, on_hold: OnHold = lambda _: None, *, ticket: str = ""
    ) -> None:
        """Wait until something may leave for the profile, in the order of coming here.

        `on_hold` is told why it waits, and None when it waits no more. Raises Withheld when
        `turn_away(ticket)` ends the waiting.
        """
        if self.hold_of(profile_id) is Hold.OFFLINE:
            self._look_for(profile_id)
        await self._gate.wait(profile_id, on_hold, ticket=ticket)

    def turn_away(self, ticket: str) -> bool:
        """End a waiting at the gate; False if there is none."""
        return self._gate.turn_away(ticket)

    async def carry(self, call: Awaitable[T]) -> T:
        """Await what a pause may stop on its way; raises Interrupted then."""
        try:
            async with asyncio.timeout(None) as scope:
                self._on_the_way.add(scope)
                try:
                    return await call
                finally:
                    self._on_the_way.discard(scope)
        except TimeoutError:
            if scope.expired():
                raise Interrupted from None
            raise

    async def rest(self, seconds: float) -> None:
        """Sleep, but not beyond the moment the machine wakes or is back on the network."""
        waking = asyncio.get_running_loop().create_future()
        self._resting.add(waking)
        try:
            async with asyncio.timeout(seconds):
                await waking
        except TimeoutError:
            return
        finally:
            self._resting.discard(waking)
        await asyncio.sleep(random.random() * SPREAD_SECONDS)  # no secret

    async def reaches(self, profile_id: ProfileId) -> bool:
        """Look now whether the profile's service is in reach, as one on this machine always is."""
        profile = self._profiles.profiles.get(profile_id)
        is_there = profile is None or await self._answers(profile)
        if is_there:
            self._find(profile_id)
            return True
        return not self._miss(profile_id)

    def look_now(self, profile_id: ProfileId) -> None:
        """Do not wait for the next look at a service that is out of reach."""
        self._lines[profile_id].hurry.set()

    def wake(self) -> None:
        """The machine has slept or is back on the network: go on with everything."""
        for line in self._lines.values():
            line.looks = 0
            line.hurry.set()
        for waking in self._resting:
            if not waking.done():
                waking.set_result(None)
        self._profiles.check()
        self.woken.emit()

    def watch_clock(self, tick_seconds: float = TICK_SECONDS) -> None:
        """Notice from now on when the machine has slept; once."""
        if WATCHING not in self._supervisor.names:
            self._supervisor.start(self._watch_clock(tick_seconds), name=WATCHING)

    async def _watch_clock(self, tick_seconds: float) -> None:
        while True:
            # The loop's own clock may stand still while the machine sleeps.
            before = self._clock()
            await asyncio.sleep(tick_seconds)
            if self._clock() - before > tick_seconds + JUMP_SECONDS:
                self.wake()

    def _set_paused(self, *, is_paused: bool) -> None:
        self._settings.change(is_paused=is_paused)
        self._is_paused.set(is_paused)
        self._gate.review()

    def _is_here(self, profile_id: ProfileId) -> bool:
        profile = self._profiles.profiles.get(profile_id)
        return profile is None or profile.is_on_this_machine

    def _miss(self, profile_id: ProfileId) -> bool:
        """The service can't be reached; False where no network can be the reason."""
        if self._is_here(profile_id):
            return False
        self._lines[profile_id].is_down = True
        self._look_for(profile_id)
        self._refresh()
        return True

    def _find(self, profile_id: ProfileId) -> None:
        """The service is there, and with it the network, whatever the system says."""
        line = self._lines[profile_id]
        was_held = self.hold_of(profile_id) is Hold.OFFLINE
        line.is_down = False
        if not self._is_here(profile_id):
            self._is_cut = False
        self._refresh()
        is_active = profile_id == self._profiles.active.value.id
        is_ready = self._profiles.connection.value.phase is ConnectionPhase.READY
        if was_held and is_active and not is_ready:
            self._profiles.check()

    def _refresh(self) -> None:
        down = frozenset(profile_id for profile_id, line in self._lines.items() if line.is_down)
        is_out = self._is_cut or self._profiles.active.value.id in down
        self._unreachable.set(down)
        self._network.set(Network.OFFLINE if is_out else Network.ONLINE)
        self._gate.review()

    def _look_for(self, profile_id: ProfileId) -> None:
        line = self._lines[profile_id]
        if not line.is_watched and not self._is_here(profile_id):
            line.is_watched = True
            self._supervisor.start(self._look(profile_id), name=f"look for {profile_id}")

    async def _look(self, profile_id: ProfileId) -> None:
        """Ask ever less often whether the service is there, until it is."""
        line = self._lines[profile_id]
        try:
            while line.is_down or self._is_cut:
                delay = self._probes.delay(line.looks, age=0.0, retry_after=None)
                line.looks += 1
                await _rest_until(line.hurry, delay)
                if await self.reaches(profile_id):
                    return
        finally:
            line.is_watched = False

    async def _answers(self, profile: Profile) -> bool:
        """Whether anything answers at the address, be it a refusal; no key is sent."""
        try:
            await (await self._clients.get(profile)).health()
        except APIConnectionError:
            return False
        except (APIError, ProfileNotReady):
            return True  # what is wrong there is told by the requests themselves
        return True

    def _on_connection(self, connection: Connection) -> None:
        profile_id = self._profiles.active.value.id
        failure = connection.failure
        if connection.phase is ConnectionPhase.READY:
            self.note_success(profile_id)
        elif failure is not None and failure.code is FailureCode.OFFLINE:
            self._miss(profile_id)

    def _on_active(self, _profile: Profile) -> None:
        self._refresh()


async def _rest_until(event: asyncio.Event, seconds: float) -> None:
    """Sleep that long, or until the event, which is used up."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
    event.clear()
