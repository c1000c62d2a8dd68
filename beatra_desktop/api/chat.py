"""Streaming chat completions (contract §3.1)."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from types import TracebackType
from typing import Final, Self
from uuid import uuid4

import msgspec

from beatra_desktop.api.chat_events import ChatDecoder, ChatEvent
from beatra_desktop.api.errors import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    CutReason,
    IncompleteStreamError,
    MalformedResponseError,
)
from beatra_desktop.api.reply import Reply
from beatra_desktop.api.sse import TELLING_BYTES, begins_stream, without_blanks
from beatra_desktop.api.translate import malformed
from beatra_desktop.api.transport import Request, Transport

EVENT_STREAM: Final = "text/event-stream"
COMPLAINTS: Final = frozenset({400, 413, 415, 422, 500})
MAX_BLANK_BYTES: Final = 64 * 1024
DRAIN_SECONDS: Final = 0.25


class ChatStream:
    """An answer being written; iterate it inside `async with`.

    Ends normally only after `[DONE]` (or when the whole answer came as JSON); otherwise it raises
    IncompleteStreamError after all text that arrived. `seconds` is the time to the head of the
    answer. Between two events of the same read the loop does not turn, so a callback scheduled
    with `call_soon` at the first of them sees them all.
    """

    def __init__(self, reply: Reply, *, redact: Callable[[str], str]) -> None:
        self.status: Final = reply.status
        self.request_id: Final = reply.request_id
        self.seconds: Final = reply.seconds
        self._reply = reply
        self._decoder = ChatDecoder(redact)
        self._ready: deque[ChatEvent] = deque()
        self._head = b""
        self._has_begun = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ChatEvent:
        while not self._ready:
            if self._decoder.fault:
                raise self._decoder.fault
            if self._decoder.done:
                await self._drain()
                raise StopAsyncIteration
            self._ready.extend(await self._read())
        return self._ready.popleft()

    async def aclose(self) -> None:
        """End the connection, also while the service is still writing."""
        await self._reply.aclose()

    async def look(self) -> None:
        """Read until it is clear what comes, and a whole answer in JSON to its end.

        Servers and proxies give streams other types, or none. Raises APIError, also for an error
        that came as a success.
        """
        head = b""
        while len(without_blanks(head)) < TELLING_BYTES and len(head) < MAX_BLANK_BYTES:
            if not (chunk := await self._reply.read_chunk()):
                break
            head += chunk
        if begins_stream(head):
            self._head, self._has_begun = head, True
        else:
            self._ready.extend(await self._whole(head))
        if self._decoder.fault is not None:
            raise self._refusal(self._decoder.fault)

    def _refusal(self, fault: IncompleteStreamError) -> APIStatusError:
        return APIStatusError(
            fault.message,
            status=self.status,
            code=fault.code,
            retryable=fault.retryable,
            request_id=fault.request_id or self.request_id,
            seconds=self._reply.seconds,
        )

    async def _whole(self, head: bytes) -> list[ChatEvent]:
        body = head + await self._reply.read()
        try:
            return self._decoder.whole(body)
        except msgspec.DecodeError as error:
            raise malformed(
                body,
                self._reply.content_type,
                request_id=self.request_id,
                seconds=self._reply.seconds,
            ) from error

    async def _read(self) -> list[ChatEvent]:
        with self._cuts():
            chunk = self._head or await self._reply.read_in_frames()
            self._head = b""
            if self._is_no_stream(chunk):
                events = await self._whole(chunk)
            else:
                events = self._decoder.feed(chunk) if chunk else self._decoder.finish()
        if self._decoder.fault:
            self._complete(self._decoder.fault)
        return events

    def _is_no_stream(self, chunk: bytes) -> bool:
        """Whether JSON or a web page begins here, though an event stream was announced."""
        if self._has_begun or not (said := without_blanks(chunk)):
            return False
        self._has_begun = True
        return said[:1] in (b"{", b"<")

    @contextmanager
    def _cuts(self) -> Iterator[None]:
        """Whatever goes wrong once the answer has begun leaves it incomplete."""
        try:
            yield
        except APITimeoutError as error:
            raise self._cut(CutReason.IDLE, "The answer stopped coming.") from error
        except APIConnectionError as error:
            raise self._cut(CutReason.CONNECTION_LOST, error.message) from error
        except MalformedResponseError as error:
            raise self._cut(CutReason.MALFORMED, error.message) from error

    def _cut(self, reason: CutReason, message: str) -> IncompleteStreamError:
        return self._complete(IncompleteStreamError(message, reason=reason))

    def _complete(self, error: IncompleteStreamError) -> IncompleteStreamError:
        error.request_id = error.request_id or self.request_id
        error.seconds = self._reply.seconds
        return error

    async def _drain(self) -> None:
        """Read the last bytes of the body, so that the connection can serve the next message."""
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while await self._reply.read_chunk():
                    pass
        except (TimeoutError, APIConnectionError):
            return


class Chat:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def open(
        self, body: bytes, *, idempotency_key: str, request_id: str | None = None
    ) -> ChatStream:
        """Send the bytes of `encode_chat` and wait for the head of the answer.

        Everything that fails here may be retried with the same bytes and key; nothing may be
        once the stream has begun.
        """
        request = Request(
            method="POST",
            path="/chat/completions",
            body=body,
            headers={
                "Accept": "text/event-stream, application/json",
                "Accept-Encoding": "identity",
            },
            idempotency_key=idempotency_key,
            request_id=request_id,
            read_seconds=self._transport.timeouts.stream_idle,
        )
        reply = await self._transport.open(request)
        async with AsyncExitStack() as stack:
            stack.push_async_callback(reply.aclose)
            stream = ChatStream(reply, redact=self._transport.redact)
            if reply.content_type != EVENT_STREAM:
                await stream.look()
            stack.pop_all()
        return stream

    async def probe(self) -> None:
        """Find out whether there is chat at all; raises the APIError that speaks against it.

        The request is an empty object: it names no model and says nothing, so there is nothing to
        answer or to bill, and a service that has chat complains about just that. Small servers
        stumble over it instead, with status 500.
        """
        try:
            stream = await self.open(b"{}", idempotency_key=f"probe_{uuid4().hex}")
        except APIStatusError as error:
            if error.status not in COMPLAINTS:
                raise
        else:
            await stream.aclose()
