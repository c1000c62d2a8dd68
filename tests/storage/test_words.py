import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beatra_desktop.storage.words import (
    EXCERPT_CHARACTERS,
    MARK_END,
    MARK_START,
    excerpt,
    match_expression,
    spaced,
    terms,
)


def marked(text: str, query: str) -> list[str]:
    """What the excerpt marks."""
    return re.findall(f"{MARK_START}(.*?){MARK_END}", excerpt(text, terms(query)))


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5 (words, tokenize = unicode61)")
        connection.execute("INSERT INTO t VALUES ('some words')")
        yield connection


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("two words", ["two", "words"]),
        ("  much \t space\n", ["much", "space"]),
        ('"quoted" (text) c++ -x', ["quoted", "text", "c", "x"]),
        ("don't e-mail", ["don't", "e-mail"]),
        ("!!! ... —", []),
        ("", []),
        ("nul\0inside", ["nul", "inside"]),
    ],
)
def test_terms_are_what_can_be_looked_for(query: str, found: list[str]) -> None:
    assert terms(query) == found


@pytest.mark.parametrize(
    ("query", "expression"),
    [
        ("word", '"word"*'),
        ("two words", '"two"* AND "words"*'),
        ("a", '"a"'),
        ('say"so', '"say""so"*'),
        ("NOT", '"NOT"*'),
        ("北京", '"北  京"'),
        ("abc京", '"abc 京"'),
        ("京abc", '"京 abc"*'),
    ],
)
def test_expressions_are_quoted_and_find_beginnings(query: str, expression: str) -> None:
    assert match_expression(terms(query)) == expression


@given(query=st.text())
@example('foo"bar AND (')
@example("NEAR(a b, 2) ^x {c}: d*")
@example("\0\x1a")
def test_any_text_makes_a_valid_expression(index: sqlite3.Connection, query: str) -> None:
    if found := terms(query):
        index.execute("SELECT * FROM t WHERE t MATCH ?", (match_expression(found),)).fetchall()


@given(text=st.text(), query=st.text())
def test_any_text_has_an_excerpt(text: str, query: str) -> None:
    if found := terms(query):
        shown = excerpt(text, found)
        assert shown.count(MARK_START) == shown.count(MARK_END)
        assert "\n" not in shown


@given(text=st.text())
def test_spacing_adds_nothing_but_spaces(text: str) -> None:
    assert spaced(text).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        ("Hello big world", "world hel", ["Hel", "world"]),
        ("Le café est là", "CAFE", ["café"]),
        ("cafe\u0301", "café", ["café"]),
        ("I can't see the cant", "can't", ["can't"]),
        ("concat cat", "cat", ["cat"]),
        ("foo-bar foo bar", "foo.bar", ["foo-bar", "foo bar"]),
        ("我爱北京天安门", "北京", ["北京"]),
        ("서울은 크다", "서", ["서"]),
        ("각", "가", []),
        ("が か", "か", ["か"]),
        ("ภาษาไทย", "ไทย", ["ไทย"]),
        ("nothing here", "absent", []),
    ],
)
def test_the_found_places_are_marked(text: str, query: str, found: list[str]) -> None:
    assert marked(text, query) == found


def test_an_excerpt_surrounds_the_first_place() -> None:
    shown = excerpt("before " * 100 + "needle " + "after " * 100, ["needle"])
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert f"{MARK_START}needle{MARK_END}" in shown
    assert len(shown) <= EXCERPT_CHARACTERS + 4


def test_an_excerpt_has_no_signs_of_markdown() -> None:
    answer = (
        "From **Uploads**:\n\n### How to `drop` it\n\n- [Anywhere](https://beatra.ai/drop-zone)"
    )
    assert excerpt(answer, ["upload"]).endswith("s: How to drop it Anywhere")
    assert "(https://beatra.ai/drop-" in excerpt(answer, ["zone"]), "found in what is not shown"


def test_an_excerpt_begins_with_a_whole_word() -> None:
    shown = excerpt("melancholy " * 9 + "needle", ["needle"])
    assert shown == f"…melancholy melancholy melancholy {MARK_START}needle{MARK_END}"
    assert excerpt("Riverside and on · " + "x" * 34 + " needle", ["needle"]).startswith("…xxx")
    assert excerpt("雨" * 99 + "京", ["京"]).startswith("…雨雨")


def test_a_short_text_is_shown_whole_in_one_line() -> None:
    assert excerpt("first\n\nsecond", ["third"]) == "first second"


def test_marks_in_the_text_itself_are_taken_out() -> None:
    assert excerpt("fake \x02mark\x03", ["fake"]) == f"{MARK_START}fake{MARK_END} mark"
