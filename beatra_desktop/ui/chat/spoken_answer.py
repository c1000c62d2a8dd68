"""What of an answer is read aloud, in the order in which it arrives."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from beatra_desktop.ui.chat.blocks import Block, Code, Formula, Spans, Style, Table, Text
from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.sentences import cut, sentences_of
from beatra_desktop.ui.chat.splitter import Splitter


class CodeHeard(Struct, frozen=True):
    lines: int


class TableHeard(Struct, frozen=True):
    """`rows` without the header."""

    rows: int


class FormulaHeard(Struct, frozen=True):
    pass


Heard = str | CodeHeard | TableHeard | FormulaHeard
"""A sentence without signs of Markdown, or that there is something that is not read aloud."""


class SpokenAnswer:
    """Feed the text as it grows, get what can be said; `finish()` gives the rest."""

    def __init__(self) -> None:
        self._splitter = Splitter(Reader())
        self._fed = 0
        self._said = 0
        """How many sentences of the open paragraph were given already."""
        self._lines = 0

    def feed(self, text: str) -> list[Heard]:
        """All of the answer so far; what was given before is not given again."""
        delta, self._fed = text[self._fed :], len(text)
        if not delta:
            return []
        return [*self._closed(self._splitter.feed(delta)), *self._of_open_paragraph()]

    def finish(self) -> list[Heard]:
        return self._closed(self._splitter.finish())

    def _closed(self, blocks: Sequence[Block]) -> list[Heard]:
        heard: list[Heard] = []
        for block in blocks:
            heard += list(self._whole(block))[self._said :]
            self._said = 0
        return heard

    def _of_open_paragraph(self) -> list[Heard]:
        tail = self._splitter.tail()
        if not tail or not isinstance(tail[0], Text):
            return []
        text = _words(tail[0])
        sentences = sentences_of(text) if len(tail) > 1 else cut(text)[0]
        fresh, self._said = sentences[self._said :], max(self._said, len(sentences))
        return list(fresh)

    def _whole(self, block: Block) -> Iterator[Heard]:
        match block:
            case Text():
                yield from sentences_of(_words(block))
            case Code():
                self._lines += len(block.text.split("\n")) - block.is_cut
                if block.is_last:
                    yield CodeHeard(self._taken())
            case Table():
                self._lines += len(block.rows)
                if block.is_last:
                    yield TableHeard(self._taken())
            case Formula():
                yield FormulaHeard()

    def _taken(self) -> int:
        lines, self._lines = self._lines, 0
        return lines


def heard_of(text: str) -> list[Heard]:
    """What is read aloud of a whole answer."""
    answer = SpokenAnswer()
    return [*answer.feed(text), *answer.finish()]


def _words(block: Text) -> str:
    """A numbered item with its number; marks of notes say nothing."""
    marker = block.place.marker
    number = f"{marker} " if marker[:1].isdecimal() else ""
    return number + _plain(block.spans)


def _plain(spans: Spans) -> str:
    return "".join(each.text for each in spans if Style.NOTE_MARK not in each.style)
