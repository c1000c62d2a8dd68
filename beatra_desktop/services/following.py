"""Following tasks to their end.

Only the service's terminal status ends a task (design P4): a failed poll, a restart or a long
wait changes nothing but the time of the last check.
"""

import asyncio
from collections import defaultdict
from typing import Final

from beatra_desktop.api.errors import APIError, NotFoundError
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.music import Delivery, MusicTask
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.downloads import Downloads
from beatra_desktop.services.lanes import Lanes
from beatra_desktop.services.once import Once
from beatra_desktop.services.polling import PollSchedule, believed
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic

POLLS_AT_ONCE: Final = 4
"""Of one service. More than the connections that are kept would each open one of its own."""


class Following:
    """Polls tasks and hands on the clips of those that end."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        clients: Clients,
        profiles: ProfilesService,
        downloads: Downloads,
        schedule: PollSchedule,
        traffic: Traffic,
        once: Once,
    ) -> None:
        self._tasks = tasks
        self._clients = clients
        self._profiles = profiles
        self._downloads = downloads
        self._schedule = schedule
        self._traffic = traffic
        self._once = once
        self._quiet_until: dict[ProfileId, float] = {}
        self._lanes: defaultdict[ProfileId, Lanes] = defaultdict(lambda: Lanes(POLLS_AT_ONCE))

    def follow(self, task: MusicTask) -> None:
        """Poll until the task ends; a task already followed is not followed twice."""
        self._once.start(f"follow {task.id}", self._follow(task))

    async def _follow(self, task: MusicTask) -> None:
        polls, retry_after = 0, None
        while task.status.is_at_service:
            age = (utc_now() - (task.submitted_at or task.created_at)).total_seconds()
            await self._traffic.rest(self._schedule.delay(polls, age=age, retry_after=retry_after))
            await self._pass_gate(task)
            async with self._lanes[task.profile_id].lane(urgency=polls):
                await self._keep_quiet(task.profile_id)
                await self._pass_gate(task)  # it may have closed meanwhile
                polls += 1
                retry_after = await self._poll(task)
            task = self._tasks.get(task.id)
        for clip in self._tasks.clips_of(task.id):
            if clip.delivery is Delivery.WAITING:
                self._downloads.deliver(clip)

    async def _keep_quiet(self, profile_id: ProfileId) -> None:
        """When a service asked one poll to wait, it meant all of them."""
        left = self._quiet_until.get(profile_id, 0.0) - asyncio.get_running_loop().time()
        if left > 0:
            await asyncio.sleep(left * (1 + self._schedule.random()))  # not all in one breath

    async def _pass_gate(self, task: MusicTask) -> None:
        await self._traffic.pass_gate(
            task.profile_id, lambda hold: self._tasks.show(task.id, hold=hold)
        )

    async def _poll(self, task: MusicTask) -> float | None:
        """One look; returns what the service asks to wait, in seconds."""
        assert task.remote_id is not None, "a task at the service has its id"
        try:
            client = await self._clients.get(self._profiles.required(task.profile_id))
            answer = await client.tasks.get(task.remote_id)
        except NotFoundError as error:
            failure = failures.from_api(error, subject=task.remote_id)
            self._tasks.show(task.id, failure=failure)
            return self._schedule.cap
        except (APIError, ProfileNotReady) as error:
            if isinstance(error, APIError):
                self._traffic.note_failure(task.profile_id, error)
            self._tasks.show(task.id, failure=failures.of(error, subject=task.prompt.title))
            pause: float | None = getattr(error, "retry_after", None)
            if pause is not None:
                quiet_until = asyncio.get_running_loop().time() + believed(pause)
                self._quiet_until[task.profile_id] = quiet_until
            return pause
        self._traffic.note_success(task.profile_id)
        self._tasks.apply(task.id, answer)
        return answer.retry_after
