"""Ids made on this machine: time-ordered, opaque, unique without coordination."""

import secrets
import time
from typing import NewType

ProfileId = NewType("ProfileId", str)
ConversationId = NewType("ConversationId", str)
MessageId = NewType("MessageId", str)
PresetId = NewType("PresetId", str)
UploadId = NewType("UploadId", str)
TaskId = NewType("TaskId", str)
ClipId = NewType("ClipId", str)
PlaylistId = NewType("PlaylistId", str)
IdempotencyKey = NewType("IdempotencyKey", str)

_RANDOM_BYTES = 8


def new_id() -> str:
    """28 hexadecimal characters: milliseconds since 1970, then random bits; sorts by creation."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(_RANDOM_BYTES)}"
