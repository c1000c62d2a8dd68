import sys
from pathlib import Path

import pytest

from beatra_desktop.ui import heap

LARGE = 8 * heap.LARGE_BYTES


def mapped_bytes() -> int:
    """All that the process has mapped, by the kernel's account."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    return int(pages) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is told")
def test_a_large_block_is_given_back_also_when_a_larger_one_was_freed_before() -> None:
    heap.keep_little()
    bytearray(2 * LARGE)
    before = mapped_bytes()
    block = bytearray(LARGE)
    later = bytearray(64 * 1024)
    assert mapped_bytes() >= before + LARGE
    del block
    assert mapped_bytes() < before + LARGE
    assert later
