"""From the service's envelope to the app's terms."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from beatra_desktop import logs
from beatra_desktop.api import lenient
from beatra_desktop.api.types import Task
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId, TaskId
from beatra_desktop.domain.music import Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.services.reports import clips_of, refreshed, report_of

TASK = MusicTask(
    id=TaskId("task-1"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="rain", title="Lamps"),
    status=TaskStatus.RUNNING,
    created_at=utc_now(),
)


def _envelope(**fields: Any) -> Task:
    return lenient.decode(Task, msgspec.json.encode({"task_id": "tsk_1", **fields}))


def _clip(url: str | None, **fields: Any) -> dict[str, Any]:
    return {"audio": {"url": url, "mime_type": "audio/mpeg"}, **fields}


def test_a_key_in_what_the_service_says_is_taken_out() -> None:
    key = "odd-key-0123456789"
    logs.register_secret(key)
    said = {"code": key, "message": f"{key} was refused", "field": f"/{key}", "stage": key}
    report = report_of(_envelope(status="failed", error=said, warnings=[said], progress=said), None)
    assert report.failure is not None
    assert report.failure.server_message == "[redacted] was refused"
    assert key not in repr(report)


def test_an_envelope_with_everything() -> None:
    report = report_of(
        _envelope(
            status="failed",
            resolved_model="suno-5.5",
            progress={"percent": 40, "stage": "generating"},
            billing={"charged_credits": "80.0000", "refunded_credits": "80.0000"},
            created_at="2026-09-01T10:00:00Z",
            error={"code": "safety_rejected", "message": "No", "retryable": False},
        ),
        "req_1",
    )
    assert (report.remote_id, report.server_status) == ("tsk_1", "failed")
    assert report.progress is not None
    assert (report.progress.percent, report.progress.stage) == (40, "generating")
    assert report.billing is not None
    assert report.billing.refunded_credits == "80.0000"
    assert report.created_at == datetime(2026, 9, 1, 10, tzinfo=UTC)
    assert report.failure is not None
    assert report.failure.code is FailureCode.SAFETY_REJECTED
    assert report.request_id == "req_1"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_a_time_that_stands_for_none_is_none(moment: str) -> None:
    names = (
        "created_at",
        "started_at",
        "completed_at",
        "cancel_requested_at",
        "deadline_at",
    )
    report = report_of(_envelope(status="succeeded", **dict.fromkeys(names, moment)), None)
    assert {getattr(report, name) for name in names} == {None}


def test_an_envelope_with_nothing_but_its_status() -> None:
    report = report_of(_envelope(status="composing"), None)
    assert report.server_status == "composing"
    assert (report.progress, report.billing, report.failure) == (None, None, None)


def test_clips_keep_their_place_and_id_also_when_one_is_not_there_yet() -> None:
    early = clips_of(
        TASK, _envelope(status="running", output={"clips": [_clip(None), _clip("u2")]})
    )
    late = clips_of(TASK, _envelope(status="running", output={"clips": [_clip("u1"), _clip("u2")]}))
    assert [clip.id for clip in late] == ["task-1-0", "task-1-1"]
    assert early == [late[1]]
    assert late[0].title == "Lamps"
    assert late[0].delivery is Delivery.WAITING


def test_a_clip_s_own_words_come_first() -> None:
    clip = _clip("u1", title="Night lamps", tags=["calm", "piano"], lyrics="la")
    [found] = clips_of(TASK, _envelope(status="succeeded", output={"clips": [clip]}))
    assert (found.title, found.tags, found.lyrics) == ("Night lamps", "calm, piano", "la")


def test_a_newer_report_renews_the_link_and_nothing_that_is_ours() -> None:
    output = {"clips": [_clip("old")]}
    [known] = clips_of(TASK, _envelope(status="succeeded", output=output))
    saved = replace(known, delivery=Delivery.SAVED, path=Path("Lamps.mp3"), size_bytes=7)
    renewed = refreshed(saved, replace(known, url="new"))
    assert renewed == replace(saved, url="new")
