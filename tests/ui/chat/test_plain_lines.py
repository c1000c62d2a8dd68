from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.plain_lines import LONGEST, read_plain

PIECES: Final = [
    "word ", "words go on", "\n", "\n\n", "\n- ", "\n## ", "# ", "### ", "- ", "* ", "+ ", "  ",
    "1. ", "> ", "**", "*", "`", "``", "***", "**bold**", "*slanted*", "`co * de`", "**a**b", "(",
    ". ", ",", ": ", "://", "http", "\u00e9", "--", "\u2014", "12", "'", '"', "!", "?", "#", "-",
    "=", "[", "_", "~", "|", "\\", "$", "<", "&", "\u0643 ", "\u00a0", "\u3000", "\u4e2d",
    "\u0301", "\u2028",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@given(texts)
@settings(max_examples=1_000, deadline=None)
def test_plain_lines_read_as_the_parser_reads_them(text: str) -> None:
    parts = read_plain(text)
    if parts is not None:
        assert [block for _, block in parts] == Reader().blocks(text)
        tokens = [each for each in Reader().tokens(text) if each.map and each.type != "inline"]
        starts = {each.map[0] for each in tokens if each.map}
        assert {number for number, _ in parts} <= starts


@pytest.mark.parametrize(
    "text",
    ["Plain words.\n\n", "## A **title**\n\n- An item with `code`\n- another\n\nIt goes: on.", ""],
)
def test_most_lines_are_plain(text: str) -> None:
    assert read_plain(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "- item\nwords",
        "1. one",
        "a_b",
        "a | b",
        "> quote",
        "    code",
        "[a](b)",
        "x" * (LONGEST + 1),
    ],
)
def test_the_rest_is_left_to_the_parser(text: str) -> None:
    assert read_plain(text) is None
