"""Uploads by hand, and rows on a database of their own."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest

from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.uploads import UploadRepository

NOBODY: Final = 65534

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


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder whose way everybody may go; those of pytest are its user's alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def as_nobody() -> Callable[[], AbstractContextManager[None]]:
    """Inside `with as_nobody()` even root may not do everything."""

    @contextmanager
    def without_rights() -> Iterator[None]:
        user = os.geteuid()
        if user == 0:
            os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(user)

    return without_rights
