"""The bars beside quotes, as they are painted."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby

import pytest
from PySide6.QtGui import QImage

from tests.ui.chat.conftest import Messages, Reader

BAR, TEXT_FROM = 29, 46
"""The columns where a bar is, and where what is quoted begins, in pixels."""

QUOTES = {
    "a line": "> quoted",
    "lines": "> one long quote that goes on and on and on until it has to be broken\n>\n> end",
    "a heading": "> ## Heading\n> text",
    "a table": "> | a | b |\n> |---|---|\n> | 1 | 2 |",
    "a table and text": "> | a | b |\n> |---|---|\n> | 1 | 2 |\n>\n> text",
    "code": "> ```\n> code\n> ```\n>\n> text",
    "a list": "> - one\n> - two",
}


@pytest.mark.parametrize("text", QUOTES.values(), ids=QUOTES.keys())
def test_one_bar_stands_beside_all_of_a_quote(
    reader: Callable[[int, int], Reader], message: Messages, text: str
) -> None:
    shown = reader(500, 400)
    shown.show(message(text))
    image = shown.transcript.grab().toImage()
    ((top, end),) = _bars(image)
    written = [y for y in range(top - 4, end + 5) if _is_written(image, y)]
    assert top - 1 <= written[0]  # the border of code lies on its edge
    assert written[-1] <= end


def _bars(image: QImage) -> list[tuple[int, int]]:
    """From where to where they reach, in rows of the picture."""
    column = [image.pixel(BAR, y) for y in range(image.height())]
    ground = image.pixel(BAR, image.height() - 1)
    colour, _ = Counter(each for each in column if each != ground).most_common(1)[0]
    runs = groupby(range(image.height()), key=lambda y: column[y] == colour)
    rows = [list(found) for is_bar, found in runs if is_bar]
    return [(found[0], found[-1]) for found in rows]


def _is_written(image: QImage, y: int) -> bool:
    return len({image.pixel(x, y) for x in range(TEXT_FROM, image.width() - 20)}) > 1
