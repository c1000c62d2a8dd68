"""A file that grows: buffered, hashed on the way, written in large pieces by a thread."""

import hashlib
from pathlib import Path
from typing import Final

WRITE_BYTES: Final = 256 * 1024


class PartFile:
    """Opening reads and hashes the first `offset` bytes and cuts off the rest: use a thread.

    `size` counts all bytes, also those that `write` has yet to put on disk.
    """

    def __init__(self, target: Path, offset: int) -> None:
        self._file = target.open("r+b" if offset else "wb")
        self._digest = hashlib.sha256()
        self._held = bytearray()
        self.size = offset
        while offset and (chunk := self._file.read(min(WRITE_BYTES, offset))):
            self._digest.update(chunk)
            offset -= len(chunk)
        if self.size:
            self._file.truncate(self.size)

    @property
    def sha256(self) -> str:
        """Of everything written so far, in hex."""
        return self._digest.hexdigest()

    def add(self, chunk: bytes) -> bool:
        """Keep bytes; true when it is time to call `write`."""
        self._held += chunk
        self.size += len(chunk)
        return len(self._held) >= WRITE_BYTES

    def write(self) -> None:
        """Put what is held on disk; blocks, and raises OSError if the disk refuses."""
        held, self._held = self._held, bytearray()
        self._digest.update(held)
        self._file.write(held)
        self._file.flush()

    def close(self) -> None:
        self._file.close()
