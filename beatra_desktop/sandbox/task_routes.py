"""Reading, listing and canceling tasks (contract §3.6–3.8)."""

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from beatra_desktop.sandbox.bodies import read_json
from beatra_desktop.sandbox.clock import parse_iso
from beatra_desktop.sandbox.envelopes import EXPANDABLE, envelope, summary
from beatra_desktop.sandbox.errors import ApiError, Problem, refusal
from beatra_desktop.sandbox.idempotency import Answer, fingerprint
from beatra_desktop.sandbox.replies import encode, json_response
from beatra_desktop.sandbox.tasks import STATUSES, Listing
from beatra_desktop.sandbox.world import World

LARGEST_PAGE = 100


class TaskRoutes:
    def __init__(self, world: World) -> None:
        self._world = world

    async def get(self, request: Request) -> Response:
        task = self._world.tasks.get(request.path_params["task_id"])
        return json_response(envelope(task, self._world))

    async def list(self, request: Request) -> Response:
        query = request.query_params
        expand = _expand(query)
        found, cursor = self._world.tasks.page(_listing(query))
        data = [summary(task, self._world, expand=expand) for task in found]
        page = {"object": "list", "data": data, "next_cursor": cursor}
        return json_response({**page, "has_more": cursor is not None})

    async def cancel(self, request: Request) -> Response:
        document = await read_json(request, required=False)
        if not isinstance(document.get("reason", ""), str | None):
            raise refusal([Problem("/reason", "The reason must be a text.")])

        async def work() -> Answer:
            return self._cancel(request.path_params["task_id"])

        same = fingerprint(request.url.path, document)
        answer = await self._world.ledger.answer(request, same, work)
        return Response(answer.body, answer.status, media_type=answer.content_type)

    def _cancel(self, task_id: str) -> Answer:
        """200 for a task that is at its end now, 202 while it still runs."""
        task = self._world.tasks.get(task_id)
        if not task.is_terminal:
            task = self._world.runner.cancel(task)
        return Answer(200 if task.is_terminal else 202, encode(envelope(task, self._world)))


def _listing(query: QueryParams) -> Listing:
    order = query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise _bad("order", "order is asc or desc.")
    return Listing(
        statuses=_statuses(query),
        capability=query.get("capability"),
        created_after=_moment(query, "created_after"),
        created_before=_moment(query, "created_before"),
        limit=_limit(query),
        cursor=query.get("cursor"),
        newest_first=order == "desc",
    )


def _statuses(query: QueryParams) -> list[str]:
    statuses = query["status"].split(",") if "status" in query else []
    if not set(statuses) <= set(STATUSES):
        raise _bad("status", f"status is one of {', '.join(STATUSES)}.")
    return statuses


def _expand(query: QueryParams) -> set[str]:
    wanted = set(query["expand"].split(",")) if query.get("expand") else set()
    if not wanted <= {*EXPANDABLE, "all"}:
        raise _bad("expand", f"expand takes {', '.join(EXPANDABLE)} or all.")
    return wanted


def _limit(query: QueryParams) -> int:
    text = query.get("limit", "20")
    digits = text.isascii() and text.isdecimal() and len(text) <= 9
    if not digits or not 1 <= int(text) <= LARGEST_PAGE:
        raise _bad("limit", f"limit is a number from 1 to {LARGEST_PAGE}.")
    return int(text)


def _moment(query: QueryParams, name: str) -> float | None:
    if name not in query:
        return None
    try:
        return parse_iso(query[name])
    except (ValueError, OverflowError) as error:
        raise _bad(name, f"{name} is a time such as 2026-09-01T10:00:00Z.") from error


def _bad(name: str, message: str) -> ApiError:
    errors = [{"field": name, "message": message}]
    return ApiError("invalid_request", message, param=name, details={"errors": errors})
