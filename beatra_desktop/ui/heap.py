"""What the C library does with memory that is free again."""

import sys
from typing import Final

_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
LARGE_BYTES: Final = 512 * 1024
"""Above what transfers read at once: to map each piece anew would take more than it gives back."""
HEAPS: Final = 2


def keep_little() -> None:
    """Give large blocks back to the system when they are free, and let threads share heaps.

    By itself glibc takes the next block as large as one that was freed from the heap, where what
    outlives it is in the way for good, and makes a heap for nearly each thread, which it keeps: so
    this comes before there are any. Other systems' C libraries have no such settings.
    """
    if sys.platform != "linux":
        return
    from ctypes import CDLL  # takes 3 ms, which nobody waits for where it is not needed

    adjust = getattr(CDLL(None), "mallopt", None)
    if adjust is not None:
        adjust(_MMAP_THRESHOLD, LARGE_BYTES)
        adjust(_ARENA_MAX, HEAPS)
