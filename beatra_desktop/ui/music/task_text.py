"""What the song list says of a task and of a clip."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.music_rules import AUTO
from beatra_desktop.domain.requests import Hold
from beatra_desktop.domain.titles import numbered
from beatra_desktop.services.estimates import Estimate
from beatra_desktop.ui import format
from beatra_desktop.ui.details import Detail, failure_details
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.music.queue_row import QueueRow, name_of
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP
from beatra_desktop.ui.uploads.upload_text import waiting

PERCENT: Final = 100
ROUND_S: Final = 5
name = name_of
_NAMED: Final = (TaskStatus.FAILED, TaskStatus.REFUSED, TaskStatus.UNKNOWN)
"""States whose row says why."""
_STATES: Final[Mapping[TaskStatus, tuple[str, Icon, Tone]]] = MappingProxyType(
    {
        TaskStatus.DRAFT: (
            QT_TRANSLATE_NOOP("task_text", "Not sent yet, waits for you"), Icon.EDIT, Tone.SECONDARY
        ),
        TaskStatus.WAITING: (
            QT_TRANSLATE_NOOP("task_text", "Waiting for its turn"), Icon.CLOCK, Tone.SECONDARY
        ),
        TaskStatus.SUBMITTING: (
            QT_TRANSLATE_NOOP("task_text", "Sending"), Icon.UPLOAD, Tone.ACCENT
        ),
        TaskStatus.QUEUED: (
            QT_TRANSLATE_NOOP("task_text", "Queued"), Icon.CLOCK, Tone.ACCENT
        ),
        TaskStatus.RUNNING: (
            QT_TRANSLATE_NOOP("task_text", "In the making"), Icon.WAVEFORM, Tone.ACCENT
        ),
        TaskStatus.SUCCEEDED: (
            QT_TRANSLATE_NOOP("task_text", "Done"), Icon.SUCCESS, Tone.SUCCESS
        ),
        TaskStatus.FAILED: (
            QT_TRANSLATE_NOOP("task_text", "Failed"), Icon.ERROR, Tone.DANGER
        ),
        TaskStatus.CANCELED: (
            QT_TRANSLATE_NOOP("task_text", "Canceled"), Icon.CANCELED, Tone.SECONDARY
        ),
        TaskStatus.REFUSED: (
            QT_TRANSLATE_NOOP("task_text", "Not started"), Icon.ERROR, Tone.DANGER
        ),
        TaskStatus.UNKNOWN: (
            QT_TRANSLATE_NOOP("task_text", "Outcome unknown"), Icon.WARNING, Tone.WARNING
        ),
    }
)  # fmt: skip
_HOLDS: Final[Mapping[Hold, str]] = MappingProxyType(
    {
        Hold.OFFLINE: QT_TRANSLATE_NOOP("task_text", "no network"),
        Hold.PAUSED: QT_TRANSLATE_NOOP("task_text", "paused"),
    }
)
_DELIVERIES: Final[Mapping[Delivery, str]] = MappingProxyType(
    {
        Delivery.WAITING: QT_TRANSLATE_NOOP("task_text", "Waiting for download"),
        Delivery.DOWNLOADING: QT_TRANSLATE_NOOP("task_text", "Downloading"),
        Delivery.VERIFYING: QT_TRANSLATE_NOOP("task_text", "Checking the file"),
        Delivery.SAVED: QT_TRANSLATE_NOOP("task_text", "Saved"),
        Delivery.UNSAVED: QT_TRANSLATE_NOOP("task_text", "Not saved"),
    }
)


def look(task: MusicTask) -> tuple[Icon, Tone]:
    """The icon of a task's state; a state nobody knows gets an hourglass."""
    _, icon, tone = _STATES.get(task.status, ("", Icon.HOURGLASS, Tone.SECONDARY))
    return icon, tone


