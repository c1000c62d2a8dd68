"""A file that grows, written in large pieces by a thread."""

from io import BytesIO
from pathlib import Path
from typing import Final

WRITE_BYTES: Final = 512 * 1024


class PartFile:
    """Opening cuts off what lies beyond the first `offset` bytes: use a thread.

    `size` counts all bytes, also those that `write` has yet to put on disk.
    """

    def __init__(self, target: Path, offset: int) -> None:
        self._file = target.open("r+b" if offset else "wb")
        # Written to again and again: memory that is new each time costs more than the copy.
        self._held = BytesIO()
        self.size = offset
        if offset:
            self._file.truncate(offset)
            self._file.seek(offset)

    def add(self, chunk: bytes) -> bool:
        """Keep bytes; true when it is time to call `write`."""
        self._held.write(chunk)
        self.size += len(chunk)
        return self._held.tell() >= WRITE_BYTES

    def write(self) -> None:
        """Put what is held on disk; blocks, and raises OSError if the disk refuses."""
        with self._held.getbuffer() as room:
            self._file.write(room[: self._held.tell()])
        self._file.flush()
        self._held.seek(0)

    def close(self) -> None:
        self._file.close()
