"""What is going on and what was done, across chats, uploads, songs and downloads."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct, field

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, ProfileId
from beatra_desktop.domain.requests import Hold, Wait


class ActivityKind(StrEnum):
    ANSWER = "answer"
    UPLOAD = "upload"
    SONG = "song"
    DOWNLOAD = "download"


class ActivityState(StrEnum):
    """Needs you: nothing more happens until the user says something."""

    WAITING = "waiting"
    RUNNING = "running"
    NEEDS_YOU = "needs_you"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"

    @property
    def is_live(self) -> bool:
        """Not ended: listed whatever its age."""
        return self in (ActivityState.WAITING, ActivityState.RUNNING, ActivityState.NEEDS_YOU)


class Step(StrEnum):
    """written -> sent -> accepted -> started -> done -> saved, as far as each is known."""

    WRITTEN = "written"
    SENT = "sent"
    ACCEPTED = "accepted"
    STARTED = "started"
    DONE = "done"
    SAVED = "saved"


class Moment(Struct, frozen=True, kw_only=True):
    step: Step
    at: datetime


class Activity(Struct, frozen=True, kw_only=True):
    """One row of the activity centre. `id` is the kind and the `owner_id`, which is the record's.

    `fraction` is the share done, 0 to 1, where there is one; sizes are bytes. `credits` is the
    service's own figure (contract §2), None where it reported none. `conversation_id` is set for
    answers.
    """

    id: str
    kind: ActivityKind
    owner_id: str
    title: str
    state: ActivityState
    profile_id: ProfileId
    created_at: datetime
    model: str = ""
    ended_at: datetime | None = None
    timeline: tuple[Moment, ...] = ()
    fraction: float | None = None
    done_bytes: int | None = None
    total_bytes: int | None = None
    attempts: int = 0
    wait: Wait | None = None
    hold: Hold | None = None
    request_id: str | None = None
    idempotency_key: IdempotencyKey | None = None
    credits: str | None = None
    failure: Failure | None = None
    conversation_id: ConversationId | None = None


class ActivityCounts(Struct, frozen=True, kw_only=True):
    """How many of the listed rows there are of each state, of each kind, and of both."""

    of_states: Mapping[ActivityState, int] = field(default_factory=dict)
    of_kinds: Mapping[ActivityKind, int] = field(default_factory=dict)
    of_both: Mapping[tuple[ActivityKind, ActivityState], int] = field(default_factory=dict)


class ChargesBy(StrEnum):
    DAY = "day"
    PROFILE = "profile"
    MODEL = "model"


class ChargeSum(Struct, frozen=True, kw_only=True):
    """What the service itself says was charged, in credits; missing is not zero (contract §4).

    `name` is a day (ISO 8601, in local time), a profile's id or a model's. `net` is what remained
    after refunds. `priced` rows went into the sums, of `unpriced` ones the service told no price.
    """

    name: str
    charged: Decimal = Decimal(0)
    refunded: Decimal = Decimal(0)
    net: Decimal = Decimal(0)
    priced: int = 0
    unpriced: int = 0


class CapQuestion(Struct, frozen=True, kw_only=True):
    """Going on would pass the daily cap: `spent` today, and `estimated` on top of it.

    `estimated` is None where the service names no price, which a cap can't be held against.
    """

    profile_id: ProfileId
    cap: Decimal
    spent: Decimal
    estimated: Decimal | None
