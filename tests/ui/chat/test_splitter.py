import itertools
import random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from beatra_desktop.ui.chat.blocks import TABLE_ROWS, Block, Code, Table, Text
from beatra_desktop.ui.chat.long_text import LONG_BLOCK, LONG_PART
from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.splitter import Splitter
from tests.ui.chat.joining import joined

PIECES = [
    "word", "word", "two words", "two words", " ", "  ", "\n", "\n\n", "\r\n", "\r", "# ",
    "## ", "- ", "* ", "  - ",
    "    ", "\t", "1. ", "2) ", "- [ ] ", "- [x] ", "> ", ">", "```", "```py", "~~~", "````",
    "`", "**", "_", "~~", "---", "===", "***", "-", "=", "|", "| a | b |\n", "|---|:-:|\n",
    "| 1 | 2 |\n", "$", "$$", "$$\n", "\\(", "\\)", "\\[", "\\]", "x^2", "\\frac{", "<b>", "<br>",
    "&amp;", "[a]", "[a]: /u", "[a](http://x.y)", "![i](http://x.y/p.png)", "[^1]", "[^1]: ",
    "http://b.c/d", "\\", "\x00", "é", "日本", "   1. ", "      - ", "> > ", "> - ",
    "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\xa0", "\u3000",
    "\u202e", "\u2066", "\u2069", "\u200f", "שלום", "مرحبا",
    "\u200b", "\u200d", "\ufeff", "\xad", "e\u0301", "👩\u200d🔬", "\ufffd", "\ufffe", "\U0010ffff",
]  # fmt: skip
LINES = [
    "", "", "text", "more *text*", "    indented", "# Head", "- a", "- b", "  - c", "  inside",
    "1. x", "2. y", "> q", ">", "```", "```py", "~~~", "   ```", "| a | b |", "|---|---|",
    "| 1 | 2 |", "---", "===", "$$", "x^2", "\\[", "\\]", "[r]: /u", "[r]", "[^1]: note", "-",
    "1.", "```js inline", "````", "   3. third", "      - deep", "> - q", "> > qq", "> ```",
    "\u202etext", "\u200b", "\u200b- a", "\ufeff# Head", "\x85", "a\u2028b", "\x0c", "\x00",
    "שלום **א**", "| \u202ea | \u200b |", "$$\u200b", "[^\u200b]: note", "```\u200b",
    "```\x00", "- [ ] \x00",
]  # fmt: skip
markdown_texts = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(LINES), max_size=20).map("\n".join),
)


def text_defines(text: str) -> bool:
    reader = Reader()
    reader.blocks(text)
    return reader.has_definitions


def fed_parts(text: str) -> list[Block]:
    splitter = Splitter(Reader())
    return splitter.feed(text) + splitter.finish()


def fed(text: str, cuts: list[int], *, looks: bool = True) -> list[Block]:
    reader = Reader()
    splitter = Splitter(reader)
    blocks: list[Block] = []
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts), len(text)]
    for start, end in itertools.pairwise(edges):
        blocks += splitter.feed(text[start:end])
        if looks:
            splitter.tail()
    blocks += splitter.finish()
    return Reader().blocks(text) if reader.has_definitions else joined(blocks)


@given(markdown_texts, st.lists(st.integers(0, 400), max_size=30))
@example("- a\n-\n- b", [3, 5])
@example("para\n| a |\n|-", [8])
@example("```x\ncode\n```", [9])
@example("1. a\n   - b\n     1. c\n\n        d\n2. e\n- f", [4, 9, 14, 22, 30])
@example("a[^1] b\n\n[^1]: one\n    two\n\nc[^2]", [3, 12, 20, 27])
@example("a $x\n\n$$\ny\n\n\\[z\n- w\n\\] $u$", [4, 8, 15, 19])
@example("> ```\n> a\n\nb\n```\nc\n~~~\nd\x00\n~~", [4, 9, 13, 20])
@example("\u202e- a\n\u2066# b\u2069\n\nשלום\n===", [1, 7, 13])
@example("\u200b\n\n- \u200b\n\ufeff```\n👩\u200d🔬\n```\x85\u2028", [1, 4, 9, 13])
@example("\x00```\x00\n\x00\r\n```\r\x00", [1, 5, 7, 12])
@settings(max_examples=400, deadline=None)
def test_any_chunking_gives_the_blocks_of_the_whole(text: str, cuts: list[int]) -> None:
    assert fed(text, cuts) == Reader().blocks(text)


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_text_whatever_is_read_alike(text: str, cuts: list[int]) -> None:
    assert fed(text, cuts) == Reader().blocks(text)


