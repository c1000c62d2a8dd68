"""Uploads on disk, and the artifacts they became."""

import builtins
import sqlite3
from typing import Final

from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database

UPLOADS: Final = Table("uploads", Upload)
_LIVE: Final = [status.value for status in UploadStatus if status.is_live]


class UploadRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, upload: Upload) -> None:
        row = UPLOADS.row(upload)
        self._database.write(lambda connection: UPLOADS.put(connection, row))

    def delete(self, upload_id: UploadId) -> None:
        sql = "DELETE FROM uploads WHERE id = ?"
        self._database.write(lambda connection: _execute(connection, sql, upload_id))

    def find_artifact(self, profile_id: ProfileId, sha256: str, purpose: Purpose) -> Upload | None:
        """The newest upload that gave the profile's service these bytes for this purpose."""
        sql = UPLOADS.select(
            "WHERE sha256 = ? AND profile_id = ? AND purpose = ? AND status = ? "
            "AND artifact_id IS NOT NULL ORDER BY seq DESC LIMIT 1"
        )
        parameters = (sha256, profile_id, purpose.value, UploadStatus.UPLOADED.value)
        found = UPLOADS.records(self._database.rows(sql, parameters))
        return found[0] if found else None

    def unfinished(self) -> builtins.list[Upload]:
        """Uploads that have not ended, oldest first."""
        marks = ", ".join("?" for _ in _LIVE)
        sql = UPLOADS.select(f"WHERE status IN ({marks}) ORDER BY seq")
        return UPLOADS.records(self._database.rows(sql, _LIVE))

    def list(self, limit: int = 500, offset: int = 0) -> builtins.list[Upload]:
        """Newest first."""
        sql = UPLOADS.select("ORDER BY seq DESC LIMIT ? OFFSET ?")
        return UPLOADS.records(self._database.rows(sql, (limit, offset)))


def _execute(connection: sqlite3.Connection, sql: str, parameter: str) -> None:
    connection.execute(sql, (parameter,))
