"""Finds the help sections that answer a question: BM25 over the articles' sections."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from beatra_desktop.sandbox.chinese import is_chinese
from beatra_desktop.sandbox.terms import terms

K1: Final = 1.4
B: Final = 0.6
TITLE_WEIGHT: Final = 2
HEADING_WEIGHT: Final = 4
STRANGE_PAIR: Final = 0.5
"""What an unknown pair of Chinese characters weighs: mostly it is where two words meet."""
PICTURE: Final = re.compile(r"^!\[.*\]\(.*\)\n+", re.M)


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
        weight = STRANGE_PAIR if not spread and is_chinese(term) else 1.0
        return weight * math.log(1 + (len(self.sections) - spread + 0.5) / (spread + 0.5))


@cache
def help_index(language: str = "") -> Index:
    """Return the index of the bundled help, in English or in `zh_CN`; each is built once."""
    pages = sorted((_help_folder() / language).glob("*.md"))
    articles = [path.read_text("utf-8") for path in pages]
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
