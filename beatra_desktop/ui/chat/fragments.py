"""Walking through a QTextBlock."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextFragment, QTextLayout, QTextLine


def fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of one format in a block."""
    position = block.begin()
    while not position.atEnd():
        yield position.fragment()
        position += 1


def fragments_from_end(block: QTextBlock) -> Iterator[QTextFragment]:
    """The same, the last one first."""
    position, begin = block.end(), block.begin()
    while position != begin:
        position -= 1
        yield position.fragment()


def x_in_line(line: QTextLine, position: int) -> float:
    """Pixels from the line's left edge to a place, counted in the block's characters."""
    found = line.cursorToX(position)
    assert isinstance(found, tuple)
    return float(found[0])


def lines_in(layout: QTextLayout, clip: QRectF) -> list[QTextLine]:
    """The lines that show in `clip`, in the layout's coordinates; a block can have hundreds."""
    numbers = range(layout.lineCount())
    first = bisect_left(numbers, clip.top(), key=lambda n: layout.lineAt(n).rect().bottom())
    last = bisect_right(numbers, clip.bottom(), key=lambda n: layout.lineAt(n).y())
    return [layout.lineAt(number) for number in range(first, last)]


def line_rects(lines: list[QTextLine], start: int, end: int) -> Iterator[QRectF]:
    """The parts of the lines between two places, in characters of the block."""
    for line in lines:
        first = max(start, line.textStart())
        last = min(end, line.textStart() + line.textLength())
        if first < last:
            left, right = x_in_line(line, first), x_in_line(line, last)
            yield QRectF(min(left, right), line.y(), abs(right - left), line.height())
