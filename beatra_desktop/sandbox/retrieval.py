"""Finds the help sections that answer a question: BM25 over the articles' sections."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

K1: Final = 1.4
B: Final = 0.6
TITLE_WEIGHT: Final = 2
HEADING_WEIGHT: Final = 4
WORD: Final = re.compile(r"[a-z0-9][a-z0-9'’.-]*[a-z0-9]|[a-z0-9]")
PICTURE: Final = re.compile(r"^!\[.*\]\(.*\)\n+", re.M)
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


@dataclass(frozen=True, slots=True)
class Section:
    """One `##` part of an article; `text` is its Markdown without the heading."""

    article: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """`coverage` is the share of the question's weight that the section speaks of, 0-1."""

    section: Section
    score: float
    coverage: float


@dataclass(slots=True)
class Index:
    """Word counts of all sections."""

    sections: Sequence[Section]
    counts: list[Counter[str]] = field(default_factory=list)
    spread: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.counts = [Counter(_weighted_terms(section)) for section in self.sections]
        for count in self.counts:
            self.spread.update(count.keys())

    def search(self, question: str, *, limit: int = 4) -> list[Match]:
        """Return the best sections, best first."""
        asked = set(terms(question))
        matches = [self._match(number, asked) for number in range(len(self.sections))]
        found = [match for match in matches if match.score > 0]
        return sorted(found, key=lambda match: match.score, reverse=True)[:limit]

    def _match(self, number: int, asked: set[str]) -> Match:
        count = self.counts[number]
        average = sum(each.total() for each in self.counts) / len(self.counts)
        stretch = K1 * (1 - B + B * count.total() / average)
        shared = asked & count.keys()
        score = sum(
            self._rarity(term) * count[term] * (K1 + 1) / (count[term] + stretch) for term in shared
        )
        weight = sum(self._rarity(term) for term in asked) or 1.0
        coverage = sum(self._rarity(term) for term in shared) / weight
        return Match(self.sections[number], score, coverage)

    def _rarity(self, term: str) -> float:
        spread = self.spread[term]
        return math.log(1 + (len(self.sections) - spread + 0.5) / (spread + 0.5))


def terms(text: str) -> list[str]:
    """Return the stems of the words that carry meaning."""
    words = WORD.findall(text.lower())
    return [_stem(word) for word in words if word not in STOP_WORDS and not _is_digit(word)]


@cache
def help_index() -> Index:
    """Return the index of the bundled help; it is built once."""
    articles = [path.read_text("utf-8") for path in sorted(_help_folder().glob("*.md"))]
    return Index([part for each in articles for part in read_article(each)])


def _help_folder() -> Path:
    """The help is one for this guide and for the app; installed, or in the checkout."""
    package = Path(__file__).parents[1]
    installed = package / "resources" / "help"
    return installed if installed.is_dir() else package.parent / "resources" / "help"


def read_article(markdown: str) -> list[Section]:
    """Return the sections of an article, without pictures: `# Title`, then `## Heading` parts."""
    head, *parts = re.split(r"^## ", PICTURE.sub("", markdown), flags=re.M)
    article = head.partition("\n")[0].removeprefix("# ").strip()
    split = [part.partition("\n") for part in parts]
    return [Section(article, heading.strip(), text.strip()) for heading, _, text in split]


def _weighted_terms(section: Section) -> Iterable[str]:
    yield from terms(section.text)
    yield from terms(section.article) * TITLE_WEIGHT
    yield from terms(section.heading) * HEADING_WEIGHT


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
