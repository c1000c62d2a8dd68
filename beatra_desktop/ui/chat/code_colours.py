"""Colours the code blocks of a document, a slice of lines at a time."""

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QTextCursor, QTextDocument

from beatra_desktop.ui.chat.blocks import Code
from beatra_desktop.ui.chat.highlight import CodeKey, LineRanges
from beatra_desktop.ui.chat.typesetter import Typesetter

SLICE_LINES: Final = 60


@dataclass(slots=True)
class _Job:
    """Lines of code from `start` on that get their colours; `done` of them have them."""

    key: CodeKey
    start: QTextCursor
    done: int = 0


class CodeColours:
    """Told of each code block appended to `document`; colours it once its colours are known."""

    def __init__(self, document: QTextDocument, typesetter: Typesetter) -> None:
        self._document = document
        self._typesetter = typesetter
        self._jobs: deque[_Job] = deque()
        self._open_parts: list[str] = []
        self._open_start: QTextCursor | None = None

    def appended(self, block: Code, end: int) -> None:
        """Colour the lines that end at `end`; once the whole block is there, all of it again."""
        first = self._document.findBlock(end).blockNumber() - block.text.count("\n")
        start = QTextCursor(self._document.findBlockByNumber(first))
        if block.is_first:
            self._open_parts, self._open_start = [], start
        self._open_parts.append(block.text)
        self._want(CodeKey(block.language, block.text), start)
        if block.is_last and not block.is_first and self._open_start is not None:
            self._want(CodeKey(block.language, "\n".join(self._open_parts)), self._open_start)

    @property
    def has_work(self) -> bool:
        return self._known_ranges() is not None

    def advance(self) -> float:
        """Colour some lines; returns the top of the first one in pixels, infinite for none."""
        ranges = self._known_ranges()
        return math.inf if ranges is None else self._colour(self._jobs[0], ranges)

    def _want(self, key: CodeKey, start: QTextCursor) -> None:
        self._typesetter.highlights.get(key)
        self._jobs.append(_Job(key, start))

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
        first = job.start.blockNumber()
        stop = min(len(ranges), job.done + SLICE_LINES, self._document.blockCount() - first)
        for line in range(job.done, stop):
            block = self._document.findBlockByNumber(first + line)
            block.layout().setFormats(self._typesetter.ranges(ranges[line]))
        begin_block = self._document.findBlockByNumber(first + job.done)
        top = self._document.documentLayout().blockBoundingRect(begin_block).top()
        begin = begin_block.position()
        last = self._document.findBlockByNumber(max(first, first + stop - 1))
        self._document.markContentsDirty(begin, last.position() + last.length() - begin)
        job.done = stop
        if stop == len(ranges) or first + stop == self._document.blockCount():
            self._jobs.popleft()
        return top
