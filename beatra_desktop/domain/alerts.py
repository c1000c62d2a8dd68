"""What came to an end while nobody looked, and is worth telling."""

from enum import StrEnum

from msgspec import Struct


class AlertKind(StrEnum):
    SONG_SAVED = "song_saved"
    SONG_FAILED = "song_failed"
    ANSWER_COMPLETE = "answer_complete"
    ANSWER_CUT = "answer_cut"
    UPLOAD_FAILED = "upload_failed"
    QUESTION = "question"


class Alert(Struct, frozen=True, kw_only=True):
    """`owner_id` is the conversation's, task's or upload's; `clip_id` is what can be played.

    It is true as long as it is listed. `title` is what the owner is called, empty for none.
    """

    id: str
    kind: AlertKind
    owner_id: str
    title: str = ""
    clip_id: str = ""
