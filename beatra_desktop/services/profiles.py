"""Profiles, their keys, and how the active one stands."""

import asyncio
import math
import time
from typing import Final

from beatra_desktop.credentials import (
    ApiKey,
    CredentialsUnavailable,
    InvalidKey,
    LayeredCredentials,
    StoreInfo,
    StoreState,
)
from beatra_desktop.domain.api_keys import ApiKeyProblem
from beatra_desktop.domain.catalog import Catalog, Reading
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId, new_id
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Records, Value
from beatra_desktop.domain.profiles import (
    BUILT_IN,
    SANDBOX_PROFILE_ID,
    BaseUrlProblem,
    Connection,
    ConnectionPhase,
    KeyStore,
    KeyStoreState,
    Profile,
    ProfileKind,
    normalise_base_url,
)
from beatra_desktop.services import connectivity
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.connectivity import Finding
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.profiles import ProfileRepository

RECHECK_SECONDS: Final = 15.0
"""Between two looks at a service that is out of reach."""
CATALOG_SECONDS: Final = 180.0
"""How long the catalogue is taken as it is (contract §3.2: cache briefly)."""
_PHASES: Final = {
    FailureCode.NO_KEY: ConnectionPhase.NEEDS_KEY,
    # Not asked again by itself: a locked store would show its password prompt each time.
    FailureCode.KEY_STORE: ConnectionPhase.NEEDS_KEY,
    FailureCode.INVALID_KEY: ConnectionPhase.BAD_KEY,
}
_STORE_STATES: Final = {
    StoreState.UNTESTED: KeyStoreState.UNTESTED,
    StoreState.OK: KeyStoreState.READY,
    StoreState.NO_SERVICE: KeyStoreState.NO_SERVICE,
    StoreState.LOCKED: KeyStoreState.LOCKED,
    StoreState.REFUSED: KeyStoreState.REFUSED,
    StoreState.TIMED_OUT: KeyStoreState.LOCKED,
}


