"""What an upload's row says in each state."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Wait
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.ui.uploads import upload_text
from beatra_desktop.ui.uploads.bulk_bar import Tally

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MIB = 1024 * 1024
UPLOAD = Upload(
    id=UploadId("u1"),
    profile_id=ProfileId("sandbox"),
    path=Path("take.wav"),
    name="take.wav",
    purpose=Purpose.REFERENCE_AUDIO,
    mime_type="audio/wav",
    size=8 * MIB,
    modified_ns=0,
    status=UploadStatus.SENDING,
    created_at=NOW,
)


def test_a_file_on_its_way_says_how_far_how_fast_and_how_long() -> None:
    sending = replace(UPLOAD, sent_bytes=2 * MIB, bytes_per_second=1.0 * MIB)
    line = upload_text.status_line(sending, NOW)
    assert line == "2.0\u00a0MB of 8.0\u00a0MB · 1.0\u00a0MB/s · under 1 min left"
    assert upload_text.fraction(sending) == 0.25


def test_all_bytes_sent_is_not_yet_uploaded() -> None:
    confirming = replace(UPLOAD, sent_bytes=UPLOAD.size, bytes_per_second=1e6)
    assert upload_text.status_line(confirming, NOW) == "Confirming · 8.0\u00a0MB"
    assert upload_text.fraction(confirming) is None


def test_a_pause_before_another_attempt_is_counted_down() -> None:
    wait = Wait(attempt=2, of=5, until=NOW + timedelta(seconds=8), reason="busy")
    line = upload_text.status_line(replace(UPLOAD, wait=wait), NOW + timedelta(seconds=3))
    assert line == "Attempt 2 of 5 in 5 s"


def test_what_waits_for_another_attempt_begins_at_nothing() -> None:
    wait = Wait(attempt=2, of=5, until=NOW, reason="busy")
    half = replace(UPLOAD, sent_bytes=UPLOAD.size // 2)
    waiting = replace(UPLOAD, sent_bytes=UPLOAD.size, wait=wait)
    assert upload_text.fraction(waiting) == 0.0
    tally = Tally.of([half, waiting])
    assert (tally.live, tally.sent_bytes, tally.all_bytes) == (2, half.sent_bytes, 16 * MIB)


@pytest.mark.parametrize("status", list(UploadStatus))
def test_every_state_has_words_and_an_icon(status: UploadStatus) -> None:
    upload = replace(UPLOAD, status=status)
    assert upload_text.phase(upload)
    assert upload_text.look(upload)


def test_details_hold_what_support_asks_for() -> None:
    failure = Failure(code=FailureCode.SERVICE_ERROR, status=500, request_id="req_2")
    failed = replace(
        UPLOAD, status=UploadStatus.FAILED, request_id="req_1", sha256="ab12", failure=failure
    )
    values = {detail.value for detail in upload_text.upload_details(failed)}
    assert {"req_1", "ab12", "500", "req_2"} <= values
