"""Telling folders from files without anybody waiting for the disk."""

from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.services.folders import LOOKED_AT

pytestmark = pytest.mark.asyncio


async def test_folders_are_told_apart_from_files(open_bench: Any, tmp_path: Path) -> None:
    folder, file = tmp_path / "songs", tmp_path / "song.mp3"
    folder.mkdir()
    file.touch()
    told: list[frozenset[Path]] = []
    async with open_bench(ready=False) as bench:
        bench.services.folders.found.connect(told.append)
        bench.services.folders.look_at([file, folder, tmp_path / "gone"])
        await bench.until(lambda: told)
    assert told == [{folder}]


async def test_of_very_many_only_the_first_are_looked_at(open_bench: Any, tmp_path: Path) -> None:
    first, last = tmp_path / "first", tmp_path / "last"
    first.mkdir()
    last.mkdir()
    told: list[frozenset[Path]] = []
    async with open_bench(ready=False) as bench:
        bench.services.folders.found.connect(told.append)
        bench.services.folders.look_at([first, *[tmp_path / "gone"] * LOOKED_AT, last])
        await bench.until(lambda: told)
    assert told == [{first}]
