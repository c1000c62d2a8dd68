"""Which links can be opened, and whether one's text tells where it leads."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

OPENABLE: Final = ("http://", "https://", "mailto:")

_HOST: Final = re.compile(
    r"(?:[a-z]+://)?(?:[^\s/@]+@)?((?:[\w-]+\.)+[^\W\d_]{2,})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"(?:mailto:)?([^\s@/]+@[\w.-]+\.\w+)", re.IGNORECASE)
_LOOKALIKES: Final = re.compile("[\u0370-\u058f\u13a0-\u13ff]")
"""Greek, Cyrillic, Armenian and Cherokee."""
_AROUND_WORDS: Final = "()[]{}<>«»“”‘’\"'.,;:!?"
_FILE_ENDINGS: Final = frozenset(
    {"cfg", "cpp", "css", "csv", "exe", "html", "ini", "java", "jpg", "js", "json", "jsx", "log"}
    | {"pdf", "php", "png", "svg", "toml", "ts", "tsx", "txt", "wav", "xml", "yaml", "yml"}
)
"""No host ends so, but names of files and of libraries do."""


def hidden_target(shown: str, target: str) -> str:
    """The host or address a link leads to, where its text names another; else empty.

    Also told is the host behind a user name, which may itself look like one, and what a host with
    letters that look like Latin ones is to computers.
    """
    if target.startswith("mailto:"):
        return _hidden_address(shown.strip(), target)
    parts = _split(target)
    if parts is None or not parts.hostname:
        return ""
    host = _bare(parts.hostname)
    if _LOOKALIKES.search(host) and host.rpartition(".")[2].isascii():
        return _as_ascii(host)
    is_told = all(host == named or host.endswith(f".{named}") for named in _hosts(shown))
    return "" if is_told and parts.username is None else host


def _hosts(shown: str) -> Iterator[str]:
    for word in shown.split():
        found = _HOST.fullmatch(word.strip(_AROUND_WORDS))
        if found is not None and found[1].rpartition(".")[2].casefold() not in _FILE_ENDINGS:
            yield _bare(found[1])


def _hidden_address(shown: str, target: str) -> str:
    address = unquote(target.removeprefix("mailto:").partition("?")[0])
    found = _ADDRESS.fullmatch(shown)
    is_told = found is None or found[1].casefold() == address.casefold()
    return "" if is_told else address


def _split(target: str) -> SplitResult | None:
    try:
        return urlsplit(target)
    except ValueError:  # such as an unclosed bracket around an address
        return None


def _as_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # no host at all, and so shown as it is
        return host


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.").rstrip(".")
