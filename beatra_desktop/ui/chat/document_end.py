"""The end of a document, where blocks are appended and those still open grow.

Of what is on show only what differs is touched: a block that is closed as it stands costs
nothing, one that became longer gets the difference, and only what reads otherwise is replaced.
"""

import math
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.blocks import (
    Block,
    Code,
    Spans,
    Table,
    Text,
    begins_right_to_left,
    has_code,
)
from beatra_desktop.ui.chat.code_colours import CodeColours
from beatra_desktop.ui.chat.growth import code_run, common, text_growth, units
from beatra_desktop.ui.chat.typesetter import Typesetter


class _Edge(Struct, frozen=True):
    """The end of a block on show; `is_fresh` says that an empty block waits there."""

    position: int
    is_fresh: bool
    made: QTextBlockFormat


class DocumentEnd:
    """Told of the blocks that are closed and of the open ones that follow them, the tail."""

    def __init__(
        self, document: QTextDocument, typesetter: Typesetter, colours: CodeColours
    ) -> None:
        self._document = document
        self._typesetter = typesetter
        self._colours = colours
        self._mark = QTextCursor(document)
        self._mark.setKeepPositionOnInsert(True)
        self._mark_format = self._mark.blockFormat()
        self._is_fresh = True
        self._shown: list[Block] = []
        self._edges: list[_Edge] = []
        self._is_altered = False
        self._growing = QTextCursor(document)
        self._top = math.inf
        self._columns: list[tuple[QTextBlock, QRectF]] = []
        self._below_columns = math.inf

    def show(self, closed: Sequence[Block], tail: Sequence[Block]) -> float:
        """Show these after what was closed before; returns the top of the change in pixels."""
        blocks = [*closed, *tail]
        self._top, self._columns = math.inf, []
        kept = 0 if self._is_altered else common(self._shown, blocks)
        if self._is_altered or (kept, kept) != (len(self._shown), len(blocks)):
            self._change(kept, blocks)
        self._close(closed)
        self._shown = list(tail)
        return self._top

    def tail_altered(self) -> None:
        """The document has been changed from outside: what is on show has to be made anew."""
        self._is_altered = True

    def _change(self, kept: int, blocks: Sequence[Block]) -> None:
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        kept += self._extend(cursor, kept, blocks[kept:])
        if math.isinf(self._top):
            # the caret goes away from where the end was
            self._top = min(self._end_top(), self._top_below(self._edge_before(kept)))
        if self._is_altered or kept < len(self._edges):
            self._remove_from(cursor, kept)
        self._append(cursor, blocks[kept:])
        cursor.endEditBlock()
        self._keep_shaped()
        if self._columns and all(self._rect(block) == rect for block, rect in self._columns):
            self._top = self._below_columns

    def _keep_shaped(self) -> None:
        """Let Qt keep the glyphs of the block that grows, which it would make anew for each use."""
        last = self._document.lastBlock()
        if last != self._growing.block():
            self._growing.block().layout().setCacheEnabled(False)
            self._growing.setPosition(last.position())
        last.layout().setCacheEnabled(True)

    def _close(self, closed: Sequence[Block]) -> None:
        for block, edge in zip(closed, self._edges, strict=False):
            if isinstance(block, Code) and block.language:
                self._colours.appended(block, edge.position)
        if closed:
            edge = self._edges[len(closed) - 1]
            self._mark.setPosition(edge.position)
            self._is_fresh, self._mark_format = edge.is_fresh, edge.made
            del self._edges[: len(closed)]

    def _edge_before(self, index: int) -> _Edge:
        """Where the block of this index begins."""
        if index:
            return self._edges[index - 1]
        return _Edge(self._mark.position(), self._is_fresh, self._mark_format)

    def _top_below(self, edge: _Edge) -> float:
        rect = self._rect(self._document.findBlock(edge.position))
        return rect.top() if edge.is_fresh else rect.bottom()

    def _end_top(self) -> float:
        """The top of the caret at the end, which reaches above a line that is lower than text."""
        cursor = QTextCursor(self._document)
        self._go_to_end(cursor)
        return _line_top(cursor) - self._typesetter.look.em

    def _go_to_end(self, cursor: QTextCursor) -> None:
        cursor.setPosition(self._document.characterCount() - 1)

    def _rect(self, block: QTextBlock) -> QRectF:
        return self._document.documentLayout().blockBoundingRect(block)

    def _remove_from(self, cursor: QTextCursor, kept: int) -> None:
        edge = self._edge_before(kept)
        cursor.setPosition(edge.position)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        # joining two blocks keeps the format of the second one when the first is empty
        if cursor.blockFormat() != edge.made:
            cursor.setBlockFormat(edge.made)
        del self._edges[kept:]
        self._is_altered = False

    def _append(self, cursor: QTextCursor, blocks: Sequence[Block]) -> None:
        renderer = self._typesetter.renderer
        if not blocks:
            return
        is_fresh = self._edge_before(len(self._edges)).is_fresh
        self._go_to_end(cursor)
        for block in blocks:
            is_fresh = renderer.append(cursor, [block], is_fresh=is_fresh)
            self._edges.append(_Edge(cursor.position(), is_fresh, cursor.blockFormat()))

    def _extend(self, cursor: QTextCursor, kept: int, blocks: Sequence[Block]) -> int:
        """Let the last block on show grow if it can; returns how many of `blocks` it covers."""
        if self._is_altered or kept != len(self._shown) - 1 or not blocks:
            return 0
        before, after = self._shown[kept], blocks[0]
        if isinstance(before, Text) and isinstance(after, Text):
            return self._extend_text(cursor, before, after)
        if isinstance(before, Code) and isinstance(after, Code):
            return self._extend_code(cursor, before, blocks)
        if isinstance(before, Table) and isinstance(after, Table):
            return self._extend_table(cursor, before, after)
        return 0

    def _extend_text(self, cursor: QTextCursor, before: Text, after: Text) -> int:
        change = text_growth(before, after)
        if change is None:
            return 0
        edge, renderer = self._edges[-1], self._typesetter.renderer
        cursor.setPosition(edge.position)
        if change.removed:
            kept = edge.position - change.removed
            cursor.setPosition(kept, QTextCursor.MoveMode.KeepAnchor)
        self._top = _line_top(cursor)
        if change.removed:
            cursor.removeSelectedText()
        made = edge.made
        if _stands_otherwise(before.spans, after.spans):
            made = renderer.text_format(after)
            cursor.setBlockFormat(made)
            self._top = min(self._top, _block_top(cursor))
        renderer.insert_text(cursor, after, change.added)
        self._edges[-1] = _Edge(cursor.position(), is_fresh=False, made=made)
        return 1

    def _extend_code(self, cursor: QTextCursor, before: Code, blocks: Sequence[Block]) -> int:
        parts = code_run(blocks)
        whole = replace(parts[0], text="\n".join(part.text for part in parts), is_last=True)
        if not parts[-1].is_last or replace(whole, text=before.text) != before:
            return 0
        if not before.text or not whole.text.startswith(before.text):
            return 0
        self._go_to_end(cursor)
        self._top = _block_top(cursor)
        self._typesetter.renderer.extend_code(cursor, before, whole.text[len(before.text) :])
        self._edges[-1:] = self._code_edges(cursor.position(), parts)
        return len(parts)

    def _code_edges(self, end: int, parts: Sequence[Code]) -> list[_Edge]:
        """The ends of the parts of which the last one ends at `end`."""
        edges: list[_Edge] = []
        for part in reversed(parts):
            made = self._document.findBlock(end).blockFormat()
            edges.insert(0, _Edge(end, is_fresh=False, made=made))
            end -= units(part.text) + 1
        return edges

    def _extend_table(self, cursor: QTextCursor, before: Table, after: Table) -> int:
        shown = len(before.rows)
        table = QTextCursor(self._document.lastBlock().previous()).currentTable()
        like = replace(after, rows=after.rows[:shown], widths=before.widths, is_last=before.is_last)
        if table is None or like != before:
            return 0
        self._top = self._top_below(self._edge_before(len(self._edges) - 1))
        cells = [table.cellAt(0, column) for column in range(table.columns())]
        blocks = [cell.firstCursorPosition().block() for cell in cells]
        self._columns = [(block, self._rect(block)) for block in blocks]
        self._below_columns = self._end_top()
        renderer = self._typesetter.renderer
        if (before.widths, before.is_last) != (after.widths, after.is_last):
            table.setFormat(renderer.sheet.table(after))
        if len(after.rows) > shown:
            renderer.append_rows(table, after, shown=shown)
        self._go_to_end(cursor)
        self._edges[-1] = _Edge(cursor.position(), is_fresh=True, made=cursor.blockFormat())
        return 1


def _block_top(cursor: QTextCursor) -> float:
    return cursor.block().layout().position().y()


def _line_top(cursor: QTextCursor) -> float:
    """The top of the cursor's line, or of the one above if a shorter word may move up there."""
    block, place = cursor.block(), cursor.positionInBlock()
    layout = block.layout()
    top, line = layout.position().y(), layout.lineForTextPosition(max(0, place))
    if not line.isValid():
        return top
    number = line.lineNumber()
    if number and " " not in block.text()[line.textStart() : place].rstrip(" "):
        line = layout.lineAt(number - 1)
    return top + line.y()


def _stands_otherwise(before: Spans, after: Spans) -> bool:
    """Whether what was added gives the block another height of lines, or another side."""
    return has_code(before) != has_code(after) or (
        begins_right_to_left(before) != begins_right_to_left(after)
    )
