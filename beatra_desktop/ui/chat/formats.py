"""Text and block formats for every kind of block, and the properties that say what a block is."""

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from beatra_desktop.ui.chat.blocks import (
    ITEM,
    NOTE,
    Place,
    Style,
    Table,
    begins_right_to_left,
)
from beatra_desktop.ui.chat.look import Look, resized

_USER: Final = QTextFormat.Property.UserProperty.value


class Property(IntEnum):
    """What the formats of our documents remember, for painting and copying."""

    KIND = _USER + 1
    NEST = _USER + 2
    MARKER = _USER + 3
    LANGUAGE = _USER + 4
    IS_FIRST = _USER + 5
    IS_LAST = _USER + 6
    STYLE = _USER + 7
    SOURCE = _USER + 8
    LEVEL = _USER + 9
    HAS_CODE = _USER + 10
    IS_CUT = _USER + 11
    IS_TURNED = _USER + 12


class Kind(IntEnum):
    TEXT = 1
    CODE = 2
    RULE = 3
    FORMULA = 4
    GAP = 5
    CELL = 6


CODE_HEADER: Final = 34.0
CODE_PADDING: Final = 14.0
CELL_PADDING: Final = 7.0
ROW_LINE: Final = 1
"""Pixels below each row of a table."""
_LINE_HEIGHT: Final = 1.55
_CODE_LINE_HEIGHT: Final = 1.5
_PARAGRAPH_GAP: Final = 11.0
_ITEM_GAP: Final = 5.0
_INDENTS: Final = {ITEM: 26.0, NOTE: 22.0}
_QUOTE_INDENT: Final = 18.0
_HEADINGS: Final = {1: (1.5, 22.0), 2: (1.28, 20.0), 3: (1.12, 16.0)}
_SMALL_HEADING: Final = (1.0, 14.0)
_INLINE_CODE: Final = 0.94
_CODE_BLOCKS: Final = 100
"""So many formats of lines of code are kept; there is one for each language and nesting."""


