"""Uploads on disk, and the artifacts they became."""

import builtins
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.uploads import Content, Upload, UploadStatus
from beatra_desktop.storage.codec import Table, time_at
from beatra_desktop.storage.database import Database

UPLOADS: Final = Table("uploads", Upload)
PAGE: Final = 500
KNOWN_PAGE: Final = 250
_LIVE: Final = [status.value for status in UploadStatus if status.is_live]
_IS_CONTENT: Final = "profile_id = ? AND sha256 = ? AND purpose = ?"
# The plus keeps SQLite from walking through all that was ever uploaded.
_UPLOADED: Final = (
    f"WHERE {_IS_CONTENT} AND +status = ? AND artifact_id IS NOT NULL ORDER BY seq DESC LIMIT 1"
)
_KNOWN: Final = f"""
    SELECT seq, (
        SELECT json_group_array(DISTINCT other.artifact_id) FROM uploads AS other
        WHERE other.sha256 = uploads.sha256 AND other.profile_id = uploads.profile_id
        AND other.purpose = uploads.purpose AND other.artifact_id IS NOT NULL
    ), {UPLOADS.columns}
    FROM uploads WHERE seq IN (
        SELECT max(seq) FROM uploads WHERE artifact_id IS NOT NULL AND sha256 IS NOT NULL
        GROUP BY profile_id, sha256, purpose
    ) AND (?1 IS NULL OR seq < ?1) ORDER BY seq DESC LIMIT ?2
"""

Known = tuple[Upload, frozenset[str]]
"""An upload, and all artifacts its content ever became."""


class UploadRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, upload: Upload) -> None:
        self.save_all([upload])

    def save_all(self, uploads: Iterable[Upload]) -> None:
        """Store uploads in this order, which is the order they were added in."""
        rows = [UPLOADS.row(upload) for upload in uploads]

        def job(connection: sqlite3.Connection) -> None:
            for row in rows:
                UPLOADS.put(connection, row)

        self._database.write(job)

    def delete(self, upload_ids: Iterable[UploadId]) -> None:
        keys = [(upload_id,) for upload_id in upload_ids]

        def job(connection: sqlite3.Connection) -> None:
            connection.executemany("DELETE FROM uploads WHERE id = ?", keys)

        self._database.write(job)

    def find_artifact(self, content: Content) -> Upload | None:
        """The newest upload that gave the profile's service these bytes for this purpose."""
        found = self._select(_UPLOADED, [*content, UploadStatus.UPLOADED.value])
        return found[0] if found else None

    def of_content(self, content: Content) -> builtins.list[Upload]:
        """Every upload of these bytes under one profile for one purpose."""
        return self._select(f"WHERE {_IS_CONTENT} ORDER BY seq", content)

    def with_artifact(self, artifact_id: str) -> builtins.list[Upload]:
        """Every upload that became this artifact or reused it, oldest first."""
        return self._select("WHERE artifact_id = ? ORDER BY seq", [artifact_id])

    def rights_confirmed_at(self, sha256: str) -> datetime | None:
        """When the user first said that they may use these bytes."""
        sql = "SELECT min(rights_confirmed_at) FROM uploads WHERE sha256 = ?"
        [[confirmed]] = self._database.rows(sql, [sha256])
        return None if confirmed is None else time_at(confirmed)

    def unfinished(self) -> builtins.list[Upload]:
        """Uploads that have not ended, oldest first."""
        marks = ", ".join("?" for _ in _LIVE)
        return self._select(f"WHERE status IN ({marks}) ORDER BY seq", _LIVE)

    def list(self, limit: int = PAGE, offset: int = 0) -> builtins.list[Upload]:
        """Newest first, without those cleared away."""
        return self._select(
            "WHERE removed_at IS NULL ORDER BY seq DESC LIMIT ? OFFSET ?", [limit, offset]
        )

    def known(self) -> Iterator[builtins.list[Known]]:
        """Of each content the newest upload that became an artifact, newest first, in pages.

        On a connection of its own, so any thread may read it. Raises StorageError.
        """
        with self._database.reading() as reader:
            before = None
            while page := reader.records(_known, _KNOWN, (before, KNOWN_PAGE)):
                yield [known for _, known in page]
                before, _ = page[-1]

    def in_paths(self, folders: Iterable[str]) -> set[str]:
        """Which of these names of folders are in the path of an upload, also of one cleared away.

        On a connection of its own, so any thread may read it. Raises StorageError.
        """
        sql = "SELECT EXISTS (SELECT 1 FROM uploads WHERE instr(path, ?))"
        with self._database.reading() as reader:
            found = {name: reader.rows(sql, [_as_folder(name)]) for name in folders}
        return {name for name, rows in found.items() if rows == [(1,)]}

    def _select(self, rest: str, parameters: Sequence[Any]) -> builtins.list[Upload]:
        return self._database.records(UPLOADS.record, UPLOADS.select(rest), parameters)


def _known(row: Sequence[Any]) -> tuple[int, Known]:
    seq, artifact_ids, *columns = row
    return seq, (UPLOADS.record(columns), frozenset(json.loads(artifact_ids)))


def _as_folder(name: str) -> bytes:
    return os.fsencode(f"{os.sep}{name}{os.sep}")
