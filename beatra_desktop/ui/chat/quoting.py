"""Text files as part of a message."""

import codecs
import re
import stat
from enum import StrEnum
from pathlib import Path
from typing import Final

from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES

MAX_QUOTED_BYTES: Final = 128 * 1024
SNIFFED_BYTES: Final = 8 * 1024
PASTED_NAME: Final = "pasted.txt"
_LANGUAGES: Final = {
    ".py": "python", ".js": "javascript", ".ts": "typescript", ".json": "json", ".md": "markdown",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".html": "html", ".css": "css",
    ".sh": "bash", ".c": "c", ".cpp": "cpp", ".rs": "rust", ".go": "go", ".java": "java",
    ".sql": "sql", ".csv": "csv", ".xml": "xml",
}  # fmt: skip
_MARKED_ENCODINGS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS: Final = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"


class Obstacle(StrEnum):
    """Why a file does not become part of a message."""

    NO_TEXT = "no_text"
    """Anything but text, or nothing to read."""
    NO_ROOM = "no_room"
    """Text, but more than fits into the message."""
    TOO_LARGE = "too_large"
    """More than the service takes at all (contract §3.9)."""


def quoted_file(path: Path, *, limit_bytes: int = MAX_QUOTED_BYTES) -> str | Obstacle:
    """The file as a fenced block under its name, or what is in the way of that.

    Reads no more than its beginning unless it is text of at most `limit_bytes`.
    """
    try:
        content = _content(path, limit_bytes)
    except OSError:
        return Obstacle.NO_TEXT
    if isinstance(content, Obstacle):
        return content
    text = _decoded(content)
    return Obstacle.NO_TEXT if text is None else quoted_text(path.name, text)


def quoted_text(name: str, text: str) -> str:
    """A fenced block under a name, which says what language it is in."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    language = _LANGUAGES.get(Path(name).suffix.lower(), "")
    return f"{_readable(name)}\n{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _readable(name: str) -> str:
    """The name on one line that opens no fence itself, and valid Unicode, as what is sent must be.

    A file's name need be neither.
    """
    valid = name.encode(errors="replace").decode()
    return re.sub(_CONTROLS, " ", valid).replace("`", "'").strip()


def _content(path: Path, limit_bytes: int) -> bytes | Obstacle:
    found = path.stat()
    # Reading a pipe or a device could wait for ever.
    if not stat.S_ISREG(found.st_mode):
        return Obstacle.NO_TEXT
    if found.st_size > MAX_UPLOAD_BYTES:
        return Obstacle.TOO_LARGE
    with path.open("rb") as file:
        start = file.read(SNIFFED_BYTES)
        if not _begins_as_text(start):
            return Obstacle.NO_TEXT
        # Measured by what is read: the file may be growing.
        content = start + file.read(max(0, limit_bytes + 1 - len(start)))
    return Obstacle.NO_ROOM if len(content) > limit_bytes else content


def _encoding(content: bytes) -> str:
    found = (encoding for mark, encoding in _MARKED_ENCODINGS if content.startswith(mark))
    return next(found, "utf-8")


def _begins_as_text(start: bytes) -> bool:
    """Whether it decodes, but for a character that the end of `start` cuts in two."""
    try:
        text = codecs.getincrementaldecoder(_encoding(start))().decode(start)
    except UnicodeDecodeError:
        return False
    return "\x00" not in text


def _decoded(content: bytes) -> str | None:
    """The text with the line ends of a message; None when it is none, or blank."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        return None
    is_quotable = "\x00" not in text and bool(text.strip())
    return text.replace("\r\n", "\n").replace("\r", "\n") if is_quotable else None
