"""Notices: out-of-band messages for the user, as codes; the wording lives in the UI."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from beatra_desktop.domain.failures import Failure


class NoticeLevel(StrEnum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class NoticeCode(StrEnum):
    FAILURE = "failure"
    KEY_SESSION_ONLY = "key_session_only"
    CONVERSATION_ARCHIVED = "conversation_archived"
    CONVERSATION_DELETED = "conversation_deleted"
    FOLDER_RENAMED = "folder_renamed"
    FOLDER_EMPTIED = "folder_emptied"
    CLIPS_AT_RISK = "clips_at_risk"
    EXPORTED = "exported"
    IMPORTED = "imported"
    LINK_REFUSED = "link_refused"
    LINK_LEADS_NOWHERE = "link_leads_nowhere"
    DATABASE_RESTORED = "database_restored"
    COPY_RESTORED = "copy_restored"
    UPDATE_AVAILABLE = "update_available"
    BUG = "bug"


class Notice(Struct, frozen=True, kw_only=True):
    """One notice; `parameters` fill the sentence that belongs to `code`."""

    id: str
    level: NoticeLevel
    code: NoticeCode
    parameters: Mapping[str, str] = field(default_factory=dict)
    failure: Failure | None = None
