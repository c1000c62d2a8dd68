"""What is set where services are put together reaches what depends on it."""

from typing import Any

import pytest

from beatra_desktop.api.retry import RetryPolicy
from beatra_desktop.domain.profiles import ConnectionPhase

pytestmark = pytest.mark.asyncio


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
