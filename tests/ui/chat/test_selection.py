from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.chat.copying import markdown_between
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.selection import Point, Selection
from beatra_desktop.ui.chat.typesetter import Typesetter

ROUND_TRIPS = [
    "# Title\n\nText with **bold**, *italic*, ~~gone~~, `code` and [link](https://a.b).",
    "- a\n- b\n    - c\n- [x] done",
    "3. three\n4. four",
    "> quoted\n\n> > deeper",
    "```python\ndef f():\n\n    return 1\n```\n\nafter",
    "before\n\n---\n\nafter",
    "| a | b |\n|---|---|\n| 1 | **2** |\n\nafter",
    "| a | b |\n|---|---|\n| 1<br>2 | **3** |\n\nafter",
    "Formula $x^2$ here\n\n$$y$$",
    "See[^1].\n\n[^1]: A note",
    "![alt](https://a.b/c.png) text",
]


def rendered(typesetter: Typesetter, text: str) -> QTextDocument:
    document = MessageDocument(typesetter)
    document.update(text, is_final=True)
    return document.document


@pytest.mark.parametrize("text", ROUND_TRIPS)
def test_selecting_everything_gives_markdown_that_renders_alike(
    typesetter: Typesetter, text: str
) -> None:
    document = rendered(typesetter, text)
    copied = markdown_between(document, 0, document.characterCount())
    again = rendered(typesetter, copied)
    assert again.toPlainText() == document.toPlainText()
    assert markdown_between(again, 0, again.characterCount()) == copied


def test_a_selection_inside_code_is_bare_code(typesetter: Typesetter) -> None:
    document = rendered(typesetter, "Look:\n\n```py\nfirst = 1\nsecond = 2\n```\n\nend")
    start = document.toPlainText().index("first")
    end = document.toPlainText().index("= 2")
    assert markdown_between(document, start, end) == "first = 1\nsecond "


def test_part_of_a_bold_word_stays_bold(typesetter: Typesetter) -> None:
    document = rendered(typesetter, "a **bold** word")
    assert markdown_between(document, 4, 8) == "**ld** w"


@given(st.sampled_from(ROUND_TRIPS), st.integers(0, 80), st.integers(0, 80))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_part_can_be_copied(typesetter: Typesetter, text: str, one: int, other: int) -> None:
    document = rendered(typesetter, text)
    last = document.characterCount() - 1
    start, end = sorted((min(one, last), min(other, last)))
    copied = markdown_between(document, start, end)
    assert len(copied) <= 4 * len(text) + 20


def test_across_messages_the_middle_ones_give_their_source(
    typesetter: Typesetter, message: Callable[..., Message]
) -> None:
    talk = [message(text) for text in ("one *a*", "two *b*", "three *c*")]
    records = Records(talk)
    documents = {each.id: rendered(typesetter, each.text) for each in talk}
    selection = Selection()
    selection.start(Point(talk[2].id, 5))
    selection.extend(Point(talk[0].id, 4))
    found = selection.parts(records, lambda each: documents[each.id])
    parts = [part.text for _, part in found]
    assert parts == ["*a*", "two *b*", "three"]
    assert selection.range_in(records, 1, 5) == (0, 5)


def test_a_message_that_went_away_ends_the_selection(message: Callable[..., Message]) -> None:
    gone = message("text")
    records = Records([gone])
    selection = Selection()
    selection.select(gone.id, 0, 4)
    records.remove(gone.id)
    assert selection.ordered(records) is None
