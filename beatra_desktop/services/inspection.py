"""Looking at a file before it is sent: all reading happens in worker threads."""

import hashlib
import mimetypes
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from beatra_desktop.audio.errors import UnreadableAudio
from beatra_desktop.audio.inspect import probe
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.uploads import Purpose, size_failure, type_failure
from beatra_desktop.services import failures

READ_BYTES: Final = 1024 * 1024
UNKNOWN_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a file is; sizes in bytes. With a `failure` it can't be sent."""

    size: int = 0
    modified_ns: int = 0
    sha256: str = ""
    mime_type: str = UNKNOWN_TYPE
    failure: Failure | None = None


def inspect(path: Path, purpose: Purpose) -> Inspected:
    """Size, type and hash of a file; blocks for as long as reading it takes."""
    try:
        return _inspect(path, purpose)
    except OSError as error:
        return Inspected(failure=failures.from_reading(error, subject=path.name))


def _inspect(path: Path, purpose: Purpose) -> Inspected:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return Inspected(failure=Failure(code=FailureCode.NOT_A_FILE, subject=path.name))
    mime_type = mimetypes.guess_type(path.name)[0] or UNKNOWN_TYPE
    failure = (
        size_failure(path.name, status.st_size)
        or type_failure(path.name, mime_type, purpose)
        or _content_failure(path, purpose)
    )
    return Inspected(
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
        sha256="" if failure else _sha256(path),
        mime_type=mime_type,
        failure=failure,
    )


def _content_failure(path: Path, purpose: Purpose) -> Failure | None:
    if purpose is not Purpose.REFERENCE_AUDIO:
        return None
    try:
        probe(path)
    except UnreadableAudio as error:
        return Failure(code=FailureCode.FILE_WRONG_TYPE, subject=path.name, detail=str(error))
    return None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
