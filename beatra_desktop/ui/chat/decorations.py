"""What is painted around the text: code grounds, quote bars, list signs, rules."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPen,
    QTextBlock,
    QTextBlockFormat,
    QTextDocument,
    QTextFragment,
    QTextOption,
)

from beatra_desktop.ui import mirroring
from beatra_desktop.ui.chat.blocks import NOTE, QUOTE, Style
from beatra_desktop.ui.chat.flatten import CHECKED, UNCHECKED
from beatra_desktop.ui.chat.formats import (
    CODE_HEADER,
    CODE_PADDING,
    FormatSheet,
    Kind,
    Property,
)
from beatra_desktop.ui.chat.fragments import fragments_from_end, line_rects, lines_in
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.quote_bars import QuoteBars
from beatra_desktop.ui.chat.table_lines import paint_lines
from beatra_desktop.ui.icons import Icon, pixmap

RADIUS: Final = 10.0
_OFF_SCREEN: Final = 40.0
_HEADER_EDGE: Final = 8
"""What is free of words at the bottom of a header; painting the first line reaches into it."""
_ICON: Final = 14
_NEAR_END: Final = 16
NO_PEN: Final = QPen(Qt.PenStyle.NoPen)
"""Made once: each use of an enum's member is a call in Python."""
_BELOW_RECT: Final = 0.7
"""How far a block's last line reaches out of what Qt calls its rectangle, in em.

It leaves out the first line's extra height.
"""
_LINE: Final = 1.7
"""How far below a block's top the sign of an item may reach, in em; then, in code or a heading."""
_TALL_LINE: Final = 3.0
# plain numbers: enum members would cost as much as the painting
_CODE: Final = int(Kind.CODE)
_RULE: Final = int(Kind.RULE)
_CELL: Final = int(Kind.CELL)
_GAP: Final = int(Kind.GAP)
_KIND: Final = int(Property.KIND)
_HAS_CODE: Final = int(Property.HAS_CODE)
_NEST: Final = int(Property.NEST)
_MARKER: Final = int(Property.MARKER)
_IS_FIRST: Final = int(Property.IS_FIRST)
_IS_LAST: Final = int(Property.IS_LAST)
_IS_TURNED: Final = int(Property.IS_TURNED)
_STYLE: Final = int(Property.STYLE)
_CODE_STYLE: Final = int(Style.CODE)


class CodeHeader(Struct, frozen=True):
    """The row above a block of code: its place, and the block's first line."""

    rect: QRectF
    copy_rect: QRectF
    first_line: int


class Seen(Struct, frozen=True):
    """A block in view with what is asked about it more than once: each question costs."""

    block: QTextBlock
    rect: QRectF
    made: QTextBlockFormat
    kind: int

    @property
    def is_cell(self) -> bool:
        """Whether it stands in a table."""
        return self.kind == _CELL


