"""Colours the code blocks of a document, a slice of lines at a time."""

import math
from collections import deque
from collections.abc import Sequence
from time import perf_counter
from typing import Final

from msgspec import Struct, field
from PySide6.QtCore import QTimer
from PySide6.QtGui import QTextCursor, QTextDocument

from beatra_desktop.services.highlight import CodeKey, LineColours, LineRanges
from beatra_desktop.ui.chat.blocks import Code
from beatra_desktop.ui.chat.typesetter import Typesetter

SLICE_LINES: Final = 60
REST_SECONDS: Final = 0.15
"""Between two requests for lines of code that is still arriving: at its end it is read whole."""


class _Listing(Struct):
    """A block of code from `start` on: its text so far, and the colours its lines have.

    Nobody has asked yet for the colours of `fresh`, which begins at the line `asked`.
    """

    language: str
    start: QTextCursor
    parts: list[str] = field(default_factory=list)
    fresh: list[str] = field(default_factory=list)
    asked: int = 0
    given: dict[int, LineColours] = field(default_factory=dict)


class _Job(Struct):
    """Lines of a listing from `first` on that get their colours; `done` of them have them."""

    key: CodeKey
    listing: _Listing
    first: int
    done: int = 0


class CodeColours:
    """Told of each code block appended to `document`; colours it once its colours are known."""

    def __init__(self, document: QTextDocument, typesetter: Typesetter) -> None:
        self._document = document
        self._typesetter = typesetter
        self._jobs: deque[_Job] = deque()
        self._listing: _Listing | None = None
        self._asked_at = 0.0
        self._will_ask = False

    def appended(self, block: Code, end: int) -> None:
        """Colour the lines that end at `end`; once the whole block is there, all of it again."""
        if block.is_first or self._listing is None:
            first = self._document.findBlock(end).blockNumber() - block.text.count("\n")
            start = QTextCursor(self._document.findBlockByNumber(first))
            self._listing = _Listing(block.language, start)
        listing = self._listing
        listing.parts.append(block.text)
        listing.fresh.append(block.text)
        if block.is_last:
            listing.fresh.clear()
            self._want(listing, listing.parts, 0)
        elif not self._will_ask:
            self._ask_soon()

    def _ask_soon(self) -> None:
        rest = self._asked_at + REST_SECONDS - perf_counter()
        if rest <= 0:
            self._ask()
        else:
            self._will_ask = True
            QTimer.singleShot(math.ceil(rest * 1000), self._document, self._ask)

    def _ask(self) -> None:
        self._will_ask = False
        listing = self._listing
        if listing is not None and listing.fresh:
            self._want(listing, listing.fresh, listing.asked)
            listing.asked += sum(part.count("\n") + 1 for part in listing.fresh)
            listing.fresh.clear()

    @property
    def has_work(self) -> bool:
        return self._known_ranges() is not None

    def advance(self) -> float:
        """Colour some lines; returns the top of the first one in pixels, infinite for none."""
        ranges = self._known_ranges()
        return math.inf if ranges is None else self._colour(self._jobs[0], ranges)

    def _want(self, listing: _Listing, parts: Sequence[str], first: int) -> None:
        self._asked_at = perf_counter()
        key = CodeKey(listing.language, "\n".join(parts))
        self._typesetter.highlights.get(key)
        self._jobs.append(_Job(key, listing, first))

    def _known_ranges(self) -> LineRanges | None:
        """What the first job needs; a job whose language nobody knows is dropped."""
        cache = self._typesetter.highlights
        while self._jobs:
            ranges = cache.get(self._jobs[0].key)
            if ranges is not None or cache.is_pending(self._jobs[0].key):
                return ranges
            self._jobs.popleft()
        return None

    def _colour(self, job: _Job, ranges: LineRanges) -> float:
        first = job.listing.start.blockNumber() + job.first
        stop = min(len(ranges), job.done + SLICE_LINES, self._document.blockCount() - first)
        changed = [
            first + line
            for line in range(job.done, stop)
            if self._give(job, line, ranges[line], number=first + line)
        ]
        job.done = stop
        if stop == len(ranges) or first + stop == self._document.blockCount():
            self._jobs.popleft()
        return self._mark_changed(changed[0], changed[-1]) if changed else math.inf

    def _give(self, job: _Job, line: int, colours: LineColours, *, number: int) -> bool:
        """Colour a line; False when it has these colours."""
        given, place = job.listing.given, job.first + line
        if given.get(place, ()) == colours:
            return False
        given[place] = colours
        block = self._document.findBlockByNumber(number)
        block.layout().setFormats(self._typesetter.ranges(colours))
        return True

    def _mark_changed(self, first: int, last: int) -> float:
        begin, end = (self._document.findBlockByNumber(number) for number in (first, last))
        length = end.position() + end.length() - begin.position()
        self._document.markContentsDirty(begin.position(), length)
        return self._document.documentLayout().blockBoundingRect(begin).top()
