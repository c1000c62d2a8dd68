"""Who may ask: host names, API keys and the request budget."""

import hmac
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from beatra_desktop.sandbox.bodies import drain
from beatra_desktop.sandbox.clock import Clock
from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.replies import error_response
from beatra_desktop.sandbox.visits import scope_visit

OPEN_PATH: Final = "/v1/health"
API: Final = "/v1"
ADMIN: Final = "/_sandbox"
WINDOW_S: Final = 60.0


def is_loopback(name: str | None) -> bool:
    """Return whether a host name, as a URL writes it, means this computer."""
    if not name:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class RequestBudget:
    """A sliding window of one minute by the sandbox clock (contract §10 U11)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moments: deque[float] = deque()

    def clear(self) -> None:
        self._moments.clear()

    def spend(self, limit: int | None) -> None:
        """Count one request. Raises `rate_limited` with the seconds until there is room."""
        now = self._clock.now()
        while self._moments and self._moments[0] <= now - WINDOW_S:
            self._moments.popleft()
        if limit is not None and len(self._moments) >= limit:
            wait_s = int(self._moments[-limit] + WINDOW_S - now) + 1
            raise ApiError("rate_limited", retry_after_s=wait_s)
        self._moments.append(now)


class Guard:
    """ASGI layer that lets in who may come in; everybody else gets the error envelope."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        api_key: str,
        bound_host: str,
        budget: RequestBudget,
        limit: Callable[[], int | None],
    ) -> None:
        self._app = app
        self._api_key = api_key
        self._bound_host = bound_host
        self._budget = budget
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(scope)
        except ApiError as error:
            await drain(receive)
            response = error_response(error, request_id=scope_visit(scope).request_id)
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        path = scope["path"]
        self._check_host(headers)
        if path.startswith(ADMIN):
            _check_origin(headers)
        elif path.startswith(API) and path != OPEN_PATH:
            self._check_key(headers)
            self._budget.spend(self._limit())

    def _check_host(self, headers: Headers) -> None:
        """A foreign name that leads here is a web page's trick (DNS rebinding)."""
        name = urlsplit(f"//{headers.get('host', '')}").hostname
        if is_loopback(self._bound_host) and not (is_loopback(name) or name == self._bound_host):
            raise ApiError("forbidden", "The sandbox answers on this computer's own name only.")

    def _check_key(self, headers: Headers) -> None:
        scheme, _, key = headers.get("authorization", "").partition(" ")
        if not key.strip():
            raise ApiError("unauthorized")
        matches = hmac.compare_digest(key.strip().encode(), self._api_key.encode())
        if scheme.lower() != "bearer" or not matches:
            raise ApiError("invalid_api_key")


def _check_origin(headers: Headers) -> None:
    """The admin routes take no key, so no web page may reach them."""
    origin = headers.get("origin")
    if origin is not None and not is_loopback(urlsplit(origin).hostname):
        raise ApiError("forbidden", "Web pages may not control the sandbox.")
