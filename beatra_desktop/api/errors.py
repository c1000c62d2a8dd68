"""Everything that can go wrong between this program and the service.

    APIError
    ├── APIConnectionError            no whole answer came: refused, reset, cut
    │   ├── APITimeoutError           nothing came in time
    │   └── CertificateError          the server could not prove who it is
    ├── APIStatusError                the service answered and said no (contract §2)
    │   ├── InvalidRequestError       400 413 415 422
    │   ├── AuthenticationError       401, or a key that cannot be put into a header
    │   ├── InsufficientBalanceError  402
    │   ├── PermissionDeniedError     403
    │   ├── NotFoundError             404
    │   ├── ConflictError             409
    │   ├── RateLimitError            429
    │   ├── ServerError               5xx
    │   └── LinkExpiredError          401 403 404 410 for a download link (contract §4)
    ├── MalformedResponseError        an answer that is not what the contract says
    ├── IncompleteStreamError         a chat stream that did not reach its end (contract §3.1)
    ├── IncompleteDownloadError       a file that is shorter or longer than announced
    └── FileChangedError              the file to upload is no longer the one that was announced

No text of these holds a key, a request body or a link.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

_NO_DETAILS: Final[Mapping[str, Any]] = MappingProxyType({})


class APIError(Exception):
    """`request_id` is the server's, else the one that was sent; `seconds` the time it took."""

    def __init__(
        self, message: str, *, request_id: str | None = None, seconds: float | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.request_id = request_id
        self.seconds = seconds


class APIConnectionError(APIError):
    """No whole answer came; whether the service did the work is unknown.

    Unless it `never_left`: there was no connection the request could have gone out on.
    """

    never_left = False


class APITimeoutError(APIConnectionError):
    """Nothing came in time."""


class CertificateError(APIConnectionError):
    """The server could not prove who it is; nothing was sent, and trying again does not help."""


class APIStatusError(APIError):
    """A non-2xx answer. `retryable` is None when the service did not say (contract §5).

    `param` is a JSON pointer into the request body; `retry_after` is in seconds.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str | None = None,
        retryable: bool | None = None,
        param: str | None = None,
        details: Mapping[str, Any] = _NO_DETAILS,
        retry_after: float | None = None,
        request_id: str | None = None,
        seconds: float | None = None,
    ) -> None:
        super().__init__(message, request_id=request_id, seconds=seconds)
        self.status = status
        self.code = code
        self.retryable = retryable
        self.param = param
        self.details = details
        self.retry_after = retry_after


class InvalidRequestError(APIStatusError):
    """400, 422, and for uploads 413 and 415."""


class AuthenticationError(APIStatusError):
    """401; also raised before sending when the key holds characters no header can carry."""


class InsufficientBalanceError(APIStatusError):
    """402; nothing was charged and the message, which may hold a top-up link, is for the user."""


class PermissionDeniedError(APIStatusError):
    """403."""


class NotFoundError(APIStatusError):
    """404."""


class ConflictError(APIStatusError):
    """409: the idempotency key was used with another body, or the task already ended."""


class RateLimitError(APIStatusError):
    """429."""


class ServerError(APIStatusError):
    """5xx."""


class LinkExpiredError(APIStatusError):
    """The download link no longer works; reading the task again may give a fresh one."""


class MalformedResponseError(APIError):
    """The answer is not what the contract says, e.g. a proxy's web page or a redirect."""


class CutReason(StrEnum):
    """Why a chat stream did not reach its end."""

    CLOSED = "closed"
    CONNECTION_LOST = "connection_lost"
    IDLE = "idle"
    ERROR_EVENT = "error_event"
    MALFORMED = "malformed"


class IncompleteStreamError(APIError):
    """The stream ended before `[DONE]`; the text received before was handed out already.

    `code` and `retryable` are set when the service sent an error inside the stream.
    """

    def __init__(
        self,
        message: str,
        *,
        reason: CutReason,
        code: str | None = None,
        retryable: bool | None = None,
        request_id: str | None = None,
        seconds: float | None = None,
    ) -> None:
        super().__init__(message, request_id=request_id, seconds=seconds)
        self.reason = reason
        self.code = code
        self.retryable = retryable


class IncompleteDownloadError(APIError):
    """`received` bytes are in the file. Pass `validator` on to resume, if it is not None."""

    def __init__(self, message: str, *, received: int, validator: str | None = None) -> None:
        super().__init__(message)
        self.received = received
        self.validator = validator


class FileChangedError(APIError):
    """The file changed after it was added; the service did not get a whole upload."""


STATUS_ERRORS: Final[Mapping[int, type[APIStatusError]]] = MappingProxyType(
    {
        400: InvalidRequestError,
        401: AuthenticationError,
        402: InsufficientBalanceError,
        403: PermissionDeniedError,
        404: NotFoundError,
        409: ConflictError,
        413: InvalidRequestError,
        415: InvalidRequestError,
        422: InvalidRequestError,
        429: RateLimitError,
    }
)


def status_error_class(status: int) -> type[APIStatusError]:
    """The class for an HTTP status; unknown ones get the base class."""
    return STATUS_ERRORS.get(status, ServerError if 500 <= status <= 599 else APIStatusError)
