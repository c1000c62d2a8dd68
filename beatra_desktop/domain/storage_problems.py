"""What can keep the app from reading or saving its data."""

from enum import StrEnum


class StorageProblem(StrEnum):
    """Why something could not be read or saved.

    All but `BUG` are the environment's fault; `BUG` is a write that can never succeed and was left
    out, so that the writes behind it could be saved.
    """

    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    CORRUPT = "corrupt"
    NEWER_SCHEMA = "newer_schema"
    NOT_WRITABLE = "not_writable"
    PATH_TOO_LONG = "path_too_long"
    IO = "io"
    BUG = "bug"