@given(markdown_texts, st.lists(st.integers(0, 400), max_size=30))
@example("some words", [5, 7])
@example("- | a |\n  |---|\n  | 1 |\n| 2 |\nend", [18, 26, 32])
@example("| a |\n|---|\n| 1 |\n| 2 |\n| 3 |\n- | 4", [12, 18, 27, 36])
@example("two words\n\n[^a]: more words", [15, 18])
@example("see http://x.y", [13, 14])
@settings(max_examples=400, deadline=None)
def test_what_is_shown_on_the_way_is_what_reading_it_at_once_shows(
    text: str, cuts: list[int]
) -> None:
    # a definition changes what was read before it only when the text is complete
    assume(not text_defines(text))
    slow, quick = Splitter(Reader()), Splitter(Reader())
    edges = [0, *sorted(cut % (len(text) + 1) for cut in cuts)]
    closed: list[Block] = []
    for start, end in itertools.pairwise(edges):
        closed += slow.feed(text[start:end])
        shown = slow.tail()
    if len(edges) > 1:
        assert joined([*closed, *shown]) == joined([*quick.feed(text[: edges[-1]]), *quick.tail()])


SENTENCES = [
    "Some words, and more. ", "A **bold** word. ", "With `code`, yes. ", "An *open sign. ", "*. ",
    "See http://a.b/c, too. ", "[a](http://b.c) it. ", "Next line\n", "End.\n\n", "| Odd | one. ",
    "===\n", "A $x$ here. ", "- no item. ",
]  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), min_size=40, max_size=120).map("".join))
@settings(max_examples=60, deadline=None)
def test_a_long_paragraph_is_shown_as_if_read_at_once(text: str) -> None:
    slow, quick = Splitter(Reader()), Splitter(Reader())
    closed: list[Block] = []
    for start in range(0, len(text), 50):
        closed += slow.feed(text[start : start + 50])
        shown = slow.tail()
    assert [*closed, *shown] == [*quick.feed(text), *quick.tail()]


