"""Reading, listing and cancelling tasks (contract §3.6 to §3.8)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import quote

import msgspec

from beatra_desktop.api import lenient
from beatra_desktop.api.errors import ConflictError
from beatra_desktop.api.transport import Request, Transport
from beatra_desktop.api.types import Answer, Task, TaskPage


class Tasks:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def get(self, task_id: str, *, request_id: str | None = None) -> Answer[Task]:
        request = Request(method="GET", path=_path(task_id), request_id=request_id)
        return await self._transport.fetch(request, _task)

    async def list(
        self,
        *,
        status: str | None = None,
        capability: str | None = None,
        created_after: datetime | None = None,
        created_before: datetime | None = None,
        limit: int | None = None,
        cursor: str | None = None,
        order: Literal["asc", "desc"] | None = None,
        expand: Sequence[str] = (),
        request_id: str | None = None,
    ) -> Answer[TaskPage]:
        """One page, at most 100 tasks; items are summaries unless `expand` names more.

        `expand`: output, usage, billing, callback, input, all. Pass `next_cursor` on for the next
        page. Items without id or status are left out.
        """
        wanted = {
            "status": status,
            "capability": capability,
            "created_after": _timestamp(created_after),
            "created_before": _timestamp(created_before),
            "limit": None if limit is None else str(limit),
            "cursor": cursor,
            "order": order,
            "expand": ",".join(expand) or None,
        }
        query = {name: value for name, value in wanted.items() if value is not None}
        request = Request(method="GET", path="/tasks", query=query, request_id=request_id)
        return await self._transport.fetch(request, _page)

    async def cancel(
        self, task_id: str, body: bytes, *, idempotency_key: str, request_id: str | None = None
    ) -> Answer[Task]:
        """Ask for an end with the bytes of `encode_cancel`; the task may still succeed.

        A 409 means the task goes on or is over, so it is read instead (contract §10, X3).
        """
        request = Request(
            method="POST",
            path=f"{_path(task_id)}/cancel",
            body=body,
            idempotency_key=idempotency_key,
            request_id=request_id,
        )
        try:
            return await self._transport.fetch(request, _task)
        except ConflictError:
            return await self.get(task_id)


def _path(task_id: str) -> str:
    return f"/tasks/{quote(task_id, safe='')}"


def _timestamp(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _task(body: bytes) -> Task:
    return lenient.decode(Task, body)


def _page(body: bytes) -> TaskPage:
    raw = lenient.parse(body)
    page = lenient.convert(TaskPage, {"data": raw} if isinstance(raw, list) else raw)
    if not isinstance(raw, list) and not isinstance(raw.get("data"), list):
        raise msgspec.ValidationError("Expected a list of tasks")
    return page
