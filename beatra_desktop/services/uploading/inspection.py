"""Looking at one file before it is sent: all of this reads the disk, so it runs in threads."""

import hashlib
import mmap
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.inspect import probe
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.uploads import (
    REFERENCE_TYPES,
    Purpose,
    size_failure,
    type_failure,
)
from beatra_desktop.services import failures
from beatra_desktop.services.uploading import contents

READ_BYTES: Final = 128 * 1024


class Looked(Struct, frozen=True, kw_only=True):
    """What a file is and would serve; `size` in bytes, `modified_ns` its mtime."""

    path: Path
    size: int
    modified_ns: int
    mime_type: str
    purpose: Purpose


class Reading:
    """How far a thread has read a file; whoever waits for it may stop it."""

    def __init__(self) -> None:
        self.done_bytes = 0
        self.is_stopped = False


def look(path: Path, purpose_of: Callable[[str], Purpose]) -> Looked | Failure:
    """Size, type and purpose of a file, or why it can't be sent; reads its beginning only.

    `purpose_of` gives the purpose for a media type.
    """
    try:
        return _look(path, purpose_of)
    except OSError as error:
        return failures.from_reading(error, subject=path.name)
    except ValueError as error:  # a NUL or half a character: no file can have such a name
        return Failure(code=FailureCode.FILE_GONE, subject=path.name, detail=str(error))


def sha256(looked: Looked, reading: Reading) -> str | Failure:
    """The hash of a file that is still as it was when looked at; empty when it was stopped."""
    try:
        return _sha256(looked, reading)
    except OSError as error:
        return failures.from_reading(error, subject=looked.path.name)


def _look(path: Path, purpose_of: Callable[[str], Purpose]) -> Looked | Failure:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return Failure(code=FailureCode.NOT_A_FILE, subject=path.name)
    if failure := size_failure(path.name, status.st_size):
        return failure
    named, head = contents.named_type(path), _head(path)
    if contents.is_unlike(named, head):
        return _disguised(path, f"named {named}, holds {contents.held_type(head)}")
    is_named = named != contents.UNKNOWN_TYPE
    mime_type = named if is_named else contents.held_type(head) or named
    purpose = purpose_of(mime_type)
    failure = type_failure(path.name, mime_type, purpose) or _sound_failure(path, mime_type)
    return failure or Looked(
        path=path,
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        mime_type=mime_type,
        purpose=purpose,
    )


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(contents.HEAD_BYTES)


def _sound_failure(path: Path, mime_type: str) -> Failure | None:
    """What is named like a reference must hold sound, whatever it is for."""
    if mime_type not in REFERENCE_TYPES:
        return None
    try:
        probe(path)
    except UnreadableAudio as error:
        return _disguised(path, str(error))
    return None


def _disguised(path: Path, detail: str) -> Failure:
    return Failure(code=FailureCode.FILE_DISGUISED, subject=path.name, detail=detail)


def _sha256(looked: Looked, reading: Reading) -> str | Failure:
    changed = Failure(code=FailureCode.FILE_CHANGED, subject=looked.path.name)
    digest = hashlib.sha256()
    # A mapping goes back to the system at once; each thread would keep an allocated buffer.
    with (
        mmap.mmap(-1, READ_BYTES) as mapping,
        memoryview(mapping) as buffer,
        looked.path.open("rb", buffering=0) as file,
    ):
        if not _is_as(looked, file.fileno()):
            return changed
        # Somebody may write to the file as fast as it is read.
        while reading.done_bytes <= looked.size and (count := file.readinto(buffer)):
            if reading.is_stopped:
                return ""
            with buffer[:count] as read:
                digest.update(read)
            reading.done_bytes += count
            _let_others_go_first()
        is_whole = reading.done_bytes == looked.size and _is_as(looked, file.fileno())
    return digest.hexdigest() if is_whole else changed


def _let_others_go_first() -> None:
    """Linux leaves a core to who computes for 3 to 4 ms, even when the GUI thread wants it."""
    if sys.platform == "linux":
        os.sched_yield()


def _is_as(looked: Looked, descriptor: int) -> bool:
    now = os.fstat(descriptor)
    return (now.st_size, now.st_mtime_ns) == (looked.size, looked.modified_ns)