@given(
    st.sampled_from(["Some words, and more. ", "letters", "A **bold** word. ", "a line\n"]),
    st.integers(0, 900),
    st.lists(st.integers(0, 40_000), max_size=8),
)
@settings(max_examples=40, deadline=None)
def test_what_is_too_long_is_divided_alike_however_it_arrives(
    piece: str, more: int, cuts: list[int]
) -> None:
    text = "# Before\n\n" + piece * (2 * LONG_PART // len(piece) + more) + "\n\n- after\n"
    assert fed(text, cuts) == fed(text, [])
    texts = [block for block in fed(text, []) if isinstance(block, Text)]
    assert max(len(span.text) for block in texts for span in block.spans) <= LONG_PART


class Counting(Reader):
    """Counts the characters it reads."""

    count: int = 0

    def tokens(self, text: str) -> list[Token]:
        self.count += len(text)
        return super().tokens(text)


GROWING = {
    "one quote": "> q\n", "an item": "  - deep\n",
    "blank lines": "\n", "indented code": "    x\n", "definitions": "[a]: /u\n",
    "a formula": "x^2\n", "a line of code": "x + " * 40,
}  # fmt: skip
STARTS = {"an item": "- a\n", "a formula": "$$\n", "a line of code": "```py\n"}


@pytest.mark.parametrize("shape", GROWING)
def test_twice_the_text_is_twice_the_reading(shape: str) -> None:
    def characters_read(length: int) -> int:
        reader = Counting()
        splitter = Splitter(reader)
        piece = GROWING[shape] * (3_000 // len(GROWING[shape]))
        splitter.feed(STARTS.get(shape, ""))
        for _ in range(length // len(piece)):
            splitter.feed(piece)
        splitter.finish()
        return reader.count

    once, twice = characters_read(24_000), characters_read(48_000)
    assert twice <= 2.5 * once


def test_a_quote_is_closed_where_it_grows_too_long_but_code_in_an_item_stays_whole() -> None:
    quote = Splitter(Reader())
    closed = quote.feed("> words\n" * (LONG_BLOCK // 4))
    assert {block.place.nest[:1] for block in closed} == {"Q"}
    item = Splitter(Reader())
    code = "   x = 1\n" * (LONG_BLOCK // 4)
    assert item.feed(f"1. a\n\n   ```py\n{code}") == []
    blocks = item.feed("   ```\n\nafter\n") + item.finish()
    assert [type(block) for block in blocks] == [Text, Code, Text]


def test_a_long_line_of_code_is_cut_and_says_so() -> None:
    line = "".join(f"{number} " for number in range(LONG_PART))
    text = f"```\nfirst\n{line}\nlast\n```\nafter"
    whole = fed(text, [])
    assert whole == fed(text, [10, 4000, 4100, 9000])
    parts = [block for block in fed_parts(text) if isinstance(block, Code)]
    assert max(len(row) for part in parts for row in part.text.split("\n")) <= LONG_PART
    assert "".join(part.text + ("" if part.is_cut else "\n") for part in parts) == (
        f"first\n{line}\nlast\n"
    )


def test_a_half_open_fence_shows_its_lines_as_code() -> None:
    splitter = Splitter(Reader())
    closed = splitter.feed("Look:\n\n```python\na = 1\nb = 2\nc")
    assert [type(block) for block in closed] == [Text, Code]
    assert splitter.tail() == [Code(splitter.tail()[0].place, "python", "b = 2\nc", is_first=False)]


def test_a_closing_fence_is_not_shown_while_it_arrives() -> None:
    splitter = Splitter(Reader())
    splitter.feed("```\none\ntwo\n``")
    (tail,) = splitter.tail()
    assert isinstance(tail, Code)
    assert tail.text == "two"


@pytest.mark.parametrize("sign", ["-", "1.", "==", "#", "|", "```", "$$", "- ["])
def test_a_sign_alone_waits_for_what_it_means(sign: str) -> None:
    splitter = Splitter(Reader())
    splitter.feed(f"Paragraph\n{sign}")
    assert splitter.tail() == Reader().blocks("Paragraph")


def test_finished_list_items_are_closed_one_by_one() -> None:
    splitter = Splitter(Reader())
    closed = splitter.feed("".join(f"{n}. item\n" for n in range(7, 107)))
    assert len(closed) == 99
    (tail,) = splitter.tail()
    assert tail.place.marker == "106."


@pytest.mark.parametrize("above", ["| a |\n|---|\n| 1 |", "- one\n- two", "## Head", "Some words"])
def test_a_paragraph_that_begins_closes_what_it_stands_under(above: str) -> None:
    splitter = Splitter(Reader())
    closed = splitter.feed(f"{above}\n\n") + splitter.feed("Wo")
    assert joined(closed) == Reader().blocks(above)
    assert splitter.tail() == Reader().blocks("Wo")


def test_a_paragraph_does_not_begin_inside_a_block_that_is_still_open() -> None:
    splitter = Splitter(Reader())
    assert splitter.feed("  ```\ncode\n\nWo") == []
    assert splitter.feed("rds") == []


def test_a_long_table_is_closed_in_parts_that_share_their_columns() -> None:
    rows = "".join(f"| {n} | some text |\n" for n in range(100))
    splitter = Splitter(Reader())
    closed = splitter.feed("| n | t |\n|---|---|\n" + rows)
    tables = [block for block in [*closed, *splitter.finish()] if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [TABLE_ROWS] * (100 // TABLE_ROWS)
    assert [table.is_first for table in tables].count(True) == 1
    assert len({table.widths for table in tables}) == 1


@pytest.mark.parametrize("sign", ["- ", "> ", "1. ", "[", "*", "![", "[^", "$", "`a"])
def test_ten_thousand_signs_are_survived_and_their_text_is_shown(sign: str) -> None:
    count = 10_000 if sign in ("- ", "> ", "1. ") else 1_000
    blocks = Reader().blocks(sign * count + "end")
    assert max(len(block.place.nest) for block in blocks) < 30
    texts = [block for block in blocks if isinstance(block, Text)]
    assert "end" in "".join(span.text for block in texts for span in block.spans)


def test_the_open_part_of_a_long_answer_stays_short() -> None:
    chooser = random.Random(3)
    parts = ["# Title\n\n", "Some words here.\n\n", "- item\n", "```py\nx = 1\n```\n\n"]
    splitter = Splitter(Reader())
    longest = 0
    for _ in range(500):
        splitter.feed(chooser.choice(parts))
        longest = max(longest, sum(1 for _ in splitter.tail()))
    assert longest <= 2
