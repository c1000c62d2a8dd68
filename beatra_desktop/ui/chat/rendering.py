"""Blocks into a QTextDocument, appended at its end."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextTable,
)

from beatra_desktop.ui.chat.blocks import (
    NOTE,
    TOP,
    Block,
    Code,
    Formula,
    Place,
    Row,
    Rule,
    Span,
    Spans,
    Style,
    Table,
    Text,
    begins_right_to_left,
    has_code,
)
from beatra_desktop.ui.chat.formats import (
    FormatSheet,
    Kind,
    Property,
    kind_of,
    with_code_mark,
    with_cut_mark,
)
from beatra_desktop.ui.chat.formulas import Drawing, FormulaKey, picture

_ALIGNMENTS: Final = {
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}
_DISPLAY_SCALE: Final = 1.15

Drawings = Callable[[FormulaKey], Drawing | None]


class Renderer:
    """Appends blocks at a cursor.

    `is_fresh` says that the cursor's block is empty and waits to be used, as at the start of a
    document and after a table; `append` returns the same for the next call. `drawings` gives a
    typeset formula, or None while there is none: then its source is shown.
    """

    def __init__(self, sheet: FormatSheet, drawings: Drawings) -> None:
        self.sheet = sheet
        self._drawings = drawings

    def append(self, cursor: QTextCursor, blocks: Sequence[Block], *, is_fresh: bool) -> bool:
        for block in blocks:
            if isinstance(block, Table):
                self._append_table(cursor, block)
                is_fresh = True
                continue
            if isinstance(block, Code):
                self._append_code(cursor, block, is_fresh=is_fresh)
            elif isinstance(block, Text):
                self._append_text(cursor, block, is_fresh=is_fresh)
            elif isinstance(block, Formula):
                self._append_formula(cursor, block, is_fresh=is_fresh)
            else:
                self._append_rule(cursor, block, is_fresh=is_fresh)
            is_fresh = False
        return is_fresh

    def insert_text(self, cursor: QTextCursor, block: Text, spans: Spans) -> None:
        """Insert some of a block's spans."""
        self._insert_spans(cursor, spans, level=block.level, is_small=NOTE in block.place.nest)

    def text_format(self, block: Text) -> QTextBlockFormat:
        return self.sheet.text_block(
            block.place,
            block.level,
            has_code=has_code(block.spans),
            is_turned=begins_right_to_left(block.spans),
        )

    def extend_code(self, cursor: QTextCursor, shown: Code, added: str) -> None:
        """Add text at the end of `shown`, whose last line is drawn as the last of its block."""
        char = self.sheet.code_char()
        lines = added.split("\n")
        is_first = shown.is_first and "\n" not in shown.text
        if len(lines) > 1:
            cursor.setBlockFormat(self._code_format(shown, is_first=is_first, is_last=False))
        cursor.insertText(lines[0], char)
        if len(lines) > 2:
            cursor.insertBlock(self._code_format(shown, is_first=False, is_last=False), char)
            cursor.insertText("\n".join(lines[1:-1]), char)
        if len(lines) > 1:
            cursor.insertBlock(self._code_format(shown, is_first=False, is_last=True), char)
            cursor.insertText(lines[-1], char)

    def _code_format(self, block: Code, *, is_first: bool, is_last: bool) -> QTextBlockFormat:
        return self.sheet.code_block(
            block.place, block.language, is_first=is_first, is_last=is_last
        )

    def formula_key(self, source: str, *, is_display: bool) -> FormulaKey:
        return FormulaKey(source, is_display, self.sheet.look.colours.text.name())

    def insert_drawing(self, cursor: QTextCursor, key: FormulaKey, drawing: Drawing) -> None:
        look = self.sheet.look
        scale = _DISPLAY_SCALE if key.is_display else 1.0
        em = look.em * scale
        image = picture(drawing, em=em, x_height=look.x_height, ratio=look.ratio)
        name = f"formula:{hash(key):x}"
        cursor.document().addResource(
            QTextDocument.ResourceType.ImageResource.value, QUrl(name), image
        )
        made = QTextImageFormat()
        made.setName(name)
        made.setWidth(image.width() / look.ratio)
        made.setHeight(image.height() / look.ratio)
        made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
        made.setFont(look.body)
        self._mark_formula(made, key)
        cursor.insertImage(made)

    def _insert_spans(
        self, cursor: QTextCursor, spans: Spans, *, level: int = 0, is_small: bool = False
    ) -> None:
        for span in spans:
            if span.has(Style.MATH):
                self._insert_formula(cursor, span)
            else:
                made = self.sheet.char(span.style, href=span.href, level=level, is_small=is_small)
                cursor.insertText(span.text, made)

    @staticmethod
    def _mark_formula(made: QTextCharFormat, key: FormulaKey) -> None:
        style = Style.MATH | Style.DISPLAY if key.is_display else Style.MATH
        made.setProperty(Property.STYLE, int(style))
        made.setProperty(Property.SOURCE, key.source)

    def _insert_formula(self, cursor: QTextCursor, span: Span) -> None:
        key = self.formula_key(span.text, is_display=span.has(Style.DISPLAY))
        drawing = self._drawings(key)
        if drawing is not None:
            self.insert_drawing(cursor, key, drawing)
            return
        made = QTextCharFormat(self.sheet.char(span.style))
        self._mark_formula(made, key)
        cursor.insertText(span.text, made)

    def _skip_fresh(self, cursor: QTextCursor, *, is_fresh: bool) -> None:
        """Leave the waiting block empty: Qt ignores the top margin of a first block."""
        if is_fresh:
            cursor.setBlockFormat(self.sheet.plain_block(Kind.GAP, TOP))
            cursor.setBlockCharFormat(self._tiny())

    @staticmethod
    def _open(cursor: QTextCursor, made: QTextBlockFormat, *, is_fresh: bool) -> None:
        if is_fresh:
            cursor.setBlockFormat(made)
        else:
            cursor.insertBlock(made)

    def _append_text(self, cursor: QTextCursor, block: Text, *, is_fresh: bool) -> None:
        self._open(cursor, self.text_format(block), is_fresh=is_fresh)
        cursor.setBlockCharFormat(self.sheet.char(level=block.level))
        self.insert_text(cursor, block, block.spans)

    def _append_code(self, cursor: QTextCursor, block: Code, *, is_fresh: bool) -> None:
        lines = block.text.split("\n")
        self._skip_fresh(cursor, is_fresh=is_fresh and block.is_first)
        if block.is_first and kind_of(cursor.block()) is Kind.CODE:
            self._append_gap(cursor, block.place)  # Qt makes one of two margins that meet
        is_fresh = is_fresh and not block.is_first
        groups = _line_groups(len(lines), is_first=block.is_first, is_last=block.is_last)
        char = self.sheet.code_char()
        for start, stop, is_first, is_last in groups:
            made = self._code_format(block, is_first=is_first, is_last=is_last)
            self._open(cursor, made, is_fresh=is_fresh)
            cursor.setBlockCharFormat(char)
            cursor.insertText("\n".join(lines[start:stop]), char)
            is_fresh = False
        if block.is_cut:
            cursor.setBlockFormat(with_cut_mark(cursor.blockFormat()))

    def _append_formula(self, cursor: QTextCursor, block: Formula, *, is_fresh: bool) -> None:
        made = QTextBlockFormat(self.sheet.plain_block(Kind.FORMULA, block.place))
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._open(cursor, made, is_fresh=is_fresh)
        cursor.setBlockCharFormat(self.sheet.char())
        self._insert_formula(cursor, Span(block.source, Style.MATH | Style.DISPLAY))

    def _append_rule(self, cursor: QTextCursor, block: Rule, *, is_fresh: bool) -> None:
        self._skip_fresh(cursor, is_fresh=is_fresh)
        cursor.insertBlock(self.sheet.plain_block(Kind.RULE, block.place))
        cursor.setBlockCharFormat(self._tiny())

    def append_rows(self, table: QTextTable, block: Table, *, shown: int) -> None:
        """Add the rows of `block` after the first `shown` to the table that shows those."""
        start = table.rows()
        table.appendRows(len(block.rows) - shown)
        for index, row in enumerate(block.rows[shown:], start):
            self._fill_row(table, index, block, row, is_header=False)

    def _append_table(self, cursor: QTextCursor, block: Table) -> None:
        rows: list[tuple[Row, bool]] = [(block.header, True)] if block.is_first else []
        rows += [(row, False) for row in block.rows]
        if kind_of(cursor.block()) is Kind.CODE:  # Qt has no margin between a block and a table
            self._append_gap(cursor, block.place)
        table = cursor.insertTable(len(rows), len(block.header), self.sheet.table(block))
        for index, (row, is_header) in enumerate(rows):
            self._fill_row(table, index, block, row, is_header=is_header)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self._format_gap(cursor, block.place)

    def _append_gap(self, cursor: QTextCursor, place: Place) -> None:
        cursor.insertBlock()
        self._format_gap(cursor, place)

    def _format_gap(self, cursor: QTextCursor, place: Place) -> None:
        cursor.setBlockFormat(self.sheet.plain_block(Kind.GAP, Place(place.nest)))
        cursor.setBlockCharFormat(self._tiny())

    def _fill_row(
        self, table: QTextTable, index: int, block: Table, row: Row, *, is_header: bool
    ) -> None:
        for column in range(len(block.header)):
            cell = table.cellAt(index, column)
            spans = row[column] if column < len(row) else ()
            start = cell.firstCursorPosition()
            self._fill_cell(start, block, spans, column=column, is_header=is_header)
            cell.setFormat(self.sheet.cell(is_first_column=column == 0))

    def _fill_cell(
        self, cursor: QTextCursor, table: Table, spans: Spans, *, column: int, is_header: bool
    ) -> None:
        made = QTextBlockFormat(self.sheet.plain_block(Kind.CELL, table.place))
        made.setLeftMargin(0)
        if has_code(spans):
            made = with_code_mark(made)
        alignment = _ALIGNMENTS.get(table.alignments[column])
        if alignment is not None:
            made.setAlignment(alignment)
        cursor.setBlockFormat(made)
        if is_header:
            spans = tuple(Span(span.text, span.style | Style.BOLD, span.href) for span in spans)
        self._insert_spans(cursor, spans)

    def _tiny(self) -> QTextCharFormat:
        made = QTextCharFormat()
        font = QFont(self.sheet.look.body)
        font.setPixelSize(1)
        made.setFont(font)
        return made


def _line_groups(count: int, *, is_first: bool, is_last: bool) -> list[tuple[int, int, bool, bool]]:
    """Runs of code lines that share a format: (start, stop, is first line, is last line)."""
    if count == 1:
        return [(0, 1, is_first, is_last)]
    groups: list[tuple[int, int, bool, bool]] = []
    start, stop = int(is_first), count - int(is_last)
    if is_first:
        groups.append((0, 1, True, False))
    if start < stop:
        groups.append((start, stop, False, False))
    if is_last:
        groups.append((count - 1, count, False, True))
    return groups
