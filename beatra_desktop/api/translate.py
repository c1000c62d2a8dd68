"""From what httpx and the wire report to the errors of this package."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import httpx
import msgspec

from beatra_desktop.api import lenient
from beatra_desktop.api.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    CertificateError,
    MalformedResponseError,
    status_error_class,
)
from beatra_desktop.api.retry import parse_retry_after
from beatra_desktop.api.types import ErrorBody

MESSAGE_CHARACTERS: Final = 2000
DETAILS_DEPTH: Final = 8

_SENTENCES: Final[tuple[tuple[type[Exception], type[APIError], str], ...]] = (
    (httpx.ConnectTimeout, APITimeoutError, "The service could not be reached in time."),
    (httpx.TimeoutException, APITimeoutError, "The service did not answer in time."),
    (httpx.ProxyError, APIConnectionError, "The proxy refused the connection."),
    (httpx.ConnectError, APIConnectionError, "The service could not be reached."),
    (httpx.DecodingError, MalformedResponseError, "The answer could not be decompressed."),
    (httpx.UnsupportedProtocol, MalformedResponseError, "The address is not a web address."),
    (httpx.InvalidURL, MalformedResponseError, "The address is not a web address."),
)
_NOT_CONNECTED: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)
_LOST: Final = "The connection was lost before the answer was complete."


@contextmanager
def translated(*, request_id: str | None, started: float) -> Iterator[None]:
    """Raise our errors instead of httpx's; `started` is a `time.perf_counter()` value.

    httpx's own texts are often empty and may hold an address, so they are replaced.
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError) as error:
        seconds = time.perf_counter() - started
        kind, message = _meaning(error)
        raised = kind(message, request_id=request_id, seconds=seconds)
        if isinstance(raised, APIConnectionError):
            raised.never_left = isinstance(error, _NOT_CONNECTED)
        raise raised from error


def _meaning(error: Exception) -> tuple[type[APIError], str]:
    if certificate := _certificate_problem(error):
        return CertificateError, f"The certificate could not be verified: {certificate}."
    for cause, kind, sentence in _SENTENCES:
        if isinstance(error, cause):
            return kind, sentence
    return APIConnectionError, _LOST


def _certificate_problem(error: BaseException | None) -> str | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message
        error = error.__cause__ or error.__context__
    return None


def status_error(
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    redact: Callable[[str], str],
    request_id: str | None,
    seconds: float,
    kind: type[APIStatusError] | None = None,
) -> APIStatusError:
    """The error for a non-2xx answer; the envelope is read as far as there is one (contract §2)."""
    envelope = error_body(body, redact)
    message = envelope.message or f"The service answered with status {status}."
    return (kind or status_error_class(status))(
        message[:MESSAGE_CHARACTERS],
        status=status,
        code=envelope.code,
        retryable=envelope.retryable,
        param=envelope.param,
        details=envelope.details or {},
        retry_after=parse_retry_after(headers.get("retry-after"), date=headers.get("date")),
        request_id=headers.get("x-request-id") or envelope.request_id or request_id,
        seconds=seconds,
    )


def error_body(body: bytes, redact: Callable[[str], str]) -> ErrorBody:
    """The error in `{"error": {...}}`, `{"error": "text"}` or `{...}`; empty if there is none.

    Where services in OpenAI's manner give no `code`, or a number, their `type` stands for it.
    `redact` takes the key out of what was decoded: before, escapes may hide it.
    """
    try:
        raw = lenient.parse(body)
    except msgspec.DecodeError:
        return ErrorBody()
    error = raw.get("error", raw) if isinstance(raw, dict) else None
    if isinstance(error, dict):
        found = lenient.convert(ErrorBody, error)
        return _redacted(msgspec.structs.replace(found, code=found.code or found.type), redact)
    return ErrorBody(message=redact(error) if isinstance(error, str) else None)


def _redacted(error: ErrorBody, redact: Callable[[str], str]) -> ErrorBody:
    kept = {name: _clean(value, redact) for name, value in msgspec.structs.asdict(error).items()}
    return msgspec.structs.replace(error, **kept)


def _clean(value: Any, redact: Callable[[str], str], depth: int = DETAILS_DEPTH) -> Any:
    """The value with its texts redacted; what lies too deep to be meant for anybody is left out."""
    if isinstance(value, str):
        return redact(value)
    if isinstance(value, dict | list) and not depth:
        return None
    if isinstance(value, dict):
        return {redact(name): _clean(inner, redact, depth - 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner, redact, depth - 1) for inner in value]
    return value


def malformed(
    body: bytes, content_type: str, *, request_id: str | None, seconds: float
) -> MalformedResponseError:
    """An answer that could not be read, in a sentence that says what came instead."""
    if "html" in content_type or body.lstrip()[:1] == b"<":
        message = "A web page came instead of data: a proxy or a wrong address may be in between."
    elif not body.strip():
        message = "The service sent an empty answer."
    else:
        message = "The service sent an answer in a form this program does not know."
    return MalformedResponseError(message, request_id=request_id, seconds=seconds)
