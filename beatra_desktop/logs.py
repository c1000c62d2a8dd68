"""Logging to a rotating file, with secrets taken out of everything that is written."""

import logging
import re
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from beatra_desktop.domain import redaction

LOG_NAME: Final = "beatra-desktop.log"
MASK: Final = "[redacted]"
_MAX_LOG_BYTES: Final = 2_000_000
_OLD_LOGS: Final = 3
_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_CHATTY: Final = ("httpx", "httpcore", "keyring", "markdown_it", "asyncio")

_VALUE: Final = r"(?!\[redacted)[^\s\"',;&)\]}]+"
_RULES: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        # the whole header value, in any notation: header line, dict, tuple of bytes
        (r"(authorization(?:[\"']\s*[:,]|\s*[:=])\s*(?:b?[\"'])?)[^\r\n\"']+", rf"\1{MASK}"),
        (r"\b(bearer\s+)" + _VALUE, rf"\1{MASK}"),
        (r"(?<![a-z0-9])(sk-)[a-z0-9_\-]{6,}", rf"\1{MASK}"),
        (r"(api[-_]?key[\"']?\s*=\s*[\"']?)" + _VALUE, rf"\1{MASK}"),
        (r"((?:x-api-key|[\"']api[-_]?key[\"'])\s*[:,]\s*(?:b?[\"'])?)" + _VALUE, rf"\1{MASK}"),
        (r"([?&][\w-]*(?:token|signature|sig|secret)=)" + _VALUE, rf"\1{MASK}"),
        (r"(://)[^/\s@:]+:[^/\s@]+@", rf"\1{MASK}@"),
    )
)
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_live_secrets: set[str] = set()


def register_secret(secret: str) -> None:
    """Have this text removed wherever it appears, for as long as the process lives."""
    _live_secrets.update(redaction.writings(secret))


def without_secrets(text: str) -> str:
    """The text without registered secrets; all else in it is left, signed links too."""
    return redaction.without(_live_secrets, text, mask=MASK)


def redact(text: str) -> str:
    """The text without keys, authorization headers, signed links and registered secrets."""
    text = without_secrets(text)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line, so arguments, tracebacks and stack dumps are covered too.

    What would steer a terminal, or can't be written at all, is spelled out.
    """

    def format(self, record: logging.LogRecord) -> str:
        return _UNPRINTABLE.sub(_spelled, redact(super().format(record)))


def _spelled(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]


def set_up(folder: Path, *, level: int = logging.INFO) -> Path:
    """Log to a rotating file in `folder`, and warnings to the terminal; returns the file.

    The file is opened at the first line, and a full or missing disk never reaches the caller.
    """
    close()
    # a failed write would print the raw, unredacted record to the terminal
    logging.raiseExceptions = False
    path = folder / LOG_NAME
    handlers: list[logging.Handler] = [
        RotatingFileHandler(
            path, maxBytes=_MAX_LOG_BYTES, backupCount=_OLD_LOGS, encoding="utf-8", delay=True
        )
    ]
    if sys.stderr is not None:
        handlers.append(_terminal())
    for handler in handlers:
        handler.setFormatter(RedactingFormatter(_LINE))
        handler.set_name(f"{LOG_NAME}:{type(handler).__name__}")
        logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(level)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return path


def current_file() -> Path | None:
    """The file that is logged to; None where there is no log."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, RotatingFileHandler) and handler.baseFilename.endswith(LOG_NAME):
            return Path(handler.baseFilename)
    return None


def close() -> None:
    """Stop logging to file and terminal; what other libraries attached stays."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if (handler.get_name() or "").startswith(LOG_NAME):
            root.removeHandler(handler)
            handler.close()


def _terminal() -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    return handler
