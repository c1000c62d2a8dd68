"""Keys of profiles and the stores that keep them, lose them or are locked."""

import asyncio
from typing import Any

import pytest

from beatra_desktop.credentials import (
    ApiKey,
    CredentialsUnavailable,
    MemoryCredentials,
    StoreInfo,
    StoreKind,
    StoreState,
)
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.profiles import (
    BEATRA_PROFILE_ID,
    ConnectionPhase,
    KeyStoreState,
)
from tests.services.guarded_service import KEY, guarded, settled

pytestmark = pytest.mark.asyncio


class NoStore(MemoryCredentials):
    """A machine without a key store."""

    async def put(self, profile_id: str, key: ApiKey) -> None:
        raise CredentialsUnavailable(StoreState.NO_SERVICE)

    def describe(self) -> StoreInfo:
        return StoreInfo(kind=StoreKind.KEYRING, name="", state=StoreState.NO_SERVICE)


class LockedStore(MemoryCredentials):
    """A key store whose password nobody has given yet."""

    is_locked = True

    async def get(self, profile_id: str) -> ApiKey | None:
        self._look()
        return await super().get(profile_id)

    async def put(self, profile_id: str, key: ApiKey) -> None:
        self._look()
        await super().put(profile_id, key)

    def _look(self) -> None:
        if self.is_locked:
            raise CredentialsUnavailable(StoreState.LOCKED)


class AskingStore(MemoryCredentials):
    """A key store that waits for its password before it forgets."""

    async def delete(self, profile_id: str) -> None:
        await asyncio.Event().wait()


class RememberingStore(MemoryCredentials):
    """A key store whose key another program changes, read once as the real ones are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    async def get(self, profile_id: str) -> ApiKey | None:
        if await super().get(profile_id) is None:
            await self.put(profile_id, ApiKey(self.text))
        return await super().get(profile_id)

    def reread(self, profile_id: str) -> None:
        self._keys.pop(profile_id, None)


async def test_without_a_key_store_the_key_is_kept_for_this_session_and_that_is_said(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async with (
        open_stub(guarded(say)) as stub,
        open_bench(profile=stub.profile, ready=False, credentials=NoStore()) as bench,
    ):
        profiles = bench.services.profiles
        assert profiles.key_store.value.state is KeyStoreState.NO_SERVICE
        profiles.save_key(stub.profile.id, KEY)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        [notice] = bench.services.notices.notices
        assert notice.code is NoticeCode.KEY_SESSION_ONLY
        assert notice.parameters["reason"] == "install_keyring"
        profiles.forget_key(stub.profile.id)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.BAD_KEY)


async def test_a_key_the_store_did_not_take_is_kept_once_the_store_works(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    store = LockedStore()
    async with (
        open_stub(guarded(say)) as stub,
        open_bench(profile=stub.profile, ready=False, credentials=store) as bench,
    ):
        profiles = bench.services.profiles
        profiles.save_key(stub.profile.id, KEY)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        store.is_locked = False
        assert await store.get(stub.profile.id) is None
        profiles.test_key_store()
        is_session_only = bench.grounds.credentials.is_session_only
        await bench.until(lambda: not is_session_only(stub.profile.id))
        assert await store.get(stub.profile.id) == ApiKey(KEY)


async def test_a_refused_key_is_read_again_at_the_next_test(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    """Another app with the same key store, or the user, may have put a new one there."""
    store = RememberingStore("an-old-key-0123")
    async with (
        open_stub(guarded(say)) as stub,
        open_bench(profile=stub.profile, ready=False, credentials=store) as bench,
    ):
        assert await settled(bench) is ConnectionPhase.BAD_KEY
        store.text = KEY
        bench.services.profiles.check()
        await bench.until(
            lambda: bench.services.profiles.connection.value.phase is ConnectionPhase.READY
        )


async def test_a_refusal_without_the_key_of_a_locked_store_is_not_called_a_bad_key(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async with (
        open_stub(guarded(say)) as stub,
        open_bench(profile=stub.profile, ready=False, credentials=LockedStore()) as bench,
    ):
        assert await settled(bench) is ConnectionPhase.NEEDS_KEY
        failure = bench.services.profiles.connection.value.failure
        assert failure is not None
        assert (failure.code, failure.detail) == (FailureCode.KEY_STORE, "unlock_keyring")


async def test_a_locked_key_store_is_not_asked_again_by_itself(open_bench: Any) -> None:
    async with open_bench(credentials=LockedStore()) as bench:
        bench.services.profiles.activate(BEATRA_PROFILE_ID)
        assert await settled(bench) is ConnectionPhase.NEEDS_KEY
        failure = bench.services.profiles.connection.value.failure
        assert failure is not None
        assert failure.code is FailureCode.KEY_STORE


async def test_a_profile_stays_until_its_key_is_gone(open_bench: Any) -> None:
    nowhere: dict[str, Any] = {"command": ["/nowhere"], "ready": False}
    async with open_bench(credentials=AskingStore(), **nowhere) as bench:
        profile = bench.services.profiles.add("Mine", "https://example.com/v1")
        bench.services.profiles.remove(profile.id)
        assert profile.id not in bench.services.profiles.profiles
    async with open_bench(**nowhere) as bench:
        profiles = bench.services.profiles
        assert profile.id in profiles.profiles
        profiles.remove(profile.id)
        await bench.until(lambda: "forget profile" not in profiles._supervisor.names)
    async with open_bench(**nowhere) as bench:
        assert profile.id not in bench.services.profiles.profiles
