import subprocess
import sys

import pytest

TRIAL = """
from pathlib import Path

from beatra_desktop.ui import heap

LARGE = 8 * heap.LARGE_BYTES


def mapped_bytes():
    return 4096 * int(Path("/proc/self/statm").read_text().split()[0])


heap.keep_little()
bytearray(2 * LARGE)
before = mapped_bytes()
block = bytearray(LARGE)
later = bytearray(64 * 1024)
assert mapped_bytes() >= before + LARGE
del block
assert mapped_bytes() < before + LARGE
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is told")
def test_a_large_block_is_given_back_also_when_a_larger_one_was_freed_before() -> None:
    """In a process of its own: one that has large holes already would use those."""
    subprocess.run([sys.executable, "-c", TRIAL], check=True)
