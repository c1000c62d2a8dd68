"""Stored files: uploads, fetched references and clips, with signed links that expire."""

import hashlib
import hmac
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from beatra_desktop.sandbox.clock import Clock, iso
from beatra_desktop.sandbox.database import Database, Row
from beatra_desktop.sandbox.errors import JsonObject
from beatra_desktop.sandbox.ids import new_id

SUFFIXES: Final = {
    "audio/mpeg": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/flac": ".flac",
    "audio/x-flac": ".flac",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """`file_name` is the name on disk, `filename` the one its owner gave."""

    artifact_id: str
    file_name: str
    filename: str
    mime_type: str
    media_type: str
    purpose: str
    size_bytes: int
    sha256: str
    metadata: dict[str, Any]
    created_at: float


class Artifacts:
    def __init__(self, database: Database, clock: Clock, *, folder: Path, secret: str) -> None:
        self._database = database
        self._clock = clock
        self._secret = secret.encode()
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def incoming(self) -> Path:
        """Return a fresh path in the same folder, to be renamed by `adopt`."""
        return self.folder / new_id("incoming")

    def adopt(
        self,
        path: Path,
        *,
        filename: str,
        mime_type: str,
        purpose: str,
        sha256: str,
        media_type: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> Artifact:
        """Make a finished file an artifact."""
        artifact_id = new_id("art")
        artifact = Artifact(
            artifact_id=artifact_id,
            file_name=artifact_id + _suffix(mime_type, filename),
            filename=filename,
            mime_type=mime_type,
            media_type=media_type or _media_type(mime_type),
            purpose=purpose,
            size_bytes=path.stat().st_size,
            sha256=sha256,
            metadata=metadata or {},
            created_at=self._clock.now(),
        )
        path.replace(self.path(artifact))
        self._insert(artifact)
        return artifact

    def get(self, artifact_id: str) -> Artifact | None:
        row = self._database.row("select * from artifacts where artifact_id = ?", artifact_id)
        return None if row is None else _from_row(row)

    def path(self, artifact: Artifact) -> Path:
        return self.folder / artifact.file_name

    def link(self, artifact: Artifact, *, origin: str, lifetime_s: float) -> str:
        """Return a link that works without a key until `lifetime_s` from now."""
        expires = int(self._clock.now() + lifetime_s)
        signature = self._signature(artifact.file_name, expires)
        query = urlencode({"expires": expires, "signature": signature})
        return f"{origin}/media/{artifact.file_name}?{query}"

    def link_works(self, file_name: str, *, expires: str, signature: str) -> bool:
        if not expires.isascii() or not expires.isdecimal() or int(expires) <= self._clock.now():
            return False
        right = self._signature(file_name, int(expires))
        return hmac.compare_digest(right.encode(), signature.encode())

    def drop_older_than(self, seconds: float) -> None:
        """Delete what is no longer kept, and files no artifact belongs to."""
        limit = self._clock.now() - seconds
        self._database.run("delete from artifacts where created_at <= ?", limit)
        kept = {row["file_name"] for row in self._database.rows("select file_name from artifacts")}
        for path in self.folder.iterdir():
            if path.name not in kept:
                path.unlink()

    def clear(self) -> None:
        self._database.run("delete from artifacts")
        for path in self.folder.iterdir():
            path.unlink()

    def _signature(self, file_name: str, expires: int) -> str:
        text = f"{file_name} {expires}".encode()
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]

    def _insert(self, artifact: Artifact) -> None:
        self._database.run(
            "insert into artifacts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(artifact.artifact_id, artifact.file_name, artifact.filename),
            *(artifact.mime_type, artifact.media_type, artifact.purpose),
            *(artifact.size_bytes, artifact.sha256),
            *(msgspec.json.encode(artifact.metadata).decode(), artifact.created_at),
        )


def public_form(artifact: Artifact, *, url: str) -> JsonObject:
    """Return the upload answer of contract §3.9."""
    return {
        "object": "artifact",
        "artifact_id": artifact.artifact_id,
        "url": url,
        "purpose": artifact.purpose,
        "media_type": artifact.media_type,
        "mime_type": artifact.mime_type,
        "filename": artifact.filename,
        "size_bytes": artifact.size_bytes,
        "metadata": artifact.metadata,
        "created_at": iso(artifact.created_at),
    }


def _from_row(row: Row) -> Artifact:
    return Artifact(**{**row, "metadata": msgspec.json.decode(row["metadata"])})


def _media_type(mime_type: str) -> str:
    family = mime_type.partition("/")[0]
    return family if family in ("audio", "image", "video") else "file"


def _suffix(mime_type: str, filename: str) -> str:
    """Return a harmless file name ending: the type's own, else a short plain one."""
    known = SUFFIXES.get(mime_type) or mimetypes.guess_extension(mime_type)
    given = Path(filename).suffix.lower()
    harmless = len(given) <= 6 and given[1:].isascii() and given[1:].isalnum()
    return known or (given if harmless else "")
