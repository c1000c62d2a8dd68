"""How many bytes of a file to hand over at once, alone and beside others."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SMALLEST_PIECE: Final = 16 * 1024
FIRST_PIECE: Final = 64 * 1024
LARGEST_PIECE: Final = 1024 * 1024
SHARED: Final = 512 * 1024
"""Bytes of all together: what the socket does not take at once is copied, for several at a time."""
QUICK_SECONDS: Final = 0.02
SLOW_SECONDS: Final = 0.2


class Pieces:
    """Files that move at once share what is handed over: memory does not grow with their number."""

    def __init__(self) -> None:
        self._moving = 0

    @contextmanager
    def of_one(self) -> Iterator["Piece"]:
        """For one file, which moves until the block ends."""
        self._moving += 1
        try:
            yield Piece(self)
        finally:
            self._moving -= 1

    @property
    def largest(self) -> int:
        """Bytes, for each that moves now."""
        if self._moving <= 1:
            return LARGEST_PIECE
        return max(SMALLEST_PIECE, SHARED // self._moving)


class Piece:
    """Small on a slow line, so that progress is seen; large on a quick one."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._fitting = FIRST_PIECE

    @property
    def size(self) -> int:
        """Bytes to hand over next."""
        return min(self._fitting, self._pieces.largest)

    def fit(self, seconds: float) -> None:
        """Take in how long the network took for the last piece."""
        if seconds < QUICK_SECONDS:
            self._fitting = min(LARGEST_PIECE, self.size * 2)
        elif seconds > SLOW_SECONDS:
            self._fitting = max(SMALLEST_PIECE, self.size // 2)