class FormatSheet:
    def __init__(self, look: Look) -> None:
        self.look = look
        self._chars: dict[tuple[Style, str, int, bool], QTextCharFormat] = {}
        self._blocks: dict[tuple[object, ...], QTextBlockFormat] = {}
        self._cells: dict[bool, QTextTableCellFormat] = {}
        self._code_blocks: dict[tuple[object, ...], QTextBlockFormat] = {}
        code_font = resized(look.mono, _INLINE_CODE)
        self._code_char = QTextCharFormat()
        self._code_char.setFont(code_font)
        self._code_char.setForeground(look.colours.text)
        self._half_leadings = {
            False: _half_leading(look.body, look.em * _LINE_HEIGHT),
            True: _half_leading(code_font, look.em * _INLINE_CODE * _CODE_LINE_HEIGHT),
        }

    def indent(self, nest: str) -> int:
        """Pixels from the left edge to the text of a block nested so."""
        return sum(self.look.px(_INDENTS.get(letter, _QUOTE_INDENT)) for letter in nest)

    def half_leading(self, *, is_code: bool) -> float:
        """Half of what a line of one font is taller than the font."""
        return self._half_leadings[is_code]

    def char(
        self, style: Style = Style.PLAIN, *, href: str = "", level: int = 0, is_small: bool = False
    ) -> QTextCharFormat:
        key = (style, href, level, is_small)
        made = self._chars.get(key)
        if made is None:
            made = self._make_char(style, href, level, is_small=is_small)
            if not href:
                self._chars[key] = made
        return made

    def code_char(self) -> QTextCharFormat:
        return self._code_char

    def text_block(
        self, place: Place, level: int, *, has_code: bool, is_turned: bool
    ) -> QTextBlockFormat:
        """With `is_turned` it is nested from the right, as what is read from there."""
        made = self._block(Kind.TEXT, place, level)
        if is_turned and place.nest:
            made = _turned(made)
        return with_code_mark(made) if has_code else made

    def code_block(
        self, place: Place, language: str, *, is_first: bool, is_last: bool
    ) -> QTextBlockFormat:
        key = (place.nest, place.marker, language, is_first, is_last)
        made = self._code_blocks.get(key)
        if made is None:
            made = self._make_code_block(place, language, is_first=is_first, is_last=is_last)
            if len(self._code_blocks) >= _CODE_BLOCKS:
                self._code_blocks.clear()
            self._code_blocks[key] = made
        return made

    def _make_code_block(
        self, place: Place, language: str, *, is_first: bool, is_last: bool
    ) -> QTextBlockFormat:
        made = QTextBlockFormat(self._block(Kind.CODE, place, 0))
        made.setProperty(Property.LANGUAGE, language)
        if is_first:
            made.setProperty(Property.IS_FIRST, True)
            made.setTopMargin(self.look.px(CODE_HEADER + 8))
        if is_last:
            made.setProperty(Property.IS_LAST, True)
            made.setBottomMargin(self.look.px(CODE_PADDING + 14))
        return made

    def plain_block(self, kind: Kind, place: Place) -> QTextBlockFormat:
        return self._block(kind, place, 0)

    def table(self, table: Table) -> QTextTableFormat:
        look = self.look
        made = QTextTableFormat()
        made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
        made.setBorder(0)
        made.setHeaderRowCount(int(table.is_first))
        made.setCellSpacing(0)
        made.setCellPadding(0)
        made.setLeftMargin(self.indent(table.place.nest))
        made.setTopMargin(look.px(6) if table.is_first else 0)
        made.setBottomMargin(look.px(_PARAGRAPH_GAP + 4) if table.is_last else 0)
        if begins_right_to_left(table.header[0] if table.header else ()):
            made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            made.setLeftMargin(0)
            made.setRightMargin(self.indent(table.place.nest))
            made.setAlignment(Qt.AlignmentFlag.AlignRight)
        if table.widths:
            made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            made.setColumnWidthConstraints(
                [QTextLength(QTextLength.Type.PercentageLength, width) for width in table.widths]
            )
        return made

    def cell(self, *, is_first_column: bool) -> QTextTableCellFormat:
        if is_first_column not in self._cells:
            self._cells[is_first_column] = self._make_cell(is_first_column=is_first_column)
        return self._cells[is_first_column]

    def _make_cell(self, *, is_first_column: bool) -> QTextTableCellFormat:
        look = self.look
        made = QTextTableCellFormat()
        made.setTopPadding(look.px(CELL_PADDING))
        made.setBottomPadding(look.px(CELL_PADDING) + ROW_LINE)
        made.setLeftPadding(look.px(2 if is_first_column else 12))
        made.setRightPadding(look.px(12))
        return made

    def _block(self, kind: Kind, place: Place, level: int) -> QTextBlockFormat:
        key = (kind, place.nest, place.marker, level)
        made = self._blocks.get(key)
        if made is None:
            made = self._make_block(kind, place, level)
            if not place.marker:
                self._blocks[key] = made
        return made

    def _make_block(self, kind: Kind, place: Place, level: int) -> QTextBlockFormat:
        made = QTextBlockFormat()
        made.setProperty(Property.KIND, int(kind))
        made.setLeftMargin(self.indent(place.nest))
        if place.nest:
            made.setProperty(Property.NEST, place.nest)
        if place.marker:
            made.setProperty(Property.MARKER, place.marker)
        if level:
            made.setProperty(Property.LEVEL, level)
            made.setHeadingLevel(level)
        self._set_rhythm(made, kind, place.nest, level)
        return made

    def _set_rhythm(self, made: QTextBlockFormat, kind: Kind, nest: str, level: int) -> None:
        px = self.look.px
        if kind is Kind.CODE:
            made.setLeftMargin(made.leftMargin() + px(CODE_PADDING))
            made.setRightMargin(px(CODE_PADDING))
            _set_line_height(made, self.look.em * _INLINE_CODE * _CODE_LINE_HEIGHT)
        elif kind is Kind.GAP:
            _set_fixed_height(made, 1)
        elif kind is Kind.RULE:
            made.setTopMargin(px(16))
            made.setBottomMargin(px(18))
            _set_fixed_height(made, 1)
        elif kind is Kind.CELL:
            _set_line_height(made, self.look.em * _LINE_HEIGHT * 0.95)
        else:
            self._set_text_rhythm(made, nest, level)

    def _set_text_rhythm(self, made: QTextBlockFormat, nest: str, level: int) -> None:
        px = self.look.px
        factor, above = _HEADINGS.get(level, _SMALL_HEADING)
        if level:
            made.setTopMargin(px(above))
            made.setBottomMargin(px(8))
            _set_line_height(made, self.look.em * factor * 1.35)
            return
        in_item = nest.endswith((ITEM, NOTE))
        made.setBottomMargin(px(_ITEM_GAP if in_item else _PARAGRAPH_GAP))
        if not in_item:
            made.setTopMargin(px(_PARAGRAPH_GAP))
        _set_line_height(made, self.look.em * _LINE_HEIGHT)

    def _make_char(self, style: Style, href: str, level: int, *, is_small: bool) -> QTextCharFormat:
        colours = self.look.colours
        made = QTextCharFormat()
        made.setFont(self._font(style, level, is_small=is_small))
        made.setForeground(colours.text)
        if style:
            made.setProperty(Property.STYLE, int(style))
        if Style.NOTE_MARK in style:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            made.setForeground(colours.accent)
        if href:
            made.setAnchor(True)
            made.setAnchorHref(href)
            made.setForeground(colours.accent)
            made.setFontUnderline(True)
            made.setUnderlineColor(_faint(colours.accent))
            made.setToolTip(href)
        return made

    def _font(self, style: Style, level: int, *, is_small: bool) -> QFont:
        look = self.look
        if style & (Style.CODE | Style.MATH):
            font = resized(look.mono, _INLINE_CODE)
        elif is_small:
            font = QFont(look.small)
        else:
            font = QFont(look.body)
        if level:
            font = resized(font, _HEADINGS.get(level, _SMALL_HEADING)[0])
        if Style.BOLD in style or level:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(Style.ITALIC in style)
        font.setStrikeOut(Style.STRIKE in style)
        return font


