"""From records to rows of the activity centre."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Moment, Step
from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.titles import first_words, numbered, one_line
from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.storage.activity import Sending

TITLE_CHARACTERS: Final = 80
_NOBODY: Final = ProfileId("")
NOT_SENT: Final = Sending()
_ANSWER: Final = {
    MessageStatus.SENDING: ActivityState.RUNNING,
    MessageStatus.STREAMING: ActivityState.RUNNING,
    MessageStatus.COMPLETE: ActivityState.DONE,
    MessageStatus.INCOMPLETE: ActivityState.FAILED,
    MessageStatus.STOPPED: ActivityState.CANCELED,
    MessageStatus.FAILED: ActivityState.FAILED,
    MessageStatus.UNKNOWN: ActivityState.FAILED,
}
_UPLOAD: Final = {
    UploadStatus.INSPECTING: ActivityState.RUNNING,
    UploadStatus.ASKING: ActivityState.NEEDS_YOU,
    UploadStatus.WAITING: ActivityState.WAITING,
    UploadStatus.SENDING: ActivityState.RUNNING,
    UploadStatus.UPLOADED: ActivityState.DONE,
    UploadStatus.FAILED: ActivityState.FAILED,
    UploadStatus.CANCELED: ActivityState.CANCELED,
    UploadStatus.UNKNOWN: ActivityState.FAILED,
}
_SONG: Final = {
    TaskStatus.DRAFT: ActivityState.NEEDS_YOU,
    TaskStatus.WAITING: ActivityState.WAITING,
    TaskStatus.SUBMITTING: ActivityState.RUNNING,
    TaskStatus.QUEUED: ActivityState.RUNNING,
    TaskStatus.RUNNING: ActivityState.RUNNING,
    TaskStatus.OTHER: ActivityState.RUNNING,
    TaskStatus.SUCCEEDED: ActivityState.DONE,
    TaskStatus.FAILED: ActivityState.FAILED,
    TaskStatus.CANCELED: ActivityState.CANCELED,
    TaskStatus.REFUSED: ActivityState.FAILED,
    TaskStatus.UNKNOWN: ActivityState.RUNNING,
}
_DOWNLOAD: Final = {
    Delivery.WAITING: ActivityState.WAITING,
    Delivery.DOWNLOADING: ActivityState.RUNNING,
    Delivery.VERIFYING: ActivityState.RUNNING,
    Delivery.SAVED: ActivityState.DONE,
    Delivery.UNSAVED: ActivityState.FAILED,
}


def row_id(kind: ActivityKind, owner_id: str) -> str:
    return f"{kind.value}:{owner_id}"


def answer(message: Message, title: str, sending: Sending = NOT_SENT) -> Activity:
    """The row of an answer; `title` is its conversation's."""
    ended_at = None if message.status.is_live else message.finished_at
    state = _ANSWER[message.status]
    if message.status is MessageStatus.INCOMPLETE and message.failure is None:
        state = ActivityState.DONE  # the user has taken it as it is
    elif message.status is MessageStatus.SENDING and (message.wait or message.hold):
        state = ActivityState.WAITING
    return Activity(
        id=row_id(ActivityKind.ANSWER, message.id),
        kind=ActivityKind.ANSWER,
        owner_id=message.id,
        title=title,
        state=state,
        profile_id=message.profile_id or _NOBODY,
        created_at=message.created_at,
        model=message.model or message.model_asked or "",
        ended_at=ended_at,
        timeline=_timeline(
            (Step.WRITTEN, sending.written_at or message.created_at),
            (Step.SENT, sending.sent_at),
            (Step.STARTED, message.first_delta_at),
            (Step.DONE, ended_at),
        ),
        attempts=sending.attempts,
        wait=message.wait,
        hold=message.hold,
        request_id=message.request_id,
        idempotency_key=message.idempotency_key,
        credits=message.usage.credits if message.usage else None,
        failure=message.failure,
        conversation_id=message.conversation_id,
    )


def upload(record: Upload, sending: Sending = NOT_SENT) -> Activity:
    state = _UPLOAD[record.status]
    if record.status is UploadStatus.SENDING and (record.wait or record.hold):
        state = ActivityState.WAITING
    is_live = record.status.is_live
    return Activity(
        id=row_id(ActivityKind.UPLOAD, record.id),
        kind=ActivityKind.UPLOAD,
        owner_id=record.id,
        title=record.name,
        state=state,
        profile_id=record.profile_id,
        created_at=record.created_at,
        ended_at=None if is_live else record.uploaded_at or sending.settled_at,
        timeline=_timeline(
            (Step.WRITTEN, record.created_at),
            (Step.SENT, sending.sent_at),
            (Step.DONE, record.uploaded_at),
        ),
        fraction=_fraction(record.sent_bytes, record.size),
        done_bytes=record.sent_bytes,
        total_bytes=record.size or None,
        attempts=sending.attempts,
        wait=record.wait,
        hold=record.hold,
        request_id=record.request_id,
        idempotency_key=record.idempotency_key,
        failure=record.failure,
    )


