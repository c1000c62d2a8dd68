"""The help's topics: the pages the sandbox's guide answers from, to be read and searched.

Ours, so they may hold what an answer may not: pictures, and links from page to page. In English,
and once more in a folder for each other language, under the same names.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from msgspec import Struct

from beatra_desktop.paths import resources
from beatra_desktop.ui import language


class Topic(Struct, frozen=True):
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
        return _are_in(self.markdown, words)

    def is_about(self, words: Sequence[str]) -> bool:
        """Whether all the words are in the title, in any case."""
        return _are_in(self.title, words)


def folder() -> Path:
    return resources() / "help"


def topics() -> tuple[Topic, ...]:
    """In the language in use, in the order in which they are best read."""
    return _read_all(language.current())


def find(search: str) -> list[Topic]:
    """The topics with all the words, those with them in the title first; all for no words."""
    words = search.casefold().split()
    found = [topic for topic in topics() if topic.holds(words)]
    return sorted(found, key=lambda topic: not topic.is_about(words))


def _are_in(text: str, words: Sequence[str]) -> bool:
    folded = text.casefold()
    return all(word in folded or _stands_apart_in(folded, word) for word in words)


def _stands_apart_in(text: str, word: str) -> bool:
    """Chinese has no spaces, so what was typed may be several words; one has two characters."""
    if word.isascii():
        return False
    ends = [0]
    for end in range(2, len(word) + 1):
        if any(end - start > 1 and word[start:end] in text for start in ends):
            ends.append(end)
    return ends[-1] == len(word)


@cache
def _read_all(code: str) -> tuple[Topic, ...]:
    """A page that is missing in a language is there in English."""
    translated = folder() / code
    pages = sorted(folder().glob("*.md"))
    return tuple(_read(own if (own := translated / page.name).exists() else page) for page in pages)


def _read(path: Path) -> Topic:
    markdown = path.read_text("utf-8")
    title = markdown.partition("\n")[0].removeprefix("# ").strip()
    # The guide finds a page's parts by their headings; a reader needs the page's own once only.
    once = markdown.replace(f"# {title}\n\n## {title}\n", f"# {title}\n", 1)
    return Topic(path.name, title, once)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
