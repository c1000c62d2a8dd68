"""Words as the search index knows them, and excerpts that show where they were found.

Scripts that are written without spaces are indexed character by character and found as phrases,
so one or two Chinese characters are found as fast as a word, which a trigram index can't do.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from beatra_desktop.domain.titles import without_signs

MARK_START: Final = "\x02"
MARK_END: Final = "\x03"
_MARKS: Final = rf"{MARK_START}\g<0>{MARK_END}"
EXCERPT_CHARACTERS: Final = 160
_LEAD_CHARACTERS: Final = 40
_SHORTEST_PREFIX: Final = 2
"""The shortest beginning of a word the index has lists for; one letter is looked up as a word."""
_UNLISTED: Final = re.compile("[0-9a-z\u0430-\u045f]{6,}")
"""Longer than what the index has lists for, in letters that SQLite indexes as they are."""

_UNSPACED_RANGES: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\uac00-\ud7af"  # Korean, where a word carries endings and is looked for from its middle
)
_UNSPACED: Final = f"[{_UNSPACED_RANGES}]"
"""Compiled when it is first used, which takes 3 ms."""
_ACCENTS: Final = "\u0300-\u036f"
# Without capitals: to look for those of a range takes Python 0.2 ms, for each letter of a query.
_ANY_ACCENTS: Final = f"(?-i:[{_ACCENTS}]*)"
_IN_WORD: Final = rf"(?-i:[\w{_ACCENTS}])"
_COMPOSING: Final = "(?-i:[\u1161-\u11ff\u3099\u309a])"
"""What makes one character out of two in Korean and Japanese."""
_UNWANTED: Final = re.compile(r"[\s\x00-\x1f\x7f]+")
_SEPARATORS: Final = " ·"
"""What the parts of a song's words are joined with."""
_BETWEEN: Final = r"[\W_]+"
_AROUND: Final = re.compile(rf"^{_BETWEEN}|{_BETWEEN}$")


def spaced(text: str) -> str:
    """The text as it is handed to the index."""
    return re.sub(_UNSPACED, r" \g<0> ", text)


def terms(query: str) -> list[str]:
    """The parts of a query that can be looked for; none for punctuation alone."""
    parts = (_AROUND.sub("", part) for part in _UNWANTED.sub(" ", query).split())
    return [part for part in parts if part]


def match_expression(
    found: list[str], words_of: Callable[[str], Sequence[str]] = lambda _: ()
) -> str:
    """An FTS5 expression for texts with all terms; quoted, so no user text can break it.

    `words_of` may know the indexed words with a beginning that the index has no list for.
    """
    return " AND ".join(_alternatives(term, words_of) or _phrase(term) for term in found)


def excerpt(text: str, found: list[str]) -> str:
    """The surroundings of the first place where a term occurs, each place between marks."""
    plain = text if text.isascii() else unicodedata.normalize("NFD", text)
    pattern = _any_of(tuple(found))
    first = pattern.search(plain)
    start = _lead(plain, first.start()) if first else 0
    end = start + EXCERPT_CHARACTERS
    marked = _marked(plain[start:end], pattern).lstrip(_SEPARATORS).strip()
    cut = f"{'…' if start else ''}{marked}{'…' if end < len(plain) else ''}"
    return unicodedata.normalize("NFC", cut)


def _marked(markdown: str, pattern: re.Pattern[str]) -> str:
    """Without the signs of Markdown, unless what was found is only there, as in an address."""
    words = without_signs(markdown)
    if not words.isprintable():
        words = _UNWANTED.sub(" ", words)
    marked, places = pattern.subn(_MARKS, words)
    return marked if places else pattern.sub(_MARKS, _UNWANTED.sub(" ", markdown))


def _lead(text: str, place: int) -> int:
    """Where an excerpt begins that leads to a place: before a word, if there is one."""
    start = max(0, place - _LEAD_CHARACTERS)
    blank = text.find(" ", start, place) if start else -1
    return start if blank < 0 else blank + 1


def _alternatives(term: str, words_of: Callable[[str], Sequence[str]]) -> str:
    """The words that begin like the term, where that is the quicker way to ask."""
    beginning = term.lower()
    words = words_of(beginning) if _UNLISTED.fullmatch(beginning) else ()
    return f"({' OR '.join(map(_quoted, words))})" if words else ""


def _phrase(term: str) -> str:
    words = _quoted(spaced(term).strip())
    is_prefix = len(term) >= _SHORTEST_PREFIX and not re.match(_UNSPACED, term[-1])
    return f"{words}*" if is_prefix else words


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


@lru_cache(maxsize=1)
def _any_of(found: tuple[str, ...]) -> re.Pattern[str]:
    """Kept for the other hits of the same query."""
    alone = [_pattern(term) for term in found if re.match(_UNSPACED, term)]
    at_start = [_pattern(term) for term in found if not re.match(_UNSPACED, term)]
    begun = [rf"(?<!{_IN_WORD})(?:{'|'.join(at_start)})"] if at_start else []
    return re.compile("|".join([*alone, *begun]), re.IGNORECASE)


def _pattern(term: str) -> str:
    """The term, its letters with or without accents."""
    bare = re.sub(f"[{_ACCENTS}]", "", unicodedata.normalize("NFD", term))
    words = (_letters(word) for word in re.split(_BETWEEN, bare))
    return _BETWEEN.join(words) + f"(?!{_COMPOSING})"


def _letters(word: str) -> str:
    return "".join(f"{re.escape(letter)}{_ANY_ACCENTS}" for letter in word)
