"""What is on screen after painting only what changed is what painting everything would show."""

import random
from collections.abc import Callable
from typing import Any

import numpy
import pytest
from PySide6.QtGui import QImage, QPixmap

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.records import replace

MakeReader = Callable[[int, int], Any]
_SHADE = 6
PARTS = [
    "# A heading\n\n",
    "Some plain words that go on for a while, so that they fill more than one line. ",
    "With `code` in it, **bold** and [a link](https://a.b). ",
    "\n\n",
    "- an item of a list\n- another with `code`\n",
    "1. first\n2. second\n\n",
    "> quoted words\n> that go on\n\n> > deeper\n\n",
    "```python\ndef f(x):\n    return x\n```\n\n",
    "```\nplain\n\nlines\n",
    "| name | value |\n|---|---:|\n| one | `1` |\n| two | 2 |\n",
    "\n\n---\n\n",
    "- [x] done\n",
    "$x^2$ and more. ",
]


def on_screen(small: Any) -> Any:
    transcript = small.transcript
    return pixels(transcript.screen().grabWindow(transcript.winId()))


def painted_anew(small: Any) -> Any:
    return pixels(small.transcript.grab())


def pixels(picture: QPixmap) -> Any:
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    return numpy.frombuffer(image.constBits(), dtype=numpy.uint8).astype(int)


def is_true_to_life(small: Any) -> bool:
    """Smoothed edges that are painted in two steps may be off by a shade."""
    difference = numpy.abs(on_screen(small) - painted_anew(small))
    return bool(difference.max() <= _SHADE)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("is_at_end", [True, False])
def test_painting_what_changed_shows_what_painting_everything_would(
    reader: MakeReader, message: Any, seed: int, is_at_end: bool
) -> None:
    small = reader(560, 420)
    chooser = random.Random(seed)
    text = "".join(chooser.choice(PARTS) for _ in range(40))
    answer = message("", status=MessageStatus.STREAMING)
    records = small.show(*message.exchanges(3), answer)
    end = 0
    while end < len(text):
        end += chooser.randint(1, 60)
        records.replace(replace(answer, text=text[:end]))
        small.settle()
        if not is_at_end:
            small.transcript.scroll_by(chooser.choice((-35, 0, 20)))
            small.settle()
        small.qtbot.waitUntil(lambda: is_true_to_life(small), timeout=1_000)
