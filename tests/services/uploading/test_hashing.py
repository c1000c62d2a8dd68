"""Reading a whole file before it is sent."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services.uploading.hashing import Hashing

pytestmark = pytest.mark.asyncio


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_bytes(b"words")
    return path


def _waiting(path: Path, *, looked: bool) -> dict[str, Any]:
    now = path.stat()
    return {
        "path": path,
        "purpose": Purpose.MEDIA_INPUT,
        "status": UploadStatus.INSPECTING,
        "size": now.st_size if looked else 0,
        "modified_ns": now.st_mtime_ns if looked else 0,
        "mime_type": "text/plain" if looked else "",
        "artifact_id": None,
        "sha256": None,
    }


@pytest.mark.parametrize("looked", [True, False])
async def test_a_file_gets_its_hash_whether_somebody_looked_before_or_not(
    file: Path, make_upload: Any, open_rows: Any, looked: bool
) -> None:
    rows = open_rows()
    upload = make_upload("words.txt", **_waiting(file, looked=looked))
    rows.add([upload])
    found = await Hashing(rows).hashed(upload.id)
    assert isinstance(found, Upload)
    assert found.sha256 == hashlib.sha256(b"words").hexdigest()
    assert (found.size, found.mime_type) == (5, "text/plain")
    assert found.modified_ns == file.stat().st_mtime_ns


async def test_a_file_that_changed_since_the_drop_is_told_apart(
    file: Path, make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    seen = make_upload("seen", **_waiting(file, looked=True))
    added = make_upload("added", **_waiting(file, looked=False))
    rows.add([seen, added])
    file.write_bytes(b"other")
    os.utime(file, ns=(0, 1))
    found = await Hashing(rows).hashed(seen.id)
    assert isinstance(found, Failure)
    assert found.code is FailureCode.FILE_CHANGED
    assert isinstance(await Hashing(rows).hashed(added.id), Upload)


async def test_a_file_that_cannot_be_sent_says_why(
    file: Path, make_upload: Any, open_rows: Any
) -> None:
    rows = open_rows()
    upload = make_upload("words.txt", **_waiting(file, looked=False))
    rows.add([upload])
    file.write_bytes(b"")
    found = await Hashing(rows).hashed(upload.id)
    assert isinstance(found, Failure)
    assert found.code is FailureCode.FILE_EMPTY
