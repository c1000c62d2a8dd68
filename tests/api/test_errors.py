"""The error tree as it is drawn and as it is."""

import inspect
import re

import pytest

from beatra_desktop.api import errors
from beatra_desktop.api.errors import (
    STATUS_ERRORS,
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    CertificateError,
    RateLimitError,
    ServerError,
    status_error_class,
)


def test_the_drawn_tree_names_every_error() -> None:
    drawn = re.findall(r"^[ │├└─]*(\w+Error)\b", errors.__doc__ or "", flags=re.MULTILINE)
    defined = [
        name
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, APIError)
    ]
    assert sorted(drawn) == sorted(defined)


def test_catching_the_root_or_a_branch_catches_the_leaves() -> None:
    assert issubclass(APITimeoutError, APIConnectionError)
    assert issubclass(CertificateError, APIConnectionError)
    for kind in (*STATUS_ERRORS.values(), ServerError):
        assert issubclass(kind, APIStatusError)


@pytest.mark.parametrize(
    ("status", "kind"),
    [(429, RateLimitError), (500, ServerError), (599, ServerError), (418, APIStatusError)],
)
def test_a_status_finds_its_class(status: int, kind: type[APIStatusError]) -> None:
    assert status_error_class(status) is kind


def test_an_error_says_what_the_service_said() -> None:
    error = RateLimitError("Slow down.", status=429, retry_after=2.0, request_id="req_1")
    assert str(error) == error.message == "Slow down."
    assert (error.retryable, error.code, error.param, dict(error.details)) == (None, None, None, {})
    assert (error.retry_after, error.request_id) == (2.0, "req_1")
