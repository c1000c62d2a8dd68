"""JSON answers and the error envelope as Starlette responses."""

from typing import Any

import msgspec
from starlette.responses import Response

from beatra_desktop.sandbox.errors import ApiError

JSON_TYPE = "application/json"


def encode(document: Any) -> bytes:
    return msgspec.json.encode(document)


def json_response(
    document: Any, *, status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    return Response(encode(document), status, headers, JSON_TYPE)


def error_response(error: ApiError, *, request_id: str) -> Response:
    """Return the envelope of contract §2, with `Retry-After` where the error has one."""
    headers = {} if error.retry_after_s is None else {"Retry-After": str(error.retry_after_s)}
    return json_response(error.envelope(request_id), status=error.status, headers=headers)
