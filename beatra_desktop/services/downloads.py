"""Bringing clips home, the most urgent first, and giving none of them up (design P5)."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIError, LinkExpiredError
from beatra_desktop.domain import retention
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ClipId, ProfileId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.domain.records import replace
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.deliveries import Deliveries, NotDelivered
from beatra_desktop.services.lanes import Lanes
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.once import Once
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.storage.database import StorageError

PARALLEL_DOWNLOADS: Final = 3
LONGEST_PAUSE_SECONDS: Final = 3600.0
_OF_THIS_DISK: Final = (FailureCode.DISK_FULL, FailureCode.DISK_ERROR)


class Downloads:
    """`at_risk` counts clips that should have been saved by now.

    What this disk refused goes on as soon as it can be written again; what the network broke off
    is tried again after a pause that grows.
    """

    def __init__(
        self,
        *,
        tasks: Tasks,
        clients: Clients,
        profiles: ProfilesService,
        deliveries: Deliveries,
        schedule: PollSchedule,
        traffic: Traffic,
        notices: Notices,
        once: Once,
    ) -> None:
        self._tasks = tasks
        self._clients = clients
        self._profiles = profiles
        self._deliveries = deliveries
        self._schedule = schedule
        self._traffic = traffic
        self._notices = notices
        self._once = once
        # For each profile: what waits for a dead service holds up no other's.
        self._lanes: defaultdict[ProfileId, Lanes] = defaultdict(lambda: Lanes(PARALLEL_DOWNLOADS))
        self._at_risk = Value(0)
        self._failed: Counter[ClipId] = Counter()
        self._again_at: dict[ClipId, float] = {}
        self._given_up: set[ClipId] = set()
        tasks.clips.changed.connect(self._on_changed)

    @property
    def at_risk(self) -> ReadOnlyValue[int]:
        return self._at_risk

    def deliver(self, clip: Clip) -> None:
        """Bring a clip home, unless that is under way."""
        self._once.start(f"deliver {clip.id}", self._deliver(clip))

    def deliver_later(self, clip: Clip) -> None:
        """Bring a clip home some time after its link was read, which may lead nowhere by now."""
        self._once.start(f"deliver {clip.id}", self._deliver(clip, reads_link_anew=True))

    def resume(self) -> None:
        """Go on with everything that is not saved."""
        for clip in self._missing():
            self.deliver_later(clip)
        for clip in self._unwanted():
            self._given_up.add(clip.id)
            if clip.path is not None and not self._once.goes_on(f"deliver {clip.id}"):
                work = self._deliveries.discard(clip, clip.path.parent)
                self._once.start(f"discard {clip.id}", work)
        self._watch_soon()

    def _on_changed(self, row: int) -> None:
        """A clip the user deleted before it was saved is not fetched, unless they restore it."""
        clip = self._tasks.clips[row]
        if clip.delivery is Delivery.SAVED:
            self._given_up.discard(clip.id)
        elif clip.deleted_at is not None:
            self._given_up.add(clip.id)
        elif clip.id in self._given_up:
            self._given_up.discard(clip.id)
            self.deliver_later(clip)

    def _missing(self) -> list[Clip]:
        clips = self._tasks.clips
        return [c for c in clips if c.delivery is not Delivery.SAVED and c.deleted_at is None]

    def _unwanted(self) -> list[Clip]:
        clips = self._tasks.clips
        return [c for c in clips if c.delivery is not Delivery.SAVED and c.deleted_at is not None]

    async def _deliver(self, clip: Clip, *, reads_link_anew: bool = False) -> None:
        task = self._tasks.get(clip.task_id)
        writer = _Writer(clip, self._tasks)
        try:
            if not await self._deliveries.find(clip, task, writer):
                await self._traffic.pass_gate(task.profile_id, lambda hold: writer.show(hold=hold))
                lanes = self._lanes[task.profile_id]
                async with lanes.lane(retention.deadline(clip, task).timestamp()):
                    await self._bring(clip, task, writer, reads_link_anew=reads_link_anew)
        except NotDelivered as error:
            self._on_failed(writer, error.failure)
        except (APIError, ProfileNotReady, StorageError) as error:
            self._on_failed(writer, failures.of(error, subject=clip.title))
        else:
            self._failed.pop(clip.id, None)
            self._tell_risk()

    async def _bring(
        self, clip: Clip, task: MusicTask, writer: "_Writer", *, reads_link_anew: bool
    ) -> None:
        client = await self._clients.get(self._profiles.required(task.profile_id))
        if reads_link_anew or not clip.url:
            clip = await self._fresh_link(clip, task, client)
        try:
            await self._deliveries.deliver(clip, task, client, writer)
        except LinkExpiredError:
            fresh = await self._fresh_link(clip, task, client)
            await self._deliveries.deliver(fresh, task, client, writer)

    async def _fresh_link(self, clip: Clip, task: MusicTask, client: BeatraClient) -> Clip:
        """Read the task once more for a link that works (contract §4)."""
        answer = await client.tasks.get(task.remote_id or "")
        self._tasks.apply(task.id, answer)
        fresh = self._tasks.clips[self._tasks.clips.row(clip.id)]
        if not fresh.url:
            failure = Failure(code=FailureCode.NO_LINK_YET, subject=clip.title, retryable=True)
            raise NotDelivered(failure)
        return fresh

    def _on_failed(self, writer: "_Writer", failure: Failure) -> None:
        clip = writer.store(delivery=Delivery.UNSAVED, failure=failure, path=None)
        self._failed[clip.id] += 1
        pause = self._schedule.patient * 2.0 ** min(self._failed[clip.id] - 1, 16)
        loop = asyncio.get_running_loop()
        self._again_at[clip.id] = loop.time() + min(pause, LONGEST_PAUSE_SECONDS)
        self._watch_soon()

    def _watch_soon(self) -> None:
        self._once.start("watch unsaved clips", self._watch())

    async def _watch(self) -> None:
        """Until all is saved: try again what may work by now, and warn of what takes too long."""
        while missing := self._missing():
            self._tell_risk()
            await asyncio.sleep(self._schedule.cap)
            for clip in await self._ready(missing):
                self.deliver_later(clip)
        self._tell_risk()

    async def _ready(self, clips: Iterable[Clip]) -> list[Clip]:
        failed = [clip for clip in clips if clip.delivery is Delivery.UNSAVED and clip.failure]
        of_disk = [clip for clip in failed if _code(clip) in _OF_THIS_DISK]
        now = asyncio.get_running_loop().time()
        ready = [
            clip
            for clip in failed
            if _code(clip) not in _OF_THIS_DISK
            and clip.failure is not None
            and clip.failure.retryable
            and now >= self._again_at.get(clip.id, now)
        ]
        return [*ready, *await self._deliveries.savable(of_disk)]

    def _tell_risk(self) -> None:
        now = utc_now()
        at_risk = sum(
            retention.is_at_risk(clip, self._tasks.get(clip.task_id), now)
            for clip in self._missing()
        )
        if at_risk == self._at_risk.value:
            return
        self._at_risk.set(at_risk)
        self._notices.withdraw(NoticeCode.CLIPS_AT_RISK)
        if at_risk:
            level = NoticeLevel.WARNING
            self._notices.tell(NoticeCode.CLIPS_AT_RISK, level=level, count=str(at_risk))


def _code(clip: Clip) -> FailureCode | None:
    return clip.failure.code if clip.failure is not None else None


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
