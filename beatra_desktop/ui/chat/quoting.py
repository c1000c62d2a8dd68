"""Text files as part of a message."""

import stat
from pathlib import Path
from typing import Final

MAX_QUOTED_BYTES: Final = 128 * 1024
_LANGUAGES: Final = {
    ".py": "python", ".js": "javascript", ".ts": "typescript", ".json": "json", ".md": "markdown",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".html": "html", ".css": "css",
    ".sh": "bash", ".c": "c", ".cpp": "cpp", ".rs": "rust", ".go": "go", ".java": "java",
    ".sql": "sql", ".csv": "csv", ".xml": "xml",
}  # fmt: skip


def quoted_file(path: Path, *, limit_bytes: int = MAX_QUOTED_BYTES) -> str | None:
    """The file as a fenced block under its name; None when it is no text, blank or too big."""
    text = _read(path, limit_bytes)
    if text is None:
        return None
    fence = "`" * max(3, _longest_run(text) + 1)
    language = _LANGUAGES.get(path.suffix.lower(), "")
    # A name need not be valid Unicode, but what is sent must be.
    name = path.name.encode(errors="replace").decode()
    return f"{name}\n{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _read(path: Path, limit_bytes: int) -> str | None:
    try:
        found = path.stat()
        # Reading a pipe or a device could wait for ever.
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit_bytes:
            return None
        with path.open("rb") as file:
            content = file.read(limit_bytes + 1)
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    is_quotable = len(content) <= limit_bytes and "\x00" not in text and bool(text.strip())
    return text.replace("\r\n", "\n").replace("\r", "\n") if is_quotable else None


def _longest_run(text: str) -> int:
    """Length of the longest run of backticks."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
