"""The sandbox's own controls under `/_sandbox`, for tests and demos; loopback only, no key.

GET  /journal?since=N   {"entries": [...], "last": N}: requests under /v1 and /media, in order
POST /faults            a rule or a list of rules (see `faults`) -> {"fault_ids": [...]}
GET  /faults            {"faults": [{fault_id, seen, hits, rule}]}
DELETE /faults          no more faults
POST /clock             {"advance_seconds": 3600} -> {"now", "at", "offset_seconds"}
POST /settings          any fields of `settings.Settings`, and "balance": "20.0000" -> all of them
GET  /settings          all of them
POST /reset             forget everything but the API key and the seed
GET  /state             clock, balance, settings, tasks, counts

Errors have the API's envelope.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from beatra_desktop.sandbox.bodies import read_json
from beatra_desktop.sandbox.clock import iso
from beatra_desktop.sandbox.errors import ApiError, JsonObject
from beatra_desktop.sandbox.faults import Rule
from beatra_desktop.sandbox.replies import json_response
from beatra_desktop.sandbox.tasks import Listing
from beatra_desktop.sandbox.wallet import credits_text
from beatra_desktop.sandbox.world import World


class Admin:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [
            Route("/_sandbox/journal", self._journal, methods=["GET"]),
            Route("/_sandbox/faults", self._add_faults, methods=["POST"]),
            Route("/_sandbox/faults", self._faults, methods=["GET"]),
            Route("/_sandbox/faults", self._clear_faults, methods=["DELETE"]),
            Route("/_sandbox/clock", self._clock, methods=["POST"]),
            Route("/_sandbox/settings", self._change_settings, methods=["POST"]),
            Route("/_sandbox/settings", self._settings, methods=["GET"]),
            Route("/_sandbox/reset", self._reset, methods=["POST"]),
            Route("/_sandbox/state", self._state, methods=["GET"]),
        ]

    async def _journal(self, request: Request) -> Response:
        since = request.query_params.get("since", "0")
        if not since.isdecimal():
            raise ApiError("invalid_request", "since is a number.")
        entries = self._world.journal.since(int(since))
        last = entries[-1]["n"] if entries else int(since)
        return json_response({"entries": entries, "last": last})

    async def _add_faults(self, request: Request) -> Response:
        document = await request.body()
        try:
            rules = msgspec.json.decode(document, type=list[Rule] | Rule)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ApiError("invalid_request", str(error)) from error
        listed = rules if isinstance(rules, list) else [rules]
        ids = [self._world.faults.add(rule).fault_id for rule in listed]
        return json_response({"fault_ids": ids}, status=201)

    async def _faults(self, request: Request) -> Response:
        return json_response({"faults": self._world.faults.report()})

    async def _clear_faults(self, request: Request) -> Response:
        self._world.faults.clear()
        return json_response({"faults": []})

    async def _clock(self, request: Request) -> Response:
        document = await read_json(request)
        seconds = document.get("advance_seconds")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool):
            raise ApiError("invalid_request", "advance_seconds is a number.")
        self._world.advance_clock(seconds)
        return json_response(self._time())

    async def _change_settings(self, request: Request) -> Response:
        document = await read_json(request)
        balance = document.pop("balance", None)
        try:
            amount = None if balance is None else _finite(str(balance))
            self._world.switchboard.change(document)
        except (msgspec.ValidationError, InvalidOperation) as error:
            raise ApiError("invalid_request", str(error)) from error
        if amount is not None:
            self._world.wallet.set_balance(amount)
        return json_response(self._all_settings())

    async def _settings(self, request: Request) -> Response:
        return json_response(self._all_settings())

    async def _reset(self, request: Request) -> Response:
        await self._world.reset()
        return json_response({"reset": True})

    async def _state(self, request: Request) -> Response:
        tasks, _ = self._world.tasks.page(Listing(limit=100))
        return json_response(
            {
                "clock": self._time(),
                "settings": self._all_settings(),
                "tasks": [{"task_id": task.task_id, "status": task.status} for task in tasks],
                "counts": self._counts(),
                "faults": self._world.faults.report(),
            }
        )

    def _all_settings(self) -> JsonObject:
        settings: JsonObject = msgspec.to_builtins(self._world.settings)
        return {**settings, "balance": credits_text(self._world.wallet.balance)}

    def _time(self) -> JsonObject:
        now = self._world.clock.now()
        return {"now": now, "at": iso(now), "offset_seconds": self._world.clock.offset_s}

    def _counts(self) -> dict[str, Any]:
        names = ("tasks", "artifacts", "answers", "journal")
        counts = {name: f"(select count(*) from {name}) as {name}" for name in names}
        return dict(self._world.database.rows(f"select {', '.join(counts.values())}")[0])


def _finite(text: str) -> Decimal:
    amount = Decimal(text)
    if not amount.is_finite():
        raise InvalidOperation("The balance must be a number.")
    return amount
