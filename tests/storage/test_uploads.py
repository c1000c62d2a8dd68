from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.uploads import UploadRepository

HOME = ProfileId("home")
CONTENT = (HOME, "aa", Purpose.REFERENCE_AUDIO)


@pytest.fixture
def repository(database: Database) -> UploadRepository:
    return UploadRepository(database)


def upload(name: str, **fields: Any) -> Upload:
    known: dict[str, Any] = {
        "profile_id": HOME,
        "path": Path("/music") / name,
        "name": name,
        "purpose": Purpose.REFERENCE_AUDIO,
        "mime_type": "audio/wav",
        "size": 10,
        "modified_ns": 1,
        "status": UploadStatus.UPLOADED,
        "created_at": datetime(2026, 3, 1, tzinfo=UTC),
        "sha256": "aa",
        "artifact_id": f"artifact of {name}",
    }
    return Upload(id=UploadId(name), **(known | fields))


def test_uploads_are_listed_newest_first_and_in_pages(
    database: Database, repository: UploadRepository
) -> None:
    uploads = [upload(str(number)) for number in range(5)]
    for each in uploads:
        repository.save(each)
    database.flush()
    assert repository.list() == uploads[::-1]
    assert repository.list(2, 1) == [uploads[3], uploads[2]]


def test_the_newest_artifact_of_the_same_bytes_is_found(
    database: Database, repository: UploadRepository
) -> None:
    repository.save(upload("old"))
    repository.save(upload("new"))
    database.flush()
    assert repository.find_artifact(CONTENT) == upload("new")


@pytest.mark.parametrize(
    "fields",
    [
        {"sha256": "bb"},
        {"sha256": None},
        {"profile_id": ProfileId("other")},
        {"purpose": Purpose.MEDIA_INPUT},
        {"status": UploadStatus.FAILED},
        {"artifact_id": None},
    ],
)
def test_an_artifact_is_used_for_the_same_bytes_profile_and_purpose_only(
    database: Database, repository: UploadRepository, fields: dict[str, Any]
) -> None:
    repository.save(upload("other", **fields))
    database.flush()
    assert repository.find_artifact(CONTENT) is None


def test_unfinished_uploads_are_those_that_have_not_ended(
    database: Database, repository: UploadRepository
) -> None:
    for status in UploadStatus:
        repository.save(upload(status.value, status=status))
    database.flush()
    unfinished = {each.status for each in repository.unfinished()}
    assert unfinished == {status for status in UploadStatus if status.is_live}
