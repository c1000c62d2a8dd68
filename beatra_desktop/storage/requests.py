"""The request ledger on disk."""

from typing import Final

from beatra_desktop.domain.ids import IdempotencyKey
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestState
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database

REQUESTS: Final = Table("requests", Request, key="key")
_DONE_WITH: Final = frozenset({RequestState.CREATED, RequestState.ABANDONED})


class RequestRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, request: Request) -> None:
        """Store the request; the body only as long as it may be sent again.

        Each chat request repeats the conversation, so keeping all bodies would make the database
        grow with the square of its length.
        """
        stored = replace(request, body=b"") if request.state in _DONE_WITH else request
        row = REQUESTS.row(stored)
        self._database.write(lambda connection: REQUESTS.put(connection, row))

    def get(self, key: IdempotencyKey) -> Request | None:
        sql = REQUESTS.select("WHERE key = ?")
        found = self._database.records(REQUESTS.record, sql, (key,))
        return found[0] if found else None

    def of_owner(self, owner_id: str) -> list[Request]:
        """All requests that were written for a record, oldest first."""
        sql = REQUESTS.select("WHERE owner_id = ? ORDER BY seq")
        return self._database.records(REQUESTS.record, sql, (owner_id,))

    def open(self) -> list[Request]:
        """Requests that are written or sent and not settled, oldest first."""
        return self._in_states(RequestState.WRITTEN, RequestState.SENT)

    def _in_states(self, *states: RequestState) -> list[Request]:
        marks = ", ".join("?" for _ in states)
        sql = REQUESTS.select(f"WHERE state IN ({marks}) ORDER BY seq")
        values = [state.value for state in states]
        return self._database.records(REQUESTS.record, sql, values)
