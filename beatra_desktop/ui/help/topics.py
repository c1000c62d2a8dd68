"""The help's topics: the pages the sandbox's guide answers from, to be read and searched.

Ours and in English, so they may hold what an answer may not: pictures, and links from page to page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt

from beatra_desktop.paths import resources


@dataclass(frozen=True, slots=True)
class Topic:
    """`name` is the name of its file, which links use."""

    name: str
    title: str
    markdown: str

    @property
    def html(self) -> str:
        """Without a style; pictures and links are relative to `folder()`."""
        return str(_parser().render(self.markdown))

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all the words are on the page, in any case."""
        text = self.markdown.casefold()
        return all(word in text for word in words)


def folder() -> Path:
    return resources() / "help"


@cache
def topics() -> tuple[Topic, ...]:
    """In the order in which they are best read."""
    return tuple(_read(path) for path in sorted(folder().glob("*.md")))


def find(search: str) -> list[Topic]:
    """The topics with all the words, those with them in the title first; all for no words."""
    words = search.casefold().split()
    found = [topic for topic in topics() if topic.holds(words)]
    return sorted(found, key=lambda topic: not all(w in topic.title.casefold() for w in words))


def _read(path: Path) -> Topic:
    markdown = path.read_text("utf-8")
    title = markdown.partition("\n")[0].removeprefix("# ").strip()
    return Topic(path.name, title, markdown)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
