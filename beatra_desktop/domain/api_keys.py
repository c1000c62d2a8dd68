"""What can be an API key at all."""

from enum import StrEnum
from typing import Final

MAX_KEY_CHARS: Final = 1_000
"""The Windows store holds 2,560 bytes of UTF-16 in one entry."""


class ApiKeyProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_ALLOWED = "not_allowed"


def api_key_problem(text: str) -> ApiKeyProblem | None:
    """Why the text can't be a key, such as one cut by a line break; None for what may be one."""
    if not text:
        return ApiKeyProblem.EMPTY
    if len(text) > MAX_KEY_CHARS:
        return ApiKeyProblem.TOO_LONG
    is_printable = all("!" <= character <= "~" for character in text)
    return None if is_printable else ApiKeyProblem.NOT_ALLOWED
