"""The lines below the rows of a table, which Qt would draw for each cell at a higher cost."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QTextBlock,
    QTextCursor,
    QTextTable,
)

from beatra_desktop.ui.chat.formats import CELL_PADDING, ROW_LINE
from beatra_desktop.ui.chat.look import Look


def paint_lines(
    painter: QPainter, cells: Sequence[QTextBlock], following: QTextBlock | None, look: Look
) -> None:
    """Paint those above the rows of `cells`, and below the table if the block behind it is given.

    `cells` stand in one table; a row of theirs is whole, but for the first one.
    """
    table = QTextCursor(cells[0]).currentTable()
    assert table is not None, "cells stand in a table"
    layout = cells[0].document().documentLayout()
    headers = table.format().headerRowCount()
    left, right = _sides(table, layout)

    def paint(bottom: float, *, is_header: bool) -> None:
        colour = look.colours.text_disabled if is_header else look.colours.border
        top = round(bottom) - ROW_LINE
        painter.fillRect(QRectF(left, top, right - left, ROW_LINE), colour)

    for top, cell in {layout.blockBoundingRect(cell).top(): cell for cell in cells}.items():
        row = table.cellAt(cell.position()).row()
        if row:
            paint(top - look.px(CELL_PADDING), is_header=row == headers)
    if following is not None:
        below = layout.blockBoundingRect(following).top() - table.format().bottomMargin()
        paint(below, is_header=table.rows() == headers)


def _sides(table: QTextTable, layout: QAbstractTextDocumentLayout) -> tuple[float, float]:
    made = table.format()
    width = layout.frameBoundingRect(table).width() - made.leftMargin() - made.rightMargin()
    if made.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        right = layout.document().textWidth() - made.rightMargin()
        return right - width, right
    return made.leftMargin(), made.leftMargin() + width
