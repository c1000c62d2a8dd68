"""Why a file can't be used; every `str()` is a sentence for the user that names the file."""

from pathlib import Path
from typing import ClassVar


class UnreadableAudio(ValueError):
    """The file can't be opened as audio."""

    _sentence: ClassVar = "{name} can't be read as audio: {reason}."

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(self._sentence.format(name=path.name, reason=reason))
        self.path = path
        self.reason = reason


class BrokenAudio(UnreadableAudio):
    """The file opens, but not all of it decodes."""

    _sentence: ClassVar = "{name} is broken: {reason}."


class UnsupportedFormat(UnreadableAudio):
    """The file plays, but tags can't be written into its kind of container."""

    _sentence: ClassVar = "{name} can't carry tags: {reason}."


class ConversionCanceled(Exception):
    """The caller stopped the conversion; nothing was written."""
