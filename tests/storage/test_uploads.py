from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.storage import uploads
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


@pytest.mark.parametrize(
    ("rest", "index"),
    [
        (uploads._UPLOADED, "uploads_by_content"),
        ("WHERE artifact_id = ? ORDER BY seq", "uploads_by_artifact"),
    ],
)
def test_what_is_asked_for_with_each_file_is_found_by_an_index(
    database: Database, rest: str, index: str
) -> None:
    sql = f"EXPLAIN QUERY PLAN {uploads.UPLOADS.select(rest)}"
    [plan] = database.rows(sql, ["x"] * rest.count("?"))
    assert index in plan[-1]


def test_of_each_content_the_newest_is_known_with_all_its_artifacts(
    database: Database, repository: UploadRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "KNOWN_PAGE", 2)
    for name, content in (("1", "aa"), ("2", "bb"), ("3", "aa"), ("4", "cc"), ("5", "dd")):
        repository.save(upload(name, sha256=content))
    repository.save(upload("6", sha256="aa", artifact_id=None, status=UploadStatus.FAILED))
    database.flush()
    pages = [[(each.name, set(ids)) for each, ids in page] for page in repository.known()]
    first = {"artifact of 1", "artifact of 3"}
    assert pages == [
        [("5", {"artifact of 5"}), ("4", {"artifact of 4"})],
        [("3", first), ("2", {"artifact of 2"})],
    ]


def test_cleared_uploads_are_not_listed_but_known(
    database: Database, repository: UploadRepository
) -> None:
    cleared = upload("1", removed_at=datetime(2026, 3, 2, tzinfo=UTC))
    repository.save(cleared)
    database.flush()
    assert repository.list() == []
    assert repository.find_artifact(CONTENT) == cleared
    assert repository.with_artifact("artifact of 1") == repository.of_content(CONTENT) == [cleared]
    repository.delete([cleared.id])
    database.flush()
    assert repository.of_content(CONTENT) == []


def test_the_first_answer_about_rights_is_found_by_the_bytes(
    database: Database, repository: UploadRepository
) -> None:
    assert repository.rights_confirmed_at("aa") is None
    for day in (3, 2, 4):
        confirmed = datetime(2026, 3, day, tzinfo=UTC)
        repository.save(upload(str(day), rights_confirmed_at=confirmed))
    database.flush()
    assert repository.rights_confirmed_at("aa") == datetime(2026, 3, 2, tzinfo=UTC)
    assert repository.rights_confirmed_at("bb") is None
