"""Carries out ordered faults on the wire; see `faults.Action` for what there is."""

import asyncio
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatra_desktop.sandbox.bodies import drain
from beatra_desktop.sandbox.connections import Connections
from beatra_desktop.sandbox.errors import KINDS, UNKNOWN_KIND, ApiError, JsonObject
from beatra_desktop.sandbox.faults import Action, Drip, FaultError, Faults, SseFault
from beatra_desktop.sandbox.replies import JSON_TYPE, encode
from beatra_desktop.sandbox.visits import Visit, scope_visit

DEFAULT_STATUS: Final = 500
UNTOUCHED: Final = "/_sandbox"


class Tamper:
    """ASGI layer between the gateway and the API."""

    def __init__(self, app: ASGIApp, *, faults: Faults, connections: Connections) -> None:
        self._app = app
        self._faults = faults
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(UNTOUCHED):
            await self._app(scope, receive, send)
            return
        visit = scope_visit(scope)
        visit.fault = self._faults.take(scope["method"], scope["path"])
        if visit.fault is None:
            await self._app(scope, receive, send)
        else:
            await self._strike(visit.fault.action, scope, receive, send)

    async def _strike(self, action: Action, scope: Scope, receive: Receive, send: Send) -> None:
        visit = scope_visit(scope)
        if action.delay_when == "before":
            await asyncio.sleep(action.delay_seconds)
        if action.reset == "before":
            await drain(receive)
            await self._break(scope, receive, "reset_before")
        elif action.answers_instead and not action.does_work:
            await drain(receive)
            await _canned(action, visit)(scope, receive, send)
        else:
            await self._work(action, scope, receive, send)

    async def _work(self, action: Action, scope: Scope, receive: Receive, send: Send) -> None:
        if action.answers_instead or action.reset == "after":
            await self._app(scope, receive, _swallow)
            await _pause_after(action)
            if action.reset == "after":
                await self._break(scope, receive, "reset_after")
            else:
                await _canned(action, scope_visit(scope))(scope, receive, send)
            return
        spoiled = _Spoiler(action, self._connections, scope, send)
        await self._app(scope, self._breaking_receive(action, scope, receive), spoiled)

    def _breaking_receive(self, action: Action, scope: Scope, receive: Receive) -> Receive:
        limit = action.reset_after_request_bytes
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if limit is not None and message["type"] == "http.request" and arrived >= limit:
                return await self._break(scope, receive, "reset_in_request")
            return message

        return counted

    async def _break(self, scope: Scope, receive: Receive, outcome: str) -> Message:
        """Reset and return the message that says so."""
        scope_visit(scope).end(outcome)
        await self._connections.reset(scope)
        while (message := await receive())["type"] != "http.disconnect":
            pass
        return message


class _Spoiler:
    """An ASGI `send` that spoils the answer on its way."""

    def __init__(self, action: Action, connections: Connections, scope: Scope, send: Send) -> None:
        self._action = action
        self._connections = connections
        self._scope = scope
        self._send = send
        self._visit = scope_visit(scope)
        self._events = 0
        self._bytes = 0
        self._promised: int | None = None
        self._over = False

    async def __call__(self, message: Message) -> None:
        if self._over:
            return
        if message["type"] == "http.response.start":
            await self._start(message)
        else:
            await self._body(message.get("body", b""), more=message.get("more_body", False))

    async def _start(self, message: Message) -> None:
        await _pause_after(self._action)
        headers = MutableHeaders(scope=message)
        headers.update(self._action.headers)
        if self._action.cut == "end" and _cuts(self._action):
            del headers["content-length"]
        if "content-length" in headers:
            self._promised = _promise(self._action, int(headers["content-length"]))
            headers["content-length"] = str(self._promised)
        await self._send(message)

    async def _body(self, body: bytes, *, more: bool) -> None:
        await self._inject(body)
        if self._over:
            return
        body, ends = self._shortened(body)
        self._bytes += len(body)
        await self._write(body, drip=self._action.drip)
        if ends:
            await self._cut()
        elif not more:
            await self._finish()

    async def _inject(self, body: bytes) -> None:
        is_event = bool(body)
        self._events += is_event
        fault = self._action.sse
        if fault is None or not is_event or self._events != fault.at_event:
            return
        await self._write(_event(fault, self._visit.request_id), drip=None)
        if fault.ends or fault.kind == "error":
            self._visit.end("cut")
            await self._end()

    def _shortened(self, body: bytes) -> tuple[bytes, bool]:
        """Return what is left of the body after the limits, and whether the answer ends here."""
        action = self._action
        if action.cut_after_events is not None and self._events > action.cut_after_events:
            return b"", True
        limit = action.cut_after_bytes
        if limit is not None and self._bytes + len(body) >= limit:
            return body[: limit - self._bytes], True
        if self._promised is not None:
            body = body[: max(0, self._promised - self._bytes)]
        return body, False

    async def _write(self, body: bytes, *, drip: Drip | None) -> None:
        size = len(body) if drip is None else drip.bytes
        for start in range(0, len(body), size or 1):
            piece = body[start : start + size]
            await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            if drip is not None:
                await asyncio.sleep(drip.seconds)

    async def _cut(self) -> None:
        self._visit.end("cut")
        self._over = True
        if self._action.cut == "end":
            await self._end()
        elif self._action.cut == "close":
            await self._connections.close(self._scope)
        else:
            await self._connections.reset_after_arrival(self._scope)

    async def _finish(self) -> None:
        """End the answer; one that promised more than it has ends with the connection."""
        if self._promised is not None and self._bytes < self._promised:
            self._visit.end("cut")
            self._over = True
            await self._connections.close(self._scope)
        else:
            await self._end()

    async def _end(self) -> None:
        self._over = True
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})


async def _swallow(message: Message) -> None:
    """An answer nobody gets to see."""


async def _pause_after(action: Action) -> None:
    if action.delay_when == "after":
        await asyncio.sleep(action.delay_seconds)


def _cuts(action: Action) -> bool:
    return action.cut_after_bytes is not None or action.cut_after_events is not None


def _promise(action: Action, length: int) -> int:
    if action.keep_bytes is not None:
        length = min(length, action.keep_bytes)
    return max(0, length + action.content_length_delta)


def _canned(action: Action, visit: Visit) -> Response:
    code = None if action.error is None else action.error.code
    status = action.status or (KINDS.get(code, UNKNOWN_KIND).status if code else DEFAULT_STATUS)
    headers = dict(action.headers)
    if action.retry_after is not None:
        headers["Retry-After"] = str(action.retry_after)
    if action.body is not None:
        return Response(action.body, status, headers, action.content_type)
    error = action.error or FaultError(code="internal_error")
    return Response(encode(_envelope(error, visit.request_id)), status, headers, JSON_TYPE)


def _envelope(error: FaultError, request_id: str) -> JsonObject:
    plain = ApiError(error.code, error.message, param=error.param, details=error.details)
    envelope = plain.envelope(request_id)
    if error.retryable is None:
        del envelope["error"]["retryable"]
    elif isinstance(error.retryable, bool):
        envelope["error"]["retryable"] = error.retryable
    return envelope


def _event(fault: SseFault, request_id: str) -> bytes:
    if fault.kind == "raw":
        return fault.raw.encode()
    if fault.kind == "malformed":
        return b'data: {"id":"chatcmpl_\n\n'
    if fault.kind == "oversized":
        return b'data: {"filler":"' + b"x" * fault.size_bytes + b'"}\n\n'
    return b"data: " + encode(_envelope(fault.error, request_id)) + b"\n\n"
