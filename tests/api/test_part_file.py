"""The growing file: what is kept, and what is cut off."""

from pathlib import Path

import pytest

from beatra_desktop.api.part_file import WRITE_BYTES, PartFile


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "clip.part"
    path.write_bytes(b"0123456789")
    return path


def test_beginning_anew_forgets_what_was_there(target: Path) -> None:
    part = PartFile(target, 0)
    part.add(b"abc")
    part.write()
    part.close()
    assert target.read_bytes() == b"abc"
    assert part.size == 3


def test_going_on_keeps_the_beginning_only(target: Path) -> None:
    part = PartFile(target, 4)
    part.add(b"ab")
    part.add(b"c")
    part.write()
    part.close()
    assert target.read_bytes() == b"0123abc"
    assert part.size == 7


def test_it_asks_to_be_written_in_large_pieces(target: Path) -> None:
    part = PartFile(target, 0)
    assert not part.add(b"x" * (WRITE_BYTES - 1))
    assert part.add(b"x")
    part.write()
    assert not part.add(b"y")
    part.write()
    part.close()
    assert target.read_bytes() == b"x" * WRITE_BYTES + b"y"
    assert part.size == WRITE_BYTES + 1
