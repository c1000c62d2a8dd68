"""Fetching clips and other artifacts from their links (contract §4)."""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.api.errors import (
    APIConnectionError,
    APIStatusError,
    IncompleteDownloadError,
    LinkExpiredError,
    MalformedResponseError,
)
from beatra_desktop.api.open_files import opened
from beatra_desktop.api.part_file import PartFile
from beatra_desktop.api.reply import Reply
from beatra_desktop.api.service_clock import http_date
from beatra_desktop.api.translate import status_error
from beatra_desktop.api.transport import Transport

MAX_REDIRECTS: Final = 5
MAX_FILE_BYTES: Final = 2 * 1024**3
"""A link that gives more gives no song, but fills the disk."""
EXPIRED_STATUSES: Final = frozenset({401, 403, 404, 410})
REDIRECT_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
_NUMBER: Final = re.compile(r"[0-9]{1,20}")


class Downloaded(Struct, frozen=True, kw_only=True):
    """A whole file on disk, not yet synced; `size` in bytes."""

    size: int
    content_type: str


class LinkAnswer(Struct, frozen=True, kw_only=True):
    """`at` is the time by the clock of whoever answered, where it was told.

    `is_of_link` is false where the link led on: somebody else may have answered then.
    """

    status: int
    is_of_link: bool
    at: datetime | None


class Artifacts:
    """Links are followed without the key, on whatever host they are."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def download(
        self,
        url: str,
        target: Path,
        *,
        on_progress: Callable[[int], None],
        validator: str | None = None,
    ) -> Downloaded:
        """Fetch to `target`, overwriting it; `on_progress` gets the bytes received in all.

        Whole is what HTTP says is whole: sizes told elsewhere are undocumented (contract §4).
        With the `validator` of an IncompleteDownloadError for the same target it goes on where
        that one stopped, unless the file changed at the service. Raises LinkExpiredError,
        IncompleteDownloadError, and OSError if the disk refuses.
        """
        async with AsyncExitStack() as stack:
            reply, offset = await self._open(url, target, validator)
            stack.push_async_callback(reply.aclose)
            part = await stack.enter_async_context(opened(lambda: PartFile(target, offset)))
            await _receive(reply, part, on_progress=on_progress)
        return Downloaded(size=part.size, content_type=reply.content_type)

    async def ask(self, url: str) -> LinkAnswer:
        """What a link answers when one byte is asked for; raises APIError without an answer.

        Not HEAD, because links are often signed for one method.
        """
        reply = await self._follow(url, {"Range": "bytes=0-0"})
        await reply.aclose()
        return LinkAnswer(
            status=reply.status,
            is_of_link=reply.url == self._transport.resolve(url),
            at=http_date(reply.headers.get("date")),
        )

    async def _open(self, url: str, target: Path, validator: str | None) -> tuple[Reply, int]:
        """A successful reply and the offset in the file at which its body begins."""
        offset = await asyncio.to_thread(_size, target) if validator else 0
        if validator and offset:
            asked = {"Range": f"bytes={offset}-", "If-Range": validator}
            reply = await self._follow(url, asked)
            if _continues_at(reply, offset):
                return reply, offset
            if reply.status not in (206, 416):
                return await _accepted(reply), 0
            await reply.aclose()  # our part does not fit what the service has: start again
        return await _accepted(await self._follow(url, {})), 0

    async def _follow(self, url: str, asked: Mapping[str, str]) -> Reply:
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", **asked}
        url = self._transport.resolve(url)
        for _ in range(MAX_REDIRECTS + 1):
            reply = await self._transport.open_link(url, headers)
            location = reply.headers.get("location")
            if reply.status not in REDIRECT_STATUSES or location is None:
                return reply
            await reply.aclose()
            url = self._transport.resolve(location, base=url)
        raise MalformedResponseError("The link leads from one address to the next without end.")


def _size(target: Path) -> int:
    return target.stat().st_size if target.exists() else 0


def _continues_at(reply: Reply, offset: int) -> bool:
    content_range = reply.headers.get("content-range", "")
    return reply.status == 206 and content_range.startswith(f"bytes {offset}-")


async def _accepted(reply: Reply) -> Reply:
    if reply.status == 200:
        return reply
    await reply.aclose()
    raise _refusal(reply)


def _refusal(reply: Reply) -> APIStatusError:
    kind = LinkExpiredError if reply.status in EXPIRED_STATUSES else None
    return status_error(
        reply.status,
        reply.headers,
        b"",
        redact=str,
        request_id=reply.request_id or None,
        seconds=reply.seconds,
        kind=kind,
    )


async def _receive(reply: Reply, part: PartFile, *, on_progress: Callable[[int], None]) -> None:
    try:
        while chunk := await reply.read_in_frames():
            await part.add(chunk)
            on_progress(part.size)
            if part.size > MAX_FILE_BYTES:
                raise MalformedResponseError("The file is larger than any song.")
    except APIConnectionError as error:
        await part.write()
        raise IncompleteDownloadError(
            "The connection was lost before the file was complete.",
            received=part.size,
            validator=_validator(reply),
        ) from error
    await part.write()
    total = _total(reply)
    if total is not None and part.size != total:
        raise IncompleteDownloadError(
            f"The file has {part.size} bytes where {total} were announced.", received=part.size
        )


def _total(reply: Reply) -> int | None:
    """Of a part, the bytes of the whole file; anything else is checked by its framing."""
    total = reply.headers.get("content-range", "").rpartition("/")[2]
    is_told = reply.status == 206 and _NUMBER.fullmatch(total) is not None
    return int(total) if is_told else None


def _validator(reply: Reply) -> str | None:
    """What lets a later request ask for the rest of exactly this file (RFC 9110, If-Range)."""
    headers = reply.headers
    resumable = reply.status == 206 or headers.get("accept-ranges", "").lower() == "bytes"
    if not resumable or headers.get("content-encoding", "identity") != "identity":
        return None
    etag = headers.get("etag", "")
    return etag if etag.startswith('"') else headers.get("last-modified")
