"""Keys that do not show themselves, and the stores that need no operating system."""

import asyncio
import copy
import pickle
import traceback

import pytest

from beatra_desktop import logs
from beatra_desktop.credentials import (
    ApiKey,
    CredentialsUnavailable,
    InvalidKey,
    LayeredCredentials,
    MemoryCredentials,
    StoreInfo,
    StoreKind,
    StoreState,
)
from beatra_desktop.domain.api_keys import MAX_KEY_CHARS, ApiKeyProblem

CANARY = "sk-canary-7d1f02c9e4b8"
MIDDLE = "canary-7d1f02c9"


class NoStore(MemoryCredentials):
    """Stands for an operating system that refuses: its errors come from outside this process."""

    def __init__(self, reason: StoreState) -> None:
        super().__init__()
        self.reason = reason

    async def get(self, profile_id: str) -> ApiKey | None:
        raise CredentialsUnavailable(self.reason)

    async def put(self, profile_id: str, key: ApiKey) -> None:
        raise CredentialsUnavailable(self.reason)

    async def delete(self, profile_id: str) -> None:
        raise CredentialsUnavailable(self.reason)


def test_a_key_is_shown_by_its_ends_only() -> None:
    key = ApiKey(CANARY)
    assert key.hint == "sk-…e4b8"
    for shown in (
        repr(key),
        str(key),
        f"{key}",
        f"{key!r:>40}",
        f"{key:>40}",
        f"{[key]}",
    ):
        assert "e4b8" in shown
        assert MIDDLE not in shown
    assert key.reveal() == CANARY


def test_a_short_key_shows_nothing() -> None:
    assert ApiKey("sk-1234567").hint == "…"


def test_a_key_is_not_copied_into_anything() -> None:
    for leave in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError) as caught:
            leave(ApiKey(CANARY))
        assert MIDDLE not in str(caught.value)


def test_keys_compare_by_their_text() -> None:
    assert ApiKey(CANARY) == ApiKey(f"  {CANARY}\n")
    assert ApiKey(CANARY) != ApiKey(CANARY + "x")
    assert ApiKey(CANARY) != CANARY
    assert len({ApiKey(CANARY), ApiKey(CANARY)}) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ApiKeyProblem.EMPTY),
        (" \n\t", ApiKeyProblem.EMPTY),
        (f"{CANARY}\n{CANARY}", ApiKeyProblem.NOT_ALLOWED),
        (f"Bearer {CANARY}", ApiKeyProblem.NOT_ALLOWED),
        (f"{CANARY}\x00", ApiKeyProblem.NOT_ALLOWED),
        (f"{CANARY}\u200b", ApiKeyProblem.NOT_ALLOWED),
        (f"ключ-{CANARY}", ApiKeyProblem.NOT_ALLOWED),
        (f"{CANARY}{'x' * MAX_KEY_CHARS}", ApiKeyProblem.TOO_LONG),
    ],
)
def test_what_is_no_key_is_refused(text: str, problem: ApiKeyProblem) -> None:
    with pytest.raises(InvalidKey) as caught:
        ApiKey(text)
    assert caught.value.problem is problem
    assert MIDDLE not in "".join(traceback.format_exception(caught.value))


def test_the_longest_key_is_taken() -> None:
    assert ApiKey("x" * MAX_KEY_CHARS).reveal() == "x" * MAX_KEY_CHARS


def test_a_key_without_a_known_form_is_kept_out_of_logs() -> None:
    ApiKey("unusual.form.of.key")
    assert logs.redact("posting unusual.form.of.key") == "posting [redacted]"


def test_memory_forgets() -> None:
    async def scenario() -> None:
        store = MemoryCredentials()
        assert await store.get("a") is None
        await store.put("a", ApiKey(CANARY))
        assert await store.get("a") == ApiKey(CANARY)
        assert await store.get("b") is None
        await store.delete("a")
        await store.delete("a")
        assert await store.get("a") is None
        assert await store.probe() == StoreInfo(kind=StoreKind.MEMORY, name="", state=StoreState.OK)

    asyncio.run(scenario())


def test_a_session_key_hides_the_stored_one_and_never_reaches_the_store() -> None:
    async def scenario() -> None:
        lasting = MemoryCredentials()
        layered = LayeredCredentials(lasting)
        await layered.put("a", ApiKey("stored-key"))
        await layered.put("a", ApiKey("session-key"), session_only=True)
        assert await layered.get("a") == ApiKey("session-key")
        assert await lasting.get("a") == ApiKey("stored-key")
        assert layered.is_session_only("a")
        await layered.put("a", ApiKey("newer-key"))
        assert await layered.get("a") == ApiKey("newer-key")
        assert not layered.is_session_only("a")

    asyncio.run(scenario())


def test_a_session_key_is_kept_on_demand() -> None:
    async def scenario() -> None:
        lasting = MemoryCredentials()
        layered = LayeredCredentials(lasting)
        await layered.keep("a")
        await layered.put("a", ApiKey("session-key"), session_only=True)
        await layered.keep("a")
        assert await lasting.get("a") == ApiKey("session-key")
        assert not layered.is_session_only("a")

    asyncio.run(scenario())


def test_deleting_forgets_both() -> None:
    async def scenario() -> None:
        lasting = MemoryCredentials()
        layered = LayeredCredentials(lasting)
        await layered.put("a", ApiKey("stored-key"))
        await layered.put("a", ApiKey("session-key"), session_only=True)
        await layered.delete("a")
        assert await layered.get("a") is None
        assert await lasting.get("a") is None

    asyncio.run(scenario())


def test_without_a_store_session_keys_work() -> None:
    async def scenario() -> None:
        layered = LayeredCredentials(NoStore(StoreState.NO_SERVICE))
        await layered.put("a", ApiKey(CANARY), session_only=True)
        assert await layered.get("a") == ApiKey(CANARY)
        await layered.delete("a")
        with pytest.raises(CredentialsUnavailable):
            await layered.get("a")

    asyncio.run(scenario())


def test_a_locked_store_may_still_hold_the_key_and_says_so() -> None:
    async def scenario() -> None:
        layered = LayeredCredentials(NoStore(StoreState.LOCKED))
        with pytest.raises(CredentialsUnavailable, match="locked"):
            await layered.delete("a")

    asyncio.run(scenario())


def test_a_store_that_refuses_a_key_keeps_the_session_key() -> None:
    async def scenario() -> None:
        layered = LayeredCredentials(NoStore(StoreState.REFUSED))
        await layered.put("a", ApiKey("session-key"), session_only=True)
        with pytest.raises(CredentialsUnavailable):
            await layered.put("a", ApiKey("newer-key"))
        assert await layered.get("a") == ApiKey("session-key")

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "reason", [state for state in StoreState if state not in (StoreState.OK, StoreState.UNTESTED)]
)
def test_every_reason_has_a_sentence_and_advice(reason: StoreState) -> None:
    unavailable = CredentialsUnavailable(reason)
    assert str(unavailable).endswith(".")
    assert unavailable.advice_code.value != "none"
