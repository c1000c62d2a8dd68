"""The services put together and taken apart again."""

from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.errors import StorageError

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


async def test_a_damaged_database_in_the_background_is_told_and_is_no_bug(open_bench: Any) -> None:
    async def broken() -> None:
        raise StorageError(StorageProblem.CORRUPT, Path("beatra.db"), detail="page 7")

    async with open_bench(command=["/nowhere"], ready=False) as bench:
        bench.services.profiles._supervisor.start(broken(), name="broken")
        await bench.until(lambda: len(bench.services.notices.notices))
        [notice] = bench.services.notices.notices
        assert notice.failure is not None
        assert notice.failure.code is FailureCode.STORAGE_DAMAGED
