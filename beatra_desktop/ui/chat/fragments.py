"""Walking through a QTextBlock."""

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextFragment, QTextLine


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
