"""Reading a whole file before it is sent, so that the same bytes are never sent twice."""

from functools import partial

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.uploads import Upload
from beatra_desktop.services.uploading import inspection
from beatra_desktop.services.uploading.inspection import Looked, Reading
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.services.waiting import watched


class Hashing:
    """Threads read; rows tell how far they are."""

    def __init__(self, rows: UploadRows) -> None:
        self._rows = rows

    async def hashed(self, upload_id: UploadId) -> Upload | Failure:
        """The upload with its size, type and hash, not stored yet, or why it can't be sent.

        A file that was looked at when it was added must be as it was then.
        """
        upload = self._rows.get(upload_id)
        looked = _as_added(upload) or await self._look(upload)
        if isinstance(looked, Failure):
            return looked
        self._rows.show(upload_id, size=looked.size, mime_type=looked.mime_type)
        sha256 = await self._sha256(upload_id, looked)
        if isinstance(sha256, Failure):
            return sha256
        modified_ns = looked.modified_ns
        self._rows.show(upload_id, modified_ns=modified_ns, sha256=sha256, hashed_bytes=0)
        return self._rows.get(upload_id)

    async def _look(self, upload: Upload) -> Looked | Failure:
        look = partial(inspection.look, upload.path, lambda _: upload.purpose)
        return await watched(look, on_tick=lambda: None)

    async def _sha256(self, upload_id: UploadId, looked: Looked) -> str | Failure:
        reading = Reading()
        try:
            return await watched(
                lambda: inspection.sha256(looked, reading),
                on_tick=lambda: self._rows.show(upload_id, hashed_bytes=reading.done_bytes),
            )
        finally:
            reading.is_stopped = True


def _as_added(upload: Upload) -> Looked | None:
    """What was seen when the file was added; None when nobody looked."""
    if not upload.modified_ns:
        return None
    return Looked(
        path=upload.path,
        size=upload.size,
        modified_ns=upload.modified_ns,
        mime_type=upload.mime_type,
        purpose=upload.purpose,
    )
