"""Notices what ends while the window is not in front, until it is or it is true no more."""

from typing import Final

from beatra_desktop.domain.alerts import Alert, AlertKind
from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.services.activity_feed import Feed
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.tasks import Tasks

QUESTION_ID: Final = "question"
_COMING: Final = (Delivery.WAITING, Delivery.DOWNLOADING, Delivery.VERIFYING)
_LOST: Final = (TaskStatus.FAILED, TaskStatus.REFUSED, TaskStatus.UNKNOWN)
_ENDED: Final = (*_LOST, TaskStatus.SUCCEEDED, TaskStatus.CANCELED)


class Alerts:
    """Only what was seen going on can come to an end: what was over before is no news."""

    def __init__(
        self, *, conversations: Conversations, tasks: Tasks, uploads: ReadOnlyRecords[Upload]
    ) -> None:
        self._conversations = conversations
        self._tasks = tasks
        self._alerts: Records[Alert] = Records()
        self._is_in_front = True
        self._going_on: set[str] = set()
        self._feeds = (
            Feed(tasks.tasks, put=self._on_task, gone=self._on_gone),
            Feed(tasks.clips, put=self._on_clip, gone=self._on_gone),
            Feed(uploads, put=self._on_upload, gone=self._on_gone),
            Feed(conversations.records, put=lambda _: None, gone=self._on_gone),
        )
        conversations.shown.connect(self._on_message)

    @property
    def alerts(self) -> ReadOnlyRecords[Alert]:
        """At most one for each conversation, song and upload; the newest last."""
        return self._alerts

    def note_front(self, *, is_in_front: bool) -> None:
        """The user looks at the window, which tells everything by itself, or no longer does."""
        self._is_in_front = is_in_front
        if is_in_front and len(self._alerts):
            self._alerts.assign([])

    def note_seen(self, kind: AlertKind) -> None:
        """The user went to see what was told of that kind."""
        for alert in [alert for alert in self._alerts if alert.kind is kind]:
            self._alerts.remove(alert.id)

    def note_question(self, *, is_open: bool) -> None:
        """Something waits for the user's word before it is sent, or no longer does."""
        if is_open:
            self._tell(Alert(id=QUESTION_ID, kind=AlertKind.QUESTION, owner_id=QUESTION_ID))
        else:
            self._withdraw(QUESTION_ID)

    def _on_message(self, message: Message) -> None:
        """Called for every change of an answer, so it does little for most of them."""
        if message.role is not Role.ASSISTANT:
            return
        conversation_id = message.conversation_id
        if not self._ends(message.id, conversation_id, goes_on=message.status.is_live):
            return
        if message.status is MessageStatus.STOPPED:
            return
        is_whole = message.status is MessageStatus.COMPLETE
        kind = AlertKind.ANSWER_COMPLETE if is_whole else AlertKind.ANSWER_CUT
        conversation = self._conversations.records.get(conversation_id)
        title = conversation.title if conversation is not None else ""
        self._tell(Alert(id=conversation_id, kind=kind, owner_id=conversation_id, title=title))

    def _on_task(self, task: MusicTask) -> None:
        goes_on = task.status not in _ENDED
        if self._ends(task.id, task.id, goes_on=goes_on) and task.status in _LOST:
            self._tell_song(task, AlertKind.SONG_FAILED)

    def _on_clip(self, clip: Clip) -> None:
        goes_on = clip.delivery in _COMING
        if not self._ends(clip.id, clip.task_id, goes_on=goes_on):
            return
        task = self._tasks.tasks.get(clip.task_id)
        if task is not None:
            is_saved = clip.delivery is Delivery.SAVED
            kind = AlertKind.SONG_SAVED if is_saved else AlertKind.SONG_FAILED
            self._tell_song(task, kind, clip_id=clip.id if is_saved else "")

    def _on_upload(self, upload: Upload) -> None:
        is_lost = upload.status in (UploadStatus.FAILED, UploadStatus.UNKNOWN)
        if self._ends(upload.id, upload.id, goes_on=upload.status.is_live) and is_lost:
            kind = AlertKind.UPLOAD_FAILED
            self._tell(Alert(id=upload.id, kind=kind, owner_id=upload.id, title=upload.name))

    def _tell_song(self, task: MusicTask, kind: AlertKind, *, clip_id: str = "") -> None:
        clips = self._tasks.clips_of(TaskId(task.id))
        title = task.prompt.title or next((clip.title for clip in clips if clip.title), "")
        self._tell(Alert(id=task.id, kind=kind, owner_id=task.id, title=title, clip_id=clip_id))

    def _ends(self, record_id: str, alert_id: str, *, goes_on: bool) -> bool:
        """Whether a record that was going on no longer does; what goes on again is no news."""
        if goes_on:
            if record_id not in self._going_on:
                self._going_on.add(record_id)
                self._withdraw(alert_id)
            return False
        was_going_on = record_id in self._going_on
        self._going_on.discard(record_id)
        return was_going_on

    def _tell(self, alert: Alert) -> None:
        if self._is_in_front:
            return
        if alert.id in self._alerts:
            self._alerts.replace(alert)
        else:
            self._alerts.append(alert)

    def _withdraw(self, alert_id: str) -> None:
        if alert_id in self._alerts:
            self._alerts.remove(alert_id)

    def _on_gone(self, record_id: str) -> None:
        self._going_on.discard(record_id)
        self._withdraw(record_id)
