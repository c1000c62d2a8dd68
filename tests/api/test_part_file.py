"""The growing file: what is kept, and what is cut off."""

import asyncio
from pathlib import Path

import pytest

from beatra_desktop.api.part_file import WRITE_BYTES, PartFile

pytestmark = pytest.mark.asyncio


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "clip.part"
    path.write_bytes(b"0123456789")
    return path


async def test_beginning_anew_forgets_what_was_there(target: Path) -> None:
    part = PartFile(target, 0)
    await part.add(b"abc")
    await part.write()
    part.close()
    assert target.read_bytes() == b"abc"
    assert part.size == 3


async def test_going_on_keeps_the_beginning_only(target: Path) -> None:
    part = PartFile(target, 4)
    await part.add(b"ab")
    await part.add(b"c")
    await part.write()
    part.close()
    assert target.read_bytes() == b"0123abc"
    assert part.size == 7


async def test_large_pieces_are_written_in_their_order_while_more_arrive(target: Path) -> None:
    part = PartFile(target, 0)
    pieces = [bytes([number]) * (WRITE_BYTES // 3 + number) for number in range(20)]
    for piece in pieces:
        await part.add(piece)
    assert target.stat().st_size >= 4 * WRITE_BYTES
    await part.write()
    part.close()
    assert target.read_bytes() == b"".join(pieces)


async def test_a_thread_that_comes_after_the_end_writes_nothing(target: Path) -> None:
    part = PartFile(target, 0)
    await part.add(bytes(WRITE_BYTES))
    await asyncio.to_thread(part.close)
    await part.add(b"x" * WRITE_BYTES)
    await part.write()
    assert target.read_bytes() in (b"", bytes(WRITE_BYTES))
