"""Text files as part of a message."""

from pathlib import Path
from typing import Final

MAX_QUOTED_BYTES: Final = 200 * 1024
_LANGUAGES: Final = {
    ".py": "python", ".js": "javascript", ".ts": "typescript", ".json": "json", ".md": "markdown",
    ".toml": "toml", ".yaml": "yaml", ".yml": "yaml", ".html": "html", ".css": "css",
    ".sh": "bash", ".c": "c", ".cpp": "cpp", ".rs": "rust", ".go": "go", ".java": "java",
    ".sql": "sql", ".csv": "csv", ".xml": "xml",
}  # fmt: skip


def quoted_file(path: Path) -> str | None:
    """The file as a fenced block under its name; None when it is no text or over 200 KB."""
    try:
        if path.stat().st_size > MAX_QUOTED_BYTES:
            return None
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if "\x00" in text:
        return None
    fence = "`" * max(3, _longest_run(text) + 1)
    language = _LANGUAGES.get(path.suffix.lower(), "")
    return f"{path.name}\n{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _longest_run(text: str) -> int:
    """Length of the longest run of backticks."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return longest
