"""What the panel of a song tells beyond its state: what was odd, what came back, what runs out."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain import retention
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.music import Clip, MusicTask, TaskStatus
from beatra_desktop.ui import format
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_row import QueueRow

HOUR_S = 3600


def notes(row: QueueRow, now: datetime) -> list[str]:
    """Sentences, the most important first."""
    if row.clip is not None:
        return list(filter(None, (risk(row.clip, row.task, now),)))
    task = row.task
    found = (_late_cancel(task), _taken_back(task), _fewer(row), _refund(task))
    return [*filter(None, found), *_remarks(task)]


def risk(clip: Clip, task: MusicTask, now: datetime) -> str:
    """Why a clip should be saved soon; empty while there is no hurry."""
    if not retention.is_at_risk(clip, task, now):
        return ""
    if clip.expires_at is not None and now < clip.expires_at < now + retention.LINK_ENDS_SOON:
        left = format.duration((clip.expires_at - now).total_seconds())
        return _tr("Not saved yet, and its link ends in {time}.").format(time=left)
    since = retention.unsaved_for(clip, task, now)
    if since < timedelta(hours=1):
        return _tr("Not saved yet, and its link has ended. A new one is asked for.")
    hours = format.count(round(since.total_seconds() / HOUR_S))
    return _tr("Not saved for {hours} h. The service may keep it only for a limited time.").format(
        hours=hours
    )


def _late_cancel(task: MusicTask) -> str:
    if task.cancel_requested_at is None or task.status is not TaskStatus.SUCCEEDED:
        return ""
    return _tr("It was finished before it could be canceled, so it is charged as usual.")


def _taken_back(task: MusicTask) -> str:
    if task.status is not TaskStatus.CANCELED or task.remote_id is not None:
        return ""
    return _tr("It was never sent, so it cost nothing.")


def _fewer(row: QueueRow) -> str:
    """Fewer clips than the catalogue said is still a success (contract §4)."""
    task, came = row.task, len(row.clips)
    expected = task.expected_clips or 0
    if task.status is not TaskStatus.SUCCEEDED:
        return ""
    if came == 0:
        return _tr("The service says that it is done, but delivered no song.")
    if came >= expected:
        return ""
    return _tr("The model usually makes {expected} songs; this time it made {came}.").format(
        expected=expected, came=came
    )


def _refund(task: MusicTask) -> str:
    """What came back, in the service's figures; a refund nobody has booked yet is not claimed."""
    back = task_text.refunded(task)
    if back:
        return _tr("{amount} came back to your account.").format(amount=back)
    is_refused = task.failure is not None and task.failure.code is FailureCode.SAFETY_REJECTED
    if is_refused and task.billing is not None and task.billing.charged_credits is not None:
        return _tr("The service has not reported the refund yet.")
    return ""


def _remarks(task: MusicTask) -> list[str]:
    return [
        _tr("The service remarks: {text}").format(text=line) for line in task.remarks.splitlines()
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("task_notes", text)
