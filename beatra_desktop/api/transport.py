"""The one place that talks HTTP: connections, headers, time limits, and errors with our names."""

import logging
import ssl
import time
from collections.abc import AsyncIterable, Callable, Mapping
from contextlib import AsyncExitStack
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, TypeVar
from uuid import uuid4

import httpx
import msgspec
from msgspec import Struct, field

from beatra_desktop import __version__
from beatra_desktop.api.errors import APIError, AuthenticationError, MalformedResponseError
from beatra_desktop.api.reply import Reply
from beatra_desktop.api.retry import parse_retry_after
from beatra_desktop.api.service_clock import ServiceClock
from beatra_desktop.api.translate import malformed, status_error, translated
from beatra_desktop.api.types import Answer
from beatra_desktop.domain import redaction
from beatra_desktop.domain.profiles import LOOPBACK_HOSTS

# With a bounded pool httpcore 1.0.9 loses slots for good when requests are cancelled while they
# wait or connect, and a Stop button cancels all the time. Callers bound their own parallelism.
LIMITS: Final = httpx.Limits(
    max_connections=None, max_keepalive_connections=10, keepalive_expiry=30.0
)
KEY_MASK: Final = "[key]"
MAX_ERROR_BYTES: Final = 1024 * 1024
USER_AGENT: Final = f"beatra-desktop/{__version__}"
# A proxy of the environment is for the network; this machine is reached directly.
_DIRECT: Final = ("all://localhost", "all://127.0.0.1", "all://[::1]")

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Timeouts(Struct, frozen=True, kw_only=True):
    """Seconds without any progress, never of a whole call; uploads wait longer for the answer."""

    connect: float = 10.0
    write: float = 60.0
    read: float = 30.0
    stream_idle: float = 60.0
    upload_answer: float = 180.0
    pool: float = 30.0


