"""A part of a rendered message back as Markdown."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument, QTextTable

from beatra_desktop.ui.chat.blocks import ITEM, NOTE, Style
from beatra_desktop.ui.chat.flatten import BULLETS, CHECKED, UNCHECKED
from beatra_desktop.ui.chat.formats import Kind, Property, kind_of
from beatra_desktop.ui.chat.fragments import fragments

_ITEM_INDENT: Final = "    "
_WRAPS: Final = ((Style.BOLD, "**"), (Style.ITALIC, "*"), (Style.STRIKE, "~~"))
_OBJECT: Final = "\ufffc"


def markdown_between(document: QTextDocument, start: int, end: int) -> str:
    """The selected part; a selection inside code is the bare code."""
    blocks = list(_blocks(document, start, end))
    if is_only_code(document, start, end):
        return "".join(_code_line(block, start, end) for block in blocks).removesuffix("\n")
    writer = _Writer(start, end)
    for block in blocks:
        writer.take(block)
    return writer.text()


def is_only_code(document: QTextDocument, start: int, end: int) -> bool:
    return all(kind_of(block) is Kind.CODE for block in _blocks(document, start, end))


def _blocks(document: QTextDocument, start: int, end: int) -> Iterator[QTextBlock]:
    block = document.findBlock(start)
    while block.isValid() and block.position() < max(end, start + 1):
        yield block
        block = block.next()


class _Writer:
    def __init__(self, start: int, end: int) -> None:
        self._start = start
        self._end = end
        self._parts: list[str] = []
        self._code: list[str] = []
        self._code_prefix = ""
        self._table_end = -1

    def take(self, block: QTextBlock) -> None:
        kind = kind_of(block)
        if kind is not Kind.CODE:
            self._end_code()
        if kind is Kind.CODE:
            self._take_code(block)
        elif kind is Kind.CELL:
            self._take_table(block)
        elif kind is Kind.RULE:
            self._parts.append(_prefix(block) + "---")
        elif kind is Kind.FORMULA:
            self._parts.append(f"{_prefix(block)}{_inline(block, self._start, self._end)}")
        elif kind is Kind.TEXT:
            level = block.blockFormat().intProperty(Property.LEVEL)
            heading = "#" * level + " " if level else ""
            self._parts.append(_prefix(block) + heading + _inline(block, self._start, self._end))

    def text(self) -> str:
        self._end_code()
        joined = ""
        for part in self._parts:
            tight = _is_item_line(part) and _is_item_line(joined.rpartition("\n")[2])
            joined += ("" if not joined else "\n" if tight else "\n\n") + part
        return joined

    def _take_code(self, block: QTextBlock) -> None:
        if block.blockFormat().boolProperty(Property.IS_FIRST):
            self._end_code()
        if not self._code:
            self._code_prefix = _prefix(block)
            self._code.append("```" + block.blockFormat().stringProperty(Property.LANGUAGE))
        self._code.append(_code_line(block, self._start, self._end))

    def _end_code(self) -> None:
        if self._code:
            inner = " " * len(self._code_prefix)
            lines = "".join(self._code[1:]).removesuffix("\n").split("\n")
            whole = [self._code_prefix + self._code[0], *(inner + line for line in lines)]
            self._parts.append("\n".join([*whole, inner + "```"]))
            self._code = []

    def _take_table(self, block: QTextBlock) -> None:
        table = QTextCursor(block).currentTable()
        if table is None or table.lastPosition() == self._table_end:
            return
        self._table_end = table.lastPosition()
        rows = [_row(table, row) for row in range(table.rows())]
        rows.insert(1, "|" + "---|" * table.columns())
        self._parts.append("\n".join(rows))


def _row(table: QTextTable, row: int) -> str:
    cells = []
    for column in range(table.columns()):
        cursor = table.cellAt(row, column).firstCursorPosition()
        text = _inline(cursor.block(), 0, cursor.block().position() + cursor.block().length())
        cells.append(text.replace("|", "\\|").replace("  \n", "<br>"))
    return "| " + " | ".join(cells) + " |"


def _is_item_line(line: str) -> bool:
    stripped = line.lstrip(" >")
    return stripped.startswith("- ") or stripped.partition(" ")[0][:-1].isdigit()


def _prefix(block: QTextBlock) -> str:
    """Quote signs, indents and the item's own sign before a block's first line."""
    nest = block.blockFormat().stringProperty(Property.NEST)
    marker = block.blockFormat().stringProperty(Property.MARKER)
    signs = [_ITEM_INDENT if letter in (ITEM, NOTE) else "> " for letter in nest]
    if marker and signs:
        signs[-1] = f"[^{marker}]: " if nest[-1] == NOTE else _sign(marker)
    return "".join(signs)


def _sign(marker: str) -> str:
    if marker in (UNCHECKED, CHECKED):
        return "- [x] " if marker == CHECKED else "- [ ] "
    return "- " if marker in BULLETS else f"{marker} "


def _plain(block: QTextBlock, start: int, end: int) -> str:
    text = block.text()
    return text[max(0, start - block.position()) : max(0, end - block.position())]


def _code_line(block: QTextBlock, start: int, end: int) -> str:
    """A line with its end; one that goes on in the next block has none."""
    is_cut = block.blockFormat().boolProperty(Property.IS_CUT)
    return _plain(block, start, end) + ("" if is_cut else "\n")


def _inline(block: QTextBlock, start: int, end: int) -> str:
    parts: list[str] = []
    for fragment in fragments(block):
        first = max(start - fragment.position(), 0)
        text = fragment.text()[first : max(0, end - fragment.position())]
        if text:
            parts.append(_dressed(text, fragment.charFormat()))
    return "".join(parts)


def _dressed(text: str, made: QTextCharFormat) -> str:
    style = Style(made.intProperty(Property.STYLE))
    text = text.replace("\u2028", "  \n")
    if Style.MATH in style:
        source = made.stringProperty(Property.SOURCE)
        sign = "$$" if Style.DISPLAY in style else "$"
        return sign + (source if text == _OBJECT else text) + sign
    if Style.CODE in style:
        text = f"`{text}`"
    if Style.NOTE_MARK in style:
        return f"[^{text}]"
    for flag, sign in _WRAPS:
        if flag in style and text.strip():
            text = f"{sign}{text}{sign}"
    href = made.anchorHref()
    if Style.IMAGE in style:
        return f"![{text}]({href})"
    return f"[{text}]({href})" if href and href != text else text