class Decorations:
    """Paints for one document; coordinates are the document's."""

    def __init__(self, document: QTextDocument, sheet: FormatSheet) -> None:
        self._document = document
        self._layout = document.documentLayout()
        self._sheet = sheet
        self._bars = QuoteBars(self._layout, sheet)
        self._marker_widths: dict[tuple[str, bool], float] = {}

    @property
    def _look(self) -> Look:
        return self._sheet.look

    def paint(
        self,
        painter: QPainter,
        blocks: Sequence[Seen],
        clip: QRectF,
        *,
        copied_line: int | None,
    ) -> None:
        """Around `blocks`, which are those in `clip`.

        `copied_line` is the first line of the code whose copy button confirms.
        """
        run: list[Seen] = []
        for each in blocks:
            if run and (each.kind != run[0].kind or each.made.boolProperty(_IS_FIRST)):
                self._paint_run(painter, run, each, clip, copied_line)
                run = []
            if each.kind in (_CODE, _CELL):
                run.append(each)
            self._paint_block(painter, each, clip)
        if run:
            self._paint_run(painter, run, None, clip, copied_line)

    def _paint_run(
        self,
        painter: QPainter,
        run: list[Seen],
        following: Seen | None,
        clip: QRectF,
        copied_line: int | None,
    ) -> None:
        """Around the lines of a listing or the cells of a table."""
        if run[0].is_cell:
            cells = [each.block for each in run]
            below = None if following is None else following.block
            paint_lines(painter, cells, below, self._look)
        else:
            self._paint_code(painter, run, clip, copied_line)

    def _paint_block(self, painter: QPainter, seen: Seen, clip: QRectF) -> None:
        if seen.kind == _RULE:
            self._paint_rule(painter, seen)
        if seen.made.hasProperty(_HAS_CODE):
            self._paint_inline_code(painter, seen, clip)
        if seen.made.hasProperty(_NEST):
            self._paint_nest(painter, seen, clip)

    def _paint_nest(self, painter: QPainter, seen: Seen, clip: QRectF) -> None:
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # not the window's
        if seen.made.hasProperty(_IS_TURNED):
            painter = mirroring.turned(painter, QRectF(0, 0, self._document.textWidth(), 1))
        nest = seen.made.stringProperty(_NEST)
        if QUOTE in nest.lower():
            self._bars.paint(painter, seen.block)
        if seen.made.hasProperty(_MARKER) and self._first_line_end(seen) > clip.top():
            self._paint_marker(painter, seen, nest)

    def _first_line_end(self, seen: Seen) -> float:
        is_tall = seen.made.headingLevel() or seen.kind == _CODE
        return seen.rect.top() + (_TALL_LINE if is_tall else _LINE) * self._look.em

    def blocks_in(self, clip: QRectF) -> list[Seen]:
        """The blocks that show in `clip`, and one more on either side for what reaches out."""
        blocks = self._blocks_at_end(clip.top()) or self._blocks_between(
            clip.top(), clip.bottom() + self._look.px(CODE_HEADER)
        )
        first = blocks[0]
        if first.kind != _GAP and first.rect.top() + self._look.em < clip.top():
            return blocks  # nothing above reaches so far down
        above = first.block.previous()
        return [self._seen(above), *blocks] if above.isValid() else blocks

    def from_top_of(self, clip: QRectF, blocks: Sequence[Seen]) -> list[Seen]:
        """Those of `blocks` that do not end above `clip`."""
        top = clip.top() - _BELOW_RECT * self._look.em
        return list(dropwhile(lambda each: each.rect.bottom() < top, blocks))

    def _seen(self, block: QTextBlock) -> Seen:
        made = block.blockFormat()
        return Seen(block, self._layout.blockBoundingRect(block), made, made.intProperty(_KIND))

    def _blocks_at_end(self, y: float) -> list[Seen]:
        """Those from `y` on, where text arrives; none if they are more than a few."""
        blocks: list[Seen] = []
        block = self._document.lastBlock()
        while block.isValid() and len(blocks) < _NEAR_END:
            seen = self._seen(block)
            blocks.append(seen)
            if seen.rect.top() < y:
                return [*self._row_before(seen), *reversed(blocks)]
            block = block.previous()
        return []

    def _blocks_between(self, top: float, bottom: float) -> list[Seen]:
        find = self._document.findBlockByNumber
        numbers = range(self._document.blockCount())
        place = bisect_left(numbers, top, key=lambda number: self._top(find(number)))
        seen = self._seen(find(max(0, place - 1)))
        blocks = [*self._row_before(seen), seen]
        while seen.rect.top() <= bottom and (block := seen.block.next()).isValid():
            seen = self._seen(block)
            blocks.append(seen)
        return blocks

    def _row_before(self, seen: Seen) -> list[Seen]:
        """The cells before this one in its row of a table."""
        row: list[Seen] = []
        if seen.is_cell:
            top, before = seen.rect.top(), seen.block.previous()
            while before.isValid() and self._top(before) == top:
                row.insert(0, self._seen(before))
                before = before.previous()
        return row

    def _top(self, block: QTextBlock) -> float:
        return self._layout.blockBoundingRect(block).top()

    def _shown_rect(self, seen: Seen) -> QRectF:
        """Where the block shows; Qt puts a line's extra height above its text, we around it."""
        return seen.rect.translated(0, self._sheet.half_leading(is_code=seen.kind == _CODE))

    def code_headers(self, clip: QRectF) -> Iterator[CodeHeader]:
        for each in self.blocks_in(clip):
            if each.kind == _CODE and each.made.boolProperty(_IS_FIRST):
                yield self._header(each)

    def code_text(self, first_line: int) -> str:
        """The text of the block of code that begins at this line."""
        lines: list[str] = []
        block = self._document.findBlockByNumber(first_line)
        while block.isValid() and _is_code(block):
            if lines and _is(block, Property.IS_FIRST):
                break
            lines.append(block.text())
            lines.append("" if _is(block, Property.IS_CUT) else "\n")
            block = block.next()
        return "".join(lines[:-1])

    def _code_left(self, seen: Seen) -> float:
        return seen.made.leftMargin() - self._look.px(CODE_PADDING)

    def _header(self, seen: Seen) -> CodeHeader:
        px = self._look.px
        left = self._code_left(seen)
        height = px(CODE_HEADER)
        top = self._shown_rect(seen).top() - height
        rect = QRectF(left, top, self._document.textWidth() - left, height)
        metrics = QFontMetricsF(self._look.small)
        width = px(_ICON + 6) + max(
            metrics.horizontalAdvance(text) for text in (_tr("Copy"), _tr("Copied"))
        )
        copy = QRectF(
            rect.right() - width - px(CODE_PADDING), top, width + px(CODE_PADDING), height
        )
        return CodeHeader(rect, copy, seen.block.blockNumber())

    def _paint_code(
        self, painter: QPainter, run: list[Seen], clip: QRectF, copied_line: int | None
    ) -> None:
        px, colours = self._look.px, self._look.colours
        first, last = run[0], run[-1]
        starts, ends = first.made.boolProperty(_IS_FIRST), last.made.boolProperty(_IS_LAST)
        left = self._code_left(first)
        top = self._shown_rect(first).top() - (px(CODE_HEADER) if starts else _OFF_SCREEN)
        bottom = self._shown_rect(last).bottom() + (px(CODE_PADDING) if ends else _OFF_SCREEN)
        if bottom < clip.top():
            return
        ground = QRectF(left, top, self._document.textWidth() - left, bottom - top)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.code_background)
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), px(RADIUS), px(RADIUS))
        if starts and top + px(CODE_HEADER - _HEADER_EDGE) > clip.top():
            is_copied = first.block.blockNumber() == copied_line
            self._paint_header(painter, first, is_copied=is_copied)

    def _paint_header(self, painter: QPainter, seen: Seen, *, is_copied: bool) -> None:
        px, colours = self._look.px, self._look.colours
        header = self._header(seen)
        painter.setFont(self._look.small)
        painter.setPen(colours.text_secondary)
        label = seen.made.stringProperty(Property.LANGUAGE) or _tr("text")
        text_rect = header.rect.adjusted(px(CODE_PADDING), 0, -px(CODE_PADDING), 0)
        painter.drawText(text_rect, label, _option(Qt.AlignmentFlag.AlignLeft))
        colour = colours.success if is_copied else colours.text_secondary
        name = Icon.CHECK if is_copied else Icon.COPY
        word = _tr("Copied") if is_copied else _tr("Copy")
        copy = header.copy_rect.adjusted(0, 0, -px(CODE_PADDING), 0)
        painter.setPen(colour)
        painter.drawText(copy, word, _option(Qt.AlignmentFlag.AlignRight))
        left = copy.right() - QFontMetricsF(self._look.small).horizontalAdvance(word)
        place = QPointF(left - px(_ICON + 6), copy.center().y() - px(_ICON) / 2)
        painter.drawPixmap(place, pixmap(name, colour, size_px=px(_ICON)))

    def _paint_rule(self, painter: QPainter, seen: Seen) -> None:
        rect = self._shown_rect(seen)
        left = seen.made.leftMargin()
        width = self._document.textWidth() - left
        painter.fillRect(QRectF(left, rect.top(), width, 1), self._look.colours.border)

    def _paint_inline_code(self, painter: QPainter, seen: Seen, clip: QRectF) -> None:
        block, rect = seen.block, seen.rect
        if rect.bottom() + self._look.em < clip.top():
            return  # less than one em of a first line's extra height is missing in `rect`
        origin = rect.topLeft()  # a layout's own position counts from the cell it may be in
        lines = lines_in(block.layout(), clip.translated(-origin))
        if not lines:
            return
        begin, end = lines[0].textStart(), lines[-1].textStart() + lines[-1].textLength()
        painter.setPen(NO_PEN)
        painter.setBrush(self._look.colours.hover)
        first = block.position()
        for fragment in fragments_from_end(block):  # where text arrives, the lines are the last
            start = fragment.position() - first
            stop = start + fragment.length()
            if stop <= begin:
                return
            if start < end and _is_inline_code(fragment):
                for rect in line_rects(lines, start, stop):
                    place = rect.translated(origin).adjusted(-2, 0, 2, 1)
                    painter.drawRoundedRect(place, 4, 4)

    def _paint_marker(self, painter: QPainter, seen: Seen, nest: str) -> None:
        marker = seen.made.stringProperty(_MARKER)
        rect = self._shown_rect(seen)
        if seen.kind == _CODE:
            rect.setTop(rect.top() - self._look.px(CODE_HEADER))
        right = self._sheet.indent(nest) - self._look.px(8)
        if marker in (UNCHECKED, CHECKED):
            middle = self._baseline(seen, rect) - self._look.x_height / 2
            self._paint_check(painter, QPointF(right, middle), is_checked=marker == CHECKED)
        else:
            is_note = nest.endswith(NOTE)
            painter.setFont(self._look.small if is_note else self._look.body)
            colours = self._look.colours
            painter.setPen(colours.accent if is_note else colours.text_secondary)
            left = right - self._marker_width(marker, is_note=is_note)
            painter.drawText(QPointF(left, self._baseline(seen, rect)), marker)

    def _marker_width(self, marker: str, *, is_note: bool) -> float:
        """Measured once: while an item grows its sign is painted in each frame."""
        key = (marker, is_note)
        if key not in self._marker_widths:
            metrics = QFontMetricsF(self._look.small if is_note else self._look.body)
            self._marker_widths[key] = metrics.horizontalAdvance(marker)
        return self._marker_widths[key]

    def _baseline(self, seen: Seen, rect: QRectF) -> float:
        line = seen.block.layout().lineAt(0)
        if not line.isValid() or seen.kind == _CODE:
            return rect.top() + self._look.px(CODE_HEADER) / 2 + self._look.em / 3
        return seen.block.layout().position().y() + line.y() + line.ascent()

    def _paint_check(self, painter: QPainter, place: QPointF, *, is_checked: bool) -> None:
        px, colours = self._look.px, self._look.colours
        size = px(14)
        box = QRectF(place.x() - size, place.y() - size / 2, size, size)
        painter.setPen(QPen(colours.accent if is_checked else colours.outline, 1.2))
        painter.setBrush(colours.accent if is_checked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(3), px(3))
        if is_checked:
            tick = pixmap(Icon.CHECK, colours.accent_text, size_px=px(10))
            painter.drawPixmap(box.topLeft() + QPointF(px(2), px(2)), tick)


def _is_inline_code(fragment: QTextFragment) -> bool:
    return bool(fragment.charFormat().intProperty(_STYLE) & _CODE_STYLE)


def _option(side: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(side | Qt.AlignmentFlag.AlignVCenter)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)  # the sides are those of the code
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().intProperty(_KIND) == _CODE


def _is(block: QTextBlock, name: Property) -> bool:
    return block.blockFormat().boolProperty(name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("code_block", text)