def _turned(made: QTextBlockFormat) -> QTextBlockFormat:
    turned = QTextBlockFormat(made)
    turned.setLeftMargin(made.rightMargin())
    turned.setRightMargin(made.leftMargin())
    turned.setProperty(Property.IS_TURNED, True)
    return turned


def _half_leading(font: QFont, line_height: float) -> float:
    return max(0.0, line_height - QFontMetricsF(font).height()) / 2


def with_code_mark(made: QTextBlockFormat) -> QTextBlockFormat:
    """The format of a block in which inline code gets its ground painted."""
    marked = QTextBlockFormat(made)
    marked.setProperty(Property.HAS_CODE, True)
    return marked


def with_cut_mark(made: QTextBlockFormat) -> QTextBlockFormat:
    """The format of a line of code that goes on in the next block."""
    marked = QTextBlockFormat(made)
    marked.setProperty(Property.IS_CUT, True)
    return marked


def _set_line_height(made: QTextBlockFormat, pixels: float) -> None:
    made.setLineHeight(pixels, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)


def _set_fixed_height(made: QTextBlockFormat, pixels: float) -> None:
    made.setLineHeight(pixels, QTextBlockFormat.LineHeightTypes.FixedHeight.value)


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.45)
    return faint


def kind_of(block: QTextBlock) -> Kind | None:
    """What a block shows; None where that was not said, as in a new document."""
    value = block.blockFormat().intProperty(Property.KIND)
    return Kind(value) if value else None
