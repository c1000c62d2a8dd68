"""An answer whose head is here and whose body is still to be read."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from typing import Final, cast

import httpx

from beatra_desktop.api.errors import MalformedResponseError
from beatra_desktop.api.translate import translated

MAX_BODY_BYTES: Final = 32 * 1024 * 1024
READ_BYTES: Final = 256 * 1024
"""What asyncio takes from a socket at once."""
FRAME_SECONDS: Final = 0.016
CAUGHT_UP_SECONDS: Final = 0.0006


class Reply:
    """Body and head of one answer; close it, whatever happens."""

    def __init__(self, response: httpx.Response, *, request_id: str, started: float) -> None:
        self._response = response
        self._started = started
        # a generator, though httpx promises an iterator only: it is closed with the reply
        self._chunks = cast(AsyncGenerator[bytes], response.aiter_bytes())
        self._sent_request_id = request_id
        self._is_caught_up = False

    @property
    def status(self) -> int:
        return self._response.status_code

    @property
    def url(self) -> str:
        """What was asked for."""
        return str(self._response.url)

    @property
    def headers(self) -> Mapping[str, str]:
        return self._response.headers

    @property
    def request_id(self) -> str:
        """The server's, else the one that was sent."""
        return self.headers.get("x-request-id") or self._sent_request_id

    @property
    def content_type(self) -> str:
        """In lower case and without parameters; empty if missing."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def seconds(self) -> float:
        """Since the request began."""
        return time.perf_counter() - self._started

    async def read_chunk(self) -> bytes:
        """The next bytes as they came; empty at the end of the body."""
        with translated(request_id=self.request_id, started=self._started):
            return await anext(self._chunks, b"")

    async def read_in_frames(self) -> bytes:
        """Like `read_chunk`, but what comes slower than it is read comes once a frame.

        Resting while more is already waiting would lose throughput: a TLS record a read.
        """
        if self._is_caught_up:
            await asyncio.sleep(FRAME_SECONDS)
        asked_at = time.perf_counter()
        chunk = await self.read_chunk()
        has_waited = time.perf_counter() - asked_at > CAUGHT_UP_SECONDS
        self._is_caught_up = has_waited and len(chunk) < READ_BYTES
        return chunk

    async def read(self, limit: int = MAX_BODY_BYTES) -> bytes:
        """The rest of the body; raises MalformedResponseError if it is over `limit` bytes."""
        parts = []
        size = 0
        while chunk := await self.read_chunk():
            parts.append(chunk)
            size += len(chunk)
            if size > limit:
                raise MalformedResponseError(
                    f"The answer is larger than {limit} bytes.",
                    request_id=self.request_id,
                    seconds=self.seconds,
                )
        return b"".join(parts)

    async def aclose(self) -> None:
        """Give the connection back, or end it if the body was not read to its end."""
        await self._response.aclose()
        # Else the generators below end when they are collected, outside of any coroutine.
        await self._chunks.aclose()