def song(
    task: MusicTask, sending: Sending = NOT_SENT, *, saved_at: datetime | None = None
) -> Activity:
    """The row of a task; `saved_at` is when the last of its clips was on this disk."""
    billing = task.billing
    return Activity(
        id=row_id(ActivityKind.SONG, task.id),
        kind=ActivityKind.SONG,
        owner_id=task.id,
        title=song_title(task),
        state=_song_state(task),
        profile_id=task.profile_id,
        created_at=task.created_at,
        model=task.resolved_model or task.prompt.model,
        ended_at=_song_end(task, sending),
        timeline=_timeline(
            (Step.WRITTEN, task.created_at),
            (Step.SENT, sending.sent_at),
            (Step.ACCEPTED, task.submitted_at),
            (Step.STARTED, task.started_at),
            (Step.DONE, task.completed_at),
            (Step.SAVED, saved_at),
        ),
        attempts=sending.attempts,
        wait=task.wait,
        hold=task.hold,
        request_id=task.request_id,
        idempotency_key=task.idempotency_key,
        credits=(billing.net_charged_credits or billing.charged_credits) if billing else None,
        failure=task.failure,
    )


def download(clip: Clip, task: MusicTask, *, of: int = 1) -> Activity:
    """The row of a clip's way to this disk; `of` is how many clips its task made."""
    state = _DOWNLOAD[clip.delivery]
    if clip.hold is not None and state is ActivityState.RUNNING:
        state = ActivityState.WAITING
    is_saved = clip.delivery is Delivery.SAVED
    # services tell whole seconds: not before the song was written, whose row stands below
    written_at = max(task.created_at, task.completed_at or task.created_at)
    return Activity(
        id=row_id(ActivityKind.DOWNLOAD, clip.id),
        kind=ActivityKind.DOWNLOAD,
        owner_id=clip.id,
        title=numbered(clip.title or song_title(task), clip.index, of=of),
        state=state,
        profile_id=task.profile_id,
        created_at=written_at,
        model=task.resolved_model or task.prompt.model,
        ended_at=clip.saved_at if is_saved else None,
        timeline=_timeline((Step.WRITTEN, written_at), (Step.SAVED, clip.saved_at)),
        fraction=1.0 if is_saved else _fraction(clip.received_bytes, clip.size_bytes),
        done_bytes=clip.received_bytes,
        total_bytes=clip.size_bytes,
        hold=clip.hold,
        request_id=task.request_id,
        failure=clip.failure,
    )


def song_title(task: MusicTask) -> str:
    return task.prompt.title or one_line(first_words(task.prompt.prompt), TITLE_CHARACTERS)


def same_place(row: Activity, listed: Activity) -> Activity:
    """A row that stays where it is listed, even if its time became known better."""
    is_same = row.created_at == listed.created_at
    return row if is_same else replace(row, created_at=listed.created_at)


def _song_state(task: MusicTask) -> ActivityState:
    match task.status:
        case TaskStatus.DRAFT if task.hold is not None:
            return ActivityState.WAITING
        case TaskStatus.SUBMITTING if task.wait or task.hold:
            return ActivityState.WAITING
        case TaskStatus.UNKNOWN if task.failure is not None:
            return ActivityState.NEEDS_YOU  # the look whether it arrived has failed
    return _SONG.get(task.status, ActivityState.WAITING)


def _song_end(task: MusicTask, sending: Sending) -> datetime | None:
    """A refused one ended with its request; the service may not say when it gave one up."""
    if task.status is TaskStatus.REFUSED:
        return sending.settled_at
    return task.completed_at or task.checked_at if task.status.is_terminal else None


def _timeline(*steps: tuple[Step, datetime | None]) -> tuple[Moment, ...]:
    return tuple(Moment(step=step, at=at) for step, at in steps if at is not None)


def _fraction(done: int, total: int | None) -> float | None:
    return min(1.0, done / total) if total else None


def order(row: Activity) -> tuple[float, str]:
    """Smaller for what was written later."""
    return (-row.created_at.timestamp(), row.id)


def newest_first(rows: Iterable[Activity]) -> list[Activity]:
    return sorted(rows, key=order)
