"""What becomes of the record of an upload on its way."""

from pathlib import Path

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId, UploadId, new_id
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services.uploading.contents import UNKNOWN_TYPE
from beatra_desktop.services.uploading.inspection import Looked


def begun(path: Path, purpose: Purpose, *, profile_id: ProfileId, rank: float) -> Upload:
    """A file of which nothing is known yet."""
    return Upload(
        id=UploadId(new_id()),
        profile_id=profile_id,
        path=path,
        # A name the database keeps as it is, so that a resend has the same bytes.
        name=path.name.encode(errors="replace").decode(),
        purpose=purpose,
        mime_type=UNKNOWN_TYPE,
        size=0,
        modified_ns=0,
        status=UploadStatus.INSPECTING,
        created_at=utc_now(),
        rank=rank,
    )


def seen(upload: Upload, looked: Looked) -> Upload:
    """With what a look at the file told."""
    return replace(
        upload, size=looked.size, modified_ns=looked.modified_ns, mime_type=looked.mime_type
    )


def fresh(upload: Upload) -> Upload:
    """As if nothing had been done with it yet."""
    return replace(
        upload,
        status=UploadStatus.INSPECTING,
        failure=None,
        modified_ns=0,
        sent_bytes=0,
        hashed_bytes=0,
        idempotency_key=None,
        request_id=None,
        gone_at=None,
    )


def reusing(upload: Upload, known: Upload) -> Upload:
    """With the artifact of another upload, which has the same content."""
    return replace(
        upload,
        status=UploadStatus.UPLOADED,
        reused=True,
        sent_bytes=upload.size,
        artifact_id=known.artifact_id,
        url=known.url,
        request_id=known.request_id,
        uploaded_at=known.uploaded_at,
        rights_confirmed_at=known.rights_confirmed_at,
    )
