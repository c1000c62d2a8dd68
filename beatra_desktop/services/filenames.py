"""Names for clips on disk that every platform takes and nobody can abuse."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

NAME_CHARACTERS: Final = 80
NAME_BYTES: Final = 200
"""File systems take 255 bytes; this leaves room for a number and an ending."""
FALLBACK: Final = "Untitled"
_UNSAFE: Final = re.compile(
    r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+'
)
_RESERVED: Final = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_EXTENSIONS: Final = {
    "audio/mpeg": ".mp3",
    "audio/mp3": ".mp3",
    "audio/wav": ".wav",
    "audio/x-wav": ".wav",
    "audio/flac": ".flac",
    "audio/ogg": ".ogg",
    "audio/opus": ".opus",
    "audio/mp4": ".m4a",
}


def safe_stem(title: str) -> str:
    """A file name without extension, at most 80 characters, never empty, hidden or reserved."""
    line = " ".join(_UNSAFE.sub(" ", title).split())
    short = line[:NAME_CHARACTERS].encode()[:NAME_BYTES].decode(errors="ignore")
    stem = short.strip(" .")
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return stem or FALLBACK


def extension(mime_type: str) -> str:
    """The usual ending for an audio type; `.mp3` for one that is not known."""
    return _EXTENSIONS.get(mime_type.partition(";")[0].strip().lower(), ".mp3")


def free_path(folder: Path, stem: str, ending: str, is_taken: Callable[[Path], bool]) -> Path:
    """`stem.ending`, or the first `stem 2.ending`, `stem 3.ending` … that nobody has."""
    number = 1
    while is_taken(path := folder / f"{stem}{'' if number == 1 else f' {number}'}{ending}"):
        number += 1
    return path
