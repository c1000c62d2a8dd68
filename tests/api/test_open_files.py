"""Files that threads open: closed at the end of the block, and when the opening is given up."""

import asyncio
import threading
from pathlib import Path
from typing import BinaryIO

import pytest

from beatra_desktop.api.open_files import opened

pytestmark = pytest.mark.asyncio


class SlowOpening:
    """Opens a file once it is let; `file` is what it opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.has_begun = threading.Event()
        self.may_end = threading.Event()
        self.file: BinaryIO | None = None

    def __call__(self) -> BinaryIO:
        self.has_begun.set()
        assert self.may_end.wait(30)
        self.file = self.path.open("rb")
        return self.file


async def _use(opening: SlowOpening) -> None:
    async with opened(opening):
        await asyncio.Event().wait()


async def _cancelled_while_opening(opening: SlowOpening) -> None:
    async with asyncio.TaskGroup() as group:
        using = group.create_task(_use(opening))
        await asyncio.to_thread(opening.has_begun.wait)
        using.cancel()
        opening.may_end.set()
    assert using.cancelled()


async def test_the_file_is_closed_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(b"la")
    async with opened(lambda: path.open("rb")) as file:
        assert file.read() == b"la"
    assert file.closed


async def test_a_file_whose_opening_is_given_up_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.touch()
    opening = SlowOpening(path)
    await _cancelled_while_opening(opening)
    assert opening.file is not None
    assert opening.file.closed


async def test_an_opening_that_is_given_up_may_fail(tmp_path: Path) -> None:
    await _cancelled_while_opening(SlowOpening(tmp_path / "gone.mp3"))


async def test_what_can_t_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        async with opened((tmp_path / "gone.mp3").open):
            pytest.fail("there is nothing to open")
