"""Reads the plainest lines of an answer, which most of them are, without the parser.

Paragraphs, headings and items that hold words, bold or slanted ones and code are read ten times
as quickly by one expression. What the parser might read otherwise is left to it.
"""

import re
from functools import cache
from typing import Final

from beatra_desktop.ui.chat.blocks import ITEM, TOP, Place, Span, Spans, Style, Text, joined
from beatra_desktop.ui.chat.flatten import BULLETS

LONGEST: Final = 2_000
"""Characters from which on a text is the parser's."""
_LETTERS: Final = "a-zA-Z\u00c0-\u024f\u0370-\u167f\u1681-\u1fff\u3041-\ud7ff"
_PLAIN: Final = rf"[{_LETTERS}0-9 ,.;?!'()\"%\u2013\u2014\u2018\u2019\u201c\u201d\u2026-]"
_WORDS: Final = rf"[{_LETTERS}0-9](?:{_PLAIN}*[{_LETTERS}0-9])?"
_MARKED: Final = rf"(?P<stars>\*\*?){_WORDS}(?P=stars)(?!\*)"
_CODE: Final = r"`[^`\s](?:[^`\n]*[^`\s])?`(?!`)"
_PIECE: Final = re.compile(
    r"\*\*(?P<bold>[^*]+)\*\*|\*(?P<slanted>[^*]+)\*|`(?P<code>[^`]+)`|(?P<words>[^*`]+)"
)
"""In a text that `_line` knows."""
_STYLES: Final = {"bold": Style.BOLD, "slanted": Style.ITALIC, "code": Style.CODE}
_WORDS_ONLY, _HEADING, _ITEM = "words", "heading", "item"
_BULLET: Final = Place(ITEM, BULLETS[0])

Part = tuple[int, Text]
"""A block and the number of the line it begins on."""


def read_plain(text: str) -> list[Part] | None:
    """The blocks of `text`, or None if there may be more to it."""
    if len(text) > LONGEST:
        return None
    parts: list[Part] = []
    above = ""
    for number, line in enumerate(text.split("\n")):
        shown = line.rstrip(" ")
        match = _line().fullmatch(shown)
        kind = _kind(match) if match is not None else ""
        if shown and (match is None or (kind, above) == (_WORDS_ONLY, _ITEM)):
            return None  # words below an item belong to it
        if match is not None:
            if kind == above == _WORDS_ONLY:
                parts[-1] = (parts[-1][0], _with_line(parts[-1][1], match))
            else:
                parts.append((number, _block(match)))
        above = kind
    return parts


@cache
def _line() -> re.Pattern[str]:
    """Compiled with the first words that arrive: a set of so many letters takes 2 ms each time."""
    return re.compile(
        rf"(?P<sign>[-*+] |\#{{1,6}} )?(?=[{_LETTERS}*`])"
        rf"(?P<text>(?:{_PLAIN}++|:(?!/)|{_MARKED}|{_CODE})*)"
    )


def _kind(line: re.Match[str]) -> str:
    sign = line["sign"]
    if sign is None:
        return _WORDS_ONLY
    return _HEADING if sign[0] == "#" else _ITEM


def _block(line: re.Match[str]) -> Text:
    kind, spans = _kind(line), _spans(line["text"])
    if kind == _ITEM:
        return Text(_BULLET, spans)
    return Text(TOP, spans, len(line["sign"]) - 1 if kind == _HEADING else 0)


def _with_line(block: Text, line: re.Match[str]) -> Text:
    return Text(TOP, joined(joined(block.spans, (Span("\u2028"),)), _spans(line["text"])))


def _spans(text: str) -> Spans:
    return tuple(map(_span, _PIECE.finditer(text)))


def _span(match: re.Match[str]) -> Span:
    kind = match.lastgroup or ""
    return Span(match[kind], _STYLES.get(kind, Style.PLAIN))
