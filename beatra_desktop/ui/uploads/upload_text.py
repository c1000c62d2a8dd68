"""What an upload's row says."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.requests import Hold, Wait
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.ui import format
from beatra_desktop.ui.details import Detail, failure_details
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_PHASES: Final[Mapping[UploadStatus, str]] = MappingProxyType(
    {
        UploadStatus.INSPECTING: QT_TRANSLATE_NOOP("upload_text", "Checking the file"),
        UploadStatus.ASKING: QT_TRANSLATE_NOOP("upload_text", "Waiting for your answer"),
        UploadStatus.WAITING: QT_TRANSLATE_NOOP("upload_text", "Waiting for its turn"),
        UploadStatus.SENDING: QT_TRANSLATE_NOOP("upload_text", "Sending"),
        UploadStatus.UPLOADED: QT_TRANSLATE_NOOP("upload_text", "Uploaded"),
        UploadStatus.FAILED: QT_TRANSLATE_NOOP("upload_text", "Not uploaded"),
        UploadStatus.CANCELED: QT_TRANSLATE_NOOP("upload_text", "Canceled"),
        UploadStatus.UNKNOWN: QT_TRANSLATE_NOOP("upload_text", "Nobody knows yet"),
    }
)
_HOLDS: Final[Mapping[Hold, str]] = MappingProxyType(
    {
        Hold.OFFLINE: QT_TRANSLATE_NOOP("upload_text", "Waiting for the network"),
        Hold.PAUSED: QT_TRANSLATE_NOOP("upload_text", "Paused"),
    }
)
_ENDED_BADLY: Final = (UploadStatus.FAILED, UploadStatus.UNKNOWN)
_LOOKS: Final[Mapping[UploadStatus, tuple[Icon, Tone]]] = MappingProxyType(
    {
        UploadStatus.ASKING: (Icon.FILE_AUDIO, Tone.ACCENT),
        UploadStatus.UPLOADED: (Icon.SUCCESS, Tone.SUCCESS),
        UploadStatus.FAILED: (Icon.ERROR, Tone.DANGER),
        UploadStatus.CANCELED: (Icon.CANCELED, Tone.SECONDARY),
        UploadStatus.UNKNOWN: (Icon.WARNING, Tone.WARNING),
    }
)
_PURPOSES: Final[Mapping[Purpose, str]] = MappingProxyType(
    {
        Purpose.REFERENCE_AUDIO: QT_TRANSLATE_NOOP("upload_text", "Reference audio"),
        Purpose.MEDIA_INPUT: QT_TRANSLATE_NOOP("upload_text", "File"),
    }
)


def phase(upload: Upload) -> str:
    """Where the upload stands, in a word or two."""
    if upload.hold is not None and upload.status.is_live:
        return _tr(_HOLDS[upload.hold])
    if upload.is_confirming:
        return _tr("Confirming")
    if upload.reused:
        return _tr("Already uploaded, reused")
    if upload.status is UploadStatus.INSPECTING and upload.size and upload.hashed_bytes:
        percent = format.percent(upload.hashed_bytes / upload.size)
        return _tr("Checking {percent}").format(percent=percent)
    return _tr(_PHASES[upload.status])


def look(upload: Upload) -> tuple[Icon, Tone]:
    """The icon of a row; its meaning is in the words beside it."""
    is_audio = upload.purpose is Purpose.REFERENCE_AUDIO
    usual = (Icon.FILE_AUDIO if is_audio else Icon.FILE, Tone.SECONDARY)
    return _LOOKS.get(upload.status, usual)


def status_line(upload: Upload, now: datetime) -> str:
    """Phase, size, speed and time left, as far as they are known."""
    parts = (progress(upload, now), time_left(upload) or _size_once(upload))
    return " · ".join(filter(None, parts))


def progress(upload: Upload, now: datetime) -> str:
    """The phase in figures: bytes of bytes and speed while it is sent."""
    if upload.wait is not None and upload.hold is None:
        return waiting(upload.wait, now)
    if _is_moving(upload):
        sent, size = format.size(upload.sent_bytes), format.size(upload.size)
        amount = _tr("{sent} of {size}").format(sent=sent, size=size)
        speed = upload.bytes_per_second
        return f"{amount} · {format.rate(speed) if speed else phase(upload)}"
    if upload.status in _ENDED_BADLY and upload.failure is not None:
        return describe(upload.failure, Kept.FILE).title
    return phase(upload)


def time_left(upload: Upload) -> str:
    """Empty while nobody knows."""
    if not _is_moving(upload) or not upload.bytes_per_second:
        return ""
    return format.time_left((upload.size - upload.sent_bytes) / upload.bytes_per_second)


def share(upload: Upload) -> str:
    """How much of it is out, in percent; empty where that says nothing."""
    return format.percent(upload.sent_bytes / upload.size) if _is_moving(upload) else ""


def waiting(wait: Wait, now: datetime) -> str:
    """Which attempt comes next, and when."""
    return _tr("Attempt {attempt} of {of} in {countdown}").format(
        attempt=wait.attempt, of=wait.of, countdown=format.countdown(wait.until, now)
    )


def fraction(upload: Upload) -> float | None:
    """How much of the file is out, or read before that, 0 to 1; None while nobody knows."""
    is_held = upload.hold is not None or upload.wait is not None
    if is_held or upload.status is UploadStatus.WAITING:
        return 0.0
    if upload.status is UploadStatus.INSPECTING and upload.size and upload.hashed_bytes:
        return upload.hashed_bytes / upload.size
    return upload.sent_bytes / upload.size if _is_moving(upload) else None


def shows_progress(upload: Upload) -> bool:
    return upload.status in (UploadStatus.INSPECTING, UploadStatus.SENDING)


def problem(upload: Upload) -> str:
    """Why the upload failed and what to do; empty when it did not."""
    if upload.failure is None or upload.status.is_live:
        return ""
    return describe(upload.failure, Kept.FILE).sentence


def spoken(upload: Upload, now: datetime) -> str:
    """The whole row, for a screen reader."""
    return format.heard(upload.name, status_line(upload, now), problem(upload))


def upload_details(upload: Upload) -> list[Detail]:
    """What is known about an upload, leaving out what is not."""
    uploaded = format.absolute(upload.uploaded_at) if upload.uploaded_at else ""
    confirmed = format.absolute(upload.rights_confirmed_at) if upload.rights_confirmed_at else ""
    lines = (
        (_tr("File"), str(upload.path)),
        (_tr("Size"), _exact_size(upload.size) if upload.size else ""),
        (_tr("Purpose"), _tr(_PURPOSES[upload.purpose])),
        (_tr("Type"), upload.mime_type),
        (_tr("Artifact id"), upload.artifact_id),
        (_tr("Request id"), upload.request_id),
        (_tr("Idempotency key"), upload.idempotency_key),
        (_tr("Uploaded at"), uploaded),
        (_tr("Rights confirmed"), confirmed),
        (_tr("SHA-256"), upload.sha256),
    )
    known = [Detail(label, value) for label, value in lines if value]
    return known + (failure_details(upload.failure) if upload.failure else [])


def _exact_size(size: int) -> str:
    return _tr("{size} ({bytes} bytes)").format(size=format.size(size), bytes=format.count(size))


def _size_once(upload: Upload) -> str:
    is_told = _is_moving(upload) or upload.wait is not None
    return format.size(upload.size) if upload.size and not is_told else ""


def _is_moving(upload: Upload) -> bool:
    is_sending = upload.status is UploadStatus.SENDING and upload.hold is None
    return is_sending and upload.size > 0 and not upload.is_confirming


def _tr(text: str) -> str:
    return QCoreApplication.translate("upload_text", text)
