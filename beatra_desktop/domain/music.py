"""Music tasks and their clips: what the service did, and whether it is safe on this disk."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ClipId, IdempotencyKey, ProfileId, TaskId, UploadId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Wait

PROMPT_CHARACTERS: Final = 2000
LYRICS_CHARACTERS: Final = 5000
TITLE_CHARACTERS: Final = 100
LOCAL_JOB: Final = "local_job"
"""The metadata key under which a task carries our own id (contract §3.5)."""


class Route(StrEnum):
    TEXT_TO_MUSIC = "text-to-music"
    REFERENCE_AUDIO_TO_MUSIC = "reference-audio-to-music"

    @property
    def capability(self) -> str:
        return self.value.replace("-", "_")


class Reference(Struct, frozen=True, kw_only=True):
    """An uploaded file the song follows; `artifact_id` is empty until the upload is through."""

    upload_id: UploadId
    name: str
    artifact_id: str | None = None


class SunoOptions(Struct, frozen=True, kw_only=True):
    """Options of the Suno family (contract §6); None leaves the choice to the service."""

    custom_mode: bool | None = None
    negative_tags: str | None = None
    vocal_gender: str | None = None
    style_weight: float | None = None
    weirdness_constraint: float | None = None
    audio_weight: float | None = None


class MinimaxOptions(Struct, frozen=True, kw_only=True):
    """Options of the MiniMax family (contract §6)."""

    lyrics_optimizer: bool | None = None


class MusicPrompt(Struct, frozen=True, kw_only=True):
    """What the user asked for; everything needed to ask again."""

    prompt: str
    model: str = "auto"
    title: str = ""
    lyrics: str = ""
    instrumental: bool = False
    reference: Reference | None = None
    suno: SunoOptions | None = None
    minimax: MinimaxOptions | None = None

    @property
    def route(self) -> Route:
        return Route.REFERENCE_AUDIO_TO_MUSIC if self.reference else Route.TEXT_TO_MUSIC


class TaskStatus(StrEnum):
    """draft -> waiting -> submitting -> queued -> running -> succeeded | failed | canceled.

    submitting -> refused | unknown. A draft was written while its service was out of reach: it
    goes out when the user says so. What is waiting waits for its turn: nothing of it has left, and
    it can be put in another order or taken back. A status string the app does not know is `OTHER`:
    shown raw and never terminal (contract §4).
    """

    DRAFT = "draft"
    WAITING = "waiting"
    SUBMITTING = "submitting"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    OTHER = "other"

    @property
    def is_terminal(self) -> bool:
        return self in _TERMINAL

    @property
    def is_at_service(self) -> bool:
        """Accepted by the service and not ended: worth polling."""
        return self in (TaskStatus.QUEUED, TaskStatus.RUNNING, TaskStatus.OTHER)


_TERMINAL: Final = frozenset({TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELED})
_ORDER: Final = (
    TaskStatus.DRAFT, TaskStatus.WAITING, TaskStatus.SUBMITTING, TaskStatus.REFUSED,
    TaskStatus.UNKNOWN, TaskStatus.OTHER, TaskStatus.QUEUED, TaskStatus.RUNNING,
)  # fmt: skip


class Delivery(StrEnum):
    """waiting -> downloading -> verifying -> saved | unsaved."""

    WAITING = "waiting"
    DOWNLOADING = "downloading"
    VERIFYING = "verifying"
    SAVED = "saved"
    UNSAVED = "unsaved"


class Progress(Struct, frozen=True, kw_only=True):
    """A phase mark, not a share done (contract §4); `percent` is 0 to 100."""

    percent: float | None = None
    stage: str = ""
    message: str = ""


class Billing(Struct, frozen=True, kw_only=True):
    """The server's decimal strings in credits; missing is not zero (contract §4).

    `is_final` once the task has ended: before, the figures may be an estimate.
    """

    charged_credits: str | None = None
    refunded_credits: str | None = None
    net_charged_credits: str | None = None
    charged_usd_reference: str | None = None
    is_final: bool = False


class Clip(Struct, frozen=True, kw_only=True):
    """One song a task made; `index` keeps the service's order. Sizes in bytes, times in seconds.

    `rating` is 1 to 5, 0 for none; `deleted_at` is when it went to the trash; `expires_at` is when
    its link ends, where the link says so.
    """

    id: ClipId
    task_id: TaskId
    index: int
    title: str
    url: str
    delivery: Delivery
    artifact_id: str | None = None
    lyrics: str | None = None
    tags: str = ""
    mime_type: str = "audio/mpeg"
    duration_seconds: float | None = None
    size_bytes: int | None = None
    received_bytes: int = 0
    path: Path | None = None
    sha256: str | None = None
    saved_at: datetime | None = None
    rating: int = 0
    is_favourite: bool = False
    deleted_at: datetime | None = None
    expires_at: datetime | None = None
    failure: Failure | None = None
    hold: Hold | None = None


class MusicTask(Struct, frozen=True, kw_only=True):
    """One music task. `id` is ours, `remote_id` the service's `task_id`.

    `server_status` is the raw status string. `checked_at` is the last successful poll. What has not
    left yet goes out by `rank`, the lowest first. Variations share a `batch_id`.
    `estimated_credits` and `expected_clips` are what the catalogue said when the task was written;
    `remarks` is what the service remarked, a line each. `cancel_failure` is why it could not be
    canceled, until it ends or that is tried again: no poll takes it back.
    """

    id: TaskId
    profile_id: ProfileId
    prompt: MusicPrompt
    status: TaskStatus
    created_at: datetime
    idempotency_key: IdempotencyKey | None = None
    remote_id: str | None = None
    request_id: str | None = None
    server_status: str = ""
    resolved_model: str | None = None
    progress: Progress | None = None
    billing: Billing | None = None
    submitted_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    cancel_requested_at: datetime | None = None
    cancel_failure: Failure | None = None
    checked_at: datetime | None = None
    deadline_at: datetime | None = None
    failure: Failure | None = None
    wait: Wait | None = None
    hold: Hold | None = None
    removed_at: datetime | None = None
    rank: float = 0.0
    batch_id: str | None = None
    estimated_credits: str | None = None
    expected_clips: int | None = None
    remarks: str = ""


class Report(Struct, frozen=True, kw_only=True):
    """One answer of the service about a task (contract §3.6), in the app's own terms."""

    remote_id: str
    server_status: str
    resolved_model: str | None = None
    progress: Progress | None = None
    billing: Billing | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    cancel_requested_at: datetime | None = None
    deadline_at: datetime | None = None
    failure: Failure | None = None
    request_id: str | None = None
    remarks: str = ""


