"""The request ledger: what was about to cost money, written before it could."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.ids import IdempotencyKey, ProfileId
from beatra_desktop.domain.records import replace

DEDUP_WINDOW: Final = timedelta(hours=24)
"""How long the service recognises an idempotency key (contract §2)."""
RESEND_WINDOW: Final = DEDUP_WINDOW - timedelta(minutes=10)
"""How long a request may still leave: it has a way to go, and clocks are not exact."""

MENDABLE_STATUSES: Final = frozenset({401, 402, 403})


class RequestKind(StrEnum):
    CHAT = "chat"
    UPLOAD = "upload"
    MUSIC = "music"
    CANCEL = "cancel"


class Hold(StrEnum):
    """Why something that is ready to leave does not."""

    OFFLINE = "offline"
    PAUSED = "paused"


class RequestState(StrEnum):
    WRITTEN = "written"
    SENT = "sent"
    CREATED = "created"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    ABANDONED = "abandoned"

    @property
    def is_open(self) -> bool:
        return self in (RequestState.WRITTEN, RequestState.SENT)


class Request(Struct, frozen=True, kw_only=True):
    """One intent under one idempotency key; every resend reuses the key and the body.

    `body` holds the exact bytes of a JSON request; for an upload it describes the multipart form
    (file, size, SHA-256, boundary), which gives the same bytes again. `owner_id` is the message,
    upload or task the request is for. `service_sent_at` is `sent_at` by the service's own clock,
    where it was known.
    """

    key: IdempotencyKey
    kind: RequestKind
    profile_id: ProfileId
    owner_id: str
    path: str
    body: bytes
    state: RequestState
    attempts: int = 0
    written_at: datetime
    sent_at: datetime | None = None
    service_sent_at: datetime | None = None
    settled_at: datetime | None = None
    request_id: str | None = None
    status: int | None = None

    @property
    def id(self) -> str:
        return self.key

    def may_be_resent(self, now: datetime, service_now: datetime | None = None) -> bool:
        """True while the service still recognises the key, counted from the first send.

        By the service's clock where it is known: this machine's may have been wrong or set since.
        """
        if self.sent_at is None:
            return True
        if service_now is not None and self.service_sent_at is not None:
            return service_now - self.service_sent_at < RESEND_WINDOW
        return now - self.sent_at < RESEND_WINDOW

    def keeps_key(self, now: datetime, service_now: datetime | None = None) -> bool:
        """Whether trying again is the same intent: resend the bytes under this key.

        True while the outcome is open, after a refusal the user could mend outside the request (a
        wrong key or too little balance, contract §4), and for what was only held to be too old: a
        clock was wrong, and tells better now.
        """
        mendable = self.state is RequestState.REFUSED and self.status in MENDABLE_STATUSES
        misjudged = self.state is RequestState.UNKNOWN and bool(self.body)
        is_same = self.state.is_open or mendable or misjudged
        return is_same and self.may_be_resent(now, service_now)

    def sent(self, now: datetime, service_now: datetime | None = None) -> "Request":
        sent = replace(self, state=RequestState.SENT, attempts=self.attempts + 1)
        is_first = self.sent_at is None
        return replace(sent, sent_at=now, service_sent_at=service_now) if is_first else sent

    def unsent(self, before: "Request") -> "Request":
        """The request as it was `before` an attempt that never reached the service."""
        return replace(before, attempts=self.attempts)

    def settled(
        self, state: RequestState, now: datetime, *, request_id: str | None, status: int | None
    ) -> "Request":
        return replace(self, state=state, settled_at=now, request_id=request_id, status=status)


class Wait(Struct, frozen=True, kw_only=True):
    """A back-off in progress: attempt `attempt` of `of` starts at `until`."""

    attempt: int
    of: int
    until: datetime
    reason: str
