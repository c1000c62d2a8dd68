"""Every exception a delivery can meet has its code; what is a bug stays a bug."""

import errno
from pathlib import Path

import pytest

from beatra_desktop import logs
from beatra_desktop.api.errors import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    CertificateError,
    CutReason,
    FileChangedError,
    IncompleteDownloadError,
    IncompleteStreamError,
    LinkExpiredError,
    MalformedResponseError,
    status_error_class,
)
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.services import failures
from beatra_desktop.services.clients import ProfileNotReady
from beatra_desktop.services.outbox import OutcomeUnknown
from beatra_desktop.storage.errors import StorageError

CODES = {
    400: FailureCode.INVALID_REQUEST,
    401: FailureCode.INVALID_KEY,
    402: FailureCode.INSUFFICIENT_BALANCE,
    403: FailureCode.FORBIDDEN,
    404: FailureCode.NOT_FOUND,
    409: FailureCode.CONFLICT,
    413: FailureCode.INVALID_REQUEST,
    418: FailureCode.SERVICE_ERROR,
    422: FailureCode.INVALID_REQUEST,
    429: FailureCode.RATE_LIMITED,
    500: FailureCode.SERVICE_ERROR,
    503: FailureCode.SERVICE_ERROR,
}


def _status(status: int, code: str | None = None) -> APIStatusError:
    return status_error_class(status)("Text", status=status, code=code, request_id="req_1")


@pytest.mark.parametrize(("status", "code"), CODES.items())
def test_every_status_has_its_code(status: int, code: FailureCode) -> None:
    failure = failures.of(_status(status), subject="suno")
    assert failure.code is code
    assert (failure.status, failure.request_id, failure.subject) == (status, "req_1", "suno")
    assert failure.retryable is (status in (429, 500, 503))


@pytest.mark.parametrize(
    ("error", "code", "retryable"),
    [
        (APIConnectionError("x"), FailureCode.OFFLINE, True),
        (APITimeoutError("x"), FailureCode.TIMED_OUT, True),
        (CertificateError("x"), FailureCode.CERTIFICATE, False),
        (
            IncompleteStreamError("x", reason=CutReason.CLOSED),
            FailureCode.INCOMPLETE_ANSWER,
            False,
        ),
        (IncompleteDownloadError("x", received=1), FailureCode.OFFLINE, True),
        (MalformedResponseError("x"), FailureCode.MALFORMED_ANSWER, False),
        (FileChangedError("x"), FailureCode.FILE_CHANGED, False),
        (LinkExpiredError("x", status=403), FailureCode.LINK_EXPIRED, False),
    ],
)
def test_every_other_api_error_has_its_code(
    error: APIError, code: FailureCode, retryable: bool
) -> None:
    failure = failures.of(error, subject="")
    assert (failure.code, failure.retryable) == (code, retryable)


@pytest.mark.parametrize(
    ("server_code", "code"),
    [
        ("unsupported_model", FailureCode.UNSUPPORTED_MODEL),
        ("unsupported_capability", FailureCode.NOT_OFFERED),
        ("model_unavailable", FailureCode.MODEL_UNAVAILABLE),
        ("insufficient_balance", FailureCode.INSUFFICIENT_BALANCE),
        ("something_new", FailureCode.INVALID_REQUEST),
        (None, FailureCode.INVALID_REQUEST),
    ],
)
def test_the_service_s_own_code_is_finer(server_code: str | None, code: FailureCode) -> None:
    failure = failures.of(_status(400, server_code), subject="")
    assert failure.code is code
    assert failure.server_code == server_code
    assert failure.server_message == ("Text" if server_code else None)


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (StorageProblem.LOCKED, FailureCode.STORAGE_ERROR),
        (StorageProblem.CORRUPT, FailureCode.STORAGE_DAMAGED),
        (StorageProblem.BUG, FailureCode.BUG),
    ],
)
def test_a_fault_of_ours_is_not_called_one_of_the_disk(
    problem: StorageProblem, code: FailureCode
) -> None:
    failure = failures.from_storage(StorageError(problem, Path("x.db"), detail="page 7"))
    assert (failure.code, failure.detail) == (code, f"{problem}: x.db (page 7)")
    assert failure.retryable is (problem is not StorageProblem.CORRUPT)


def test_what_is_not_of_the_service() -> None:
    not_ready = Failure(code=FailureCode.NO_KEY)
    full = StorageError(StorageProblem.DISK_FULL, Path("x.db"))
    assert failures.of(ProfileNotReady(not_ready), subject="") is not_ready
    assert failures.of(OutcomeUnknown("key"), subject="").code is FailureCode.OUTCOME_UNKNOWN
    assert failures.of(full, subject="").code is FailureCode.STORAGE_ERROR
    gone = failures.of(FileNotFoundError(errno.ENOENT, "gone"), subject="a.wav")
    assert (gone.code, gone.subject) == (FailureCode.FILE_GONE, "a.wav")
    with pytest.raises(ZeroDivisionError):
        failures.of(ZeroDivisionError(), subject="")


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, FailureCode.DISK_FULL),
        (errno.EDQUOT, FailureCode.DISK_FULL),
        (errno.EROFS, FailureCode.DISK_ERROR),
        (errno.EACCES, FailureCode.DISK_ERROR),
    ],
)
def test_a_full_disk_is_told_from_a_broken_one(number: int, code: FailureCode) -> None:
    failure = failures.from_disk(OSError(number, "text"), subject="Lamps")
    assert (failure.code, failure.retryable, failure.subject) == (code, True, "Lamps")


def test_no_key_comes_along_with_the_service_s_words() -> None:
    key = "sk-test-echoed-0123456789"
    logs.register_secret(key)
    error = APIStatusError(
        f"There is no key {key}.",
        status=401,
        code=f"unknown_{key}",
        param=f"/{key}",
        details={"unsupported_fields": [key]},
    )
    failure = failures.from_api(error, subject="qwen-max")
    assert key not in repr(failure)
    assert failure.server_message == f"There is no key {logs.MASK}."


def test_a_failed_task_keeps_the_service_s_words() -> None:
    safety = failures.from_task_error("safety_rejected", "No", retryable=False)
    assert (safety.code, safety.server_message) == (FailureCode.SAFETY_REJECTED, "No")
    assert failures.from_task_error(None, None, retryable=True).code is FailureCode.TASK_FAILED


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, FailureCode.DISK_FULL),
        (errno.EACCES, FailureCode.NOT_EXPORTED),
        (errno.EROFS, FailureCode.NOT_EXPORTED),
    ],
)
def test_a_chat_that_can_not_be_exported(number: int, code: FailureCode) -> None:
    failure = failures.from_export(OSError(number, "text"), subject="rain.md")
    assert (failure.code, failure.subject) == (code, "rain.md")


def test_a_file_with_chats_that_can_not_be_read() -> None:
    failure = failures.from_import(OSError(errno.EACCES, "text"), subject="all.zip")
    assert (failure.code, failure.subject) == (FailureCode.CHATS_UNREADABLE, "all.zip")
