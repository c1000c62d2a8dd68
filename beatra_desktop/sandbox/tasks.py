"""Music tasks: records, storage, money and listing (contract §3.6, §3.7, §4)."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import msgspec

from beatra_desktop.sandbox.clock import Clock
from beatra_desktop.sandbox.database import Database
from beatra_desktop.sandbox.errors import ApiError, JsonObject
from beatra_desktop.sandbox.wallet import Wallet

STATUSES: Final = ("queued", "running", "succeeded", "failed", "canceled")
TERMINAL: Final = frozenset({"succeeded", "failed", "canceled"})
CURSOR_PREFIX: Final = "c_"


class Progress(msgspec.Struct, frozen=True):
    percent: float
    stage: str
    message: str = ""


class ClipRecord(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    lyrics: str | None
    tags: str
    artifact_id: str
    duration_seconds: float


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """A task as stored; `envelopes.py` turns it into the wire form."""

    task_id: str
    capability: str
    model: str
    resolved_model: str
    input: dict[str, Any]
    created_at: float
    charged: Decimal
    clip_count: int
    metadata: dict[str, str] = {}
    warnings: list[dict[str, Any]] = []
    status: str = "queued"
    progress: Progress = Progress(0, "queued", "Waiting for a free place.")
    clips: list[ClipRecord] | None = None
    error: dict[str, Any] | None = None
    refunded: Decimal = Decimal(0)
    reference_id: str | None = None
    started_at: float | None = None
    completed_at: float | None = None
    cancel_requested_at: float | None = None

    @property
    def is_terminal(self) -> bool:
        return self.status in TERMINAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The query of contract §3.7; times are seconds since 1970, both ends included."""

    statuses: Sequence[str] = ()
    capability: str | None = None
    created_after: float | None = None
    created_before: float | None = None
    limit: int = 20
    cursor: str | None = None
    newest_first: bool = True


class Tasks:
    def __init__(self, database: Database, clock: Clock, wallet: Wallet) -> None:
        self._database = database
        self._clock = clock
        self._wallet = wallet

    def create(self, task: Task) -> None:
        """Store and charge in one step. The caller has checked the balance."""
        with self._database.transaction():
            self._wallet.charge(task.charged)
            self._database.run(
                "insert into tasks (task_id, status, capability, created_at, document)"
                " values (?, ?, ?, ?, ?)",
                *(task.task_id, task.status, task.capability, task.created_at, _text(task)),
            )

    def get(self, task_id: str) -> Task:
        """Raises `task_not_found`."""
        row = self._database.row("select document from tasks where task_id = ?", task_id)
        if row is None:
            raise ApiError("task_not_found")
        return msgspec.json.decode(row["document"], type=Task)

    def save(self, task: Task) -> Task:
        self._database.run(
            "update tasks set status = ?, document = ? where task_id = ?",
            *(task.status, _text(task), task.task_id),
        )
        return task

    def end_unpaid(self, task: Task, status: str, *, error: JsonObject | None = None) -> Task:
        """End as failed or canceled and give the money back (contract §4)."""
        ended = msgspec.structs.replace(
            task,
            status=status,
            error=error,
            refunded=task.charged,
            completed_at=self._clock.now(),
            progress=Progress(task.progress.percent, task.progress.stage, ""),
        )
        with self._database.transaction():
            self._wallet.refund(task.charged)
            return self.save(ended)

    def unfinished(self) -> list[Task]:
        """Return queued and running tasks, oldest first."""
        rows = self._database.rows(
            "select document from tasks where status in ('queued', 'running') order by sequence"
        )
        return [msgspec.json.decode(row["document"], type=Task) for row in rows]

    def page(self, listing: Listing) -> tuple[list[Task], str | None]:
        """Return one page and the cursor of the next, None at the end."""
        where, values = _conditions(listing)
        order = "desc" if listing.newest_first else "asc"
        rows = self._database.rows(
            f"select sequence, document from tasks where {where} order by sequence {order} limit ?",
            *(*values, listing.limit + 1),
        )
        page = rows[: listing.limit]
        found = [msgspec.json.decode(row["document"], type=Task) for row in page]
        more = len(rows) > listing.limit
        return found, _cursor(page[-1]["sequence"]) if more else None


def _conditions(listing: Listing) -> tuple[str, list[object]]:
    marks = ", ".join("?" * len(listing.statuses))
    beyond = "<" if listing.newest_first else ">"
    wanted: list[tuple[str, Sequence[object]]] = [("1 = 1", ())]
    if listing.statuses:
        wanted.append((f"status in ({marks})", listing.statuses))
    if listing.capability is not None:
        wanted.append(("capability = ?", (listing.capability,)))
    if listing.created_after is not None:
        wanted.append(("cast(created_at as integer) >= ?", (listing.created_after,)))
    if listing.created_before is not None:
        wanted.append(("cast(created_at as integer) <= ?", (listing.created_before,)))
    if listing.cursor is not None:
        wanted.append((f"sequence {beyond} ?", (_sequence(listing.cursor),)))
    clauses = " and ".join(clause for clause, _ in wanted)
    return clauses, [value for _, values in wanted for value in values]


def _cursor(sequence: int) -> str:
    return CURSOR_PREFIX + base64.urlsafe_b64encode(str(sequence).encode()).decode().rstrip("=")


def _sequence(cursor: str) -> int:
    text = cursor.removeprefix(CURSOR_PREFIX)
    try:
        return int(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError) as error:
        raise ApiError("invalid_request", "This cursor is not one of ours.") from error


def _text(task: Task) -> str:
    return msgspec.json.encode(task).decode()
