"""Names for clips on disk that every platform takes and nobody can abuse."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from beatra_desktop.domain.clip_names import NameField, filled
from beatra_desktop.domain.music import Clip, MusicTask

NAME_CHARACTERS: Final = 80
NAME_BYTES: Final = 200
"""File systems take 255 bytes; this leaves room for a number and an ending."""
FALLBACK: Final = "Untitled"
_UNSAFE: Final = (  # both are compiled when first used
    r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+'
)
_RESERVED: Final = r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])( *\..*)?"
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
    line = " ".join(re.sub(_UNSAFE, " ", title).split())
    short = line[:NAME_CHARACTERS].encode()[:NAME_BYTES].decode(errors="ignore")
    stem = short.rstrip(" .").lstrip(" .-")  # a dash would begin an option
    if re.fullmatch(_RESERVED, stem):
        stem = f"_{stem}"
    return stem or FALLBACK


def clip_name(clip: Clip, task: MusicTask, *, template: str, clips: int) -> str:
    """What the template makes of a clip; `clips` is how many its task made."""
    made_at = (task.completed_at or task.created_at).astimezone()
    values = {
        NameField.TITLE: clip.title,
        NameField.N: str(clip.index + 1) if clips > 1 else "",
        NameField.MODEL: task.resolved_model or task.prompt.model,
        NameField.DATE: made_at.strftime("%Y-%m-%d"),
        NameField.TIME: made_at.strftime("%H.%M"),
    }
    return filled(template, values, characters=NAME_CHARACTERS)


def example_name(template: str) -> str:
    """The file name a template gives to the second clip of some song."""
    values = {
        NameField.TITLE: "Lamps along the river",
        NameField.N: "2",
        NameField.MODEL: "suno-5.5",
        NameField.DATE: "2026-09-01",
        NameField.TIME: "10.01",
    }
    return f"{safe_stem(filled(template, values, characters=NAME_CHARACTERS))}.mp3"


def extension(mime_type: str) -> str:
    """The usual ending for an audio type; `.mp3` for one that is not known."""
    return _EXTENSIONS.get(mime_type.partition(";")[0].strip().lower(), ".mp3")


def free_path(folder: Path, stem: str, ending: str, is_taken: Callable[[Path], bool]) -> Path:
    """`stem.ending`, or the first `stem 2.ending`, `stem 3.ending` … that nobody has."""
    number = 1
    while is_taken(path := folder / f"{stem}{'' if number == 1 else f' {number}'}{ending}"):
        number += 1
    return path
