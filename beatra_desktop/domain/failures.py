"""What went wrong, as a record that can be stored; the wording lives in `ui/error_text.py`."""

from enum import StrEnum

from msgspec import Struct


class FailureCode(StrEnum):
    """One code per sentence a user can be shown."""

    # the service answered (contract §5)
    NO_KEY = "no_key"
    INVALID_KEY = "invalid_key"
    FORBIDDEN = "forbidden"
    INSUFFICIENT_BALANCE = "insufficient_balance"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    INVALID_REQUEST = "invalid_request"
    UNSUPPORTED_MODEL = "unsupported_model"
    UNSUPPORTED_OPTION = "unsupported_option"
    RATE_LIMITED = "rate_limited"
    MODEL_UNAVAILABLE = "model_unavailable"
    SERVICE_ERROR = "service_error"
    SAFETY_REJECTED = "safety_rejected"
    TASK_FAILED = "task_failed"
    # the service did not answer as it should
    OFFLINE = "offline"
    TIMED_OUT = "timed_out"
    CERTIFICATE = "certificate"
    MALFORMED_ANSWER = "malformed_answer"
    INCOMPLETE_ANSWER = "incomplete_answer"
    NOT_SENT = "not_sent"
    OUTCOME_UNKNOWN = "outcome_unknown"
    NOT_CREATED = "not_created"
    SEVERAL_FIT = "several_fit"
    NOT_OFFERED = "not_offered"
    NOT_A_SERVICE = "not_a_service"
    LINK_EXPIRED = "link_expired"
    NO_LINK_YET = "no_link_yet"
    BROKEN_AUDIO = "broken_audio"
    # this machine
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_UNREADABLE = "file_unreadable"
    FILE_GONE = "file_gone"
    FILE_FORBIDDEN = "file_forbidden"
    FILE_DISGUISED = "file_disguised"
    NOT_LOCAL = "not_local"
    FILE_CHANGED = "file_changed"
    FILE_WRONG_TYPE = "file_wrong_type"
    NOT_A_FILE = "not_a_file"
    DISK_FULL = "disk_full"
    DISK_ERROR = "disk_error"
    NOT_EXPORTED = "not_exported"
    SONGS_NOT_EXPORTED = "songs_not_exported"
    CHATS_UNREADABLE = "chats_unreadable"
    CHATS_UNKNOWN = "chats_unknown"
    CHATS_DAMAGED = "chats_damaged"
    CHATS_NEWER = "chats_newer"
    CHATS_TOO_LARGE = "chats_too_large"
    CHATS_UNSAFE = "chats_unsafe"
    NOT_TRASHED = "not_trashed"
    NOT_RESTORED = "not_restored"
    NOT_ERASED = "not_erased"
    NOT_SOUND = "not_sound"
    NOT_CONVERTED = "not_converted"
    STORAGE_ERROR = "storage_error"
    STORAGE_DAMAGED = "storage_damaged"
    SANDBOX_DOWN = "sandbox_down"
    KEY_STORE = "key_store"
    PROFILE_GONE = "profile_gone"
    BUG = "bug"


class Failure(Struct, frozen=True, kw_only=True):
    """One thing that went wrong.

    `detail` is the technical text behind "Details", already free of secrets; `subject` names the
    culprit (a file, a model, a host). `server_code`, `param` and `request_id` come from the error
    envelope (contract §2); `fields` are all fields of the request it names, as it names them.
    """

    code: FailureCode
    detail: str = ""
    subject: str = ""
    retryable: bool = False
    status: int | None = None
    server_code: str | None = None
    server_message: str | None = None
    param: str | None = None
    request_id: str | None = None
    fields: tuple[str, ...] = ()
