"""Uploads in memory: every change goes to the observable and to the database at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from psygnal import Signal

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Content, Upload
from beatra_desktop.storage.uploads import UploadRepository

SHOWN: Final = 500
"""How many of the newest uploads are listed; the library knows all."""
RANK_STEP: Final = 0.001
"""Between the ranks of two uploads, so that others fit in."""


class UploadRows:
    """`records` is newest first, without what was cleared away.

    `learned(upload)` tells of an upload that has an artifact, and of every change of one.
    """

    learned = Signal(object)

    def __init__(self, repository: UploadRepository) -> None:
        self._repository = repository
        listed = repository.list(SHOWN)
        newest = {upload.id for upload in listed}
        older = [each for each in reversed(repository.unfinished()) if each.id not in newest]
        self.records: Records[Upload] = Records([*listed, *older])
        self._last_rank = max((each.rank for each in self.records), default=0.0)
        # Newer than what can be read back, because writes are queued; None if there is none.
        self._artifacts: dict[Content, Upload | None] = {}
        self._answers: dict[str, datetime | None] = {}
        for upload in reversed(self.records):
            self._remember(upload)

    def get(self, upload_id: UploadId) -> Upload:
        """The newest state of a listed upload; KeyError when it is not listed."""
        return self.records[self.records.row(upload_id)]

    def add(self, uploads: Sequence[Upload]) -> None:
        """List new uploads above the others, in their order."""
        self.records.insert(0, *uploads)
        self._repository.save_all(reversed(uploads))

    def new_rank(self) -> float:
        """For an upload that is to be sent after all that wait."""
        self._last_rank = max(self._last_rank + RANK_STEP, utc_now().timestamp())
        return self._last_rank

    def put(self, upload: Upload) -> Upload:
        """Show and store an upload's new state."""
        self.records.replace(upload)
        self._repository.save(upload)
        self._remember(upload)
        return upload

    def show(self, upload_id: UploadId, **fields: object) -> None:
        """Change what is shown; it is stored with the next `put`, if it is stored at all."""
        shown = replace(self.get(upload_id), **fields)  # type: ignore[arg-type]  # by replace
        self.records.replace(shown)

    def clear(self, upload: Upload) -> None:
        """Take an upload off the list; one that became an artifact stays in the library."""
        self.records.remove(upload.id)
        if upload.artifact_id is None:
            self._repository.delete([upload.id])
        else:
            self._repository.save(replace(upload, removed_at=utc_now()))

    def forget(self, content: Content) -> None:
        """Delete every upload of a content; the service keeps its artifact."""
        known = self._repository.of_content(content)
        listed = [upload for upload in self.records if upload.content == content]
        for upload in listed:
            self.records.remove(upload.id)
        self._repository.delete([upload.id for upload in (*known, *listed)])
        self._artifacts[content] = None
        confirmed = (each.rights_confirmed_at for each in self.records if each.sha256 == content[1])
        self._answers[content[1] or ""] = next(filter(None, confirmed), None)

    def artifact_of(self, content: Content) -> Upload | None:
        """The newest upload of a content whose artifact the service still knows."""
        if content not in self._artifacts:
            self._artifacts[content] = self._repository.find_artifact(content)
        found = self._artifacts[content]
        return None if found is None or found.gone_at is not None else found

    def rights_of(self, sha256: str) -> datetime | None:
        """When the user said that they may use these bytes, wherever they were to go."""
        if sha256 not in self._answers:
            self._answers[sha256] = self._repository.rights_confirmed_at(sha256)
        return self._answers[sha256]

    def with_artifact(self, artifact_id: str) -> list[Upload]:
        """All uploads that share an artifact, from this run and earlier ones."""
        stored = {upload.id: upload for upload in self._repository.with_artifact(artifact_id)}
        here = (upload for upload in self.records if upload.artifact_id == artifact_id)
        return list((stored | {upload.id: upload for upload in here}).values())

    def in_paths(self, folders: Iterable[str]) -> set[str]:
        """Which of these folders uploads of earlier runs have in their paths; for any thread."""
        return self._repository.in_paths(folders)

    def mark_gone(self, uploads: Iterable[Upload], gone_at: datetime | None) -> None:
        """Note that the service knows an artifact no more, or does after all."""
        for upload in uploads:
            marked = replace(upload, gone_at=gone_at)
            if marked.id in self.records:
                self.records.replace(marked)
            self._repository.save(marked)
            self._remember(marked)

    def _remember(self, upload: Upload) -> None:
        if upload.sha256 and upload.rights_confirmed_at:
            first = self._answers.get(upload.sha256) or upload.rights_confirmed_at
            self._answers[upload.sha256] = min(first, upload.rights_confirmed_at)
        if upload.artifact_id is not None:
            self._artifacts[upload.content] = upload
            self.learned.emit(upload)
