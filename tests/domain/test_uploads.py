import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import (
    MAX_UPLOAD_BYTES,
    REFERENCE_TYPES,
    Purpose,
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


def test_uploads_end_uploaded_failed_canceled_or_unknown() -> None:
    ended = {status.value for status in UploadStatus if not status.is_live}
    assert ended == {"uploaded", "failed", "canceled", "unknown"}
