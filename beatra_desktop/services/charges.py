"""What was charged, by the services' own figures, and the daily cap that is held against it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from msgspec import Struct
from psygnal import Signal

from beatra_desktop.domain.activity import CapQuestion, ChargesBy, ChargeSum
from beatra_desktop.domain.chat import AUTO_MODEL, Message
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.music import Billing, MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.services import failures
from beatra_desktop.services.activity_feed import Feed
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.charges import ChargesRepository, amount
from beatra_desktop.storage.errors import StorageError

_NOT_ACCEPTED_YET: Final = (
    TaskStatus.DRAFT, TaskStatus.WAITING, TaskStatus.SUBMITTING, TaskStatus.UNKNOWN
)  # fmt: skip


class Today(Struct, frozen=True, kw_only=True):
    """What each profile was charged on a day, in local time; `is_known` once it was read."""

    day: date
    of_profiles: tuple[ChargeSum, ...] = ()
    is_known: bool = False

    def of(self, profile_id: ProfileId) -> ChargeSum:
        found = (each for each in self.of_profiles if each.name == profile_id)
        return next(found, ChargeSum(name=profile_id))


class ChargesService:
    """Answers `per(by, since)` by `found(by, since, sums)`; what was asked before is dropped.

    `sums` is a list of ChargeSum, newest day first, else by name. Nothing is computed here but
    sums: what a service does not tell the price of is counted as that.
    """

    found = Signal(object, object, list)

    def __init__(
        self,
        *,
        repository: ChargesRepository,
        durable: Callable[[], Awaitable[None]],
        conversations: Conversations,
        tasks: Tasks,
        profiles: ProfilesService,
        settings: SettingsService,
        supervisor: Supervisor,
        notices: Notices,
    ) -> None:
        self._repository = repository
        self._durable = durable
        self._tasks = tasks
        self._profiles = profiles
        self._settings = settings
        self._supervisor = supervisor
        self._notices = notices
        self._today = Value(Today(day=_now().date()))
        self._wanted: tuple[ChargesBy, datetime] | None = None
        self._is_looking = False
        self._is_reading = False
        self._is_stale = False
        self._billed: dict[str, Billing | None] = {}
        self._feed = Feed(tasks.tasks, put=self._on_task, gone=_ignore)
        conversations.shown.connect(self._on_message)

    @property
    def today(self) -> ReadOnlyValue[Today]:
        """Follows what happens once `start` was called."""
        return self._today

    def start(self) -> None:
        """Read what today was charged."""
        self._read_today_soon()

    def per(self, by: ChargesBy, since: datetime) -> None:
        """Sum up what was asked for from a moment on, in a thread of its own; see `found`."""
        self._wanted = (by, since)
        if not self._is_looking:
            self._is_looking = True
            self._supervisor.start(self._look(), name="sum charges")

    def estimate(self, model_id: str, *, copies: int = 1) -> Decimal | None:
        """What the catalogue says so many songs cost; of `auto` the dearest there is."""
        models = self._profiles.catalog.value.music_models
        asked = [model for model in models if model_id in (model.id, AUTO_MODEL)]
        prices = [amount(model.unit_credits) for model in asked]
        known = [price for price in prices if price is not None]
        return max(known) * copies if known and len(known) == len(prices) else None

    def would_pass(self, estimated: Decimal | None) -> CapQuestion | None:
        """What to ask before the active profile goes beyond the cap of the day; None if it won't.

        What is on its way and not billed yet counts as it was estimated. Where the service names
        no price, the cap is asked about once it is reached.
        """
        cap = amount(self._settings.settings.value.daily_cap_credits)
        if cap is None:
            return None
        profile_id = self._profiles.active.value.id
        spent = self._spent_today(profile_id) + self._on_the_way(profile_id)
        is_over = spent >= cap if estimated is None else spent + estimated > cap
        if not is_over:
            return None
        return CapQuestion(profile_id=profile_id, cap=cap, spent=spent, estimated=estimated)

    def _spent_today(self, profile_id: ProfileId) -> Decimal:
        today = self._today.value
        if today.day != _now().date():
            self._read_today_soon()
            return Decimal(0)
        return today.of(profile_id).net

    def _on_the_way(self, profile_id: ProfileId) -> Decimal:
        waiting = (
            task.estimated_credits
            for task in self._tasks.tasks
            if task.profile_id == profile_id and task.billing is None and _may_be_charged(task)
        )
        return sum((amount(text) or Decimal(0) for text in waiting), Decimal(0))

    def _on_task(self, task: MusicTask) -> None:
        if task.billing is not None and self._billed.get(task.id) != task.billing:
            self._billed[task.id] = task.billing
            self._read_today_soon()

    def _on_message(self, message: Message) -> None:
        if message.usage is not None and message.usage.credits and not message.status.is_live:
            self._read_today_soon()

    def _read_today_soon(self) -> None:
        """Many changes at once are one reading more."""
        self._is_stale = True
        if not self._is_reading:
            self._is_reading = True
            self._supervisor.start(self._read_today(), name="sum today's charges")

    async def _read_today(self) -> None:
        try:
            while self._is_stale:
                self._is_stale = False
                day = _now()
                midnight = day.replace(hour=0, minute=0, second=0, microsecond=0)
                sums = await self._sums(ChargesBy.PROFILE, midnight)
                if sums is not None:
                    self._today.set(Today(day=day.date(), of_profiles=tuple(sums), is_known=True))
        finally:
            self._is_reading = False

    async def _look(self) -> None:
        try:
            while (wanted := self._wanted) is not None:
                sums = await self._sums(*wanted)
                if wanted == self._wanted:
                    self._wanted = None
                    self.found.emit(*wanted, sums or [])
        finally:
            self._is_looking = False

    async def _sums(self, by: ChargesBy, since: datetime) -> list[ChargeSum] | None:
        try:
            await self._durable()  # what was told is not read before it is written
            return await asyncio.to_thread(self._repository.sums, by, since=since)
        except StorageError as error:
            self._notices.warn(failures.from_storage(error))
            return None


def _may_be_charged(task: MusicTask) -> bool:
    return task.status in _NOT_ACCEPTED_YET or task.status.is_at_service


def _now() -> datetime:
    return utc_now().astimezone()


def _ignore(_task_id: str) -> None:
    """A task that is taken off the list was charged all the same."""
