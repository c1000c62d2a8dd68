"""One message as a QTextDocument that grows at its end.

Closed blocks are written once; of the rest, the tail, only the range after the last closed block
is replaced. Long texts and code colours are worked off in slices, so that no step holds up the
GUI thread: call `advance` again while `has_work`.
"""

import math
import re
from collections.abc import Sequence
from time import perf_counter
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from beatra_desktop.ui.chat.blocks import Block, Table
from beatra_desktop.ui.chat.code_colours import CodeColours
from beatra_desktop.ui.chat.document_end import DocumentEnd
from beatra_desktop.ui.chat.formats import CODE_PADDING, Property
from beatra_desktop.ui.chat.formulas import FormulaKey
from beatra_desktop.ui.chat.fragments import fragments
from beatra_desktop.ui.chat.markdown import Reader, verbatim_blocks
from beatra_desktop.ui.chat.splitter import Splitter
from beatra_desktop.ui.chat.typesetter import Typesetter

SLICE_CHARACTERS: Final = 6_000
SLICE_LINES: Final = 150
READ_AT_ONCE: Final = 60_000
"""Characters up to which a message that has to be read again does not grow once more to see."""

CELL_REST_SECONDS: Final = 0.002
"""For each cell of a table before it gets more rows: Qt lays out all of it for a new one."""
LONGEST_REST_SECONDS: Final = 0.05
_IS_LAST: Final = int(Property.IS_LAST)
_OTHER_LINE: Final = re.compile(r"\n(?! {0,3}\||\Z)")


class MessageDocument:
    def __init__(self, typesetter: Typesetter, *, is_verbatim: bool = False) -> None:
        self._typesetter = typesetter
        self._is_verbatim = is_verbatim
        self._target = ""
        self._is_final = False
        self._changed_top = 0.0
        self.document = QTextDocument()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(typesetter.look.body)
        self._restart()

    def update(self, text: str, *, is_final: bool) -> None:
        """Show `text`, which usually goes on from the text before; `is_final` closes it."""
        if self._is_verbatim:
            self._show_verbatim(text)
            return
        fed = self._target[: self._fed_to]
        if not text.startswith(fed) or (self._is_finished and text != self._target):
            self._restart()
        self._target, self._is_final = text, is_final
        self.advance()

    @property
    def has_work(self) -> bool:
        return self._is_behind or self._colours.has_work

    def advance(self) -> bool:
        """Do one slice of the work that is left; True when there is more text now."""
        if self._is_behind:
            if self._rests:
                return False
            self._read_slice()
            return True
        self._changed_from(self._colours.advance())
        return False

    def set_width(self, width: float) -> None:
        if self.document.textWidth() != width:
            self.document.setTextWidth(width)

    @property
    def height(self) -> float:
        """With the ground below code at the end, which Qt takes for a margin and leaves out."""
        height = self.document.size().height()
        if self.document.lastBlock().blockFormat().boolProperty(_IS_LAST):
            height += self._typesetter.look.px(CODE_PADDING + 4)
        return height

    def place_of(self, block: QTextBlock) -> QPointF:
        """Where its lines count from, also in a table, whose cells have their own coordinates."""
        return self.document.documentLayout().blockBoundingRect(block).topLeft()

    def take_changed_top(self) -> float:
        """From where on, in pixels, the picture has changed since last asked; infinite if not."""
        top, self._changed_top = self._changed_top, math.inf
        return top

    def formula_ready(self, key: FormulaKey) -> bool:
        """Put the drawing in the place of its source; True when the document has changed."""
        drawing = self._typesetter.drawings.get(key)
        places = self._sources_of(key) if drawing is not None else []
        for cursor in reversed(places):
            cursor.removeSelectedText()
            assert drawing is not None
            self._typesetter.renderer.insert_drawing(cursor, key, drawing)
        if places:
            self._end.tail_altered()
            self._changed_top = 0.0
        return bool(places)

    @property
    def _is_behind(self) -> bool:
        return self._fed_to < len(self._target) or (self._is_final and not self._is_finished)

    @property
    def _rests(self) -> bool:
        """Whether what waits to be read is more rows for a table that was just laid out."""
        if self._is_final or perf_counter() >= self._rests_until:
            return False
        return _OTHER_LINE.search(self._target, self._fed_to - 1) is None

    @property
    def _is_one_slice(self) -> bool:
        text = self._target
        return len(text) <= SLICE_CHARACTERS and text.count("\n") <= SLICE_LINES

    def _restart(self, reader: Reader | None = None) -> None:
        self.document.clear()
        self._changed_top = 0.0
        self._knows_definitions = reader is not None
        self._reader = reader or Reader()
        self._splitter = Splitter(self._reader)
        self._fed_to = 0
        self._rests_until = 0.0
        self._is_finished = False
        self._colours = CodeColours(self.document, self._typesetter)
        self._end = DocumentEnd(self.document, self._typesetter, self._colours)

    def _show_verbatim(self, text: str) -> None:
        if text != self._target or not self._is_finished:
            self._restart()
            self._target, self._fed_to = text, len(text)
            self._is_finished = True
            self._show(verbatim_blocks(text), [])

    def _read_slice(self) -> None:
        if self._fed_to == 0 and self._is_final and self._is_one_slice:
            self._fed_to, self._is_finished = len(self._target), True
            self._show(self._reader.blocks(self._target), [])
            return
        piece = self._target[self._fed_to : self._fed_to + SLICE_CHARACTERS]
        if piece.count("\n") > SLICE_LINES:
            piece = piece[: -len(piece.split("\n", SLICE_LINES)[-1])]
        self._fed_to += len(piece)
        closed = self._splitter.feed(piece)
        if self._fed_to < len(self._target):
            self._show(closed, [])  # the open part will look otherwise in a moment
        elif not self._is_final:
            self._show_open(closed, self._splitter.tail())
        else:
            self._is_finished = True
            closed += self._splitter.finish()
            if self._reader.has_definitions and not self._knows_definitions:
                self._read_again()
            else:
                self._show(closed, [])

    def _read_again(self) -> None:
        """Definitions of links change what was read before them: start again, knowing them."""
        self._restart(self._reader)
        while self._is_behind and len(self._target) <= READ_AT_ONCE:
            self._read_slice()

    def _show_open(self, closed: Sequence[Block], tail: Sequence[Block]) -> None:
        self._show(closed, tail)
        cells = sum(_cells(block) for block in tail if isinstance(block, Table))
        self._rests_until = perf_counter() + min(LONGEST_REST_SECONDS, CELL_REST_SECONDS * cells)

    def _show(self, closed: Sequence[Block], tail: Sequence[Block]) -> None:
        self._changed_from(self._end.show(closed, tail))

    def _changed_from(self, top: float) -> None:
        self._changed_top = min(self._changed_top, top)

    def _sources_of(self, key: FormulaKey) -> list[QTextCursor]:
        """A selection for each place where the formula still stands as text."""
        found: list[QTextCursor] = []
        block = self.document.begin()
        while block.isValid():
            for fragment in fragments(block):
                made = fragment.charFormat()
                if made.property(Property.SOURCE) == key.source and not made.isImageFormat():
                    cursor = QTextCursor(self.document)
                    cursor.setPosition(fragment.position())
                    end = fragment.position() + fragment.length()
                    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                    found.append(cursor)
            block = block.next()
        return found


def _cells(table: Table) -> int:
    return (len(table.rows) + table.is_first) * len(table.header)
