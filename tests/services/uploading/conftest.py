"""Uploads by hand, and rows on a database of their own."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.uploads import UploadRepository

MakeUpload = Callable[..., Upload]


@pytest.fixture
def make_upload() -> MakeUpload:
    """`make_upload("name", field=...)`: an uploaded reference."""

    def make(name: str, **fields: Any) -> Upload:
        known: dict[str, Any] = {
            "profile_id": ProfileId("home"),
            "path": Path("/music") / name,
            "name": name,
            "purpose": Purpose.REFERENCE_AUDIO,
            "mime_type": "audio/wav",
            "size": 10,
            "modified_ns": 1,
            "status": UploadStatus.UPLOADED,
            "created_at": datetime(2026, 3, 1, tzinfo=UTC),
            "uploaded_at": datetime(2026, 3, 1, tzinfo=UTC),
            "sha256": f"hash of {name}",
            "artifact_id": f"artifact of {name}",
        }
        return Upload(id=UploadId(name), **(known | fields))

    return make


@pytest.fixture
def open_rows(database: Database) -> Callable[[], UploadRows]:
    """Rows as a start of the app finds them."""

    def opened() -> UploadRows:
        database.flush()
        return UploadRows(UploadRepository(database))

    return opened
