"""A file's bytes in order, without waiting for a thread where the system has them in memory."""

import asyncio
import os
import sys
from io import BytesIO
from typing import BinaryIO


class FileReader:
    """Reads from the beginning of a file that stays open.

    Going to a thread and back costs more than the copy of what was just hashed, and another core
    then has to hand the bytes over. What the system would have to fetch is left to a thread.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    async def read(self, count: int) -> bytes:
        """The next `count` bytes; fewer, or none, only where the file ends."""
        chunk = self._held(count) or await asyncio.to_thread(self._fetched, count)
        self._at += len(chunk)
        return chunk

    def _held(self, count: int) -> bytes:
        """The bytes if all of them are in memory, and the system can tell without waiting."""
        if sys.platform != "linux":
            return b""
        chunk = BytesIO(bytes(count))  # gives its bytes away without another copy
        try:
            with chunk.getbuffer() as room:
                got = os.preadv(self._file.fileno(), [room], self._at, os.RWF_NOWAIT)
        except OSError:  # not held, not told, or broken: the thread waits, or says why not
            return b""
        return chunk.getvalue() if got == count else b""

    def _fetched(self, count: int) -> bytes:
        self._file.seek(self._at)
        return self._file.read(count)
