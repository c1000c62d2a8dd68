"""Titles made of what was written: its first words, without signs that mean nothing in a title."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

_ELLIPSIS: Final = "…"
_JOINER: Final = "\u200d"
_SHORTEST_SHARE: Final = 0.5
"""Of a shortened text, the part that must be left for it to end at a blank."""

# Direction overrides and isolates would reach beyond the title; joiners belong to their letters.
# Compiled when first used: few starts make a title.
_INVISIBLE: Final = r"[\x00-\x08\x0e-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ufeff]"
_FENCE: Final = r"(`{3,}|~{3,})"
_LEADING_SIGNS: Final = r"^(?:(?:#{1,6}|[-*+•]|>+|\d{1,3}[.)]|\[[ xX]\])\s+|>|\|)+"
_CLOSING_SIGNS: Final = r"\s+#+$|\s*\|$"
_LINK: Final = r"!?\[([^\]]*)\]\([^)\s]*(?:\s[^)]*)?\)"
_EMPHASIS: Final = r"(?<!\w)(\*\*\*|\*\*|\*|___|__|_|~~)(?=\S)(.+?)(?<=\S)\1(?!\w)"
_CODE: Final = r"(`+)\s?(.+?)\s?\1"
_INNER_SIGNS: Final = r"[\[`*_~]"
_URL: Final = r"https?://(?:www\.)?([^\s/?#]+)([^\s?#]*)(?:[?#]\S*)?"
_WORDLESS: Final = r"[\s\-*_=#>`~|+:.]*"
_DANGLING: Final = " ,;:.،؛、，。；：-–—("
_ENCLOSING: Final = ("Mn", "Mc", "Me")
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_TAGS: Final = range(0xE0020, 0xE0080)
_FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
_KOREAN_PARTS: Final = range(0x1160, 0x1200)
_LINE_CHARACTERS: Final = 400
"""As much of a line as is looked at."""


def first_words(text: str) -> str:
    """The first line that says something, on one line and without Markdown; empty if none does.

    What stands in a code block counts only where nothing stands outside of one.
    """
    lines = re.sub(_INVISIBLE, "", text).split("\n")
    return next(chain(_plain_lines(_outside_code(lines)), _plain_lines(lines)), "")


def without_signs(text: str) -> str:
    """All the lines that say something on one line, without the signs of Markdown."""
    return " ".join(_plain_lines(text.split("\n")))


def one_line(text: str, limit: int) -> str:
    """The text on one line and without what would reach beyond it, at most `limit` characters."""
    return shortened(" ".join(re.sub(_INVISIBLE, "", text).split()), limit)


def numbered(title: str, index: int, *, of: int) -> str:
    """A clip's title, with its number where its task made several; `index` counts from 0."""
    return title if of < 2 else f"{title} {index + 1}"


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words if possible and never within what is seen as
    one character.
    """
    if len(text) <= limit:
        return text
    cut = limit - len(_ELLIPSIS)
    while cut > 1 and _belongs_together(text, cut):
        cut -= 1
    kept = text[:cut]
    whole = kept if text[cut].isspace() else kept.rpartition(" ")[0]
    if len(whole) >= cut * _SHORTEST_SHARE:
        kept = whole
    return kept.rstrip(_DANGLING) + _ELLIPSIS


def _outside_code(lines: list[str]) -> Iterator[str]:
    fence = ""
    for line in lines:
        found = re.match(_FENCE, line.strip())
        if found is None:
            if not fence:
                yield line
        elif not fence:
            fence = found[1]
        elif found[1].startswith(fence):
            fence = ""


def _plain_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not re.match(_FENCE, line.strip()) and (plain := _plain(line[:_LINE_CHARACTERS])):
            yield plain


def _plain(line: str) -> str:
    """The line without the signs of Markdown; empty when there is nothing but signs."""
    if re.fullmatch(_WORDLESS, line):
        return ""
    line = re.sub(_CLOSING_SIGNS, "", re.sub(_LEADING_SIGNS, "", line.strip()))
    if re.search(_INNER_SIGNS, line):  # most lines have none, and looking for pairs takes longer
        line = re.sub(_LINK, r"\1", line)
        line = re.sub(_CODE, r"\2", line)
        line = re.sub(_EMPHASIS, r"\2", re.sub(_EMPHASIS, r"\2", line))
    return " ".join(re.sub(_URL, _short_address, line).split())


def _short_address(found: re.Match[str]) -> str:
    return found[1] + found[2].rstrip("/")


def _belongs_together(text: str, place: int) -> bool:
    """Whether the characters before and at a place are seen as one."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after) in _ENCLOSING or _JOINER in (before, after):
        return True
    code = ord(after)
    if code in _SKIN_TONES or code in _TAGS or code in _KOREAN_PARTS:
        return True
    return code in _FLAG_LETTERS and _flag_letters_before(text, place) % 2 == 1


def _flag_letters_before(text: str, place: int) -> int:
    start = place
    while start > 0 and ord(text[start - 1]) in _FLAG_LETTERS:
        start -= 1
    return place - start
