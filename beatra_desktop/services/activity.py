"""The activity centre: everything in flight and done, in one list that follows the records."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from beatra_desktop.domain.activity import Activity, ActivityCounts, ActivityKind
from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.ids import ClipId, IdempotencyKey, MessageId, TaskId, UploadId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue, Value
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.services import activity_report, activity_rows, failures
from beatra_desktop.services.activity_feed import Feed
from beatra_desktop.services.activity_list import ActivityList, prepare
from beatra_desktop.services.activity_rows import NOT_SENT, row_id
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.music import MusicService
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.storage.activity import NEWEST, ActivityRepository, EndedAnswer, Sending
from beatra_desktop.storage.errors import StorageError

PAGE: Final = 100
SLICE: Final = 100
"""Rows made in one go; then the loop turns."""


class ActivityService:
    """Writes its own rows only; commands go to the services that own the records.

    Uploads, songs and downloads are listed whole, and every answer of this run; ended answers of
    earlier ones are read in pages, by `older`.
    """

    def __init__(
        self,
        *,
        repository: ActivityRepository,
        conversations: Conversations,
        tasks: Tasks,
        outbox: Outbox,
        chat: ChatService,
        uploads: UploadService,
        music: MusicService,
        profiles: ProfilesService,
        traffic: Traffic,
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._repository = repository
        self._conversations = conversations
        self._tasks = tasks
        self._outbox = outbox
        self._chat = chat
        self._uploads = uploads
        self._music = music
        self._profiles = profiles
        self._traffic = traffic
        self._supervisor = supervisor
        self._notices = notices
        self._list = ActivityList()
        self._has_older = Value(True)
        self._oldest = NEWEST
        self._is_reading = False
        self._is_listed = False
        self._missed: dict[str, Activity | None] = {}
        self._sendings: dict[IdempotencyKey, Sending] = {}
        self._saved: defaultdict[TaskId, dict[ClipId, datetime | None]] = defaultdict(dict)
        self._feeds: tuple[object, ...] = ()

    @property
    def rows(self) -> ReadOnlyRecords[Activity]:
        """Newest first; empty until `start` has read what there is."""
        return self._list.rows

    @property
    def counts(self) -> ReadOnlyValue[ActivityCounts]:
        return self._list.counts

    @property
    def has_older(self) -> ReadOnlyValue[bool]:
        """Whether `older` may find further answers."""
        return self._has_older

    def start(self) -> None:
        """Read what there is, a little at a time, and follow it from then on; once."""
        if self._feeds:
            return
        self._feeds = (
            Feed(self._uploads.uploads, put=self._on_upload, gone=self._on_upload_gone),
            Feed(self._tasks.tasks, put=self._on_task, gone=self._on_task_gone),
            Feed(self._tasks.clips, put=self._on_clip, gone=self._on_clip_gone),
        )
        self._conversations.records.removing.connect(self._on_chats_leaving)
        self._conversations.shown.connect(self._on_message)
        self._outbox.changed.connect(self._on_request)
        self._supervisor.start(self._gather(), name="gather activities")

    def older(self) -> None:
        """Read the next page of ended answers, unless that is going on."""
        if self._is_listed and self._has_older.value and not self._is_reading:
            self._is_reading = True
            self._supervisor.start(self._read_older(), name="older activities")

    def stop_retrying(self, activity_id: str) -> None:
        """Make no further attempt: the last error stands, and the request stays open."""
        if key := self._key(activity_id):
            self._outbox.stop_retrying(key)

    def try_now(self, activity_id: str) -> None:
        """Make the next attempt at once."""
        if key := self._key(activity_id):
            self._outbox.try_now(key)

    def send_now(self, activity_id: str) -> None:
        """Let a song that was written offline go out."""
        row = self.rows.get(activity_id)
        if row is not None and row.kind is ActivityKind.SONG:
            self._music.send_now(TaskId(row.owner_id))

    def send_all(self) -> None:
        """Let all songs that were written offline go out."""
        self._music.send_all()

    def cancel(self, activity_id: str) -> None:
        """End it as far as it can be ended; a download can't."""
        match self.rows.get(activity_id):
            case Activity(kind=ActivityKind.ANSWER, conversation_id=found) if found is not None:
                self._chat.stop(found)
            case Activity(kind=ActivityKind.UPLOAD, owner_id=owner_id):
                self._uploads.cancel(UploadId(owner_id))
            case Activity(kind=ActivityKind.SONG, owner_id=owner_id):
                self._music.cancel(TaskId(owner_id))

    def retry(self, activity_id: str) -> None:
        """Try again what has failed; a request whose outcome is open keeps its key."""
        match self.rows.get(activity_id):
            case Activity(kind=ActivityKind.ANSWER, owner_id=owner_id, conversation_id=found):
                if found is not None:
                    self._conversations.open(found)
                    self._chat.retry(MessageId(owner_id))
            case Activity(kind=ActivityKind.UPLOAD, owner_id=owner_id):
                self._uploads.retry(UploadId(owner_id))
            case Activity(kind=ActivityKind.SONG, owner_id=owner_id):
                self._music.retry(TaskId(owner_id))
            case Activity(kind=ActivityKind.DOWNLOAD, owner_id=owner_id):
                self._music.download_again(ClipId(owner_id))

    def pause_all(self) -> None:
        self._traffic.pause_all()

    def resume_all(self) -> None:
        self._traffic.resume_all()

    def report(self, activity_id: str, *, with_text: bool = False) -> str:
        """What to send to somebody who helps; empty for an unknown id.

        Neither keys nor, unless `with_text`, anything the user or a model wrote.
        """
        facts = self._facts(activity_id)
        return "" if facts is None else activity_report.report(facts, with_text=with_text)

    def curl(self, activity_id: str, *, with_text: bool = False) -> str:
        """The request as a command line with the key as `$BEATRA_API_KEY`; empty where unknown."""
        facts = self._facts(activity_id)
        return "" if facts is None else activity_report.curl(facts, with_text=with_text)

    def _facts(self, activity_id: str) -> activity_report.Facts | None:
        row = self.rows.get(activity_id)
        if row is None:
            return None
        clip = self._tasks.clips.get(row.owner_id) if row.kind is ActivityKind.DOWNLOAD else None
        task_id = clip.task_id if clip is not None else TaskId(row.owner_id)
        is_music = row.kind in (ActivityKind.SONG, ActivityKind.DOWNLOAD)
        return activity_report.Facts(
            row=row,
            request=self._outbox.find(row.idempotency_key),
            base_url=self._base_url(row),
            task=self._tasks.get(task_id) if is_music else None,
            upload=self._uploads.uploads.get(row.owner_id),
        )

    def _base_url(self, row: Activity) -> str:
        profile = self._profiles.profiles.get(row.profile_id)
        if profile is not None and profile.id == self._profiles.active.value.id:
            return self._profiles.connection.value.base_url or profile.base_url
        return "" if profile is None else profile.base_url

    def _key(self, activity_id: str) -> IdempotencyKey | None:
        row = self.rows.get(activity_id)
        return None if row is None else row.idempotency_key

    async def _gather(self) -> None:
        """Read what there is; what changes meanwhile is put in at the end."""
        try:
            sendings = await asyncio.to_thread(self._repository.sendings)
            answers = await asyncio.to_thread(self._repository.answers, limit=PAGE)
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            sendings, answers = {}, []
        self._sendings = sendings | self._sendings
        self._note_page(answers)
        rows = [_ended(answer) for answer in answers]
        for number, row in enumerate(self._recorded()):
            rows.append(row)
            if number % SLICE == 0:
                await asyncio.sleep(0)
        self._list.assign(await asyncio.to_thread(prepare, rows))
        self._is_listed = True
        missed, self._missed = self._missed, {}
        for activity_id, changed in missed.items():
            self._change(activity_id, changed)

    def _recorded(self) -> Iterator[Activity]:
        for clip in list(self._tasks.clips):
            yield self._download(clip)
        for task in list(self._tasks.tasks):
            yield self._song(task)
        for upload in list(self._uploads.uploads):
            yield activity_rows.upload(upload, self._sending(upload.idempotency_key))

    async def _read_older(self) -> None:
        try:
            answers = await asyncio.to_thread(
                self._repository.answers, before=self._oldest, limit=PAGE
            )
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            return
        finally:
            self._is_reading = False
        self._note_page(answers)
        for run in list(self._list.runs(_ended(answer) for answer in answers)):
            self._list.insert_run([row for row in run if row.id not in self.rows])
            await asyncio.sleep(0)

    def _note_page(self, answers: list[EndedAnswer]) -> None:
        self._has_older.set(len(answers) == PAGE)
        if answers:
            self._oldest = answers[-1].seq

    def _change(self, activity_id: str, row: Activity | None) -> None:
        if not self._is_listed:
            self._missed[activity_id] = row
        elif row is None:
            self._list.remove(activity_id)
        else:
            self._list.put(row)

    def _sending(self, key: IdempotencyKey | None) -> Sending:
        return NOT_SENT if key is None else self._sendings.get(key, NOT_SENT)

    def _on_request(self, request: Request) -> None:
        """A request came further: its row may tell of an attempt more."""
        self._sendings[request.key] = Sending.of(request)
        if request.kind is RequestKind.UPLOAD:
            upload = self._uploads.uploads.get(request.owner_id)
            if upload is not None and upload.idempotency_key == request.key:
                self._on_upload(upload)
        elif request.kind is RequestKind.MUSIC:
            task = self._tasks.tasks.get(request.owner_id)
            if task is not None:
                self._on_task(task)
        elif request.kind is RequestKind.CHAT:
            message = self._conversations.find_message(request.owner_id)
            if message is not None:
                self._on_message(message)

    def _on_message(self, message: Message) -> None:
        if message.role is Role.ASSISTANT and message.idempotency_key is not None:
            conversation = self._conversations.records.get(message.conversation_id)
            title = "" if conversation is None else conversation.title
            sending = self._sending(message.idempotency_key)
            row = activity_rows.answer(message, title, sending)
            self._change(row.id, row)

    def _on_upload(self, upload: Upload) -> None:
        row = activity_rows.upload(upload, self._sending(upload.idempotency_key))
        self._change(row.id, row)

    def _on_task(self, task: MusicTask) -> None:
        row = self._song(task)
        self._change(row.id, row)

    def _on_clip(self, clip: Clip) -> None:
        was_saved = self._saved_at(clip.task_id)
        is_new = clip.id not in self._saved.get(clip.task_id, ())
        # With a second clip the first one's title gets a number too.
        for each in self._tasks.clips_of(clip.task_id) if is_new else (clip,):
            row = self._download(each)
            self._change(row.id, row)
        task = self._tasks.tasks.get(clip.task_id)
        if task is not None and self._saved_at(clip.task_id) != was_saved:
            self._on_task(task)

    def _song(self, task: MusicTask) -> Activity:
        sending = self._sending(task.idempotency_key)
        return activity_rows.song(task, sending, saved_at=self._saved_at(task.id))

    def _download(self, clip: Clip) -> Activity:
        self._saved[clip.task_id][clip.id] = clip.saved_at
        number = len(self._tasks.clips_of(clip.task_id))
        return activity_rows.download(clip, self._tasks.get(clip.task_id), of=number)

    def _saved_at(self, task_id: TaskId) -> datetime | None:
        """When the last of a task's clips was on this disk, once all are."""
        times = list(self._saved.get(task_id, {}).values())
        saved = [time for time in times if time is not None]
        return max(saved) if saved and len(saved) == len(times) else None

    def _on_upload_gone(self, upload_id: str) -> None:
        self._change(row_id(ActivityKind.UPLOAD, upload_id), None)

    def _on_task_gone(self, task_id: str) -> None:
        self._change(row_id(ActivityKind.SONG, task_id), None)

    def _on_clip_gone(self, clip_id: str) -> None:
        self._change(row_id(ActivityKind.DOWNLOAD, clip_id), None)

    def _on_chats_leaving(self, first: int, last: int) -> None:
        leaving = {self._conversations.records[row].id for row in range(first, last + 1)}
        for activity_id in [row.id for row in self.rows if row.conversation_id in leaving]:
            self._change(activity_id, None)


def _ended(answer: EndedAnswer) -> Activity:
    return activity_rows.answer(answer.message, answer.title, answer.sending)
