"""A file that grows: a thread writes it while more arrives."""

import asyncio
import threading
from io import BytesIO
from pathlib import Path
from typing import Final

WRITE_BYTES: Final = 1024 * 1024


class PartFile:
    """Opening cuts off what lies beyond the first `offset` bytes; open and close it in threads.

    `size` counts all bytes, also those that are still to be put on disk. Both writing methods
    raise OSError if the disk refuses.
    """

    def __init__(self, target: Path, offset: int) -> None:
        self._file = target.open("r+b" if offset else "wb")
        # Filled by turns: memory that is new each time would cost more than the copy.
        self._held, self._spare = BytesIO(), BytesIO()
        self._writing: asyncio.Future[None] | None = None
        self._lock = threading.Lock()
        self.size = offset
        if offset:
            self._file.truncate(offset)
            self._file.seek(offset)

    async def add(self, chunk: bytes) -> None:
        """Keep bytes; once they are many, have them written as soon as those before them are."""
        self._held.write(chunk)
        self.size += len(chunk)
        if self._held.tell() >= WRITE_BYTES:
            await self._begin_to_write()

    async def write(self) -> None:
        """Put all that is held on disk."""
        await self._begin_to_write()
        await self._written()

    def close(self) -> None:
        """Waits for what is being written; what is only held is lost."""
        with self._lock:
            self._file.close()

    async def _begin_to_write(self) -> None:
        await self._written()
        held, self._held, self._spare = self._held, self._spare, self._held
        loop = asyncio.get_running_loop()
        self._writing = loop.run_in_executor(None, self._put, held)

    async def _written(self) -> None:
        writing, self._writing = self._writing, None
        if writing is not None:
            await writing

    def _put(self, held: BytesIO) -> None:
        with self._lock, held.getbuffer() as room:
            if not self._file.closed:
                self._file.write(room[: held.tell()])
                self._file.flush()
        held.seek(0)
