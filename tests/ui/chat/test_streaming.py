"""What a reader has marked or is reading stays where it is while text arrives."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.records import replace

MakeReader = Callable[[int, int], Any]
BEGINNING = "# A title\n\nThe first words of it.\n\n- an item\n- another one\n\nThe open "
REST = (
    "part **with** `signs` goes on.\n\n```py\nx = 1\nfor\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    "| 3 | 4 |\n\nMore $x^2$ words, and an end.\n\n"
) * 4


@pytest.fixture
def small(reader: MakeReader) -> Any:
    return reader(560, 420)


def pieces(text: str, seed: int) -> Iterator[str]:
    """The text as it grows, a few characters at a time."""
    chooser, end = random.Random(seed), 0
    while end < len(text):
        end += chooser.randint(1, 40)
        yield text[:end]


def selected(small: Any) -> str:
    small.transcript.copy()
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("word", ["title", "first words", "another", "The open"])
def test_what_is_selected_stays_selected_while_text_arrives(
    small: Any, message: Any, word: str
) -> None:
    answer = message(BEGINNING, status=MessageStatus.STREAMING)
    records = small.show(*message.exchanges(2), answer)
    start = small.text(answer).index(word)
    small.transcript.selection.select(answer.id, start, start + len(word))
    before = selected(small)
    assert word in before
    for text in pieces(REST, 1):
        records.replace(replace(answer, text=BEGINNING + text))
        small.settle()
        assert selected(small) == before
    records.replace(replace(answer, text=BEGINNING + REST, status=MessageStatus.COMPLETE))
    small.settle()
    assert selected(small) == before


def test_what_is_read_of_the_growing_answer_stays_in_place(small: Any, message: Any) -> None:
    answer = message("", status=MessageStatus.STREAMING)
    records = small.show(*message.exchanges(2), answer)
    records.replace(replace(answer, text=BEGINNING + REST * 2))
    small.settle()
    small.transcript.scroll_by(-500)
    small.settle()
    before = small.top_of(answer), small.transcript._reading.top
    for text in pieces(REST, 2):
        records.replace(replace(answer, text=BEGINNING + REST * 2 + text))
        small.settle()
        assert (small.top_of(answer), small.transcript._reading.top) == before


def test_an_answer_that_grows_above_does_not_move_what_is_read(small: Any, message: Any) -> None:
    answer = message(BEGINNING, status=MessageStatus.STREAMING)
    talk = message.exchanges(8)
    records = small.show(answer, *talk)
    small.transcript.scroll_to(talk[2].id)
    small.transcript.scroll_by(20)
    small.settle()
    before = small.top_of(talk[3])
    assert before is not None
    for text in pieces(REST, 3):
        records.replace(replace(answer, text=BEGINNING + text))
        small.settle()
        assert small.top_of(talk[3]) == before


def test_the_end_never_jumps_while_it_is_followed(small: Any, message: Any) -> None:
    answer = message(BEGINNING, status=MessageStatus.STREAMING)
    records = small.show(*message.exchanges(3), answer)
    for text in pieces(REST, 4):
        records.replace(replace(answer, text=BEGINNING + text))
        small.settle()
        assert small.is_at_end


@pytest.mark.parametrize("ending", ["```py\nx = 1", "$$\n\\frac{a}{", "**bold", "| a | b |\n|--"])
def test_what_is_left_half_open_is_shown(small: Any, message: Any, ending: str) -> None:
    answer = message("", status=MessageStatus.STREAMING)
    records = small.show(answer)
    for text in pieces("Words.\n\n" + ending, 5):
        records.replace(replace(answer, text=text))
        small.settle()
    records.replace(replace(answer, text="Words.\n\n" + ending, status=MessageStatus.INCOMPLETE))
    small.settle()
    shown = small.text(answer)
    assert shown.startswith("Words.")
    assert ending.split("\n")[-1].strip("*") in shown


def test_the_lines_stay_as_they_are_when_the_scroll_bar_comes(small: Any, message: Any) -> None:
    answer = message("An answer.")
    records = small.show(answer)
    before = (
        small.top_of(answer),
        small.transcript._column_left(),
        small.transcript._stage.maker.width,
    )
    bar = small.transcript.verticalScrollBar()
    assert not bar.isVisible()
    records.append(message(REST * 4))
    small.qtbot.waitUntil(bar.isVisible)
    small.transcript.scroll_to_start()
    after = (
        small.top_of(answer),
        small.transcript._column_left(),
        small.transcript._stage.maker.width,
    )
    assert after == before


def test_the_scroll_bar_comes_up_with_what_has_grown(small: Any, message: Any) -> None:
    answer = message("A line.\n\n" * 30, status=MessageStatus.STREAMING)
    records = small.show(answer)
    for lines in (31, 32, 33):
        records.replace(replace(answer, text="A line.\n\n" * lines))
        small.settle()
    bar, view = small.transcript.verticalScrollBar(), small.view(answer)
    below = view.height - small.transcript.viewport().height()
    small.qtbot.waitUntil(lambda: bar.value() == bar.maximum() == below > 0)


def test_lines_are_drawn_one_by_one_though_they_come_more_slowly_than_frames(
    small: Any, message: Any
) -> None:
    answer = message("Begun. ", status=MessageStatus.STREAMING)
    records = small.show(answer)
    drawn: list[None] = []
    small.transcript.drawn.connect(lambda: drawn.append(None))
    shown = [answer]

    def go_on() -> None:
        shown.append(replace(answer, text=f"{shown[-1].text}A line of words. "))
        records.replace(shown[-1])

    timer = QTimer(small.transcript, interval=20, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(go_on)
    timer.start()
    small.qtbot.waitUntil(lambda: len(shown) > 12)
    timer.stop()
    assert len(drawn) >= 9, "by twos it would be half of them"