def status_of(server_status: str) -> TaskStatus:
    """The app's status for the service's string."""
    known = (*_TERMINAL, TaskStatus.QUEUED, TaskStatus.RUNNING)
    return TaskStatus(server_status) if server_status in known else TaskStatus.OTHER


def apply(task: MusicTask, report: Report) -> MusicTask:
    """Fold one answer into the task: idempotent, order-insensitive, terminal wins.

    A stale report can fill gaps but never moves the task backwards. How a task ended is told by
    terminal reports only; what a summary leaves out (contract §3.7), a later one fills in.
    """
    filled = _with_gaps_filled(task, report)
    reported = status_of(report.server_status)
    if _later(task.status, reported) is not reported:
        return filled
    return replace(
        filled,
        status=reported,
        server_status=report.server_status,
        resolved_model=report.resolved_model or task.resolved_model,
        progress=_progress(task, report),
        failure=_failure(task, report),
        cancel_failure=None if reported.is_terminal else filled.cancel_failure,
    )


def _with_gaps_filled(task: MusicTask, report: Report) -> MusicTask:
    return replace(
        task,
        remote_id=task.remote_id or report.remote_id,
        resolved_model=task.resolved_model or report.resolved_model,
        submitted_at=task.submitted_at or report.created_at,
        started_at=task.started_at or report.started_at,
        completed_at=task.completed_at or report.completed_at,
        cancel_requested_at=task.cancel_requested_at or report.cancel_requested_at,
        cancel_failure=None if report.cancel_requested_at else task.cancel_failure,
        deadline_at=task.deadline_at or report.deadline_at,
        request_id=task.request_id or report.request_id,
        billing=_settled(task.billing, report.billing),
        remarks="\n".join(sorted({*task.remarks.splitlines(), *report.remarks.splitlines()})),
    )


def _settled(*bills: Billing | None) -> Billing | None:
    """The bill that came last, whatever order they are read in: final, and with most paid back."""
    known = [bill for bill in bills if bill is not None]
    return max(known, key=_settledness, default=None)


def _settledness(bill: Billing) -> tuple[bool, Decimal, int, list[str]]:
    values = [str(value or "") for value in structs.astuple(bill)]
    return bill.is_final, _decimal(bill.refunded_credits), sum(map(bool, values)), values


def _decimal(amount: str | None) -> Decimal:
    """For comparing only: what is missing or no number counts as nothing."""
    try:
        number = Decimal(amount or 0)
    except InvalidOperation:
        return Decimal(0)
    return number if number.is_finite() else Decimal(0)


def _progress(task: MusicTask, report: Report) -> Progress | None:
    if task.status.is_terminal:
        return task.progress or report.progress
    if status_of(report.server_status).is_terminal:
        return report.progress
    return _further(task.progress, report.progress)


def _further(known: Progress | None, reported: Progress | None) -> Progress | None:
    """A late report does not take the bar back."""
    if known is None or reported is None:
        return reported or known
    goes_back = (reported.percent or 0.0) < (known.percent or 0.0)
    return known if goes_back else reported


def _failure(task: MusicTask, report: Report) -> Failure | None:
    if task.status.is_terminal:
        return task.failure or report.failure
    return report.failure if status_of(report.server_status).is_terminal else None


def _later(known: TaskStatus, reported: TaskStatus) -> TaskStatus:
    if known.is_terminal:
        return known
    if reported.is_terminal or reported is TaskStatus.OTHER:
        return reported
    return max(known, reported, key=_ORDER.index)


class PromptProblem(Struct, frozen=True, kw_only=True):
    """A field that can't be sent as it is."""

    field: str
    reason: str


def problems(prompt: MusicPrompt) -> list[PromptProblem]:
    """What keeps a prompt from being sent at all.

    Everything else is for the service to decide; `music_rules` only hints (contract §10 X17).
    """
    found = []
    if not prompt.prompt.strip():
        found.append(PromptProblem(field="prompt", reason="empty"))
    if prompt.reference is not None and prompt.reference.artifact_id is None:
        found.append(PromptProblem(field="reference", reason="not_uploaded"))
    return found
