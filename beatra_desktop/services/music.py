"""Music tasks: written down before they are paid for, followed to their end, never forgotten."""

import asyncio
from collections.abc import Mapping
from typing import Final

from beatra_desktop.api.music import MusicRoute
from beatra_desktop.api.types import Answer
from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId, TaskId, new_id
from beatra_desktop.domain.music import (
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    PromptProblem,
    TaskStatus,
    problems,
)
from beatra_desktop.domain.observable import ReadOnlyRecords, ReadOnlyValue
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Request, RequestKind, RequestState
from beatra_desktop.services import failures
from beatra_desktop.services.canceling import Canceling
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.downloads import Downloads
from beatra_desktop.services.estimates import Estimates
from beatra_desktop.services.following import Following
from beatra_desktop.services.music_bodies import encode
from beatra_desktop.services.once import Once
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.reconciling import Candidate, Reconciling
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.services.turns import Turns

_UNSENT: Final = (TaskStatus.DRAFT, TaskStatus.WAITING, TaskStatus.SUBMITTING)
_WITHOUT_OUTCOME: Final = (TaskStatus.SUBMITTING, TaskStatus.UNKNOWN)


class MusicService:
    """Commands on tasks and clips; `Following` does what happens between them."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        following: Following,
        reconciling: Reconciling,
        canceling: Canceling,
        downloads: Downloads,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
        traffic: Traffic,
        once: Once,
    ) -> None:
        self._tasks = tasks
        self._following = following
        self._reconciling = reconciling
        self._canceling = canceling
        self._downloads = downloads
        self._once = once
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles
        self._supervisor = supervisor
        self._traffic = traffic
        traffic.network.changed.connect(self._review_drafts)
        traffic.unreachable.changed.connect(self._review_drafts)
        self._running: dict[TaskId, asyncio.Task[None]] = {}
        self._turns = Turns(
            tasks, limit=lambda: settings.settings.value.parallel_songs, send=self._send
        )
        settings.settings.changed.connect(lambda _settings: self._turns.advance())
        self.estimates = Estimates(tasks.tasks)

    @property
    def tasks(self) -> ReadOnlyRecords[MusicTask]:
        return self._tasks.tasks

    @property
    def clips(self) -> ReadOnlyRecords[Clip]:
        return self._tasks.clips

    @property
    def candidates(self) -> ReadOnlyValue[Mapping[TaskId, tuple[Candidate, ...]]]:
        """Which tasks at the service may be a lost one, where several fit."""
        return self._reconciling.candidates

    @property
    def at_risk(self) -> ReadOnlyValue[int]:
        """How many clips are not saved though they should be by now."""
        return self._downloads.at_risk

    def find(self, task_id: TaskId) -> MusicTask | None:
        """A task that is listed, however old it is; None for any other."""
        self._tasks.find(task_id)  # reads it if it was not read yet
        return self._tasks.tasks.get(task_id)

    def clips_of(self, task_id: TaskId) -> list[Clip]:
        return self._tasks.clips_of(task_id)

    def create(self, prompt: MusicPrompt) -> MusicTask | list[PromptProblem]:
        """Write a new task and send it when its turn comes, or say what keeps it from that.

        Where the service is out of reach it stays a draft: it goes out with `send_now`.
        """
        if found := problems(prompt):
            return found
        task = self._create(prompt)
        self._turns.advance()
        return self._tasks.get(task.id)

    def create_batch(
        self, prompt: MusicPrompt, *, copies: int
    ) -> list[MusicTask] | list[PromptProblem]:
        """Variations of one prompt: each is a task of its own, with its own request and key."""
        if found := problems(prompt):
            return found
        batch_id = new_id() if copies > 1 else None
        tasks = [self._create(prompt, batch_id) for _ in range(copies)]
        self._turns.advance()
        return [self._tasks.get(task.id) for task in tasks]

    def _create(self, prompt: MusicPrompt, batch_id: str | None = None) -> MusicTask:
        now, profile_id = self._tasks.moment(), self._profiles.active.value.id
        hold = self._traffic.hold_of(profile_id)
        is_draft = hold is Hold.OFFLINE
        model = self._profiles.catalog.value.model(prompt.model)
        task = MusicTask(
            id=TaskId(new_id()),
            profile_id=profile_id,
            prompt=prompt,
            status=TaskStatus.DRAFT if is_draft else TaskStatus.WAITING,
            hold=hold if is_draft else None,
            created_at=now,
            rank=self._turns.last_rank(now),
            batch_id=batch_id,
            estimated_credits=model.unit_credits if model else None,
            expected_clips=model.clips_per_task if model else None,
        )
        request = self._outbox.write(
            kind=RequestKind.MUSIC,
            profile_id=task.profile_id,
            owner_id=task.id,
            path=f"/music/{prompt.route.value}",
            body=encode(task),
        )
        return self._tasks.add(replace(task, idempotency_key=request.key))

    def send_now(self, *task_ids: TaskId) -> None:
        """Let drafts go out when their turn comes and their service is in reach."""
        tasks = [self._tasks.get(task_id) for task_id in task_ids]
        for task in tasks:
            if task.status is TaskStatus.DRAFT:
                self._tasks.put(replace(task, status=TaskStatus.WAITING, hold=None))
        self._turns.advance()

    def send_all(self) -> None:
        """Let all drafts go out, in the order they were written."""
        drafts = [task.id for task in self._tasks.tasks if task.status is TaskStatus.DRAFT]
        self.send_now(*reversed(drafts))

    def generate_again(self, task_id: TaskId) -> MusicTask | list[PromptProblem]:
        """A new paid task from the same prompt."""
        return self.create(self._tasks.get(task_id).prompt)

    def retry(self, task_id: TaskId) -> None:
        """Send a task again that never reached its outcome: same bytes, same key.

        What the service refused for good stays refused: `generate_again` is a new task.
        """
        task = self._tasks.get(task_id)
        if task.status not in (TaskStatus.REFUSED, TaskStatus.UNKNOWN) or task_id in self._running:
            return
        request = self._outbox.find(task.idempotency_key)
        if request is not None and self._outbox.keeps_key(request):
            self._try_again(task, request)
        elif task.status is TaskStatus.UNKNOWN:
            self._reconciling.reconcile(task, request)

    def _try_again(self, task: MusicTask, request: Request) -> None:
        """What may have arrived is asked for at once, what certainly has not waits its turn."""
        if task.status is TaskStatus.UNKNOWN:
            self._submit_soon(task, request)
        else:
            waiting = replace(task, status=TaskStatus.WAITING, failure=None)
            self._tasks.put(waiting)
            self._turns.advance()

    def cancel(self, task_id: TaskId) -> None:
        """End a task as far as it can be ended; the service has the last word."""
        task = self._tasks.get(task_id)
        if task.status.is_at_service and task.cancel_requested_at is None:
            asking = replace(task, cancel_requested_at=utc_now(), cancel_failure=None)
            self._canceling.ask(self._tasks.put(asking))
        elif task.status in _UNSENT:
            ending = replace(task, cancel_requested_at=utc_now(), wait=None, hold=None)
            self._cancel_unsent(ending)

    def _cancel_unsent(self, task: MusicTask) -> None:
        """What never left is simply not sent; what did is canceled once it has its id."""
        request = self._outbox.find(task.idempotency_key)
        has_left = task.status is TaskStatus.SUBMITTING and (
            request is not None and request.state is not RequestState.WRITTEN
        )
        if has_left:
            self._tasks.put(task)
            return
        if running := self._running.get(task.id):
            running.cancel()
        self._tasks.put(replace(task, status=TaskStatus.CANCELED, completed_at=utc_now()))
        if request is not None:
            self._outbox.abandon(request)  # last: a crash in between must not bring it back

    def move(self, task_id: TaskId, *, before: TaskId | None) -> None:
        """Put a task that waits for its turn before another one, or (None) at the end."""
        self._turns.move(task_id, before=before)

    def send_first(self, *task_ids: TaskId) -> None:
        """Put tasks that wait for their turn before all others."""
        self._turns.send_first(task_ids)

    def choose(self, task_id: TaskId, remote_id: str) -> None:
        """Say which of the `candidates` a lost task is."""
        self._reconciling.choose(task_id, remote_id)

    def choose_none(self, task_id: TaskId) -> None:
        """Say that a lost task is none of its `candidates`."""
        self._reconciling.give_up(task_id)

    def download_again(self, clip_id: ClipId) -> None:
        """Fetch a clip once more; costs nothing."""
        clip = self._tasks.clips.get(clip_id)
        if clip is not None and clip.delivery in (Delivery.UNSAVED, Delivery.SAVED):
            waiting = replace(clip, delivery=Delivery.WAITING, failure=None)
            self._downloads.deliver_later(self._tasks.put_clip(waiting))

    def retry_downloads(self) -> None:
        """Fetch all clips that could not be saved; costs nothing."""
        unsaved = [clip for clip in self._tasks.clips if clip.delivery is Delivery.UNSAVED]
        for clip in unsaved:
            self.download_again(clip.id)

    def remove(self, *task_ids: TaskId) -> None:
        """Take tasks that do not go on off the list; their files stay. Drafts are given up."""
        for task_id in task_ids:
            if self._tasks.get(task_id).status is TaskStatus.DRAFT:
                self.cancel(task_id)
        tasks = [self._tasks.tasks.get(task_id) for task_id in task_ids]
        self._tasks.take_out(*(task for task in tasks if task and self.may_remove(task)))

    def may_remove(self, task: MusicTask) -> bool:
        at_rest = not task.status.is_at_service and task.status is not TaskStatus.WAITING
        return at_rest and task.id not in self._running

    def restore(self, *task_ids: TaskId) -> None:
        self._tasks.put_back(*task_ids)

    def resume(self) -> None:
        """Go on with everything that has not ended, wherever an earlier run left it."""
        for task in list(self._tasks.tasks):
            if task.status in _WITHOUT_OUTCOME and task.id not in self._running:
                self._resume_submitting(task)
            elif task.status.is_at_service:
                self._following.follow(task)
                self._canceling.see_to(task)
        self._turns.advance()
        self._downloads.resume()
        for request in self._outbox.open_requests():
            if request.kind is RequestKind.CANCEL:
                self._canceling.resume(request)
            elif request.kind is RequestKind.MUSIC:
                self._close(request)
        self._once.start("read older songs", self._tasks.load_rest())

    def _review_drafts(self) -> None:
        for task in self._tasks.tasks:
            if task.status is TaskStatus.DRAFT:
                self._tasks.show(task.id, hold=self._traffic.hold_of(task.profile_id))

    def _close(self, request: Request) -> None:
        """Close what an earlier run left open, where it ended between two commits."""
        task = self._tasks.find(TaskId(request.owner_id))
        if task is None or task.status is TaskStatus.CANCELED:
            self._outbox.abandon(request)
        elif task.remote_id is not None:
            self._outbox.settle_unknown(request, created=True)

    def _resume_submitting(self, task: MusicTask) -> None:
        request = self._outbox.find(task.idempotency_key)
        is_settled = request is not None and request.state is RequestState.CREATED
        if request is None or is_settled or not self._outbox.may_resend(request):
            self._reconciling.reconcile(task, request)
        elif request.sent_at is None:
            self._tasks.put(replace(task, status=TaskStatus.WAITING))
        else:
            self._submit_soon(task, request)

    def _send(self, task: MusicTask) -> None:
        """Its turn has come."""
        request = self._outbox.find(task.idempotency_key)
        assert request is not None, "written together with the task"
        self._submit_soon(task, request)

    def _submit_soon(self, task: MusicTask, request: Request) -> None:
        task = self._tasks.put(replace(task, status=TaskStatus.SUBMITTING, failure=None))
        running = self._supervisor.start(self._submit(task, request), name=f"create {task.id}")
        self._running[task.id] = running
        running.add_done_callback(lambda done: self._free(task.id, done))

    def _free(self, task_id: TaskId, running: "asyncio.Task[None] | None") -> None:
        if self._running.get(task_id) is running:
            del self._running[task_id]

    async def _submit(self, task: MusicTask, request: Request) -> None:
        try:
            answer = await self._deliver(task, request)
        except failures.EXPECTED as error:
            # Freed in the same breath as the outcome is told, so that a retry is never missed.
            self._free(task.id, asyncio.current_task())
            self._on_refusal(task, failures.of(error, subject=task.prompt.model))
        else:
            # Settled after that: a crash in between must not leave a paid task without its id.
            accepted = self._tasks.apply(task.id, answer)
            self._outbox.settle(request, answer)
            self._following.follow(accepted)
            self._canceling.see_to(accepted)

    async def _deliver(self, task: MusicTask, request: Request) -> Answer[WireTask]:
        client = await self._clients.get(self._profiles.required(task.profile_id))
        route = MusicRoute(task.prompt.route.value)

        async def create(attempt: Request) -> Answer[WireTask]:
            self._tasks.show(task.id, wait=None)
            return await client.music.create(route, attempt.body, idempotency_key=attempt.key)

        return await self._outbox.send(
            request,
            create,
            on_wait=lambda wait: self._tasks.show(task.id, wait=wait),
            on_hold=lambda hold: self._tasks.show(task.id, hold=hold),
        )

    def _on_refusal(self, task: MusicTask, failure: Failure) -> None:
        """No task came of it, or nobody knows: then the same request may be sent again."""
        request = self._outbox.find(task.idempotency_key)
        unknown = request is not None and request.state.is_open and request.sent_at is not None
        status = TaskStatus.UNKNOWN if unknown else TaskStatus.REFUSED
        current = self._tasks.get(task.id)
        self._tasks.put(replace(current, status=status, failure=failure, wait=None))
        if failure.code is FailureCode.OUTCOME_UNKNOWN:
            self._reconciling.reconcile(current, request)