class ProfilesService:
    """`temporary` is a profile of the command line: first, active, and never stored."""

    def __init__(
        self,
        *,
        repository: ProfileRepository,
        credentials: LayeredCredentials,
        clients: Clients,
        supervisor: Supervisor,
        notices: Notices,
        temporary: Profile | None = None,
        recheck_seconds: float = RECHECK_SECONDS,
    ) -> None:
        self._repository = repository
        self._credentials = credentials
        self._clients = clients
        self._supervisor = supervisor
        self._notices = notices
        self._temporary = temporary
        self._recheck_seconds = recheck_seconds
        first = () if temporary is None else (temporary,)
        self._profiles: Records[Profile] = Records([*first, *BUILT_IN, *repository.all()])
        wanted = temporary.id if temporary else repository.active_id()
        self._active = Value(self.find(wanted or SANDBOX_PROFILE_ID))
        self._connection = Value(Connection(phase=ConnectionPhase.STARTING))
        self._catalog = Value(Catalog())
        self._reading = Value(Reading.DONE)
        self._read_at = -math.inf
        self._key_store = Value(_key_store(credentials.describe()))
        self._watch_over: asyncio.Task[None] | None = None
        self._to_keep: set[ProfileId] = set()
        """Whose keys were to last and are only remembered, since the store did not take them."""

    @property
    def profiles(self) -> ReadOnlyRecords[Profile]:
        return self._profiles

    @property
    def active(self) -> ReadOnlyValue[Profile]:
        return self._active

    @property
    def connection(self) -> ReadOnlyValue[Connection]:
        return self._connection

    @property
    def catalog(self) -> ReadOnlyValue[Catalog]:
        return self._catalog

    @property
    def reading(self) -> ReadOnlyValue[Reading]:
        """How the last reading of the catalogue stands."""
        return self._reading

    @property
    def key_store(self) -> ReadOnlyValue[KeyStore]:
        return self._key_store

    def find(self, profile_id: str) -> Profile:
        """The profile, or the sandbox when it is gone."""
        found = self._profiles.get(profile_id) or self._profiles.get(SANDBOX_PROFILE_ID)
        assert found is not None, "the sandbox is built in"
        return found

    def required(self, profile_id: str) -> Profile:
        """The profile a record was made under; raises ProfileNotReady when it is gone.

        Nothing is sent elsewhere instead: another service knows nothing of the record.
        """
        profile = self._profiles.get(profile_id)
        if profile is None:
            raise ProfileNotReady(Failure(code=FailureCode.PROFILE_GONE))
        return profile

    def named(self, name: str) -> Profile | None:
        return next((p for p in self._profiles if p.name.casefold() == name.casefold()), None)

    def select(self, profile_id: ProfileId) -> None:
        """Make a profile the active one for this run, without testing or remembering it."""
        self._active.set(self.find(profile_id))

    def activate(self, profile_id: ProfileId) -> None:
        profile = self.find(profile_id)
        if profile != self._active.value:
            self._catalog.set(Catalog())
        self._active.set(profile)
        if profile != self._temporary:
            self._repository.set_active(profile.id)
        self.check()

    def add(self, name: str, base_url: str) -> Profile | BaseUrlProblem:
        """A new custom profile, or what is wrong with its base URL."""
        url = normalise_base_url(base_url)
        if isinstance(url, BaseUrlProblem):
            return url
        profile = Profile(
            id=ProfileId(new_id()), name=name.strip() or url, kind=ProfileKind.CUSTOM, base_url=url
        )
        self._repository.save(profile)
        self._profiles.append(profile)
        return profile

    def remove(self, profile_id: ProfileId) -> None:
        """Take a custom profile and its key away; what it made stays."""
        profile = self._profiles.get(profile_id)
        if profile is None or profile.kind is not ProfileKind.CUSTOM:
            return
        self._profiles.remove(profile_id)
        self._supervisor.start(self._forget(profile_id), name="forget profile")
        if self._active.value.id == profile_id:
            self.activate(SANDBOX_PROFILE_ID)

    def save_key(self, profile_id: ProfileId, text: str, *, session_only: bool = False) -> None:
        """Keep a key and test it; raises InvalidKeyText when it can't be a key."""
        try:
            key = ApiKey(text)
        except InvalidKey as error:
            raise InvalidKeyText(error.problem) from None
        work = self._save_key(profile_id, key, session_only=session_only)
        self._supervisor.start(work, name="save key")

    def forget_key(self, profile_id: ProfileId) -> None:
        self._supervisor.start(self._forget_key(profile_id), name="forget key")

    def check(self) -> None:
        """Test the active profile's address and key again, and go on until it can be reached."""
        if self._watch_over is not None:
            self._watch_over.cancel()  # what it would find is no longer asked for
        self._connection.set(Connection(phase=ConnectionPhase.CHECKING))
        watch = self._watch(self._active.value)
        self._watch_over = self._supervisor.start(watch, name="check connection")

    def refresh_catalog(self, *, max_age_seconds: float = CATALOG_SECONDS) -> None:
        """Read the catalogue anew where it is older; what is known stays when that fails."""
        reading = self._reading.value
        is_ready = self._connection.value.phase is ConnectionPhase.READY
        is_old = time.monotonic() - self._read_at >= max_age_seconds
        is_due = is_old or reading is Reading.FAILED
        if is_ready and is_due and reading is not Reading.GOING_ON:
            self._reading.set(Reading.GOING_ON)
            self._supervisor.start(self._reread(self._active.value), name="read catalogue")

    def test_key_store(self) -> None:
        self._supervisor.start(self._test_key_store(), name="test key store")

    async def _save_key(self, profile_id: ProfileId, key: ApiKey, *, session_only: bool) -> None:
        self._to_keep.discard(profile_id)
        try:
            await self._credentials.put(profile_id, key, session_only=session_only)
        except CredentialsUnavailable as error:
            await self._credentials.put(profile_id, key, session_only=True)
            self._notices.tell(
                NoticeCode.KEY_SESSION_ONLY,
                level=NoticeLevel.WARNING,
                reason=error.advice_code.value,
            )
            self._to_keep.add(profile_id)
        self._key_store.set(_key_store(self._credentials.describe()))
        self._recheck(profile_id)

    async def _forget(self, profile_id: ProfileId) -> None:
        """The key first: without its profile nobody could take it away any more."""
        await self._forget_key(profile_id)
        self._repository.delete(profile_id)

    async def _forget_key(self, profile_id: ProfileId) -> None:
        self._to_keep.discard(profile_id)
        try:
            await self._credentials.delete(profile_id)
        except CredentialsUnavailable as error:
            failure = Failure(code=FailureCode.KEY_STORE, detail=error.advice_code.value)
            self._notices.warn(failure)
        self._recheck(profile_id)

    def _recheck(self, profile_id: ProfileId) -> None:
        self._clients.forget(profile_id)
        if profile_id == self._active.value.id:
            self.check()

    async def _test_key_store(self) -> None:
        """A store that works by now is given the keys it did not take before."""
        found = await self._credentials.probe()
        if found.state is StoreState.OK:
            await self._keep_keys()
        self._key_store.set(_key_store(self._credentials.describe()))

    async def _keep_keys(self) -> None:
        try:
            for profile_id in sorted(self._to_keep):
                await self._credentials.keep(profile_id)
                self._to_keep.discard(profile_id)
        except CredentialsUnavailable as error:
            failure = Failure(code=FailureCode.KEY_STORE, detail=error.advice_code.value)
            self._notices.warn(failure)

    async def _watch(self, profile: Profile) -> None:
        """A service that is out of reach is tried again until it answers."""
        phase = await self._check(profile)
        while phase is ConnectionPhase.UNREACHABLE:
            await asyncio.sleep(self._recheck_seconds)
            phase = await self._check(profile)

    async def _check(self, profile: Profile) -> ConnectionPhase:
        try:
            finding, profile = await self._examine(profile)
            base_url = await self._clients.base_url(profile)
        except ProfileNotReady as error:
            phase = _PHASES.get(error.failure.code, ConnectionPhase.UNREACHABLE)
            self._connection.set(Connection(phase=phase, failure=error.failure))
            return phase
        hint = self._clients.key_hint(profile)
        phase, failure = finding.phase, finding.failure
        if phase is ConnectionPhase.BAD_KEY:
            phase, failure = self._why_bad(profile, finding)
        if phase is ConnectionPhase.READY:
            self._take(finding)
        self._connection.set(
            Connection(phase=phase, base_url=base_url, key_hint=hint, failure=failure)
        )
        return phase

    def _why_bad(
        self, profile: Profile, finding: Finding
    ) -> tuple[ConnectionPhase, Failure | None]:
        """A refused key is read again at the next test: another app may have changed it."""
        if (unread := self._clients.why_without_key(profile)) is not None:
            return ConnectionPhase.NEEDS_KEY, unread
        self._credentials.reread(profile.id)
        self._clients.forget(profile.id)
        return finding.phase, finding.failure

    async def _examine(self, profile: Profile) -> tuple[connectivity.Finding, Profile]:
        """What is found at the profile's address, or one step below it if nothing is there."""
        finding = await connectivity.examine(await self._clients.get(profile), profile)
        below = profile.with_version
        if not finding.is_no_service or below is None:
            return finding, profile
        found = await connectivity.examine(await self._clients.get(below), below)
        if found.phase is ConnectionPhase.UNREACHABLE:
            return finding, profile
        self._move(profile, below)
        return found, below

    def _move(self, old: Profile, new: Profile) -> None:
        """Keep the address a service was found at, so that everything goes there from now on."""
        self._profiles.replace(new)
        if old == self._temporary:
            self._temporary = new
        else:
            self._repository.save(new)
        self._active.set(new)

    async def _reread(self, profile: Profile) -> None:
        try:
            client = await self._clients.get(profile)
            finding = await connectivity.examine(client, profile)
        except ProfileNotReady as error:
            phase = ConnectionPhase.UNREACHABLE
            finding = Finding(phase=phase, catalog=Catalog(), failure=error.failure)
        if profile == self._active.value:
            self._take(finding)
        else:
            self._reading.set(Reading.DONE)

    def _take(self, finding: Finding) -> None:
        """Less than before is not taken: what a service offers does not go with one failure."""
        is_good = finding.phase is ConnectionPhase.READY
        is_done = is_good and finding.is_whole
        if is_done or (is_good and not self._catalog.value.models):
            self._catalog.set(finding.catalog)
        if is_done:
            self._read_at = time.monotonic()
        self._reading.set(Reading.DONE if is_done else Reading.FAILED)


class InvalidKeyText(ValueError):
    """What was entered can't be an API key."""

    def __init__(self, problem: ApiKeyProblem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _key_store(info: StoreInfo) -> KeyStore:
    return KeyStore(name=info.name, state=_STORE_STATES[info.state], detail=info.advice_code.value)
