"""What is told to others: whole enough to help, without keys and words."""

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.activity import ActivityKind
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import IdempotencyKey, ProfileId, TaskId, UploadId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import activity_rows
from beatra_desktop.services.activity_report import Facts, curl, report

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CANARY = "sk-canary-0123456789abcdef"
WORDS = "lighthouse in the rain"
BASE = "https://api.example/v1"
KEY = IdempotencyKey("key-1")
TASK = MusicTask(
    id=TaskId("t-1"),
    profile_id=ProfileId("p"),
    prompt=MusicPrompt(prompt=f"{WORDS} {CANARY}", lyrics="it's lonely"),
    status=TaskStatus.FAILED,
    created_at=NOON,
    remote_id="tsk_1",
    idempotency_key=KEY,
    request_id="req_1",
    failure=Failure(
        code=FailureCode.INVALID_REQUEST,
        status=422,
        server_code="unsupported_option",
        server_message=f"{WORDS} is not allowed",
        param="/model_options",
    ),
)
REQUEST = Request(
    key=KEY,
    kind=RequestKind.MUSIC,
    profile_id=ProfileId("p"),
    owner_id="t-1",
    path="/music/text-to-music",
    body=b"",
    state=RequestState.REFUSED,
    written_at=NOON,
    settled_at=NOON,
    status=422,
)
ROW = activity_rows.song(TASK)


def _facts(**fields: Any) -> Facts:
    return replace(Facts(row=ROW, request=REQUEST, base_url=BASE, task=TASK), **fields)


@pytest.mark.parametrize("with_text", [False, True])
def test_no_key_is_ever_told(with_text: bool) -> None:
    told = report(_facts(), with_text=with_text) + curl(_facts(), with_text=with_text)
    assert CANARY not in told
    assert (WORDS in told) is with_text


def test_a_report_has_what_a_helper_asks_for() -> None:
    lines = report(_facts(), with_text=False).splitlines()
    for line in (
        "Host: api.example",
        "Request: POST /music/text-to-music",
        "Task id: tsk_1",
        "Request id: req_1",
        "Idempotency key: key-1",
        "Ledger: refused",
        "HTTP status: 422",
        "Failure: invalid_request",
        "Service's code: unsupported_option",
        "Service's param: /model_options",
        "Written: 2026-03-01T12:00:00.000+00:00",
    ):
        assert line in lines
    assert any(line.startswith("App: Beatra Desktop ") for line in lines)


def test_a_command_line_is_the_request_itself() -> None:
    words = shlex.split(curl(_facts(), with_text=False))
    assert words[:4] == ["curl", "-X", "POST", f"{BASE}/music/text-to-music"]
    assert "Authorization: Bearer $BEATRA_API_KEY" in words
    assert "Idempotency-Key: key-1" in words
    assert "Content-Type: application/json" in words
    assert words[-2:] == ["--data-binary", "@body.json"]
    body = shlex.split(curl(_facts(), with_text=True))[-1]
    assert WORDS in body
    assert "it's lonely" in body


def test_an_upload_is_a_form_and_its_name_is_told_only_with_the_words() -> None:
    upload = Upload(
        id=UploadId("u-1"),
        profile_id=ProfileId("p"),
        path=Path("/home/me/secret plan.wav"),
        name="secret plan.wav",
        purpose=Purpose.REFERENCE_AUDIO,
        mime_type="audio/wav",
        size=10,
        modified_ns=0,
        status=UploadStatus.UPLOADED,
        created_at=NOON,
    )
    facts = _facts(row=activity_rows.upload(upload), request=None, task=None, upload=upload)
    words = shlex.split(curl(facts, with_text=False))
    assert f"{BASE}/uploads" in words
    assert "file=@FILE;type=audio/wav" in words
    assert "purpose=reference_audio" in words
    assert "file=@secret plan.wav;type=audio/wav" in shlex.split(curl(facts, with_text=True))
    assert "secret" not in report(facts, with_text=False)
    assert "/home" not in report(facts, with_text=True)


def test_a_download_is_told_by_its_task_not_by_its_link() -> None:
    row = replace(ROW, kind=ActivityKind.DOWNLOAD)
    words = shlex.split(curl(_facts(row=row, request=None), with_text=True))
    assert words[:4] == ["curl", "-X", "GET", f"{BASE}/tasks/tsk_1"]


def test_an_answer_asks_for_a_stream() -> None:
    row = replace(ROW, kind=ActivityKind.ANSWER)
    request = replace(REQUEST, path="/chat/completions", body=b'{"model":"auto"}')
    words = shlex.split(curl(_facts(row=row, task=None, request=request), with_text=True))
    assert "Accept: text/event-stream, application/json" in words
    assert words[-2:] == ["--data-raw", '{"model":"auto"}']
    assert "(not kept" in report(_facts(row=row, task=None), with_text=True)


def test_a_service_that_does_not_run_is_left_to_the_reader() -> None:
    assert '"$BEATRA_BASE_URL/music/text-to-music"' in curl(_facts(base_url=""), with_text=False)


def test_a_request_that_is_not_written_yet_has_no_key() -> None:
    row = replace(ROW, idempotency_key=None)
    assert "Idempotency-Key" not in curl(_facts(row=row, request=None), with_text=False)
