"""The key store of the operating system, through keyring, on a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import queue
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Final, TypeVar

from beatra_desktop.credentials.key import ApiKey
from beatra_desktop.credentials.store import (
    Advice,
    CredentialsTimeout,
    CredentialsUnavailable,
    StoreInfo,
    StoreKind,
    StoreState,
)

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE_NAME: Final = "beatra-desktop"
TIME_LIMIT_S: Final = 10.0
_STORE_NAMES: Final = {
    "keyring.backends.SecretService": "Secret Service",
    "keyring.backends.libsecret": "libsecret",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "macOS Keychain",
    "keyring.backends.Windows": "Windows Credential Manager",
}
"""The back ends keys are trusted to, by module; others may write them to a plain file."""
_NOT_THERE: Final = frozenset(
    {
        "SecretServiceNotAvailableException",
        "FileNotFoundError",
        "ConnectionRefusedError",
        "ConnectionResetError",
    }
)
"""What the Secret Service's library raises once the daemon, or the whole bus, has gone."""

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class OsKeyring:
    """One entry per profile; each key is read from the store once.

    One thread, because two callers at a locked store mean two prompts; a daemon, because a prompt
    nobody answers must not keep the app from ending.
    """

    def __init__(self, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._time_limit_s = time_limit_s
        self._worker = _Worker()
        self._store = _Store()
        self._known: dict[str, ApiKey] = {}
        self._state = StoreState.UNTESTED
        self._advice = Advice.NONE

    async def get(self, profile_id: str) -> ApiKey | None:
        """The stored key, or None. Raises InvalidKey if another program stored nonsense."""
        if profile_id not in self._known:
            text = await self._run(lambda: self._store.read(profile_id))
            if text is None:
                return None
            self._known[profile_id] = ApiKey(text)
        return self._known[profile_id]

    async def put(self, profile_id: str, key: ApiKey) -> None:
        """Store the key; returns only after it was read back."""
        self._known.pop(profile_id, None)
        await self._run(lambda: self._store.write(profile_id, key.reveal()))
        self._known[profile_id] = key

    async def delete(self, profile_id: str) -> None:
        self._known.pop(profile_id, None)
        await self._run(lambda: self._store.delete(profile_id))

    def reread(self, profile_id: str) -> None:
        """Ask the store at the next `get`: another program may have changed the key there."""
        self._known.pop(profile_id, None)

    async def probe(self) -> StoreInfo:
        """Write, read back and delete a throw-away entry."""
        entry = f"probe-{secrets.token_hex(8)}"
        try:
            await self._run(lambda: self._store.rehearse(entry))
        except CredentialsUnavailable as unavailable:
            _log.info("The key store failed its test: %s", unavailable.reason)
        return self.describe()

    def describe(self) -> StoreInfo:
        return StoreInfo(
            kind=StoreKind.KEYRING,
            name=self._store.name,
            state=self._state,
            advice_code=self._advice,
        )

    def close(self) -> None:
        """Let the thread end after its present call; nothing waits for it."""
        self._worker.close()

    async def _run(self, call: Callable[[], _T]) -> _T:
        try:
            async with asyncio.timeout(self._time_limit_s):
                result = await asyncio.wrap_future(self._worker.submit(call))
        except TimeoutError:
            raise self._noted(CredentialsTimeout()) from None
        except CredentialsUnavailable as unavailable:
            raise self._noted(unavailable) from None
        self._state, self._advice = StoreState.OK, Advice.NONE
        return result

    def _noted(self, unavailable: CredentialsUnavailable) -> CredentialsUnavailable:
        self._state, self._advice = unavailable.reason, unavailable.advice_code
        return unavailable


class _Worker:
    """One daemon thread that makes calls in order."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, call: Callable[[], _T]) -> Future[_T]:
        future: Future[_T] = Future()
        self._jobs.put(lambda: _settle(future, call))
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)
            self._thread.start()
        return future

    def close(self) -> None:
        self._jobs.put(None)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _settle(future: Future[_T], call: Callable[[], _T]) -> None:
    if future.set_running_or_notify_cancel():
        with _FailureTo(future):
            future.set_result(call())


class _FailureTo:
    """Hands any failure of the body to a future: back ends raise types of their own (D-Bus, COM)
    that can't be named here, and each must reach the caller as a reason."""

    def __init__(self, future: Future[_T]) -> None:
        self._future = future

    def __enter__(self) -> None:
        """Only the way out matters."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Exception):
            self._future.set_exception(_reason_for(error))
        return isinstance(error, Exception)


def _reason_for(error: Exception) -> CredentialsUnavailable:
    """A fresh exception: the frames of the original hold the key."""
    from keyring import errors

    if isinstance(error, CredentialsUnavailable):
        return CredentialsUnavailable(error.reason, error.advice_code)
    _log.warning("The key store failed with %s", type(error).__name__)
    if isinstance(error, errors.NoKeyringError) or _is_caused_by(error, _NOT_THERE):
        return CredentialsUnavailable(StoreState.NO_SERVICE)
    if isinstance(error, errors.KeyringLocked):
        return CredentialsUnavailable(StoreState.LOCKED)
    if isinstance(error, errors.InitError):
        return CredentialsUnavailable(StoreState.REFUSED, Advice.SET_UP_KEYRING)
    return CredentialsUnavailable(StoreState.REFUSED)


def _is_caused_by(error: BaseException | None, names: frozenset[str]) -> bool:
    while error is not None and type(error).__name__ not in names:
        error = error.__cause__ or error.__context__
    return error is not None


class _Store:
    """The blocking calls; only the worker makes them, and only they import keyring."""

    def __init__(self) -> None:
        self.name = ""
        self._backend: KeyringBackend | None = None

    def read(self, entry: str) -> str | None:
        return self._ready().get_password(SERVICE_NAME, entry)

    def write(self, entry: str, text: str) -> None:
        backend = self._ready()
        backend.set_password(SERVICE_NAME, entry, text)
        if backend.get_password(SERVICE_NAME, entry) != text:
            raise CredentialsUnavailable(StoreState.REFUSED)

    def delete(self, entry: str) -> None:
        backend = self._ready()
        if backend.get_password(SERVICE_NAME, entry) is None:
            return
        backend.delete_password(SERVICE_NAME, entry)
        if backend.get_password(SERVICE_NAME, entry) is not None:
            raise CredentialsUnavailable(StoreState.REFUSED)

    def rehearse(self, entry: str) -> None:
        self.write(entry, secrets.token_urlsafe(16))
        self.delete(entry)

    def _ready(self) -> KeyringBackend:
        if self._backend is None:
            candidates = _candidates()
            trusted = [store for store in candidates if _module(store) in _STORE_NAMES]
            if not trusted:
                raise self._untrusted(candidates[0])
            self._backend = trusted[0]
            self.name = _STORE_NAMES[_module(self._backend)]
        return self._backend

    def _untrusted(self, chosen: KeyringBackend) -> CredentialsUnavailable:
        if _is_missing(chosen):
            return CredentialsUnavailable(StoreState.NO_SERVICE)
        self.name = _module(chosen)
        return CredentialsUnavailable(StoreState.REFUSED, Advice.REPLACE_UNSAFE_KEYRING)


def _candidates() -> list[KeyringBackend]:
    """The configured store and those it chains, or one that came up since keyring looked."""
    import keyring
    from keyring.backend import KeyringBackend

    try:
        chosen = keyring.get_keyring()
    except (ImportError, AttributeError, ValueError):
        unusable = CredentialsUnavailable(StoreState.NO_SERVICE, Advice.FIX_KEYRING_SETTINGS)
        raise unusable from None
    except RuntimeError:
        raise CredentialsUnavailable(StoreState.NO_SERVICE) from None
    if not _is_missing(chosen):
        return [chosen, *getattr(chosen, "backends", ())]
    late = [store for store in KeyringBackend.get_viable_backends() if _is_trusted(store)]
    return [chosen, *(store() for store in sorted(late, key=_priority, reverse=True))]


def _module(store: KeyringBackend) -> str:
    return type(store).__module__


def _is_trusted(store: type[KeyringBackend]) -> bool:
    return store.__module__ in _STORE_NAMES


def _priority(store: type[KeyringBackend]) -> float:
    return float(store.priority)


def _is_missing(store: KeyringBackend) -> bool:
    return _module(store) == "keyring.backends.fail"
