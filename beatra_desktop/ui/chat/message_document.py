"""One message as a QTextDocument that grows at its end.

Closed blocks are written once; of the rest, the tail, only the range after the last closed block
is replaced. Long texts and code colours are worked off in slices, so that no step holds up the
GUI thread: call `advance` again while `has_work`.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtGui import QTextCursor, QTextDocument

from beatra_desktop.ui.chat.blocks import Block, Code, Table, Text
from beatra_desktop.ui.chat.code_colours import CodeColours
from beatra_desktop.ui.chat.formats import CODE_PADDING, Property
from beatra_desktop.ui.chat.formulas import FormulaKey
from beatra_desktop.ui.chat.fragments import fragments
from beatra_desktop.ui.chat.growth import growth
from beatra_desktop.ui.chat.markdown import Reader, verbatim_blocks
from beatra_desktop.ui.chat.splitter import Splitter
from beatra_desktop.ui.chat.typesetter import Typesetter

SLICE_CHARACTERS: Final = 6_000


class MessageDocument:
    def __init__(self, typesetter: Typesetter, *, is_verbatim: bool = False) -> None:
        self._typesetter = typesetter
        self._is_verbatim = is_verbatim
        self._target = ""
        self._is_final = False
        self._shown_tail: list[Block] | None = []
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
        if not text.startswith(self._fed) or (self._is_finished and text != self._target):
            self._restart()
        self._target, self._is_final = text, is_final
        self.advance()

    @property
    def has_work(self) -> bool:
        return self._is_behind or self._colours.has_work

    def advance(self) -> None:
        """Do one slice of the work that is left."""
        if self._is_behind:
            self._read_slice()
        else:
            self._changed_from(self._colours.advance())

    def set_width(self, width: float) -> None:
        if self.document.textWidth() != width:
            self.document.setTextWidth(width)

    @property
    def height(self) -> float:
        """With the ground below code at the end, which Qt takes for a margin and leaves out."""
        ending = self.document.lastBlock().blockFormat()
        below = CODE_PADDING + 4 if ending.boolProperty(Property.IS_LAST) else 0.0
        return self.document.size().height() + self._typesetter.look.px(below)

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
            self._shown_tail = None
            self._changed_top = 0.0
        return bool(places)

    @property
    def _is_behind(self) -> bool:
        return len(self._fed) < len(self._target) or (self._is_final and not self._is_finished)

    def _restart(self) -> None:
        self.document.clear()
        self._changed_top = 0.0
        self._reader = Reader()
        self._splitter = Splitter(self._reader)
        self._fed = ""
        self._is_finished = False
        self._shown_tail = []
        self._colours = CodeColours(self.document, self._typesetter)
        self._mark = QTextCursor(self.document)
        self._mark.setKeepPositionOnInsert(True)
        self._mark_format = self._mark.blockFormat()
        self._is_fresh = True

    def _show_verbatim(self, text: str) -> None:
        if text != self._target or not self._is_finished:
            self._restart()
            self._target = self._fed = text
            self._is_finished = True
            self._replace_tail(verbatim_blocks(text), [])

    def _read_slice(self) -> None:
        piece = self._target[len(self._fed) : len(self._fed) + SLICE_CHARACTERS]
        self._fed += piece
        closed = self._splitter.feed(piece)
        tail: list[Block] = []
        if self._is_final and len(self._fed) == len(self._target):
            self._is_finished = True
            closed += self._splitter.finish()
            if self._reader.has_definitions:
                closed = self._read_again()
        else:
            tail = self._splitter.tail()
        if closed or tail != self._shown_tail:
            self._replace_tail(closed, tail)

    def _read_again(self) -> list[Block]:
        """Definitions of links change what was read before them: start from the whole text."""
        text = self._target
        self._restart()
        self._fed, self._is_finished = text, True
        return self._reader.blocks(text)

    def _replace_tail(self, closed: Sequence[Block], tail: list[Block]) -> None:
        if not closed and self._extend_tail(tail):
            return
        self._changed_from(self._top_of(self._mark))
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._remove_tail(cursor)
        for block in closed:
            self._append_closed(cursor, block)
        self._mark.setPosition(cursor.position())
        self._mark_format = cursor.blockFormat()
        self._typesetter.renderer.append(cursor, tail, is_fresh=self._is_fresh)
        cursor.endEditBlock()
        self._shown_tail = tail

    def _remove_tail(self, cursor: QTextCursor) -> None:
        cursor.setPosition(self._mark.position())
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        if cursor.hasSelection() or self._is_fresh:
            cursor.removeSelectedText()
            # joining two blocks keeps the format of the second one when the first is empty
            if cursor.blockFormat() != self._mark_format:
                cursor.setBlockFormat(self._mark_format)

    def _append_closed(self, cursor: QTextCursor, block: Block) -> None:
        renderer = self._typesetter.renderer
        self._is_fresh = renderer.append(cursor, [block], is_fresh=self._is_fresh)
        if isinstance(block, Code) and block.language:
            self._colours.appended(block)

    def _extend_tail(self, tail: list[Block]) -> bool:
        """Append to the last block of the tail if that is all that changed."""
        shown = self._shown_tail
        if not shown or len(shown) != len(tail) or shown[:-1] != tail[:-1]:
            return False
        before, after = shown[-1], tail[-1]
        if isinstance(before, Table) and isinstance(after, Table):
            is_done = self._extend_table(before, after)
        else:
            is_done = self._extend_text(before, after)
        if is_done:
            self._shown_tail = tail
        return is_done

    def _extend_text(self, before: Block, after: Block) -> bool:
        change = growth(before, after)
        if change is None:
            return False
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setPosition(cursor.position() - change.removed, QTextCursor.MoveMode.KeepAnchor)
        self._changed_from(self._line_top(cursor))
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if isinstance(after, Text):
            self._typesetter.renderer.insert_text(cursor, after, change.added)
        else:
            code_char = self._typesetter.sheet.code_char()
            cursor.insertText("".join(span.text for span in change.added), code_char)
        cursor.endEditBlock()
        return True

    def _extend_table(self, before: Table, after: Table) -> bool:
        shown = len(before.rows)
        table = QTextCursor(self.document.lastBlock().previous()).currentTable()
        if table is None or replace(after, rows=after.rows[:shown]) != before:
            return False
        self._changed_from(self._top_of(self._mark))
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._typesetter.renderer.append_rows(table, after, shown=shown)
        cursor.endEditBlock()
        return True

    def _changed_from(self, top: float) -> None:
        self._changed_top = min(self._changed_top, top)

    def _top_of(self, cursor: QTextCursor) -> float:
        return self.document.documentLayout().blockBoundingRect(cursor.block()).top()

    @staticmethod
    def _line_top(cursor: QTextCursor) -> float:
        """The top of the line before the cursor's; a shorter word may move up there."""
        layout = cursor.block().layout()
        line = layout.lineForTextPosition(max(0, cursor.positionInBlock()))
        above = layout.lineAt(max(0, line.lineNumber() - 1)) if line.isValid() else line
        return layout.position().y() + (above.y() if above.isValid() else 0.0)

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
