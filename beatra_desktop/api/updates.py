"""Asks a plain file on the web which version of the app is the newest; no part of beatra's API.

The request tells nothing but itself: no key, no id, no cookie, not even the app's version.
"""

import ssl
from typing import Final
from urllib.parse import urlsplit

import msgspec

from beatra_desktop.api import lenient
from beatra_desktop.api.errors import MalformedResponseError
from beatra_desktop.api.reply import Reply
from beatra_desktop.api.transport import Timeouts, Transport

MAX_BYTES: Final = 64 * 1024
MAX_REDIRECTS: Final = 3
HEADERS: Final = {
    "Accept": "application/json",
    "Accept-Encoding": "identity",
    "User-Agent": "beatra-desktop",
}
_REDIRECTS: Final = (301, 302, 303, 307, 308)


class Release(msgspec.Struct, frozen=True):
    """`url` leads to the release notes."""

    version: str
    url: str = ""


async def newest_release(
    url: str, *, ssl_context: ssl.SSLContext, timeouts: Timeouts | None = None
) -> Release:
    """What the file at `url` says; raises APIError, also where it leads to another host."""
    transport = Transport(
        url, api_key=lambda: None, ssl_context=ssl_context, timeouts=timeouts or Timeouts()
    )
    try:
        for _ in range(MAX_REDIRECTS + 1):
            reply = await transport.open_link(url, HEADERS)
            try:
                if reply.status not in _REDIRECTS:
                    return await _release(reply)
                url = _target(transport, reply, url)
            finally:
                await reply.aclose()
    finally:
        await transport.aclose()
    raise MalformedResponseError("The address leads from one place to the next without end.")


async def _release(reply: Reply) -> Release:
    if reply.status != 200:
        raise MalformedResponseError(f"The address answered with status {reply.status}.")
    if reply.headers.get("content-encoding", "identity") != "identity":
        raise MalformedResponseError("The answer is packed, which was not asked for.")
    body = await reply.read(MAX_BYTES)
    try:
        return lenient.decode(Release, body)
    except msgspec.DecodeError as error:
        raise MalformedResponseError("The answer does not name a version.") from error


def _target(transport: Transport, reply: Reply, url: str) -> str:
    """Where a redirect leads: followed only to the same scheme, host and port."""
    target = transport.resolve(reply.headers.get("location", ""), base=url)
    if urlsplit(target)[:2] != urlsplit(url)[:2]:
        raise MalformedResponseError("The address leads to another host, which was not asked.")
    return target
