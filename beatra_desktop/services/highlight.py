"""Colours for code: Pygments' tokens as ranges per line."""

import re
import time
from functools import cache, lru_cache
from typing import Any, Final

from msgspec import Struct

_MAX_CHARACTERS: Final = 200_000
_LONG_BLANK: Final = re.compile(r"\s{500}")
"""Lexers look for ever for what may follow it, in one step that holds the interpreter."""
MAX_SECONDS: Final = 1.0
"""Of the thread. Some lexers look through all that follows at each word of what is no code."""

LIGHT: Final = {
    "keyword": "#8a2fb8",
    "string": "#1d7a3e",
    "comment": "#676f79",
    "number": "#a64d05",
    "function": "#1559b3",
    "type": "#8c5606",
    "name": "#a8324f",
}
DARK: Final = {
    "keyword": "#c792ea",
    "string": "#9bd39a",
    "comment": "#7f8a99",
    "number": "#f0a66b",
    "function": "#82b1ff",
    "type": "#f2cc72",
    "name": "#f28ba0",
}
HIGH_LIGHT: Final = {
    "keyword": "#5d1a80",
    "string": "#0f5428",
    "comment": "#474d55",
    "number": "#713402",
    "function": "#0b3f85",
    "type": "#5e3a00",
    "name": "#7a1f36",
}
HIGH_DARK: Final = {**DARK, "comment": "#a9b3c0"}

_KINDS: Final = (
    ("Token.Keyword.Type", "type"),
    ("Token.Keyword", "keyword"),
    ("Token.Operator.Word", "keyword"),
    ("Token.Literal.String", "string"),
    ("Token.Literal.Number", "number"),
    ("Token.Comment", "comment"),
    ("Token.Name.Function", "function"),
    ("Token.Name.Class", "type"),
    ("Token.Name.Builtin", "type"),
    ("Token.Name.Decorator", "name"),
    ("Token.Name.Tag", "name"),
    ("Token.Name.Attribute", "function"),
    ("Token.Generic.Deleted", "name"),
    ("Token.Generic.Inserted", "string"),
)


class CodeKey(Struct, frozen=True):
    language: str
    text: str


class Range(Struct, frozen=True):
    """Characters of one line, counted as Qt counts them (UTF-16)."""

    start: int
    length: int
    kind: str


LineColours = tuple[Range, ...]
LineRanges = tuple[LineColours, ...]


def highlight(key: CodeKey) -> LineRanges:
    """Ranges for each line; raises `ClassNotFound` for a language nobody knows.

    The lines behind `MAX_SECONDS`, `_MAX_CHARACTERS` or a very long blank stay plain.
    """
    lexer = _lexer(key.language)
    lines: list[list[Range]] = [[]]
    column = 0
    until = time.thread_time() + MAX_SECONDS
    for kind, text in lexer.get_tokens(_readable(key.text)):
        name = _kind(str(kind))
        for index, part in enumerate(text.split("\n")):
            if index:
                lines.append([])
                column = 0
            length = len(part) + sum(character > "\uffff" for character in part)
            if name and length:
                _add(lines[-1], Range(column, length, name))
            column += length
        if time.thread_time() > until:
            break
    return tuple(tuple(line) for line in lines)


def _readable(text: str) -> str:
    blank = _LONG_BLANK.search(text, 0, _MAX_CHARACTERS)
    return text[: _MAX_CHARACTERS if blank is None else blank.start()]


@lru_cache(maxsize=20)
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name  # 30 ms: only when code appears

    return get_lexer_by_name(language, stripnl=False, ensurenl=False)


def _add(line: list[Range], more: Range) -> None:
    last = line[-1] if line else None
    if last is not None and (last.start + last.length, last.kind) == (more.start, more.kind):
        line[-1] = Range(last.start, last.length + more.length, more.kind)
    else:
        line.append(more)


@cache
def _kind(token: str) -> str:
    return next((kind for prefix, kind in _KINDS if token.startswith(prefix)), "")
