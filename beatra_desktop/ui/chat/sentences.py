"""Where sentences end in text that may still be arriving, in the scripts of most languages."""

import re
from typing import Final

_END: Final = re.compile(
    r"[.!?…؟۔।॥]++[\"'”’»)\]]*+(?=\s)"  # what comes next tells whether it is one
    r"|[。！？｡]++[”’」』）】》\"']*+(?=.)"  # these stand without a blank
    r"|\u2028"
)
_STAND_ALONE: Final = "。！？｡\u2028"
_LAST_WORD: Final = re.compile(r"[\w.'’]+\Z")
_BREAK: Final = re.compile(r"[,;:、，；：—]\s*|\s+")  # full-width ones too
LONGEST: Final = 400
"""Characters after which a sentence without an end is cut at a comma or a blank."""
_ABBREVIATION: Final = re.compile(
    r"mr|mrs|ms|dr|prof|st|sr|jr|rev|hon|gen|col|capt|lt|sgt|sen|rep|inc|ltd|co|corp|dept|est"
    r"|vs|cf|al|approx|ca|fig|vol|pp?|eds?|mt|ave|blvd|vgl|bzw|mme|mlle|av|sra|dra"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)


def cut(text: str) -> tuple[list[str], str]:
    """The sentences that have ended, and what may still go on."""
    sentences, start = [], 0
    for match in _END.finditer(text):
        if _is_end(text, start, match):
            sentences.append(text[start : match.end()])
            start = match.end()
    while len(text) - start > LONGEST:
        end = _break_before(text, start, start + LONGEST)
        sentences.append(text[start:end])
        start = end
    return [said for each in sentences if (said := each.strip())], text[start:]


def sentences_of(text: str) -> list[str]:
    """All sentences of text that goes on no more."""
    ended, rest = cut(text)
    return [*ended, rest.strip()] if rest.strip() else ended


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    sign = match.group()
    if sign[0] in _STAND_ALONE:
        return True
    following = text[match.end() :].lstrip()
    if not following or following[0].islower():
        return False  # the next word is still to come, or goes on with this sentence
    word = _LAST_WORD.search(text, start, match.start())
    if sign[0] != "." or word is None:
        return True
    return not _is_short_form(word.group(), is_first=word.start() == start)


def _is_short_form(word: str, *, is_first: bool) -> bool:
    """Whether a full stop belongs to the word: e.g., Dr., J. R. R., and 1. at the beginning."""
    is_initial = len(word) == 1 and word.isalpha() and word != "I"
    is_number = is_first and word.isdecimal()
    return is_initial or is_number or "." in word or bool(_ABBREVIATION.fullmatch(word))


def _break_before(text: str, start: int, end: int) -> int:
    breaks = [match.end() for match in _BREAK.finditer(text, start, end)]
    return breaks[-1] if breaks else end
