"""Uploads: a file on its way to becoming an artifact."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NewType

from msgspec import Struct

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import IdempotencyKey, ProfileId, TaskId, UploadId
from beatra_desktop.domain.requests import Hold, Wait

PreflightId = NewType("PreflightId", str)

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


class PurposeRule(StrEnum):
    """What dropped files are for: recordings as references, everything as media, or references."""

    AUDIO_AS_REFERENCE = "audio_as_reference"
    ALL_AS_MEDIA = "all_as_media"
    REFERENCE_ONLY = "reference_only"

    def purpose_of(self, mime_type: str) -> Purpose:
        """What a file of that media type would serve."""
        if self is PurposeRule.REFERENCE_ONLY:
            return Purpose.REFERENCE_AUDIO
        is_wanted = self is PurposeRule.AUDIO_AS_REFERENCE and mime_type.startswith("audio/")
        return Purpose.REFERENCE_AUDIO if is_wanted else Purpose.MEDIA_INPUT


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


class Upload(Struct, frozen=True, kw_only=True):
    """One file, what became of it, and the artifact it is known by afterwards.

    Sizes are bytes. `modified_ns` is the file's mtime when it was added: a file that changed since
    is not sent; 0 means that nobody looked yet. `hashed_bytes` of a file are read while it is
    inspected. `rights_confirmed_at` is when the user said they may use a reference. What waits is
    sent by `rank`, the lowest first. `removed_at` is when the row was cleared away; what it became
    stays in the library. `gone_at` is when the service was seen to know the artifact no more.
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
    removed_at: datetime | None = None
    gone_at: datetime | None = None
    failure: Failure | None = None
    hashed_bytes: int = 0
    wait: Wait | None = None
    hold: Hold | None = None

    @property
    def content(self) -> "Content":
        """What must be equal for two uploads to give the same artifact."""
        return self.profile_id, self.sha256, self.purpose

    @property
    def is_confirming(self) -> bool:
        """All bytes are out and the service has yet to say that it has them."""
        return self.status is UploadStatus.SENDING and 0 < self.size <= self.sent_bytes


Content = tuple[ProfileId, str | None, Purpose]
"""Profile, SHA-256 and purpose."""


class Refusal(Struct, frozen=True, kw_only=True):
    """A file that was dropped and is not sent, and why."""

    name: str
    path: Path
    failure: Failure


class Preflight(Struct, frozen=True, kw_only=True):
    """What was found among files that were dropped together, before any of them is sent.

    While `is_looking`, the figures grow. `total` files were looked at: `accepted` ones of `bytes`
    in all became uploads, the others are `refusals`. `skipped` counts what was passed over below
    folders: hidden and system files, links to folders. `left_out` files are more than one drop may
    bring.
    """

    id: PreflightId
    is_looking: bool = True
    total: int = 0
    accepted: int = 0
    bytes: int = 0
    refusals: tuple[Refusal, ...] = ()
    skipped: int = 0
    left_out: int = 0


class Use(Struct, frozen=True, kw_only=True):
    """A song that was asked for with a file as its reference."""

    task_id: TaskId
    title: str


class KnownFile(Struct, frozen=True, kw_only=True):
    """What the library knows of one content under one profile and purpose.

    `upload` is the newest upload of it, with path, hash, artifact, dates and `gone_at`; `id` names
    the content. `artifact_ids` are all it ever had. `is_missing`: its file is not where it was.
    """

    id: str
    upload: Upload
    artifact_ids: frozenset[str]
    used_by: tuple[Use, ...] = ()
    is_missing: bool = False


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
