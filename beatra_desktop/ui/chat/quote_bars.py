"""The bars beside what is quoted, one for each quote that a block stands in."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QPainter, QTextBlock

from beatra_desktop.ui.chat.blocks import FIRST_OF_QUOTE, QUOTE
from beatra_desktop.ui.chat.formats import (
    CELL_PADDING,
    CODE_HEADER,
    CODE_PADDING,
    ROW_LINE,
    FormatSheet,
    Kind,
    Property,
    kind_of,
)

_WIDTH: Final = 3
_NEST: Final = int(Property.NEST)


class QuoteBars:
    """Paints for one document; coordinates are the document's."""

    def __init__(self, layout: QAbstractTextDocumentLayout, sheet: FormatSheet) -> None:
        self._layout = layout
        self._sheet = sheet

    def paint(self, painter: QPainter, block: QTextBlock) -> None:
        """Those beside this block, down to the next where that goes on with the same quote."""
        if kind_of(block) is Kind.GAP:
            return  # what stands above it reaches over it
        nest, following = block.blockFormat().stringProperty(_NEST), _following(block)
        top, end = self._top(block), self._end(block)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_mixed(self._sheet.look.colours.accent, self._sheet.look.colours.border))
        for depth, letter in enumerate(nest):
            if letter in (QUOTE, FIRST_OF_QUOTE):
                goes_on = _goes_on(block, following, depth)
                bottom = max(end, self._top(following)) if goes_on else end
                left, width = self._sheet.indent(nest[:depth]), self._sheet.look.px(_WIDTH)
                painter.drawRect(QRectF(left, top, width, bottom - top))

    def _top(self, block: QTextBlock) -> int:
        top = self._layout.blockBoundingRect(block).top() + self._half_leading(block)
        return round(top - (self._sheet.look.px(CODE_HEADER) if _is_first_of_code(block) else 0))

    def _end(self, block: QTextBlock) -> int:
        """As far below the last line's text as a bar begins above the first's."""
        rect, below = self._layout.blockBoundingRect(block), self._half_leading(block)
        if kind_of(block) is Kind.CODE:
            is_last = block.blockFormat().boolProperty(Property.IS_LAST)
            padding = self._sheet.look.px(CODE_PADDING) if is_last else 0
            return round(rect.bottom() + below + padding)
        if kind_of(block) is Kind.CELL:
            below = self._sheet.look.px(CELL_PADDING) + ROW_LINE
        line = block.layout().lineAt(block.layout().lineCount() - 1)
        # the rectangle lacks what a first line is taller than its font
        return round(rect.top() + line.y() + line.height() + below)

    def _half_leading(self, block: QTextBlock) -> float:
        return self._sheet.half_leading(is_code=kind_of(block) is Kind.CODE)


def _following(block: QTextBlock) -> QTextBlock:
    following = block.next()
    return following.next() if kind_of(following) is Kind.GAP else following


def _goes_on(block: QTextBlock, following: QTextBlock, depth: int) -> bool:
    """Whether the quote that is so deep around `block` holds what follows as well."""
    if kind_of(block) is kind_of(following) is Kind.CELL:
        return True  # nothing but another row of the table
    nest = block.blockFormat().stringProperty(_NEST)
    next_nest = following.blockFormat().stringProperty(_NEST)
    is_same_place = nest[:depth].lower() == next_nest[:depth].lower()
    return is_same_place and next_nest[depth : depth + 1] == QUOTE


def _is_first_of_code(block: QTextBlock) -> bool:
    return kind_of(block) is Kind.CODE and block.blockFormat().boolProperty(Property.IS_FIRST)


def _mixed(one: QColor, other: QColor) -> QColor:
    return QColor(
        (one.red() + other.red()) // 2,
        (one.green() + other.green()) // 2,
        (one.blue() + other.blue()) // 2,
    )
