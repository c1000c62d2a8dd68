"""Uploads: a file on its way to becoming an artifact."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import IdempotencyKey, ProfileId, UploadId
from beatra_desktop.domain.requests import Hold, Wait

MAX_UPLOAD_BYTES: Final = 100 * 1024 * 1024
"""The service's limit per file (contract §3.9)."""

REFERENCE_TYPES: Final = frozenset(
    {"audio/mpeg", "audio/mp3", "audio/flac", "audio/x-flac", "audio/wav", "audio/x-wav",
     "audio/vnd.wave"}
)  # fmt: skip
"""Media types a music reference may have (contract §6)."""


class Purpose(StrEnum):
    MEDIA_INPUT = "media_input"
    REFERENCE_AUDIO = "reference_audio"


class UploadStatus(StrEnum):
    """inspecting -> asking -> waiting -> sending -> uploaded | failed | canceled | unknown.

    Asking: the user has yet to say that they may use the recording.
    """

    INSPECTING = "inspecting"
    ASKING = "asking"
    WAITING = "waiting"
    SENDING = "sending"
    UPLOADED = "uploaded"
    FAILED = "failed"
    CANCELED = "canceled"
    UNKNOWN = "unknown"

    @property
    def is_live(self) -> bool:
        return self in _LIVE


_LIVE: Final = frozenset(
    {
        UploadStatus.INSPECTING,
        UploadStatus.ASKING,
        UploadStatus.WAITING,
        UploadStatus.SENDING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file, what became of it, and the artifact it is known by afterwards.

    Sizes are bytes. `modified_ns` is the file's mtime when it was added: a file that changed since
    is not sent. `rights_confirmed_at` is when the user said they may use a reference. What waits is
    sent by `rank`, the lowest first. `gone_at` is when the service was seen to know the artifact no
    more.
    """

    id: UploadId
    profile_id: ProfileId
    path: Path
    name: str
    purpose: Purpose
    mime_type: str
    size: int
    modified_ns: int
    status: UploadStatus
    created_at: datetime
    sha256: str | None = None
    sent_bytes: int = 0
    bytes_per_second: float | None = None
    artifact_id: str | None = None
    url: str | None = None
    reused: bool = False
    idempotency_key: IdempotencyKey | None = None
    request_id: str | None = None
    uploaded_at: datetime | None = None
    rights_confirmed_at: datetime | None = None
    rank: float = 0.0
    gone_at: datetime | None = None
    failure: Failure | None = None
    wait: Wait | None = None
    hold: Hold | None = None


def size_failure(name: str, size: int) -> Failure | None:
    """Why a file of `size` bytes can't be sent, if so (contract §3.9)."""
    if size == 0:
        return Failure(code=FailureCode.FILE_EMPTY, subject=name)
    if size > MAX_UPLOAD_BYTES:
        return Failure(code=FailureCode.FILE_TOO_LARGE, subject=name, detail=f"{size} bytes")
    return None


def type_failure(name: str, mime_type: str, purpose: Purpose) -> Failure | None:
    """Why a file of that type can't serve the purpose, if so (contract §6)."""
    if purpose is Purpose.REFERENCE_AUDIO and mime_type not in REFERENCE_TYPES:
        return Failure(code=FailureCode.FILE_WRONG_TYPE, subject=name, detail=mime_type)
    return None
