"""Profiles, their keys, and what is said about how they stand."""

import asyncio
from functools import partial
from typing import Any

import pytest

from beatra_desktop.domain.catalog import Reading
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.profiles import (
    BEATRA_PROFILE_ID,
    SANDBOX_PROFILE_ID,
    BaseUrlProblem,
    ConnectionPhase,
    KeyStoreState,
    Profile,
)
from beatra_desktop.services.clients import ProfileNotReady
from beatra_desktop.services.profiles import InvalidKeyText
from tests.services.guarded_service import KEY, MODELS, guarded, settled

pytestmark = pytest.mark.asyncio


async def test_a_custom_service_without_a_catalogue_is_ready_for_chat_only(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async def answer(heard: Any) -> Any:
        return say(200, MODELS) if heard.path == "/v1/models" else say(404)

    async with open_stub(answer) as stub, open_bench(profile=stub.profile) as bench:
        profiles = bench.services.profiles
        assert profiles.active.value == stub.profile
        assert profiles.connection.value.base_url == stub.base_url
        catalog = profiles.catalog.value
        assert [model.id for model in catalog.chat_models] == ["llama"]
        assert not catalog.offers_music
        assert not catalog.offers_uploads


def _changing(say: Any, answers: dict[str, Any]) -> Any:
    """A service whose lists the test changes; a number is a refusal, None a broken connection."""

    async def answer(heard: Any) -> Any:
        said = answers.get(heard.path.removeprefix("/v1/"), 404)
        if said is None:
            return None
        return say(said) if isinstance(said, int) else say(200, {"data": said})

    return answer


async def test_an_old_catalogue_is_read_again(open_bench: Any, open_stub: Any, say: Any) -> None:
    answers: dict[str, Any] = {"models": [{"id": "old"}]}
    async with (
        open_stub(_changing(say, answers)) as stub,
        open_bench(profile=stub.profile) as bench,
    ):
        profiles = bench.services.profiles
        answers["models"] = [{"id": "old"}, {"id": "new"}]
        heard = len(stub.heard)
        seen: list[Reading] = []
        profiles.reading.changed.connect(seen.append)
        profiles.refresh_catalog()
        assert seen == [], "it was read a moment ago"
        profiles.refresh_catalog(max_age_seconds=0)
        profiles.refresh_catalog(max_age_seconds=0)
        await bench.until(lambda: seen == [Reading.GOING_ON, Reading.DONE])
        assert [model.id for model in profiles.catalog.value.models] == ["old", "new"]
        assert sorted(h.path for h in stub.heard[heard:]) == [
            "/v1/catalog/capabilities", "/v1/catalog/models", "/v1/models",
        ]  # fmt: skip


@pytest.mark.parametrize(
    "broken", [{"models": None}, {"models": 500}, {"models": 401}, {"catalog/models": 500}]
)
async def test_a_catalogue_that_can_not_be_read_again_stays_as_it_was(
    broken: dict[str, Any], open_bench: Any, open_stub: Any, say: Any
) -> None:
    named = [{"id": "old", "name": "Old Master"}]
    answers: dict[str, Any] = {"models": [{"id": "old"}], "catalog/models": named}
    async with (
        open_stub(_changing(say, answers)) as stub,
        open_bench(profile=stub.profile) as bench,
    ):
        bench.services.settings.change(retry_attempts=1)
        profiles = bench.services.profiles
        before = profiles.catalog.value
        answers |= broken
        profiles.refresh_catalog(max_age_seconds=0)
        await bench.until(lambda: profiles.reading.value is Reading.FAILED)
        assert profiles.catalog.value == before
        assert profiles.connection.value.phase is ConnectionPhase.READY
        answers |= {"models": [{"id": "new"}], "catalog/models": 404}
        profiles.refresh_catalog()
        await bench.until(lambda: profiles.reading.value is Reading.DONE)
        assert [model.id for model in profiles.catalog.value.models] == ["new"]


async def test_a_wrong_key_then_a_right_one_then_none(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async with (
        open_stub(guarded(say)) as stub,
        open_bench(profile=stub.profile, ready=False) as bench,
    ):
        profiles = bench.services.profiles
        assert await settled(bench) is ConnectionPhase.BAD_KEY
        profiles.save_key(stub.profile.id, "sk-wrong-0123456789abcd")
        await bench.until(lambda: profiles.connection.value.key_hint)
        assert await settled(bench) is ConnectionPhase.BAD_KEY
        profiles.save_key(stub.profile.id, KEY)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        assert profiles.connection.value.key_hint == "sk-…cdef"
        assert KEY not in repr(profiles.connection.value)
        profiles.forget_key(stub.profile.id)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.BAD_KEY)


async def test_beatra_without_a_key_needs_one_and_is_not_called(open_bench: Any) -> None:
    async with open_bench() as bench:
        profiles = bench.services.profiles
        assert profiles.catalog.value.models
        profiles.activate(BEATRA_PROFILE_ID)
        assert profiles.catalog.value.models == (), "those were the sandbox's"
        assert await settled(bench) is ConnectionPhase.NEEDS_KEY
        assert profiles.connection.value.failure.code is FailureCode.NO_KEY


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"nothing here", FailureCode.NOT_A_SERVICE),
        (200, b"<html>Welcome</html>", FailureCode.NOT_A_SERVICE),
        (500, b"", FailureCode.SERVICE_ERROR),
        (None, b"", FailureCode.OFFLINE),
    ],
)
async def test_what_is_no_service_is_named(
    status: int | None, body: bytes, code: FailureCode, open_bench: Any, open_stub: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return None if status is None else say(status, body, content_type="text/html")

    async with open_stub(answer) as stub, open_bench(profile=stub.profile, ready=False) as bench:
        assert await settled(bench) is ConnectionPhase.UNREACHABLE
        failure = bench.services.profiles.connection.value.failure
        assert failure.code is code
        assert failure.subject == stub.base_url


async def test_an_unreachable_service_is_watched_by_one_only(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    is_up = False

    async def answer(heard: Any) -> Any:
        if not is_up:
            return say(503)
        return say(200, MODELS) if heard.path == "/v1/models" else say(404)

    opened = partial(open_bench, ready=False, recheck_seconds=0.01)
    async with open_stub(answer) as stub, opened(profile=stub.profile) as bench:
        for _ in range(5):
            assert await settled(bench) is ConnectionPhase.UNREACHABLE
            bench.services.profiles.check()
        heard = len(stub.heard)
        await bench.until(lambda: len(stub.heard) > heard + 5)
        running = [t.get_name() for t in asyncio.all_tasks() if "check" in t.get_name()]
        assert len(running) == 1
        is_up = True
        await bench.until(
            lambda: bench.services.profiles.connection.value.phase is ConnectionPhase.READY
        )


async def test_an_outdated_check_has_no_say(open_bench: Any, open_stub: Any, say: Any) -> None:
    """The first check, with the old key, is answered after the second."""
    slow, is_first = asyncio.Event(), True

    async def answer(heard: Any) -> Any:
        nonlocal is_first
        if heard.path == "/v1/models" and is_first:
            is_first = False
            await slow.wait()
        return await guarded(say)(heard)

    async with open_stub(answer) as stub, open_bench(profile=stub.profile, ready=False) as bench:
        profiles = bench.services.profiles
        await bench.until(lambda: stub.heard)
        profiles.save_key(stub.profile.id, KEY)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        seen: list[ConnectionPhase] = []
        profiles.connection.changed.connect(lambda connection: seen.append(connection.phase))
        slow.set()
        profiles.check()
        await bench.until(lambda: ConnectionPhase.READY in seen)
        assert seen == [ConnectionPhase.CHECKING, ConnectionPhase.READY]


async def test_what_cannot_be_a_key_is_refused_at_once(open_bench: Any) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        with pytest.raises(InvalidKeyText, match="not_allowed"):
            bench.services.profiles.save_key(BEATRA_PROFILE_ID, "two words")
        bench.services.profiles.test_key_store()
        await bench.until(
            lambda: bench.services.profiles.key_store.value.state is KeyStoreState.READY
        )


async def test_a_removed_profile_takes_its_key_along_and_leaves_the_sandbox_alone(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async with open_stub(guarded(say)) as stub, open_bench() as bench:
        profiles = bench.services.profiles
        profile = profiles.add("Mine", f"{stub.base_url}/")
        assert isinstance(profile, Profile)
        profiles.activate(profile.id)
        profiles.save_key(profile.id, KEY)
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        profiles.remove(profile.id)
        assert profile.id not in profiles.profiles
        assert profiles.active.value.id == SANDBOX_PROFILE_ID
        await bench.until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
        await bench.until(lambda: not profiles._clients.key_hint(profile))
        with pytest.raises(ProfileNotReady) as caught:
            profiles.required(profile.id)
        assert caught.value.failure.code is FailureCode.PROFILE_GONE
        profiles.remove(SANDBOX_PROFILE_ID)
        assert SANDBOX_PROFILE_ID in profiles.profiles


async def test_profiles_and_the_choice_outlive_a_restart(open_bench: Any) -> None:
    nowhere: dict[str, Any] = {"command": ["/nowhere"], "ready": False}
    async with open_bench(**nowhere) as bench:
        profiles = bench.services.profiles
        assert profiles.add("Bad", "ftp://x") is BaseUrlProblem.SCHEME
        profile = profiles.add("  ", "https://example.com/v1/")
        assert isinstance(profile, Profile)
        assert profile.name == "https://example.com/v1"
        profiles.activate(BEATRA_PROFILE_ID)
    async with open_bench(**nowhere) as bench:
        profiles = bench.services.profiles
        assert profiles.named("HTTPS://example.com/v1") == profile
        assert profiles.active.value.id == BEATRA_PROFILE_ID


async def test_a_profile_of_the_command_line_is_not_remembered(
    open_bench: Any, open_stub: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(200, MODELS)

    async with open_stub(answer) as stub:
        async with open_bench(profile=stub.profile) as bench:
            bench.services.profiles.activate(stub.profile.id)
        async with open_bench(command=["/nowhere"], ready=False) as bench:
            assert stub.profile.id not in bench.services.profiles.profiles
            assert bench.services.profiles.active.value.id == SANDBOX_PROFILE_ID
