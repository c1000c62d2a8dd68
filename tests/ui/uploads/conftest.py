"""The uploads part of the studio on a sandbox of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from beatra_desktop.ui.uploads.drop_zone import DropZone
from tests.ui.uploads.zones import InZone, Work


@pytest.fixture
def in_zone(run_on_qt: Any, open_bench: Any) -> InZone:
    """Runs a coroutine function with the services and the uploads part of the studio."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Any, DropZone]]:
        async with open_bench() as bench:
            zone = DropZone(bench.services)
            zone.resize(380, 700)
            zone.show()
            yield bench, zone
            zone.close()
            zone.deleteLater()

    def run(work: Work) -> None:
        async def main() -> None:
            async with opened() as (bench, zone):
                await work(bench, zone)

        run_on_qt(main)

    return run
