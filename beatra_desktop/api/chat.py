"""Streaming chat completions (contract §3.1)."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Final, Self

import msgspec

from beatra_desktop.api.chat_events import ChatDecoder, ChatEvent
from beatra_desktop.api.errors import (
    APIConnectionError,
    APITimeoutError,
    CutReason,
    IncompleteStreamError,
    MalformedResponseError,
)
from beatra_desktop.api.reply import Reply
from beatra_desktop.api.translate import malformed
from beatra_desktop.api.transport import Request, Transport

FRAME_SECONDS: Final = 0.016
CAUGHT_UP_SECONDS: Final = 0.0006
DRAIN_SECONDS: Final = 0.25


class ChatStream:
    """An answer being written; iterate it inside `async with`.

    Ends normally only after `[DONE]` (or when the whole answer came as JSON); otherwise it raises
    IncompleteStreamError after all text that arrived. `seconds` is the time to the head of the
    answer. Between two events of the same read the loop does not turn, so a callback scheduled
    with `call_soon` at the first of them sees them all.
    """

    def __init__(self, reply: Reply, *, redact: Callable[[bytes], bytes]) -> None:
        self.status: Final = reply.status
        self.request_id: Final = reply.request_id
        self.seconds: Final = reply.seconds
        self._reply = reply
        self._decoder = ChatDecoder(redact)
        self._ready: deque[ChatEvent] = deque()
        self._caught_up = False

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

    def take_whole(self, body: bytes) -> None:
        """Accept a complete JSON answer in place of a stream; raises msgspec.DecodeError."""
        self._ready.extend(self._decoder.whole(body))

    async def _read(self) -> list[ChatEvent]:
        # Resting while more is already waiting would lose throughput: a TLS record a read.
        if self._caught_up:
            await asyncio.sleep(FRAME_SECONDS)
        asked_at = time.perf_counter()
        chunk = await self._chunk()
        self._caught_up = time.perf_counter() - asked_at > CAUGHT_UP_SECONDS
        events = self._decoder.feed(chunk) if chunk else self._decoder.finish()
        if self._decoder.fault:
            self._complete(self._decoder.fault)
        return events

    async def _chunk(self) -> bytes:
        try:
            return await self._reply.read_chunk()
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
            stream = ChatStream(reply, redact=self._transport.redacted)
            if reply.content_type != "text/event-stream":
                await _read_whole(reply, stream)
            stack.pop_all()
        return stream


async def _read_whole(reply: Reply, stream: ChatStream) -> None:
    body = await reply.read()
    try:
        stream.take_whole(body)
    except msgspec.DecodeError as error:
        raise malformed(
            body, reply.content_type, request_id=reply.request_id, seconds=reply.seconds
        ) from error
