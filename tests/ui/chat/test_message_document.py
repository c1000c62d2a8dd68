from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextDocument
from pytestqt.qtbot import QtBot

from beatra_desktop.services.highlight import CodeKey, LineRanges, highlight
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.formats import (
    CELL_PADDING,
    CODE_HEADER,
    CODE_PADDING,
    Kind,
    Property,
    kind_of,
)
from beatra_desktop.ui.chat.fragments import fragments
from beatra_desktop.ui.chat.message_document import SLICE_CHARACTERS, MessageDocument
from beatra_desktop.ui.chat.typesetter import Typesetter

PIECES = [
    "word ", "words go on", "\n", "\n\n", "# ", "### ", "- ", "  - ", "1. ", "> ", "```py\n",
    "x = 1\n", "\n```\n", "**", "`", "| a | b |\n|---|---|\n", "| 1 | 2 |\n", "---\n", "- [x] ",
    "[a](http://b.c)", "[r]", "\n\n[r]: http://d.e\n\n", "[^1]", "[^1]: ", "<b>", "<br>", "~~~\n",
    "\u0643\u0644\u0645\u0629 ",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
relaxed = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def picture(document: QTextDocument) -> Iterator[tuple[object, ...]]:
    """Everything that shows of a document: blocks with their formats, runs with theirs."""
    block = document.begin()
    while block.isValid():
        runs = [(part.text(), _char(part.charFormat())) for part in fragments(block)]
        joined: list[tuple[str, object]] = []
        for text, made in runs:
            if joined and joined[-1][1] == made:
                joined[-1] = (joined[-1][0] + text, made)
            else:
                joined.append((text, made))
        yield block.text(), _block(block.blockFormat()), tuple(joined)
        block = block.next()


def _block(made: QTextBlockFormat) -> tuple[object, ...]:
    numbers = [made.intProperty(Property(key)) for key in (Property.KIND, Property.LEVEL)]
    texts = [
        made.stringProperty(key) for key in (Property.NEST, Property.MARKER, Property.LANGUAGE)
    ]
    flags = [made.boolProperty(key) for key in (Property.IS_FIRST, Property.IS_LAST)]
    margins = [
        made.leftMargin(),
        made.rightMargin(),
        made.topMargin(),
        made.bottomMargin(),
        made.lineHeight(),
    ]
    return (*numbers, *texts, *flags, *margins, made.alignment())


def _char(made: QTextCharFormat) -> tuple[object, ...]:
    style = made.intProperty(Property.STYLE)
    colour = made.foreground().color().name()
    return made.font().toString(), colour, made.anchorHref(), style


def finished(document: MessageDocument, text: str) -> MessageDocument:
    document.update(text, is_final=True)
    while document.has_work:
        document.advance()
    return document


@given(texts, st.lists(st.integers(1, 60), max_size=25))
@example("| a |\n|---|\n| 1 |\n\n```\nx\n```\n# h", [10, 9, 8])
@example("- a\n\n  ```py\n  b\n  ```\n\n---\n", [3, 4, 5])
@example("- # \u0643\u0644\u0645\u0629", [3])
@example("1 \u0643\u0644\u0645\u0629", [1])
@relaxed
def test_a_document_that_grew_equals_one_made_at_once(
    typesetter: Typesetter, text: str, steps: list[int]
) -> None:
    grown = MessageDocument(typesetter)
    end = 0
    for step in steps:
        end = min(len(text), end + step)
        grown.update(text[:end], is_final=False)
    finished(grown, text)
    whole = finished(MessageDocument(typesetter), text)
    assert list(picture(grown.document)) == list(picture(whole.document))


def test_closed_blocks_are_not_touched_again(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    document.update("First paragraph.\n\nSecond one\n\nThird", is_final=False)
    changes: list[int] = []
    document.document.contentsChange.connect(lambda start, *_: changes.append(start))
    document.update("First paragraph.\n\nSecond one\n\nThird and *more*\n\nfourth", is_final=False)
    # Qt counts the end of the block before the change as changed
    assert min(changes) >= len("First paragraph.")


def test_text_that_does_not_go_on_is_shown_anew(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    document.update("Something long\n\nand more", is_final=False)
    document.update("Other", is_final=False)
    assert document.document.toPlainText() == "Other"


def test_a_finished_message_can_go_on(typesetter: Typesetter) -> None:
    document = finished(MessageDocument(typesetter), "One")
    document.update("One\n\ntwo", is_final=False)
    assert document.document.toPlainText() == "One\ntwo"


def test_a_long_text_comes_in_slices(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    text = "A paragraph of some words.\n\n" * 2_000
    document.update(text, is_final=True)
    assert document.has_work
    assert 0 < document.document.characterCount() < len(text)
    finished(document, text)
    assert document.document.blockCount() == 2_000


@pytest.mark.parametrize(
    "text",
    [
        "word " * 800_000,
        "x" * 400_000,
        "- " * 10_000 + "deep",
        "> " * 10_000 + "deep",
        "- item\n" * 10_000,
        "a line\n" * 20_000,
        "| a | row | without | a | head |\n" * 4_000,
        "```py\n" + "x = 1\n" * 20_000,
        "$" * 50_000,
        "```js\n" + "x" * 400_000,
        "> a line\n" * 4_000,
    ],
    ids=[
        "line",
        "word",
        "nested",
        "quoted",
        "items",
        "lines",
        "rows",
        "open fence",
        "formulas",
        "line of code",
        "quote",
    ],
)
def test_no_slice_does_more_than_a_slice(typesetter: Typesetter, text: str) -> None:
    document = MessageDocument(typesetter)
    touched: list[int] = [0]

    def count(_start: int, removed: int, added: int) -> None:
        touched[-1] += removed + added

    document.document.contentsChange.connect(count)
    document.update(text, is_final=True)
    slices = 1
    while document._is_behind:
        touched.append(0)
        document.advance()
        slices += 1
    assert slices >= len(text) // SLICE_CHARACTERS
    assert max(touched) <= 4 * SLICE_CHARACTERS
    assert document.document.toPlainText().strip()


def test_links_defined_at_the_end_of_a_long_text_are_found_slice_by_slice(
    typesetter: Typesetter,
) -> None:
    document = MessageDocument(typesetter)
    added: list[int] = [0]
    document.document.contentsChange.connect(lambda _, __, count: added.append(count))
    finished(document, "[word] and.\n\n" * 8_000 + "[word]: http://a.b\n")
    assert max(added) <= 4 * SLICE_CHARACTERS
    for place in (0, document.document.characterCount() - 10):
        block = document.document.findBlock(place)
        assert [part.charFormat().anchorHref() for part in fragments(block)] == ["http://a.b", ""]


def test_code_gets_its_colours(typesetter: Typesetter, qtbot: QtBot) -> None:
    document = MessageDocument(typesetter)
    text = 'Look:\n\n```python\ndef f():\n    return "é🎵x" + g(1)\n```\n'
    document.update(text, is_final=True)
    qtbot.waitUntil(lambda: typesetter.highlights.is_idle)
    finished(document, text)
    line = document.document.findBlockByNumber(2)
    coloured = {
        line.text().encode("utf-16-le")[2 * r.start : 2 * (r.start + r.length)].decode("utf-16-le")
        for r in line.layout().formats()
    }
    assert {"return", '"é🎵x"', "1"} <= coloured


def test_lines_of_code_that_come_fast_are_not_asked_for_one_by_one(
    typesetter: Typesetter, qtbot: QtBot
) -> None:
    asked: list[CodeKey] = []

    def make(key: CodeKey) -> LineRanges:
        asked.append(key)
        return highlight(key)

    typesetter.highlights = BackgroundCache(make, lambda _: None)
    document = MessageDocument(typesetter)
    text = "```python\n" + "".join(f"return {n}\n" for n in range(100, 140)) + "```\n"
    for end in range(10, len(text), 11):
        document.update(text[:end], is_final=False)
    document.update(text, is_final=True)
    qtbot.waitUntil(lambda: typesetter.highlights.is_idle)
    finished(document, text)
    typesetter.highlights.close()
    assert len(asked) <= 20
    block = document.document.begin()
    coloured = 0
    while block.isValid():
        coloured += bool(block.layout().formats())
        block = block.next()
    assert coloured == 40


def test_code_is_coloured_though_it_stops_arriving(typesetter: Typesetter, qtbot: QtBot) -> None:
    document = MessageDocument(typesetter)
    text = "```python\n" + "return 1\n" * 6
    for end in range(9, len(text) + 1, 9):
        document.update(text[:end], is_final=False)

    def is_coloured() -> bool:
        document.advance()
        return bool(document.document.findBlockByNumber(4).layout().formats())

    qtbot.waitUntil(is_coloured, timeout=2_000)


@pytest.mark.parametrize("language", ["nonsense-language", "", "py thon"])
def test_code_in_an_unknown_language_is_plain(
    typesetter: Typesetter, qtbot: QtBot, language: str
) -> None:
    document = MessageDocument(typesetter)
    document.update(f"```{language}\ncode\n```", is_final=True)
    qtbot.waitUntil(lambda: typesetter.highlights.is_idle)
    finished(document, f"```{language}\ncode\n```")
    assert document.document.toPlainText().strip() == "code"


def test_a_formula_becomes_a_picture_and_a_bad_one_stays_text(
    typesetter: Typesetter, qtbot: QtBot
) -> None:
    document = finished(MessageDocument(typesetter), "good $x^2$ bad $\\frac{a}{$ end")
    qtbot.waitUntil(lambda: typesetter.drawings.is_idle, timeout=20_000)
    for source in ("x^2", "\\frac{a}{"):
        key = typesetter.renderer.formula_key(source, is_display=False)
        document.formula_ready(key)
    assert document.document.toPlainText() == "good \ufffc bad \\frac{a}{ end"


def test_a_known_formula_is_drawn_at_once(typesetter: Typesetter, qtbot: QtBot) -> None:
    key = typesetter.renderer.formula_key("y", is_display=True)
    typesetter.drawings.get(key)
    qtbot.waitUntil(lambda: typesetter.drawings.is_idle, timeout=20_000)
    document = finished(MessageDocument(typesetter), "$$\ny\n$$")
    assert document.document.toPlainText() == "\ufffc"


def test_the_picture_below_the_closed_blocks_is_all_that_changes(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    document.set_width(400)
    document.update("one\n\n" * 20 + "tail", is_final=False)
    assert document.take_changed_top() <= 0
    document.update("one\n\n" * 20 + "tail and more", is_final=False)
    assert 0 < document.height - document.take_changed_top() < 60


def test_blocks_say_what_they_are(typesetter: Typesetter) -> None:
    document = finished(
        MessageDocument(typesetter), "# h\n\n- a\n\n```x\nc\n```\n\n---\n\n| a |\n|-|\n| b |"
    )
    kinds = []
    block = document.document.begin()
    while block.isValid():
        kinds.append(kind_of(block))
        block = block.next()
    assert kinds == [
        Kind.TEXT, Kind.TEXT, Kind.CODE, Kind.RULE, Kind.CELL, Kind.CELL, Kind.GAP,
    ]  # fmt: skip


def test_a_table_keeps_off_the_ground_of_the_code_above_it(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    for text in ("```\ncode\n```\n", "```\ncode\n```\n\n| a |\n|---|\n| 1 |"):
        document.update(text, is_final=False)  # as it arrives
    layout, block = document.document.documentLayout(), document.document.begin()
    while block.text() != "code":
        block = block.next()
    gap, cell = block.next(), block.next().next()
    assert (kind_of(gap), cell.text()) == (Kind.GAP, "a")
    ground = layout.blockBoundingRect(block).bottom() + typesetter.look.px(CODE_PADDING)
    assert layout.blockBoundingRect(cell).top() > ground + typesetter.look.px(CELL_PADDING)


def test_blocks_of_code_keep_apart(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    for text in ("- ```\n  one\n  ```\n", "- ```\n  one\n  ```\n  ```\n  two"):
        document.update(text, is_final=False)
    layout, last = document.document.documentLayout(), document.document.lastBlock()
    first, px = last.previous().previous(), typesetter.look.px
    assert [first.text(), kind_of(last.previous()), last.text()] == ["one", Kind.GAP, "two"]
    ground = layout.blockBoundingRect(first).bottom() + px(CODE_PADDING)
    header = layout.blockBoundingRect(last).top() - px(CODE_HEADER)
    assert header > ground + px(8)
    assert not last.previous().blockFormat().hasProperty(Property.MARKER)


def test_rows_wait_for_a_table_that_was_just_laid_out(typesetter: Typesetter) -> None:
    document = MessageDocument(typesetter)
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 9
    document.update(text, is_final=False)
    document.update(text := text + "| 3 | 4 |\n", is_final=False)
    assert document.has_work, "the row is not forgotten"
    assert "3" not in document.document.toPlainText()
    document.update(text + "More", is_final=False)
    assert "3" in document.document.toPlainText(), "what comes after the table waits for nothing"


def test_rows_that_waited_come_without_more_text(typesetter: Typesetter, qtbot: QtBot) -> None:
    document = MessageDocument(typesetter)
    text = "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 9
    document.update(text, is_final=False)
    document.update(text + "| 3 | 4 |\n", is_final=False)
    qtbot.waitUntil(lambda: document.advance() or not document.has_work)
    assert "3" in document.document.toPlainText()
