from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

HEAD = "| name | value |\n|---|---|\n"
TURNED_HEAD = "| \u0639\u0646\u0648\u0627\u0646 | \u0627\u0633\u0645 |\n|---|---|\n"


def colours_down(reader: Any, x: int) -> Counter[str]:
    """How often each colour stands in one column of pixels."""
    image = reader.transcript.viewport().grab().toImage()
    return Counter(image.pixelColor(x, y).name() for y in range(image.height()))


@pytest.mark.parametrize(("head", "is_turned"), [(HEAD, False), (TURNED_HEAD, True)])
@pytest.mark.parametrize("rows", [0, 1, 23])
def test_a_line_stands_below_each_row_and_a_stronger_one_below_the_header(
    reader: Callable[[int, int], Any], message: Any, *, head: str, is_turned: bool, rows: int
) -> None:
    tall = reader(800, 1200)
    tall.show(message(head + "| a | b |\n" * rows + "\nThe end."))
    look, maker = tall.transcript._stage.look, tall.transcript._stage.maker
    left = tall.transcript._column_left()
    found = colours_down(tall, left + maker.width - 1 if is_turned else left)
    assert found[look.colours.text_disabled.name()] == 1
    assert found[look.colours.border.name()] == rows


def test_the_lines_stand_in_what_is_selected_too(
    reader: Callable[[int, int], Any], message: Any
) -> None:
    tall = reader(800, 1200)
    answer = message(HEAD + "| a | b |\n" * 23)
    tall.show(answer)
    tall.transcript.select_message(answer.id)
    found = colours_down(tall, tall.transcript._column_left())
    assert found[tall.transcript._stage.look.colours.border.name()] == 23
