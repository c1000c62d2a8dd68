"""One API client per profile, made on first need."""

import asyncio
import ssl
from collections import Counter, defaultdict
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self

from beatra_desktop.api.client import BeatraClient, Timeouts, create_ssl_context
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.credentials import (
    ApiKey,
    CredentialsUnavailable,
    InvalidKey,
    LayeredCredentials,
    StoreState,
)
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services.sandbox import SandboxDown, SandboxProcess


class ProfileNotReady(Exception):
    """Requests can't be sent under this profile now; nothing was sent."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Clients:
    """An async context that closes every client it made.

    Keys are read from the key store once per profile; a changed key takes effect with `forget`.
    """

    def __init__(
        self,
        *,
        credentials: LayeredCredentials,
        sandbox: SandboxProcess,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._credentials = credentials
        self._sandbox = sandbox
        self._timeouts = timeouts
        self._clients: dict[tuple[str, str], BeatraClient] = {}
        self._keys: dict[str, ApiKey | None] = {}
        self._trusts: dict[bool, asyncio.Future[ssl.SSLContext]] = {}
        # One for each profile: a key store that asks for a password holds up no other service.
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._forgotten: Counter[str] = Counter()
        self._clocks: defaultdict[str, ServiceClock] = defaultdict(ServiceClock)
        self._unread: dict[str, ProfileNotReady] = {}

    async def get(self, profile: Profile) -> BeatraClient:
        """The profile's client; raises ProfileNotReady (no key, sandbox down)."""
        async with self._locks[profile.id]:
            trust = self._trust(profile)
            base_url = await self._resolve(profile)
            if profile.needs_key and self._keys.get(profile.id) is None:
                raise ProfileNotReady(Failure(code=FailureCode.NO_KEY, subject=profile.name))
            found = self._clients.get((profile.id, base_url))
            return found or self._make(profile, base_url, await asyncio.shield(trust))

    async def base_url(self, profile: Profile) -> str:
        """Where the profile's requests go; starts the sandbox if it is the sandbox's."""
        async with self._locks[profile.id]:
            return await self._resolve(profile)

    def key_hint(self, profile: Profile) -> str:
        """The ends of the key in use; empty when there is none."""
        key = self._keys.get(profile.id)
        return key.hint if key is not None and profile.kind is not ProfileKind.SANDBOX else ""

    def service_clock(self, profile_id: ProfileId) -> ServiceClock:
        """What time it is for the profile's service."""
        return self._clocks[profile_id]

    def why_without_key(self, profile: Profile) -> Failure | None:
        """Why requests go out without a key although the store may hold one."""
        found = self._unread.get(profile.id)
        return None if found is None else found.failure

    def forget(self, profile_id: ProfileId) -> None:
        """Read the key again at the next use; one that is being read now does not count."""
        self._keys.pop(profile_id, None)
        self._forgotten[profile_id] += 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        async with AsyncExitStack() as stack:
            for client in self._clients.values():
                stack.push_async_callback(client.aclose)
        self._clients.clear()

    def _trust(self, profile: Profile) -> asyncio.Future[ssl.SSLContext]:
        """Whom to trust; read in a thread while the sandbox starts or the key is read."""
        is_sandbox = profile.kind is ProfileKind.SANDBOX
        found = self._trusts.get(is_sandbox)
        if found is None or (found.done() and found.exception() is not None):
            make = _trust_nobody if is_sandbox else create_ssl_context
            found = asyncio.get_running_loop().run_in_executor(None, make)
            self._trusts[is_sandbox] = found
        return found

    def _make(self, profile: Profile, base_url: str, ssl_context: ssl.SSLContext) -> BeatraClient:
        client = BeatraClient(
            base_url,
            api_key=lambda: self._revealed(profile.id),
            ssl_context=ssl_context,
            timeouts=self._timeouts,
            clock=self._clocks[profile.id],
        )
        self._clients[profile.id, base_url] = client
        return client

    async def _resolve(self, profile: Profile) -> str:
        if profile.kind is ProfileKind.SANDBOX:
            return await self._sandbox_url(profile)
        while profile.id not in self._keys:
            forgotten = self._forgotten[profile.id]
            self._unread.pop(profile.id, None)
            try:
                key = await self._read_key(profile)
            except CredentialsUnavailable as error:
                if error.reason is not StoreState.NO_SERVICE:
                    detail = error.advice_code.value
                    self._unread[profile.id] = _not_ready(FailureCode.KEY_STORE, profile, detail)
                if profile.needs_key and profile.id in self._unread:
                    raise self._unread[profile.id] from error
                break  # not remembered: the store may be unlocked by the next use
            if forgotten == self._forgotten[profile.id]:
                self._keys[profile.id] = key
        return profile.base_url

    async def _sandbox_url(self, profile: Profile) -> str:
        try:
            address = await self._sandbox.address()
        except SandboxDown as error:
            failure = Failure(code=FailureCode.SANDBOX_DOWN, detail=str(error), retryable=True)
            raise ProfileNotReady(failure) from error
        self._keys[profile.id] = ApiKey(address.api_key)
        return address.base_url

    async def _read_key(self, profile: Profile) -> ApiKey | None:
        try:
            return await self._credentials.get(profile.id)
        except InvalidKey as error:
            raise _not_ready(FailureCode.INVALID_KEY, profile, error.problem) from None

    def _revealed(self, profile_id: str) -> str | None:
        key = self._keys.get(profile_id)
        return None if key is None else key.reveal()


def _trust_nobody() -> ssl.SSLContext:
    """For the sandbox, which is on this machine and speaks no TLS: no trust store is read."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _not_ready(code: FailureCode, profile: Profile, detail: str) -> ProfileNotReady:
    return ProfileNotReady(Failure(code=code, subject=profile.name, detail=detail))
