"""What a message consists of once its Markdown is read: a flat list of blocks.

Nesting is not a tree but a path on each block, so that a document can be extended at its end
without touching what is already there.
"""

import unicodedata
from collections.abc import Iterator
from enum import IntFlag
from typing import Final

from msgspec import Struct

QUOTE: Final = "q"
FIRST_OF_QUOTE: Final = "Q"
ITEM: Final = "i"
NOTE: Final = "n"

_DIRECTED: Final = ("L", "R", "AL")
TABLE_ROWS: Final = 20
"""Rows of one table part; laying out a table costs its rows, so a long one is cut into parts."""


class Style(IntFlag):
    PLAIN = 0
    BOLD = 1
    ITALIC = 2
    STRIKE = 4
    CODE = 8
    NOTE_MARK = 16
    MATH = 32
    DISPLAY = 64
    IMAGE = 128


class Span(Struct, frozen=True):
    """A run of text in one style; line breaks inside it are U+2028."""

    text: str
    style: Style = Style.PLAIN
    href: str = ""

    def has(self, style: Style) -> bool:
        """Whether `style` is part of its own; most are plain, which is told in a tenth the time."""
        return self.style != 0 and style in self.style


Spans = tuple[Span, ...]
Row = tuple[Spans, ...]


class Place(Struct, frozen=True):
    """Where a block stands: `nest` has one letter per container, `marker` is the item's sign."""

    nest: str = ""
    marker: str = ""


TOP: Final = Place()


class Text(Struct, frozen=True):
    """A paragraph, or a heading of `level` 1 to 6."""

    place: Place
    spans: Spans
    level: int = 0


class Code(Struct, frozen=True):
    """Lines of a code block; a long one arrives in parts, each with at least one line.

    `is_cut`: its last line was too long for one part and goes on in the next one.
    """

    place: Place
    language: str
    text: str
    is_first: bool = True
    is_last: bool = True
    is_cut: bool = False


class Formula(Struct, frozen=True):
    place: Place
    source: str


class Rule(Struct, frozen=True):
    place: Place


class Table(Struct, frozen=True):
    """At most `TABLE_ROWS` rows; `widths` (per cent) are given when the table has several parts."""

    place: Place
    header: Row
    rows: tuple[Row, ...]
    alignments: tuple[str, ...]
    widths: tuple[int, ...] = ()
    is_first: bool = True
    is_last: bool = True


Block = Text | Code | Formula | Rule | Table


def joined(before: Spans, after: Spans) -> Spans:
    """Both, with the two that meet made one where they are both plain text."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if (last.style, last.href, first.style, first.href) != (Style.PLAIN, "", Style.PLAIN, ""):
        return before + after
    return (*before[:-1], Span(last.text + first.text), *after[1:])


def begins_right_to_left(spans: Spans) -> bool:
    """Whether the first letter that has a direction is of such a script."""
    for span in spans:
        for character in span.text:
            direction = unicodedata.bidirectional(character)
            if direction in _DIRECTED:
                return direction != "L"
    return False


def has_code(spans: Spans) -> bool:
    return any(span.has(Style.CODE) for span in spans)


def table_parts(table: Table, *, widths: tuple[int, ...] = ()) -> Iterator[Table]:
    """The table in parts of at most `TABLE_ROWS` rows that share their column widths.

    `widths` are those of the earlier parts when `table` goes on where another part ended.
    """
    rows = table.rows
    if not widths and len(rows) > TABLE_ROWS:
        widths = column_widths(table.header, rows[:TABLE_ROWS])
    count = max(1, len(rows))
    for start in range(0, count, TABLE_ROWS):
        yield Table(
            place=table.place,
            header=table.header,
            rows=rows[start : start + TABLE_ROWS],
            alignments=table.alignments,
            widths=widths,
            is_first=table.is_first and start == 0,
            is_last=start + TABLE_ROWS >= count,
        )


def column_widths(
    header: tuple[Spans, ...], rows: tuple[tuple[Spans, ...], ...]
) -> tuple[int, ...]:
    """Per cent of the table's width for each column, by its longest cell."""
    lengths = [_length(cell) for cell in header]
    for row in rows:
        for column, cell in enumerate(row[: len(lengths)]):
            lengths[column] = max(lengths[column], _length(cell))
    capped = [min(40, max(6, length)) for length in lengths]
    return tuple(100 * length // sum(capped) for length in capped)


def _length(cell: Spans) -> int:
    return sum(len(span.text) for span in cell)
