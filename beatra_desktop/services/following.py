"""Following tasks to their end, and bringing home what they made.

Only the service's terminal status ends a task (design P4): a failed poll, a restart or a long
wait changes nothing but the time of the last check.
"""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIError, LinkExpiredError, NotFoundError
from beatra_desktop.api.types import Answer
from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import LOCAL_JOB, Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.requests import DEDUP_WINDOW, Request
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.deliveries import Deliveries, NotDelivered
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import StorageError

PAGE: Final = 100
CLOCK_SKEW: Final = timedelta(minutes=10)
CREATED_WITHIN: Final = DEDUP_WINDOW + CLOCK_SKEW
"""After the first send: no resend leaves later."""
PARALLEL_DOWNLOADS: Final = 3


class Following:
    """Polls tasks, settles lost ones, delivers clips."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        supervisor: Supervisor,
        deliveries: Deliveries,
        schedule: PollSchedule,
        traffic: Traffic,
    ) -> None:
        self._tasks = tasks
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles
        self._supervisor = supervisor
        self._deliveries = deliveries
        self._schedule = schedule
        self._traffic = traffic
        # One set for each profile: what waits for a dead service holds up no other's.
        self._slots: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(PARALLEL_DOWNLOADS)
        )
        self._busy: set[str] = set()

    def follow(self, task: MusicTask) -> None:
        """Poll until the task ends; a task already followed is not followed twice."""
        self._once(f"follow {task.id}", self._follow(task))

    def deliver(self, clip: Clip) -> None:
        """Bring a clip home, unless that is under way."""
        self._once(f"deliver {clip.id}", self._deliver(clip))

    def deliver_later(self, clip: Clip) -> None:
        """Bring a clip home some time after its link was read, which may lead nowhere by now."""
        self._once(f"deliver {clip.id}", self._deliver(clip, reads_link_anew=True))

    def reconcile(self, task: MusicTask, request: Request | None) -> None:
        """Look at the service whether a lost create request made a task."""
        self._tasks.put(replace(task, status=TaskStatus.UNKNOWN, wait=None))
        self._once(f"reconcile {task.id}", self._reconcile(task, request))

    def _once(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        if name in self._busy:
            work.close()
            return
        self._busy.add(name)
        running = self._supervisor.start(self._free_after(name, work), name=name)
        running.add_done_callback(lambda _: work.close())  # at the end it may not even begin

    async def _free_after(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Free the name in the same breath as the work ends, so that a retry is never missed."""
        try:
            await work
        finally:
            self._busy.discard(name)

    async def _client(self, task: MusicTask) -> BeatraClient:
        return await self._clients.get(self._profiles.required(task.profile_id))

    async def _follow(self, task: MusicTask) -> None:
        polls, retry_after = 0, None
        while task.status.is_at_service:
            age = (utc_now() - (task.submitted_at or task.created_at)).total_seconds()
            await self._traffic.rest(self._schedule.delay(polls, age=age, retry_after=retry_after))
            await self._pass_gate(task)
            polls += 1
            retry_after = await self._poll(task)
            task = self._tasks.get(task.id)
        for clip in self._tasks.clips_of(task.id):
            if clip.delivery is Delivery.WAITING:
                self.deliver(clip)

    async def _pass_gate(self, task: MusicTask) -> None:
        await self._traffic.pass_gate(
            task.profile_id, lambda hold: self._tasks.show(task.id, hold=hold)
        )

    async def _poll(self, task: MusicTask) -> float | None:
        """One look; returns what the service asks to wait, in seconds."""
        assert task.remote_id is not None, "a task at the service has its id"
        try:
            answer = await (await self._client(task)).tasks.get(task.remote_id)
        except NotFoundError as error:
            failure = failures.from_api(error, subject=task.remote_id)
            self._tasks.show(task.id, failure=failure)
            return self._schedule.cap
        except (APIError, ProfileNotReady) as error:
            if isinstance(error, APIError):
                self._traffic.note_failure(task.profile_id, error)
            self._tasks.show(task.id, failure=failures.of(error, subject=task.prompt.title))
            return getattr(error, "retry_after", None)
        self._traffic.note_success(task.profile_id)
        self._tasks.apply(task.id, answer)
        return answer.retry_after

    async def _deliver(self, clip: Clip, *, reads_link_anew: bool = False) -> None:
        task = self._tasks.get(clip.task_id)
        writer = _Writer(clip, self._tasks)
        async with self._slots[task.profile_id]:
            try:
                if await self._deliveries.find(clip, writer):
                    return
                client = await self._client(task)
                if reads_link_anew:
                    clip = await self._fresh_link(clip, task, client)
                try:
                    await self._deliveries.deliver(clip, task, client, writer)
                except LinkExpiredError:
                    fresh = await self._fresh_link(clip, task, client)
                    await self._deliveries.deliver(fresh, task, client, writer)
            except NotDelivered as error:
                writer.store(delivery=Delivery.UNSAVED, failure=error.failure, path=None)
            except (APIError, ProfileNotReady, StorageError) as error:
                failure = failures.of(error, subject=clip.title)
                writer.store(delivery=Delivery.UNSAVED, failure=failure, path=None)

    async def _fresh_link(self, clip: Clip, task: MusicTask, client: BeatraClient) -> Clip:
        """Read the task once more for a link that works (contract §4)."""
        answer = await client.tasks.get(task.remote_id or "")
        self._tasks.apply(task.id, answer)
        return self._tasks.clips[self._tasks.clips.row(clip.id)]

    async def _reconcile(self, task: MusicTask, request: Request | None) -> None:
        try:
            answer = await self._find_remote(task, request)
        except (APIError, ProfileNotReady) as error:
            failure = failures.of(error, subject=task.prompt.title or task.prompt.prompt)
            self._tasks.put(replace(self._tasks.get(task.id), failure=failure))
            return
        if request is not None:
            self._outbox.settle_unknown(request, created=answer is not None)
        if answer is not None:
            self.follow(self._tasks.apply(task.id, answer))
            return
        failure = Failure(code=FailureCode.NOT_CREATED, subject=task.prompt.title)
        lost = self._tasks.get(task.id)
        self._tasks.put(replace(lost, status=TaskStatus.REFUSED, failure=failure))

    async def _find_remote(
        self, task: MusicTask, request: Request | None
    ) -> Answer[WireTask] | None:
        """The task that carries our id, among those created around the time of the request."""
        client = await self._client(task)
        sent_at: datetime = (request and request.sent_at) or task.created_at
        cursor: str | None = None
        while True:
            page = await client.tasks.list(
                capability=task.prompt.route.capability,
                created_after=sent_at - CLOCK_SKEW,
                created_before=sent_at + CREATED_WITHIN,
                limit=PAGE,
                cursor=cursor,
                order="asc",
            )
            for summary in page.value.data:
                answer = await client.tasks.get(summary.task_id)
                if answer.value.metadata.get(LOCAL_JOB) == task.id:
                    return answer
            cursor = page.value.next_cursor
            if not cursor:
                return None


class _Writer:
    """Where a delivery reports to: the newest state of its clip."""

    def __init__(self, clip: Clip, tasks: Tasks) -> None:
        self._id = clip.id
        self._tasks = tasks

    def store(self, **fields: object) -> Clip:
        return self._tasks.put_clip(self._changed(fields))

    def show(self, **fields: object) -> None:
        self._tasks.show_clip(self._changed(fields))

    def _changed(self, fields: dict[str, object]) -> Clip:
        current = self._tasks.clips[self._tasks.clips.row(self._id)]
        return replace(current, **fields)  # type: ignore[arg-type]  # checked by replace itself
