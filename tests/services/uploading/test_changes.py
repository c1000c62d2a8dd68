"""What becomes of the record of an upload."""

from pathlib import Path
from typing import Any

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.services.uploading.changes import begun, fresh, reusing, seen
from beatra_desktop.services.uploading.inspection import Looked

MINE = ProfileId("mine")


def test_a_name_that_is_no_text_is_kept_as_one_that_can_be_stored() -> None:
    path = Path("/tmp/caf\udce9.mp3")
    upload = begun(path, Purpose.MEDIA_INPUT, profile_id=MINE, rank=1.0)
    assert (upload.path, upload.name) == (path, "caf?.mp3")
    assert upload.status is UploadStatus.INSPECTING


def test_a_look_tells_type_size_and_age() -> None:
    upload = begun(Path("/a.mp3"), Purpose.MEDIA_INPUT, profile_id=MINE, rank=1.0)
    looked = Looked(
        path=Path("/a.mp3"),
        purpose=Purpose.MEDIA_INPUT,
        size=7,
        modified_ns=8,
        mime_type="audio/mpeg",
    )
    told = seen(upload, looked)
    assert (told.id, told.size, told.modified_ns, told.mime_type) == (upload.id, 7, 8, "audio/mpeg")


def test_nothing_of_what_failed_is_left_in_a_fresh_one(make_upload: Any) -> None:
    failed = make_upload(
        "a",
        status=UploadStatus.FAILED,
        failure=Failure(code=FailureCode.OFFLINE),
        sent_bytes=5,
        idempotency_key="key",
    )
    upload = fresh(failed)
    assert upload.status is UploadStatus.INSPECTING
    assert (upload.failure, upload.sent_bytes, upload.idempotency_key) == (None, 0, None)


def test_an_artifact_is_taken_over_with_what_was_said_about_rights(make_upload: Any) -> None:
    known = make_upload("a")
    upload = reusing(make_upload("b", status=UploadStatus.WAITING, artifact_id=None), known)
    assert (upload.name, upload.artifact_id, upload.reused) == ("b", known.artifact_id, True)
    assert upload.rights_confirmed_at == known.rights_confirmed_at
    assert upload.sent_bytes == upload.size
