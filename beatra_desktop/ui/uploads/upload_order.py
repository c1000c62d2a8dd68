"""In which order uploads are listed: what moves, then what waits in its order, then the ended."""

from typing import Final

from beatra_desktop.domain.uploads import Upload, UploadStatus

ENDED_BADLY: Final = (UploadStatus.FAILED, UploadStatus.UNKNOWN)
NOT_SENT_YET: Final = (UploadStatus.INSPECTING, UploadStatus.ASKING, UploadStatus.WAITING)
Key = tuple[int, float, str]


def order_of(upload: Upload) -> Key:
    """The next one to be sent first; of the ended ones the newest, failures before the rest."""
    if upload.status is UploadStatus.SENDING:
        return 0, upload.rank, upload.id
    if upload.status in NOT_SENT_YET:
        return 1, upload.rank, upload.id
    group = 2 if upload.status in ENDED_BADLY else 3
    return group, -upload.created_at.timestamp(), upload.id


def can_move(upload: Upload) -> bool:
    """Whether its place among what waits can be changed."""
    return upload.status in NOT_SENT_YET