class Request(Struct, frozen=True, kw_only=True):
    """One call to the API; `path` follows the base URL and `read_seconds` replaces the default."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | AsyncIterable[bytes] = b""
    idempotency_key: str | None = None
    request_id: str | None = None
    read_seconds: float | None = None
    with_key: bool = True


class Transport:
    """Sends requests to one base URL with one key, and plain downloads to anywhere without it."""

    def __init__(
        self,
        base_url: str,
        *,
        api_key: Callable[[], str | None],
        ssl_context: ssl.SSLContext,
        timeouts: Timeouts,
        limits: httpx.Limits = LIMITS,
        clock: ServiceClock | None = None,
    ) -> None:
        self.timeouts: Final = timeouts
        self._base_url = base_url.rstrip("/")
        self._api_key = api_key
        self._ssl_context = ssl_context
        self._limits = limits
        self._clock = clock or ServiceClock()
        self._http = self._build()
        self._retired: list[httpx.AsyncClient] = []

    async def fetch(self, request: Request, decode: Callable[[bytes], T]) -> Answer[T]:
        """Send, read the whole answer and decode it; `decode` may raise msgspec.DecodeError."""
        reply = await self.open(request)
        try:
            body = await reply.read()
        finally:
            await reply.aclose()
        try:
            value = decode(body)
        except msgspec.DecodeError as error:
            raise malformed(
                body, reply.content_type, request_id=reply.request_id, seconds=reply.seconds
            ) from error
        return Answer(
            value=value,
            status=reply.status,
            request_id=reply.request_id,
            seconds=reply.seconds,
            retry_after=parse_retry_after(
                reply.headers.get("retry-after"), date=reply.headers.get("date")
            ),
        )

    async def open(self, request: Request) -> Reply:
        """Send and wait for the head of a 2xx answer; anything else raises. Close the reply."""
        request_id = request.request_id or f"req_{uuid4().hex}"
        headers = self._headers(request, request_id)
        with translated(request_id=request_id, started=time.perf_counter()):
            wire = self._http.build_request(
                request.method,
                self._base_url + request.path,
                params=dict(request.query) or None,
                content=request.body or None,
                headers=headers,
                timeout=self._timeout(request.read_seconds or self.timeouts.read),
            )
        asked = self._clock.instant()
        reply = await self._send(wire, request_id)
        _log.debug("%s %s %d %s", request.method, request.path, reply.status, reply.request_id)
        if "x-request-id" in reply.headers:  # the service's own words, not those of a proxy
            self._clock.note(reply.headers.get("date"), asked)
        return await self._accepted(reply)

    async def open_link(self, url: str, headers: Mapping[str, str]) -> Reply:
        """GET a link as it is, without key or request id; any status is returned."""
        with translated(request_id=None, started=time.perf_counter()):
            wire = self._http.build_request(
                "GET", url, headers=dict(headers), timeout=self._timeout(self.timeouts.read)
            )
        return await self._send(wire, "")

    def resolve(self, url: str, *, base: str = "") -> str:
        """An absolute http(s) address; a relative one belongs to `base`, else to the API."""
        with translated(request_id=None, started=time.perf_counter()):
            absolute = httpx.URL(base or self._base_url).join(url)
        if absolute.scheme not in ("http", "https") or not absolute.host:
            raise MalformedResponseError("The service gave a link that is not a web address.")
        return str(absolute)

    async def aclose(self) -> None:
        for http in (*self._retired, self._http):
            await http.aclose()

    def _build(self) -> httpx.AsyncClient:
        http = httpx.AsyncClient(
            verify=self._ssl_context,
            limits=self._limits,
            mounts=dict.fromkeys(_DIRECT),
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT},
            # A cookie knows no port and may be for a whole domain: it would go along to links.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        )
        _use_sockets(http)
        return http

    def _timeout(self, read_seconds: float) -> httpx.Timeout:
        return httpx.Timeout(
            connect=self.timeouts.connect,
            read=read_seconds,
            write=self.timeouts.write,
            pool=self.timeouts.pool,
        )

    def _headers(self, request: Request, request_id: str) -> dict[str, str]:
        headers = {"Accept": "application/json", "X-Request-Id": request_id}
        if isinstance(request.body, bytes) and request.body:
            headers["Content-Type"] = "application/json"
        if request.idempotency_key is not None:
            headers["Idempotency-Key"] = request.idempotency_key
        if request.with_key and (key := self._api_key()):
            headers["Authorization"] = f"Bearer {self._sendable(key)}"
        return {**headers, **request.headers}

    def _sendable(self, key: str) -> str:
        """Characters are checked here, because h11's complaint about a header would quote them."""
        if not (key.isascii() and key.isprintable() and " " not in key):
            raise _not_sent("The key holds characters that no key has.")
        address = httpx.URL(self._base_url)
        if address.scheme != "https" and address.host not in LOOPBACK_HOSTS:
            raise _not_sent("The way to the service is not encrypted.")
        return key

    async def _send(self, wire: httpx.Request, request_id: str) -> Reply:
        started = time.perf_counter()
        with translated(request_id=request_id or None, started=started):
            try:
                response = await self._http.send(wire, stream=True)
            except httpx.PoolTimeout:
                self._replace_pool()
                raise
        return Reply(response, request_id=request_id, started=started)

    def _replace_pool(self) -> None:
        """A full pool of an unbounded size is a broken one; what still runs on it may end."""
        self._retired.append(self._http)
        self._http = self._build()

    async def _accepted(self, reply: Reply) -> Reply:
        if 200 <= reply.status < 300:
            return reply
        async with AsyncExitStack() as stack:
            stack.push_async_callback(reply.aclose)
            raise await self._refusal(reply)

    async def _refusal(self, reply: Reply) -> APIError:
        if 300 <= reply.status < 400:
            return MalformedResponseError(
                "The service answered with a redirect, which was not followed: "
                "the key is only sent to the address it is for.",
                request_id=reply.request_id,
                seconds=reply.seconds,
            )
        try:
            body = await reply.read(MAX_ERROR_BYTES)
        except APIError:
            body = b""  # the status alone says what to do
        return status_error(
            reply.status,
            reply.headers,
            body,
            redact=self.redact,
            request_id=reply.request_id,
            seconds=reply.seconds,
        )

    def redact(self, text: str) -> str:
        """The text without the key, should the service repeat it in an error."""
        return redaction.without(redaction.writings(self._api_key() or ""), text, mask=KEY_MASK)


def _use_sockets(http: httpx.AsyncClient) -> None:
    """httpcore has an option for it, which httpx does not hand on; to it and to each proxy."""
    from beatra_desktop.api import locks  # httpcore is imported with the first client
    from beatra_desktop.api.sockets import Sockets

    locks.use()
    for transport in (http._transport, *http._mounts.values()):
        if isinstance(transport, httpx.AsyncHTTPTransport):
            transport._pool._network_backend = Sockets()


def _not_sent(why: str) -> AuthenticationError:
    return AuthenticationError(
        f"{why} Nothing was sent.", status=401, code="invalid_api_key", retryable=False
    )
