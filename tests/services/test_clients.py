"""One client per profile: keys read once, forgotten when told, never mixed up."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.credentials import (
    ApiKey,
    CredentialsUnavailable,
    InvalidKey,
    LayeredCredentials,
    MemoryCredentials,
    StoreState,
)
from beatra_desktop.domain.api_keys import ApiKeyProblem
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import BUILT_IN, Profile, ProfileKind
from beatra_desktop.sandbox_child import command
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.sandbox import SandboxProcess

pytestmark = pytest.mark.asyncio

SANDBOX, BEATRA = BUILT_IN
OLD, NEW = ApiKey("sk-old-0123456789abcdef"), ApiKey("sk-new-0123456789abcdef")


class Store(MemoryCredentials):
    """Counts reads; can be held up, locked, or full of nonsense."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0
        self.open = asyncio.Event()
        self.open.set()
        self.asked = asyncio.Event()
        self.problem: Exception | None = None

    async def get(self, profile_id: str) -> ApiKey | None:
        self.reads += 1
        key = await super().get(profile_id)
        self.asked.set()
        await self.open.wait()
        if self.problem is not None:
            raise self.problem
        return key


@pytest.fixture
def store() -> Store:
    return Store()


@pytest_asyncio.fixture
async def clients(store: Store, tmp_path: Path) -> AsyncIterator[Clients]:
    process = SandboxProcess(command(tmp_path))
    credentials = LayeredCredentials(store)
    async with Clients(credentials=credentials, sandbox=process) as clients:
        yield clients
    process.close()


def _custom(base_url: str) -> Profile:
    return Profile(id=ProfileId("mine"), name="Mine", kind=ProfileKind.CUSTOM, base_url=base_url)


async def _sent_key(clients: Clients, stub: Any, profile: Profile) -> str | None:
    client = await clients.get(profile)
    await client.catalog.list_models()
    key: str | None = stub.heard[-1].headers.get("authorization")
    return key


async def test_a_key_is_read_once_until_it_is_forgotten(
    clients: Clients, store: Store, open_stub: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(200, {"data": []})

    async with open_stub(answer) as stub:
        profile = _custom(stub.base_url)
        await store.put(profile.id, OLD)
        assert await _sent_key(clients, stub, profile) == f"Bearer {OLD.reveal()}"
        await store.put(profile.id, NEW)
        assert await _sent_key(clients, stub, profile) == f"Bearer {OLD.reveal()}"
        assert store.reads == 1
        assert clients.key_hint(profile) == OLD.hint
        clients.forget(profile.id)
        assert clients.key_hint(profile) == ""
        assert await _sent_key(clients, stub, profile) == f"Bearer {NEW.reveal()}"
        assert await clients.get(profile) is await clients.get(profile)


async def test_a_key_forgotten_while_it_is_read_is_read_again(
    clients: Clients, store: Store, open_stub: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(200, {"data": []})

    async with open_stub(answer) as stub:
        profile = _custom(stub.base_url)
        await store.put(profile.id, OLD)
        store.open.clear()
        asking = asyncio.gather(_sent_key(clients, stub, profile))
        await store.asked.wait()
        await store.put(profile.id, NEW)
        clients.forget(profile.id)
        store.open.set()
        [sent] = await asking
        assert sent == f"Bearer {NEW.reveal()}"


async def test_no_key_is_needed_by_custom_services_only(clients: Clients, store: Store) -> None:
    await clients.get(_custom("http://127.0.0.1:1/v1"))
    with pytest.raises(ProfileNotReady) as caught:
        await clients.get(BEATRA)
    assert caught.value.failure.code is FailureCode.NO_KEY
    assert caught.value.failure.subject == "beatra"


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (CredentialsUnavailable(StoreState.LOCKED), FailureCode.KEY_STORE),
        (InvalidKey(ApiKeyProblem.EMPTY), FailureCode.INVALID_KEY),
    ],
)
async def test_a_key_store_that_fails_says_so(
    clients: Clients, store: Store, problem: Exception, code: FailureCode
) -> None:
    store.problem = problem
    with pytest.raises(ProfileNotReady) as caught:
        await clients.get(BEATRA)
    assert caught.value.failure.code is code
    assert caught.value.failure.detail in ("unlock_keyring", ApiKeyProblem.EMPTY)


async def test_a_locked_store_is_asked_again_at_the_next_use(
    clients: Clients, store: Store, open_stub: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(200, {"data": []})

    async with open_stub(answer) as stub:
        profile = _custom(stub.base_url)
        await store.put(profile.id, OLD)
        store.problem = CredentialsUnavailable(StoreState.LOCKED)
        assert await _sent_key(clients, stub, profile) is None
        store.problem = None
        assert await _sent_key(clients, stub, profile) == f"Bearer {OLD.reveal()}"


async def test_a_store_that_waits_for_a_password_holds_up_nobody_else(
    clients: Clients, store: Store
) -> None:
    store.open.clear()
    waiting = asyncio.gather(clients.get(BEATRA), return_exceptions=True)
    await store.asked.wait()
    await clients.get(SANDBOX)
    store.open.set()
    await waiting


async def test_the_sandbox_brings_its_own_key_and_shows_none(clients: Clients) -> None:
    client = await clients.get(SANDBOX)
    assert (await client.catalog.list_models()).value
    assert clients.key_hint(SANDBOX) == ""
    assert await clients.base_url(SANDBOX)


async def test_a_sandbox_that_does_not_start_is_a_reason_not_a_bug(store: Store) -> None:
    process = SandboxProcess(["/nowhere/python"])
    async with Clients(credentials=LayeredCredentials(store), sandbox=process) as clients:
        with pytest.raises(ProfileNotReady) as caught:
            await clients.get(SANDBOX)
    assert caught.value.failure.code is FailureCode.SANDBOX_DOWN


async def test_a_trust_store_that_could_not_be_read_is_read_anew(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("too many open files")

    profile = _custom("http://127.0.0.1:1/v1")
    with monkeypatch.context() as patch:
        patch.setattr(ssl, "create_default_context", broken)
        with pytest.raises(OSError, match="too many"):
            await clients.get(profile)
    assert await clients.get(profile)


async def test_for_the_sandbox_no_trust_store_is_read(
    clients: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("too many open files")

    monkeypatch.setattr(ssl, "create_default_context", broken)
    client = await clients.get(SANDBOX)
    assert (await client.catalog.list_models()).value
