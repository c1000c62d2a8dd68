from datetime import UTC, datetime
from pathlib import Path

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import (
    MAX_UPLOAD_BYTES,
    REFERENCE_TYPES,
    Purpose,
    PurposeRule,
    Upload,
    UploadStatus,
    size_failure,
    type_failure,
)


@pytest.mark.parametrize(
    ("size", "code"),
    [
        (0, FailureCode.FILE_EMPTY),
        (1, None),
        (MAX_UPLOAD_BYTES, None),
        (MAX_UPLOAD_BYTES + 1, FailureCode.FILE_TOO_LARGE),
    ],
)
def test_sizes_the_service_refuses_are_refused_here(size: int, code: FailureCode | None) -> None:
    failure = size_failure("song.wav", size)
    assert (failure.code if failure else None) == code
    assert failure is None or failure.subject == "song.wav"
    if code is FailureCode.FILE_TOO_LARGE:
        assert failure is not None
        assert failure.detail == "104857601 bytes"


def test_the_limit_is_the_contracts_100_mebibytes() -> None:
    assert MAX_UPLOAD_BYTES == 104_857_600


@pytest.mark.parametrize("mime_type", sorted(REFERENCE_TYPES))
def test_audio_may_be_a_reference(mime_type: str) -> None:
    assert type_failure("song", mime_type, Purpose.REFERENCE_AUDIO) is None


@pytest.mark.parametrize("mime_type", ["audio/ogg", "video/mp4", "text/plain", ""])
def test_other_types_may_be_sent_but_not_as_a_reference(mime_type: str) -> None:
    assert type_failure("song", mime_type, Purpose.MEDIA_INPUT) is None
    failure = type_failure("song", mime_type, Purpose.REFERENCE_AUDIO)
    assert failure is not None
    assert (failure.code, failure.detail) == (FailureCode.FILE_WRONG_TYPE, mime_type)
    assert failure.subject == "song"


@pytest.mark.parametrize(
    ("rule", "of_audio", "of_text"),
    [
        (PurposeRule.AUDIO_AS_REFERENCE, Purpose.REFERENCE_AUDIO, Purpose.MEDIA_INPUT),
        (PurposeRule.ALL_AS_MEDIA, Purpose.MEDIA_INPUT, Purpose.MEDIA_INPUT),
        (PurposeRule.REFERENCE_ONLY, Purpose.REFERENCE_AUDIO, Purpose.REFERENCE_AUDIO),
    ],
)
def test_a_rule_says_what_a_file_is_for(
    rule: PurposeRule, of_audio: Purpose, of_text: Purpose
) -> None:
    assert rule.purpose_of("audio/ogg") is of_audio
    assert rule.purpose_of("text/plain") is of_text


@pytest.mark.parametrize(
    ("status", "size", "sent", "is_confirming"),
    [
        (UploadStatus.SENDING, 10, 9, False),
        (UploadStatus.SENDING, 10, 10, True),
        (UploadStatus.SENDING, 10, 300, True),
        (UploadStatus.SENDING, 1, 1, True),
        (UploadStatus.SENDING, 0, 0, False),
        (UploadStatus.UPLOADED, 10, 10, False),
    ],
)
def test_an_upload_is_confirmed_while_all_is_out_and_nothing_came_back(
    status: UploadStatus, size: int, sent: int, is_confirming: bool
) -> None:
    upload = Upload(
        id=UploadId("u"),
        profile_id=ProfileId("sandbox"),
        path=Path("/tmp/song.wav"),
        name="song.wav",
        purpose=Purpose.MEDIA_INPUT,
        mime_type="audio/wav",
        size=size,
        modified_ns=0,
        status=status,
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
        sent_bytes=sent,
    )
    assert upload.is_confirming is is_confirming


def test_uploads_end_uploaded_failed_canceled_or_unknown() -> None:
    ended = {status.value for status in UploadStatus if not status.is_live}
    assert ended == {"uploaded", "failed", "canceled", "unknown"}
