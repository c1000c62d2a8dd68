"""Music tasks: written down before they are paid for, followed to their end, never forgotten."""

import asyncio
from dataclasses import replace
from typing import Final

from beatra_desktop.api.music import MusicRoute
from beatra_desktop.api.requests import encode_cancel
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
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.requests import Hold, Request, RequestKind, RequestState
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.following import Following
from beatra_desktop.services.music_bodies import encode
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic

PARALLEL_CREATES: Final = 2
_WITHOUT_OUTCOME: Final = (TaskStatus.SUBMITTING, TaskStatus.UNKNOWN)


class MusicService:
    """Commands on tasks and clips; `Following` does what happens between them."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        following: Following,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        supervisor: Supervisor,
        traffic: Traffic,
    ) -> None:
        self._tasks = tasks
        self._following = following
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles
        self._supervisor = supervisor
        self._traffic = traffic
        traffic.network.changed.connect(self._review_drafts)
        traffic.unreachable.changed.connect(self._review_drafts)
        self._slots = asyncio.Semaphore(PARALLEL_CREATES)
        self._running: dict[TaskId, asyncio.Task[None]] = {}

    @property
    def tasks(self) -> ReadOnlyRecords[MusicTask]:
        return self._tasks.tasks

    @property
    def clips(self) -> ReadOnlyRecords[Clip]:
        return self._tasks.clips

    def clips_of(self, task_id: TaskId) -> list[Clip]:
        return self._tasks.clips_of(task_id)

    def create(self, prompt: MusicPrompt) -> MusicTask | list[PromptProblem]:
        """Write a new task and send it, or say what keeps the prompt from being sent.

        Where the service is out of reach it stays a draft: it goes out with `send_now`.
        """
        return problems(prompt) or self._create(prompt)

    def create_batch(
        self, prompt: MusicPrompt, *, copies: int
    ) -> list[MusicTask] | list[PromptProblem]:
        """Variations of one prompt: each is a task of its own, with its own request and key."""
        if found := problems(prompt):
            return found
        batch_id = new_id() if copies > 1 else None
        return [self._create(prompt, batch_id) for _ in range(copies)]

    def _create(self, prompt: MusicPrompt, batch_id: str | None = None) -> MusicTask:
        profile_id = self._profiles.active.value.id
        hold = self._traffic.hold_of(profile_id)
        is_draft = hold is Hold.OFFLINE
        model = self._profiles.catalog.value.model(prompt.model)
        task = MusicTask(
            id=TaskId(new_id()),
            profile_id=profile_id,
            prompt=prompt,
            status=TaskStatus.DRAFT if is_draft else TaskStatus.SUBMITTING,
            created_at=utc_now(),
            hold=hold if is_draft else None,
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
        task = self._tasks.add(replace(task, idempotency_key=request.key))
        if not is_draft:
            self._submit_soon(task, request)
        return task

    def send_now(self, task_id: TaskId) -> None:
        """Let a draft go out, at once or as soon as its service is in reach."""
        task = self._tasks.get(task_id)
        request = self._outbox.find(task.idempotency_key)
        if task.status is TaskStatus.DRAFT and request is not None:
            sending = replace(task, status=TaskStatus.SUBMITTING, hold=None)
            self._submit_soon(self._tasks.put(sending), request)

    def send_all(self) -> None:
        """Let all drafts go out, in the order they were written."""
        drafts = [task for task in self._tasks.tasks if task.status is TaskStatus.DRAFT]
        for task in reversed(drafts):
            self.send_now(task.id)

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
        if request is not None and request.keeps_key(utc_now()):
            sending = replace(task, status=TaskStatus.SUBMITTING, failure=None)
            self._submit_soon(self._tasks.put(sending), request)
        elif task.status is TaskStatus.UNKNOWN:
            self._following.reconcile(task, request)

    def cancel(self, task_id: TaskId) -> None:
        """End a task as far as it can be ended; the service has the last word."""
        task = self._tasks.get(task_id)
        if task.status.is_at_service and task.cancel_requested_at is None:
            self._cancel_soon(self._tasks.put(replace(task, cancel_requested_at=utc_now())))
        elif task.status in (TaskStatus.DRAFT, TaskStatus.SUBMITTING):
            ending = replace(task, cancel_requested_at=utc_now(), wait=None, hold=None)
            self._cancel_submitting(ending)

    def _cancel_submitting(self, task: MusicTask) -> None:
        """What never left is simply not sent; what did is canceled once it has its id."""
        request = self._outbox.find(task.idempotency_key)
        if request is None or request.state is RequestState.WRITTEN:
            if request is not None:
                self._outbox.abandon(request)
            if running := self._running.get(task.id):
                running.cancel()
            task = replace(task, status=TaskStatus.CANCELED, completed_at=utc_now())
        self._tasks.put(task)

    def download_again(self, clip_id: ClipId) -> None:
        """Fetch a clip once more; costs nothing."""
        clip = self._tasks.clips.get(clip_id)
        if clip is not None and clip.delivery in (Delivery.UNSAVED, Delivery.SAVED):
            waiting = replace(clip, delivery=Delivery.WAITING, path=None, failure=None)
            self._following.deliver_later(self._tasks.put_clip(waiting))

    def remove(self, task_id: TaskId) -> None:
        """Take an ended task off the list; its files stay."""
        task = self._tasks.get(task_id)
        if task.status is TaskStatus.DRAFT:
            self.cancel(task_id)
            task = self._tasks.get(task_id)
        if not task.status.is_at_service and task_id not in self._running:
            self._tasks.take_out(task)

    def restore(self, task_id: TaskId) -> None:
        self._tasks.put_back(task_id)

    def resume(self) -> None:
        """Go on with everything that has not ended, wherever an earlier run left it."""
        for task in list(self._tasks.tasks):
            if task.status in _WITHOUT_OUTCOME and task.id not in self._running:
                self._resume_submitting(task)
            elif task.status.is_at_service:
                self._following.follow(task)
        for clip in list(self._tasks.clips):
            if clip.delivery is not Delivery.SAVED and clip.deleted_at is None:
                self._following.deliver_later(clip)
        for request in self._outbox.open_requests():
            if request.kind is RequestKind.CANCEL:
                self._resume_canceling(request)

    def _review_drafts(self) -> None:
        for task in self._tasks.tasks:
            if task.status is TaskStatus.DRAFT:
                self._tasks.show(task.id, hold=self._traffic.hold_of(task.profile_id))

    def _resume_canceling(self, request: Request) -> None:
        task = self._tasks.get(TaskId(request.owner_id))
        if task.status.is_at_service and request.may_be_resent(utc_now()):
            self._cancel_soon(task, request)
        else:
            self._outbox.abandon(request)

    def _resume_submitting(self, task: MusicTask) -> None:
        request = self._outbox.find(task.idempotency_key)
        if request is not None and request.may_be_resent(utc_now()):
            self._submit_soon(task, request)
        else:
            self._following.reconcile(task, request)

    def _submit_soon(self, task: MusicTask, request: Request) -> None:
        running = self._supervisor.start(self._submit(task, request), name=f"create {task.id}")
        self._running[task.id] = running
        running.add_done_callback(lambda done: self._free(task.id, done))

    def _free(self, task_id: TaskId, running: "asyncio.Task[None] | None") -> None:
        if self._running.get(task_id) is running:
            del self._running[task_id]

    async def _submit(self, task: MusicTask, request: Request) -> None:
        try:
            async with self._slots:
                answer = await self._deliver(task, request)
        except failures.EXPECTED as error:
            # Freed in the same breath as the outcome is told, so that a retry is never missed.
            self._free(task.id, asyncio.current_task())
            self._on_refusal(task, failures.of(error, subject=task.prompt.model))
        else:
            accepted = self._tasks.apply(task.id, answer)
            self._following.follow(accepted)
            if accepted.cancel_requested_at is not None:
                self._cancel_soon(accepted)

    async def _deliver(self, task: MusicTask, request: Request) -> Answer[WireTask]:
        client = await self._clients.get(self._profiles.required(task.profile_id))
        route = MusicRoute(task.prompt.route.value)

        async def create(attempt: Request) -> Answer[WireTask]:
            self._tasks.show(task.id, wait=None)
            return await client.music.create(route, attempt.body, idempotency_key=attempt.key)

        return await self._outbox.deliver(
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
            self._following.reconcile(current, request)

    def _cancel_soon(self, task: MusicTask, request: Request | None = None) -> None:
        name = f"cancel {task.id}"
        if task.remote_id is None or name in self._supervisor.names:
            return
        request = request or self._outbox.write(
            kind=RequestKind.CANCEL,
            profile_id=task.profile_id,
            owner_id=task.id,
            path=f"/tasks/{task.remote_id}/cancel",
            body=encode_cancel(),
        )
        self._supervisor.start(self._cancel(task, request), name=name)

    async def _cancel(self, task: MusicTask, request: Request) -> None:
        try:
            client = await self._clients.get(self._profiles.required(task.profile_id))
            answer = await self._outbox.deliver(
                request,
                lambda attempt: client.tasks.cancel(
                    task.remote_id or "", attempt.body, idempotency_key=attempt.key
                ),
                on_wait=lambda wait: self._tasks.show(task.id, wait=wait),
            )
        except failures.EXPECTED as error:
            failure = failures.of(error, subject=task.prompt.title or task.prompt.prompt)
            self._on_failed_cancel(self._tasks.get(task.id), failure)
        else:
            self._tasks.apply(task.id, answer)

    def _on_failed_cancel(self, task: MusicTask, failure: Failure) -> None:
        """The task goes on, unless it ended meanwhile: then the failure is no news."""
        if task.status.is_at_service:
            task = replace(task, cancel_requested_at=None, failure=failure)
        self._tasks.put(replace(task, wait=None))
