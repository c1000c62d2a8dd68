"""The words of a text that carry meaning, as the search counts them."""

import re
from typing import Final

from beatra_desktop.sandbox.chinese import pairs

WORD: Final = re.compile(r"[a-z0-9][a-z0-9'’.-]*[a-z0-9]|[a-z0-9]")
STOP_WORDS: Final = frozenset(
    """
    a about an and are as at be been but by can could did do does explain for from get give
    had has have how i i'm if in into is it it's its just know let like made make many may me
    much my need no not of on or our out please s say shall should show so some tell than that
    the their them then there these they this to too up us use used using want was we were
    what what's whats when where which who whose why will with would you your
    """.split()  # noqa: SIM905 - sixty quoted words would be hard to read
)
SYNONYMS: Final = {
    "song": "music",
    "track": "music",
    "tune": "music",
    "cost": "price",
    "pay": "price",
    "charge": "price",
    "paid": "price",
    "expensive": "price",
    "credit": "price",
    "token": "key",
    "password": "key",
    "login": "key",
    "account": "profile",
    "fail": "error",
    "failure": "error",
    "broken": "error",
    "problem": "error",
    "hotkey": "shortcut",
    "download": "save",
    "folder": "save",
    "file": "upload",
    "attach": "upload",
    "big": "larg",
    "private": "privacy",
    "secret": "privacy",
    "safe": "privacy",
    "job": "task",
    "wait": "queue",
    "slow": "queue",
    "duplicate": "twice",
    "double": "twice",
    "idempotent": "idempotency",
    "conversation": "chat",
    "find": "search",
    "recover": "restore",
    "undelete": "restore",
    "bin": "trash",
    "verse": "lyric",
    "chorus": "lyric",
    "text": "lyric",
    "real": "live",
    "production": "live",
}


def terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning, of Chinese those in pairs of characters."""
    words = WORD.findall(text.lower())
    stems = [_stem(word) for word in words if word not in STOP_WORDS and not _is_digit(word)]
    return [*stems, *pairs(text)]


def _is_digit(word: str) -> bool:
    return len(word) == 1 and word.isdecimal()


def _stem(word: str) -> str:
    word = word.replace("’", "'").removesuffix("'s")
    word = SYNONYMS.get(word, word)
    for suffix in ("ies", "ing", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 3 and not word.endswith("ss"):
            word = word.removesuffix(suffix) + ("y" if suffix == "ies" else "")
            break
    word = word.removesuffix("e") if len(word) > 4 else word
    return SYNONYMS.get(word, word)