def state(task: MusicTask, now: datetime) -> str:
    """What the service does with it, and in which phase; unknown states as the service says."""
    if task.wait is not None:
        return waiting(task.wait, now)
    if task.hold is not None and task.status in _STATES and not task.status.is_terminal:
        return f"{_tr(_STATES[task.status][0])} · {_tr(_HOLDS[task.hold])}"
    if task.cancel_requested_at is not None and not task.status.is_terminal:
        return _tr("Cancel asked for, may still be finished")
    if task.cancel_failure is not None:
        return _tr("Could not be canceled, goes on")
    if task.status is TaskStatus.UNKNOWN and task.failure is None:
        return _tr("Checking whether it was made")
    if task.status is TaskStatus.OTHER:
        return task.server_status
    words = _tr(_STATES[task.status][0])
    if task.failure is not None and task.status in _NAMED:
        return f"{words} · {describe(task.failure).title}"
    stage = task.progress.stage if task.progress is not None else ""
    running = task.status is TaskStatus.RUNNING and stage
    return f"{words} · {stage.replace('_', ' ')}" if running else words


def _stage(stage: str) -> str:
    """The service's own word for what it does now; it has no list of them (contract U7)."""
    words = stage.replace("_", " ")
    return words[:1].upper() + words[1:]


def delivery(clips: tuple[Clip, ...]) -> str:
    """How many of a task's clips are on this disk; empty when it has none."""
    if not clips:
        return ""
    saved = sum(clip.delivery is Delivery.SAVED for clip in clips)
    words = _tr("{saved} of {all} saved").format(saved=saved, all=len(clips))
    deleted = sum(clip.deleted_at is not None for clip in clips)
    return format.listed((words, _tr("{n} deleted").format(n=deleted) if deleted else ""))


def elapsed(task: MusicTask, now: datetime) -> str:
    """How long the service works on it, from when it started; empty before that."""
    if task.started_at is None:
        return ""
    if not task.status.is_terminal:
        return format.duration((now - task.started_at).total_seconds())
    if task.completed_at is None:
        return ""
    taken = format.duration((task.completed_at - task.started_at).total_seconds())
    return _tr("took {time}").format(time=taken)


def cost(task: MusicTask) -> str:
    """What was charged, and what came back; before, what the catalogue says it will cost."""
    if task.billing is None:
        estimated = task.estimated_credits
        goes_on = not task.status.is_terminal and task.status is not TaskStatus.REFUSED
        if estimated is None or not goes_on:
            return ""
        return _tr("about {amount}").format(amount=format.credits(estimated))
    if back := refunded(task):
        return _tr("{amount} back").format(amount=back)
    charged = task.billing.charged_credits
    return format.credits(charged) if charged is not None else ""


def refunded(task: MusicTask) -> str:
    """What came back; empty when nothing did."""
    amount = task.billing.refunded_credits if task.billing is not None else None
    return format.credits(amount) if amount is not None and amount.strip("0.") else ""


def task_line(row: QueueRow, now: datetime, estimate: Estimate | None = None) -> str:
    """The second line of a task: both of its states, and how long it may still take."""
    task, left = row.task, time_left(row.task, now, estimate)
    stage = task.progress.stage if task.progress is not None else ""
    phase = _stage(stage) if left and stage and task.wait is None else state(task, now)
    return " · ".join(filter(None, (phase, delivery(row.clips), left)))


def time_left(task: MusicTask, now: datetime, estimate: Estimate | None) -> str:
    """A range from songs made before; empty while nothing is known. Never a promise."""
    if estimate is None or task.status is not TaskStatus.RUNNING or task.started_at is None:
        return ""
    left = estimate.left(task, now)
    if left is None:
        return _tr("longer than usual")
    return _tr("{time} left").format(time=_range(*left))


def usual_time(estimate: Estimate) -> str:
    """How long such songs take from their start."""
    return _tr("usually {time}").format(time=_range(estimate.usual, estimate.late))


def _range(least: float, most: float) -> str:
    """Such as "0:20–0:45", rounded to what such a guess is worth."""
    low, high = (format.duration(round(s / ROUND_S) * ROUND_S) for s in (least, most))
    return low if low == high else f"{low}–{high}"


def variation(row: QueueRow) -> str:
    """Which of the variations asked for together it is; empty for a song asked for alone."""
    if row.variation is None:
        return ""
    number, count = row.variation
    return _tr("{n} of {all}").format(n=number, all=count)


