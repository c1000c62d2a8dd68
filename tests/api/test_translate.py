"""Error answers, in the contract's form and in others."""

import json

import pytest

from beatra_desktop.api.errors import (
    APIStatusError,
    AuthenticationError,
    ConflictError,
    InsufficientBalanceError,
    InvalidRequestError,
    LinkExpiredError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    ServerError,
)
from beatra_desktop.api.translate import MESSAGE_CHARACTERS, malformed, status_error


def error(status: int, body: bytes = b"", **headers: str) -> APIStatusError:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return status_error(status, given, body, redact=str, request_id="req_own", seconds=0.5)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidRequestError), (401, AuthenticationError), (402, InsufficientBalanceError),
        (403, PermissionDeniedError), (404, NotFoundError), (409, ConflictError),
        (413, InvalidRequestError), (415, InvalidRequestError), (418, APIStatusError),
        (422, InvalidRequestError), (429, RateLimitError), (500, ServerError), (503, ServerError),
        (599, ServerError), (600, APIStatusError),
    ],
)  # fmt: skip
def test_each_status_has_its_class(status: int, kind: type[APIStatusError]) -> None:
    got = error(status)
    assert type(got) is kind
    assert got.status == status
    assert str(status) in got.message


def test_the_envelope_is_read_whole() -> None:
    body = {
        "error": {
            "code": "unsupported_option",
            "message": "Not that field.",
            "retryable": False,
            "request_id": "req_body",
            "param": "/model_options/suno",
            "details": {"unsupported_fields": ["x"]},
        }
    }
    got = error(422, json.dumps(body).encode(), retry_after="7")
    assert got.code == "unsupported_option"
    assert got.message == str(got) == "Not that field."
    assert got.retryable is False
    assert got.request_id == "req_body"
    assert got.param == "/model_options/suno"
    assert got.details == {"unsupported_fields": ["x"]}
    assert got.retry_after == 7
    assert got.seconds == 0.5


def test_the_header_names_the_request_first() -> None:
    body = b'{"error":{"request_id":"req_body"}}'
    assert error(500, body, x_request_id="req_header").request_id == "req_header"
    assert error(500).request_id == "req_own"


@pytest.mark.parametrize(
    ("body", "message", "code"),
    [
        (b'{"error":{"message":"m","type":"t","code":null,"param":null}}', "m", "t"),
        (b'{"error":{"message":"m","type":"t","code":"c"}}', "m", "c"),
        (b'{"error":{"message":"m","code":7,"details":[1]}}', "m", None),
        (b'{"object":"error","message":"m","type":"t","code":404}', "m", "t"),
        (b'{"error":"text"}', "text", None),
        (b'{"code":"c","message":"m"}', "m", "c"),
        (b'{"detail":"Not Found"}', "The service answered with status 500.", None),
        (b"<html>bad gateway</html>", "The service answered with status 500.", None),
        (b"[]", "The service answered with status 500.", None),
        (b"\xff\xfe", "The service answered with status 500.", None),
        (b"[" * 200_000, "The service answered with status 500.", None),
    ],
)
def test_other_forms_are_read_as_far_as_they_go(
    body: bytes, message: str, code: str | None
) -> None:
    got = error(500, body)
    assert (got.message, got.code, got.retryable) == (message, code, None)


def test_a_novel_of_an_error_text_is_cut() -> None:
    body = json.dumps({"error": {"message": "x" * 100_000}}).encode()
    assert len(error(500, body).message) == MESSAGE_CHARACTERS


def test_a_given_class_wins() -> None:
    got = status_error(403, {}, b"", redact=str, request_id=None, seconds=0, kind=LinkExpiredError)
    assert type(got) is LinkExpiredError


@pytest.mark.parametrize(
    ("body", "content_type", "says"),
    [
        (b"<!doctype html>", "", "web page"),
        (b"x", "text/html", "web page"),
        (b" ", "application/json", "empty"),
        (b"{}", "application/json", "form"),
    ],
)
def test_malformed_answers_say_what_came(body: bytes, content_type: str, says: str) -> None:
    got = malformed(body, content_type, request_id="r", seconds=1)
    assert says in got.message
    assert got.request_id == "r"
