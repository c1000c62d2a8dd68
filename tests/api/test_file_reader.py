"""Reading in pieces: what the system holds comes at once, anything else by a thread."""

import sys
from pathlib import Path
from typing import Final

import pytest

from beatra_desktop.api.file_reader import FileReader
from beatra_desktop.api.open_files import opened

UNCACHED: Final = Path("/proc/version")
"""Made when it is read: Linux refuses to read it without waiting."""

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="others can't tell")


@only_linux
def test_what_was_just_written_needs_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "ref.mp3"
    path.write_bytes(b"0123456789")
    with path.open("rb") as file:
        reader = FileReader(file)
        for piece in (b"0123", b"456"):
            with pytest.raises(StopIteration) as done:
                reader.read(len(piece)).send(None)
            assert done.value.value == piece


@pytest.mark.asyncio
async def test_the_rest_is_short_and_then_there_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ref.mp3"
    path.write_bytes(b"0123456789")
    async with opened(lambda: path.open("rb")) as file:
        reader = FileReader(file)
        assert [await reader.read(8) for _ in range(3)] == [b"01234567", b"89", b""]


@only_linux
@pytest.mark.asyncio
async def test_a_thread_reads_what_can_t_be_had_at_once() -> None:
    async with opened(lambda: UNCACHED.open("rb")) as file:
        reader = FileReader(file)
        found = await reader.read(8) + await reader.read(6)
    assert found == UNCACHED.read_bytes()[:14]
