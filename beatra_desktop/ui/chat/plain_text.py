"""Markdown as it reads without its signs, for where only plain text can be pasted."""

from collections.abc import Sequence
from typing import Final

from beatra_desktop.ui.chat.blocks import (
    ITEM,
    NOTE,
    Block,
    Code,
    Formula,
    Place,
    Rule,
    Spans,
    Style,
    Table,
    Text,
)
from beatra_desktop.ui.chat.markdown import Reader

_INDENT: Final = "    "


def plain_text(markdown: str) -> str:
    """Words, code and cells of tables; formulas stay the source they are written in."""
    joined, last = "", None
    for block in Reader().blocks(markdown):
        if isinstance(block, Rule):
            continue
        joined += _gap(last, block) + _indented(block.place, _words(block))
        last = block
    return joined


def _gap(last: Block | None, block: Block) -> str:
    if last is None:
        return ""
    goes_on = isinstance(block, Code | Table) and not block.is_first
    return "\n" if goes_on or (_is_item(last) and _is_item(block)) else "\n\n"


def _is_item(block: Block) -> bool:
    return isinstance(block, Text) and bool(block.place.marker)


def _words(block: Block) -> str:
    if isinstance(block, Text):
        return _line(block.spans)
    if isinstance(block, Table):
        rows = [block.header, *block.rows] if block.is_first else block.rows
        return "\n".join("\t".join(_line(cell).replace("\n", " ") for cell in row) for row in rows)
    if isinstance(block, Formula):
        return block.source
    return block.text if isinstance(block, Code) else ""


def _line(spans: Spans) -> str:
    words = (f"[{each.text}]" if Style.NOTE_MARK in each.style else each.text for each in spans)
    return "".join(words).replace("\u2028", "\n")


def _indented(place: Place, text: str) -> str:
    """With the sign of a list's item before the first line and the others below it."""
    depth = sum(letter in (ITEM, NOTE) for letter in place.nest)
    if not depth:
        return text
    sign = f"[{place.marker}]" if place.nest[-1:] == NOTE else place.marker
    lines = text.split("\n")
    first = _INDENT * (depth - 1) + (f"{sign} " if place.marker else _INDENT)
    return "\n".join(_lines(first, _INDENT * depth, lines))


def _lines(first: str, others: str, lines: Sequence[str]) -> list[str]:
    return [first + lines[0], *(others + line for line in lines[1:])]
