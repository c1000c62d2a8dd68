"""The outermost layer: request ids and the journal.

Each answer carries `X-Request-Id`, the client's own or a new one (contract §2, §10 U14). Each
request under `/v1` and `/media` is written to the journal, and its end too.
"""

import hashlib
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatra_desktop.sandbox.clock import Clock, iso
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.ids import new_id
from beatra_desktop.sandbox.journal import Journal
from beatra_desktop.sandbox.replies import error_response
from beatra_desktop.sandbox.visits import SCOPE_KEY, Visit, scope_visit

TOKEN_LIMIT: Final = 128
JOURNALED: Final = ("/v1", "/media")


def is_token(text: str) -> bool:
    """Return whether text is at most 128 visible ASCII characters (contract §10 U14)."""
    return len(text) <= TOKEN_LIMIT and all("!" <= character <= "~" for character in text)


class Gateway:
    def __init__(self, app: ASGIApp, *, journal: Journal, clock: Clock) -> None:
        self._app = app
        self._journal = journal
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        usable = is_token(given)
        visit = Visit(request_id=given if given and usable else new_id("req"))
        scope[SCOPE_KEY] = visit
        app = (
            self._app if usable else error_response(_bad_request_id(), request_id=visit.request_id)
        )
        await self._record(app, _Exchange(scope, receive, send, visit=visit))

    async def _record(self, app: ASGIApp, exchange: "_Exchange") -> None:
        if not exchange.scope["path"].startswith(JOURNALED):
            await app(exchange.scope, exchange.receive, exchange.send)
            return
        moment = self._clock.now()
        entry = {"time": moment, "at": iso(moment), **exchange.heading()}
        n = self._journal.begin({**entry, **exchange.ending()})

        def settle() -> None:
            self._journal.finish(n, {**entry, **exchange.ending()})

        scope_visit(exchange.scope).settle = settle
        try:
            await app(exchange.scope, exchange.receive, exchange.send)
        finally:
            settle()


class _Exchange:
    """Watches one request and its answer go by."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, *, visit: Visit) -> None:
        self.scope = scope
        self._receive = receive
        self._send = send
        self._visit = visit
        self._digest = hashlib.sha256()
        self._body_bytes = 0
        self._response_bytes = 0
        self._status: int | None = None

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            self._body_bytes += len(body)
            self._digest.update(body)
        elif self._visit.outcome == "in_progress":
            self._visit.end("disconnected")
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["X-Request-Id"] = self._visit.request_id
            self._status = message["status"]
        elif message["type"] == "http.response.body":
            self._response_bytes += len(message.get("body", b""))
            if not message.get("more_body", False) and self._visit.outcome == "in_progress":
                self._visit.end("answered")
        await self._send(message)

    def heading(self) -> dict[str, Any]:
        headers = Headers(scope=self.scope)
        return {
            "method": self.scope["method"],
            "path": self.scope["path"],
            "query": self.scope["query_string"].decode("latin-1"),
            "request_id": self._visit.request_id,
            "idempotency_key": headers.get("idempotency-key"),
            "authorized": "authorization" in headers,
            "range": headers.get("range"),
        }

    def ending(self) -> dict[str, Any]:
        fault = self._visit.fault
        return {
            "body_sha256": self._digest.hexdigest(),
            "body_bytes": self._body_bytes,
            "status": self._status,
            "outcome": self._visit.outcome,
            "replayed": self._visit.replayed,
            "response_bytes": self._response_bytes,
            "fault_id": None if fault is None else fault.fault_id,
            **self._visit.details,
        }


def _bad_request_id() -> ApiError:
    return ApiError("invalid_request", "X-Request-Id must be at most 128 visible ASCII characters.")