def model(task: MusicTask) -> str:
    """Which one made it, or was asked for."""
    asked = _tr("Auto") if task.prompt.model == AUTO else task.prompt.model
    return task.resolved_model or asked


def clip_name(row: QueueRow) -> str:
    """The name of the row's clip; empty for a task's own row."""
    return "" if row.clip is None else numbered(row.clip.title, row.clip.index, of=len(row.clips))


def clip_line(clip: Clip) -> str:
    """The second line of a clip: its length, and whether it is on this disk."""
    length = format.duration(clip.duration_seconds) if clip.duration_seconds is not None else ""
    return " · ".join(filter(None, (length, _saving(clip))))


def problem(row: QueueRow) -> str:
    """What went wrong and what to do about it; empty when nothing did."""
    if row.clip is not None:
        return describe(row.clip.failure, Kept.CLIP).sentence if row.clip.failure else ""
    if row.task.cancel_failure is not None:
        reason = describe(row.task.cancel_failure).sentence
        return " ".join((_tr("It could not be canceled and goes on."), reason))
    return describe(row.task.failure, Kept.PROMPT).sentence if row.task.failure else ""


def spoken(row: QueueRow, now: datetime) -> str:
    """The whole row, for a screen reader."""
    if row.clip is not None:
        clip = _tr("Clip {title}").format(title=clip_name(row))
        return format.heard(clip, clip_line(row.clip), problem(row))
    task, of_batch = row.task, variation(row)
    named = _tr("variation {place}").format(place=of_batch) if of_batch else ""
    time = elapsed(task, now)
    runs = _tr("for {time}").format(time=time) if time and not task.status.is_terminal else time
    return format.heard(name(task), named, task_line(row, now), runs, cost(task), problem(row))


def details(row: QueueRow) -> list[Detail]:
    """Ids, times and what the service said, leaving out what is not known."""
    clip_lines = _clip_lines(row.clip) if row.clip is not None else ()
    known = [
        Detail(label, value) for label, value in (*clip_lines, *_task_lines(row.task)) if value
    ]
    task_failure = row.task.cancel_failure or row.task.failure
    failure = row.clip.failure if row.clip is not None else task_failure
    return known + (failure_details(failure) if failure else [])


def _task_lines(task: MusicTask) -> tuple[tuple[str, str | None], ...]:
    return (
        (_tr("Task id"), task.remote_id),
        (_tr("Request id"), task.request_id),
        (_tr("Idempotency key"), task.idempotency_key),
        (_tr("State at the service"), task.server_status),
        (_tr("Model asked"), task.prompt.model),
        (_tr("Model"), task.resolved_model),
        (_tr("Charged"), task.billing.charged_credits if task.billing else None),
        (_tr("Refunded"), task.billing.refunded_credits if task.billing else None),
        (_tr("Created"), format.absolute(task.created_at)),
        (_tr("Started"), _moment(task.started_at)),
        (_tr("Ended"), _moment(task.completed_at)),
        (_tr("Last looked"), _moment(task.checked_at)),
    )


def _clip_lines(clip: Clip) -> tuple[tuple[str, str | None], ...]:
    saved = clip.delivery is Delivery.SAVED and clip.path is not None
    return (
        (_tr("File"), str(clip.path) if saved else None),
        (_tr("Artifact id"), clip.artifact_id),
        (_tr("Saved"), _moment(clip.saved_at)),
        (_tr("SHA-256"), clip.sha256),
    )


def _moment(moment: datetime | None) -> str:
    return format.absolute(moment) if moment is not None else ""


def _saving(clip: Clip) -> str:
    words = _tr(_DELIVERIES[clip.delivery])
    if clip.delivery is not Delivery.DOWNLOADING or not clip.size_bytes:
        return words
    share = min(PERCENT, clip.received_bytes * PERCENT // clip.size_bytes)
    return f"{words} · {share} %"


def _tr(text: str) -> str:
    return QCoreApplication.translate("task_text", text)
