"""The one mapping from exceptions to `Failure` records."""

import errno
from types import MappingProxyType
from typing import Final

from beatra_desktop import logs
from beatra_desktop.api.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    CertificateError,
    ConflictError,
    FileChangedError,
    IncompleteDownloadError,
    IncompleteStreamError,
    InsufficientBalanceError,
    InvalidRequestError,
    LinkExpiredError,
    MalformedResponseError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
)
from beatra_desktop.api.retry import should_retry
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.services.clients import ProfileNotReady
from beatra_desktop.services.gate import Withheld
from beatra_desktop.services.outbox import OutcomeUnknown
from beatra_desktop.storage.errors import StorageError

EXPECTED: Final = (ProfileNotReady, OutcomeUnknown, Withheld, StorageError, APIError, OSError)
"""What a delivery can meet that is nobody's bug; `of` turns each into a Failure."""

# Most specific first: the first class that fits decides.
_BY_CLASS: Final = (
    (LinkExpiredError, FailureCode.LINK_EXPIRED),
    (InsufficientBalanceError, FailureCode.INSUFFICIENT_BALANCE),
    (AuthenticationError, FailureCode.INVALID_KEY),
    (PermissionDeniedError, FailureCode.FORBIDDEN),
    (NotFoundError, FailureCode.NOT_FOUND),
    (ConflictError, FailureCode.CONFLICT),
    (RateLimitError, FailureCode.RATE_LIMITED),
    (InvalidRequestError, FailureCode.INVALID_REQUEST),
    (ServerError, FailureCode.SERVICE_ERROR),
    (APIStatusError, FailureCode.SERVICE_ERROR),
    (APITimeoutError, FailureCode.TIMED_OUT),
    (CertificateError, FailureCode.CERTIFICATE),
    (APIConnectionError, FailureCode.OFFLINE),
    (IncompleteStreamError, FailureCode.INCOMPLETE_ANSWER),
    (IncompleteDownloadError, FailureCode.OFFLINE),
    (FileChangedError, FailureCode.FILE_CHANGED),
    (MalformedResponseError, FailureCode.MALFORMED_ANSWER),
)
_BY_SERVER_CODE: Final = MappingProxyType(
    {
        "unsupported_model": FailureCode.UNSUPPORTED_MODEL,
        "model_not_found": FailureCode.UNSUPPORTED_MODEL,
        "unsupported_capability": FailureCode.NOT_OFFERED,
        "unsupported_option": FailureCode.UNSUPPORTED_OPTION,
        "model_unavailable": FailureCode.MODEL_UNAVAILABLE,
        "insufficient_balance": FailureCode.INSUFFICIENT_BALANCE,
        "safety_rejected": FailureCode.SAFETY_REJECTED,
    }
)
_BY_STORAGE_PROBLEM: Final = MappingProxyType(
    {
        StorageProblem.CORRUPT: FailureCode.STORAGE_DAMAGED,
        StorageProblem.BUG: FailureCode.BUG,
    }
)
NOT_THERE: Final = frozenset({404, 405, 501})
"""The statuses of an address that has nothing for such a request."""
NO_SPACE: Final = errno.ENOSPC
_DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})


def of(error: Exception, *, subject: str) -> Failure:
    """One of `EXPECTED`, as a record; `subject` names what it was about."""
    match error:
        case ProfileNotReady():
            return error.failure
        case OutcomeUnknown():
            return Failure(code=FailureCode.OUTCOME_UNKNOWN, subject=subject, detail=str(error))
        case Withheld():
            return Failure(
                code=FailureCode.NOT_SENT, subject=subject, detail=str(error), retryable=True
            )
        case StorageError():
            return from_storage(error)
        case APIError():
            return from_api(error, subject=subject)
        case OSError():
            return from_reading(error, subject=subject)
    raise error


def from_api(error: APIError, *, subject: str = "") -> Failure:
    """What the API client met; `subject` names what it was about (a model, a file, a host).

    No key comes along: what was sent may be forgotten by the time the service repeats it.
    """
    code = next((code for kind, code in _BY_CLASS if isinstance(error, kind)), FailureCode.BUG)
    server_code = getattr(error, "code", None)
    words = logs.without_secrets(error.message)
    return Failure(
        code=_BY_SERVER_CODE.get(server_code or "", code),
        detail=f"{type(error).__name__}: {words}",
        subject=subject,
        retryable=should_retry(error, idempotent=True),
        status=getattr(error, "status", None),
        server_code=_without_keys(server_code),
        server_message=words if server_code else None,
        param=_without_keys(getattr(error, "param", None)),
        request_id=error.request_id,
        fields=_fields(error),
    )


def from_task_error(code: str | None, message: str | None, *, retryable: bool) -> Failure:
    """The `error` of a failed task (contract §4), without the key should it hold it."""
    words = _without_keys(message)
    return Failure(
        code=_BY_SERVER_CODE.get(code or "", FailureCode.TASK_FAILED),
        detail=words or "",
        retryable=retryable,
        server_code=_without_keys(code),
        server_message=words,
    )


def from_disk(error: OSError, *, subject: str) -> Failure:
    """A file that can't be written; `subject` is its name."""
    full = error.errno in _DISK_FULL
    code = FailureCode.DISK_FULL if full else FailureCode.DISK_ERROR
    return Failure(code=code, subject=subject, detail=str(error), retryable=True)


def from_reading(error: OSError, *, subject: str) -> Failure:
    """A file the user gave that can't be read."""
    match error:
        case FileNotFoundError() | NotADirectoryError():
            code = FailureCode.FILE_GONE
        case PermissionError():
            code = FailureCode.FILE_FORBIDDEN
        case _:
            code = FailureCode.FILE_UNREADABLE
    return Failure(code=code, subject=subject, detail=str(error))


def from_export(error: OSError, *, subject: str) -> Failure:
    """A chat that can't be written where it should; `subject` is the file's name."""
    full = error.errno in _DISK_FULL
    code = FailureCode.DISK_FULL if full else FailureCode.NOT_EXPORTED
    return Failure(code=code, subject=subject, detail=str(error))


def from_song_export(error: OSError, *, subject: str) -> Failure:
    """The list of songs can't be written where it should; `subject` is the file's name."""
    full = error.errno in _DISK_FULL
    code = FailureCode.DISK_FULL if full else FailureCode.SONGS_NOT_EXPORTED
    return Failure(code=code, subject=subject, detail=str(error))


def from_import(error: OSError, *, subject: str) -> Failure:
    """A file with chats that can't be read."""
    return Failure(code=FailureCode.CHATS_UNREADABLE, subject=subject, detail=str(error))


def from_storage(error: StorageError) -> Failure:
    """The database can't take what must be on disk before a request may leave, or is damaged."""
    code = _BY_STORAGE_PROBLEM.get(error.reason, FailureCode.STORAGE_ERROR)
    return Failure(code=code, detail=str(error), retryable=code is not FailureCode.STORAGE_DAMAGED)


def _fields(error: APIError) -> tuple[str, ...]:
    """Each field of the body a refusal names, once (contract §2, §5); details may be anything."""
    if not isinstance(error, APIStatusError):
        return ()
    errors, unsupported = (
        found if isinstance(found := error.details.get(name), list) else []
        for name in ("errors", "unsupported_fields")
    )
    paths = (entry.get("field") for entry in errors if isinstance(entry, dict))
    names = (error.param, *unsupported, *paths)
    texts = (logs.without_secrets(name) for name in names if isinstance(name, str) and name)
    return tuple(dict.fromkeys(texts))


def _without_keys(text: str | None) -> str | None:
    return None if text is None else logs.without_secrets(text)
