"""The services put together and taken apart again."""

from typing import Any

import pytest

from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.profiles import ConnectionPhase

pytestmark = pytest.mark.asyncio


async def test_services_open_without_waiting_for_any_service_and_leave_nothing(
    open_bench: Any,
) -> None:
    async with open_bench(ready=False) as bench:
        process = bench.services.profiles._clients._sandbox
        await bench.until(lambda: process._process is not None)
        child = process._process
    assert child.returncode is not None, "the sandbox ended with its app"


async def test_a_bug_in_the_background_reaches_the_hook_and_the_user(open_bench: Any) -> None:
    async def broken() -> None:
        raise ZeroDivisionError

    async def run() -> None:
        async with open_bench(command=["/nowhere"], ready=False) as bench:
            bench.services.profiles._supervisor.start(broken(), name="broken")
            await bench.until(lambda: len(bench.services.notices.notices))
            [notice] = bench.services.notices.notices
            assert notice.code is NoticeCode.BUG

    with pytest.raises(BaseExceptionGroup) as caught:
        await run()
    assert [type(bug) for bug in caught.value.exceptions] == [ZeroDivisionError]


async def test_settings_reach_what_depends_on_them_at_once(open_bench: Any, tmp_path: Any) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        deliveries = bench.services.music._following._downloads._deliveries
        assert deliveries.folder() == bench.grounds.clips
        bench.services.settings.change(clips_folder=tmp_path / "mine", retry_attempts=7)
        assert deliveries.folder() == tmp_path / "mine"
        assert deliveries.policy().max_attempts == 7


async def test_pauses_between_tries_are_set_where_services_are_put_together(
    open_bench: Any,
) -> None:
    retries = RetryPolicy(base_seconds=0.01, cap_seconds=0.02)
    async with open_bench(command=["/nowhere"], ready=False, retries=retries) as bench:
        for policy in (
            bench.services.uploads._outbox._policy(),
            bench.services.music._following._downloads._deliveries.policy(),
        ):
            assert (policy.base_seconds, policy.cap_seconds) == (0.01, 0.02)
            assert policy.max_attempts == bench.services.settings.settings.value.retry_attempts


async def test_resume_may_be_called_at_any_time_and_twice(open_bench: Any) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        bench.services.resume()
        bench.services.resume()
        phase = bench.services.profiles.connection
        await bench.until(lambda: phase.value.phase is ConnectionPhase.UNREACHABLE)
