"""The records that come with the app, for a new installation to begin with."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec

RecordT = TypeVar("RecordT")


def read_starters(path: Path, kind: type[RecordT], *, language: str) -> list[RecordT]:
    """The records of a file, with the texts that are there in several languages in this one."""
    import tomllib  # a new installation alone needs it

    with path.open("rb") as file:
        entries = tomllib.load(file)["preset"]
    return [msgspec.convert(_in_language(entry, language), kind) for entry in entries]


def _in_language(value: Any, language: str) -> Any:
    """A text in another language, or one that is the same in all, is there in English."""
    match value:
        case {"en": english, **others}:
            return others.get(language, english)
        case dict():
            return {key: _in_language(part, language) for key, part in value.items()}
    return value
