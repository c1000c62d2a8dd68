"""Reading request bodies within bounds."""

from typing import Any, Final

import msgspec
from starlette.requests import Request
from starlette.types import Receive

from beatra_desktop.sandbox.errors import ApiError, JsonObject

JSON_LIMIT_BYTES: Final = 10 * 1024 * 1024
DRAIN_LIMIT_BYTES: Final = 512 * 1024 * 1024


async def read_json(request: Request, *, required: bool = True) -> JsonObject:
    """Return the body's JSON object; an absent optional body is {}.

    Raises `invalid_request`: 413 above 10 MB (contract §10 U24), else 422.
    """
    raw = await _read(request)
    if not raw and not required:
        return {}
    document = _decoded(raw)
    if not isinstance(document, dict):
        raise ApiError("invalid_request", "The body must be a JSON object.", param="")
    return document


async def drain(receive: Receive) -> None:
    """Read and drop a body, so that a client busy sending gets to see the answer."""
    dropped = 0
    while dropped < DRAIN_LIMIT_BYTES:
        message = await receive()
        dropped += len(message.get("body", b""))
        if not message.get("more_body", False):
            return


async def _read(request: Request) -> bytes:
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size <= JSON_LIMIT_BYTES:
            parts.append(part)
    if size > JSON_LIMIT_BYTES:
        raise ApiError("invalid_request", "The body is larger than 10 MB.", status=413, param="")
    return b"".join(parts)


def _decoded(raw: bytes) -> Any:
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApiError("invalid_request", f"The body is no JSON: {error}.", param="") from error
    except RecursionError as error:
        raise ApiError("invalid_request", "The body is nested too deeply.", param="") from error
