"""What was sent and when, and the answers that have ended: read for the activity centre."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.ids import IdempotencyKey
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.storage.codec import time_at
from beatra_desktop.storage.conversations import MESSAGES
from beatra_desktop.storage.database import Database

_SENDING: Final = "requests.written_at, requests.sent_at, requests.settled_at, requests.attempts"
# The texts are left out: they would be most of what is read.
_COLUMNS: Final = ", ".join(
    "''" if name == "text" else f'messages."{name}"' for name in MESSAGES.names
)
_ANSWERS: Final = f"""
    SELECT messages.seq, conversations.title, {_SENDING}, {_COLUMNS}
    FROM messages JOIN conversations ON conversations.id = messages.conversation_id
    LEFT JOIN requests ON requests.key = messages.idempotency_key
    WHERE messages.seq < ? AND messages.role = 'assistant'
    AND messages.idempotency_key IS NOT NULL
    AND messages.status NOT IN ('sending', 'streaming') AND conversations.deleted_at IS NULL
    ORDER BY messages.seq DESC LIMIT ?
"""
_KINDS: Final = (RequestKind.UPLOAD.value, RequestKind.MUSIC.value)
_LEDGER: Final = f"SELECT requests.key, {_SENDING} FROM requests WHERE kind IN (?, ?)"
NEWEST: Final = 2**63 - 1


class Sending(Struct, frozen=True, kw_only=True):
    """When a request was written, left first and was settled, and how often it was tried."""

    written_at: datetime | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    attempts: int = 0

    @classmethod
    def of(cls, request: Request) -> "Sending":
        return cls(
            written_at=request.written_at,
            sent_at=request.sent_at,
            settled_at=request.settled_at,
            attempts=request.attempts,
        )


class EndedAnswer(Struct, frozen=True, kw_only=True):
    """An answer without its text, and the title of its conversation; `seq` is its place."""

    seq: int
    title: str
    sending: Sending
    message: Message


class ActivityRepository:
    """Reads on a connection of its own, in whichever thread it is called; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._reader = database.reader()

    def answers(self, *, before: int = NEWEST, limit: int) -> list[EndedAnswer]:
        """Ended answers that were asked for here, newest first, from before a place on."""
        return self._reader.records(_answer, _ANSWERS, (before, limit))

    def sendings(self) -> dict[IdempotencyKey, Sending]:
        """What the ledger knows of uploads and songs."""
        rows = self._reader.rows(_LEDGER, _KINDS)
        return {IdempotencyKey(key): _sending(sending) for key, *sending in rows}


def _answer(row: Sequence[Any]) -> EndedAnswer:
    seq, title, *rest = row
    message = MESSAGES.record(rest[4:])
    return EndedAnswer(seq=seq, title=title, sending=_sending(rest[:4]), message=message)


def _sending(row: Sequence[Any]) -> Sending:
    written_at, sent_at, settled_at, attempts = row
    return Sending(
        written_at=_time(written_at),
        sent_at=_time(sent_at),
        settled_at=_time(settled_at),
        attempts=attempts or 0,
    )


def _time(stored: int | None) -> datetime | None:
    return None if stored is None else time_at(stored)
