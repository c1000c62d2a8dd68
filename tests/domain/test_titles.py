import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.titles import first_words, numbered, shortened

FAMILY = "👩‍👩‍👧‍👦"
THUMB = "👍🏽"
FLAG = "🇯🇵"
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What is C#", "What is C#"),
        ("-5 degrees", "-5 degrees"),
        ("## A heading ##", "A heading"),
        ("two * three * four", "two * three * four"),
        ("- [x] 1. Buy **strings** and `capos`", "Buy strings and capos"),
        ("> quoted *words*", "quoted words"),
        ("snake_case and 2*3*4 stay", "snake_case and 2*3*4 stay"),
        ("***all*** __of__ ~~it~~", "all of it"),
        ('See [the manual](https://a.test/b "c") first', "See the manual first"),
        ("![a cat](cat.png)", "a cat"),
        ("| a | b |", "a | b"),
        ("|---|:-:|\n---\n===\nwords", "words"),
        ("a\tb\u00a0 c", "a b c"),
        ("😀", "😀"),
        ("?!", "?!"),
    ],
)
def test_signs_of_markdown_are_left_out(text: str, words: str) -> None:
    assert first_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("```python\nprint(1)\n```\nWhy does this fail?", "Why does this fail?"),
        ("Why?\n```\ncode\n```", "Why?"),
        ("```python\nprint(1)\n```", "print(1)"),
        ("~~~\n```\ninside\n~~~\nafter", "after"),
        ("notes.txt\n````\n```\nx\n```\n````\nSum this up", "notes.txt"),
        ("```\n```", ""),
        ("```\nnever closed", "never closed"),
    ],
)
def test_what_stands_outside_code_comes_first(text: str, words: str) -> None:
    assert first_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://www.example.com/", "example.com"),
        ("https://example.com/a/b?utm=1#top", "example.com/a/b"),
        ("Sum up https://example.com/a?b=c please", "Sum up example.com/a please"),
        ("http://localhost:8000/v1", "localhost:8000/v1"),
    ],
)
def test_addresses_are_shown_without_what_only_machines_read(text: str, words: str) -> None:
    assert first_words(text) == words


def test_what_is_not_seen_is_left_out_but_for_joiners() -> None:
    assert first_words("\ufeff\u202eabc\u202c \u2066d\u2069\x07") == "abc d"
    assert first_words("می\u200cخواهم") == "می\u200cخواهم"
    assert first_words(FAMILY) == FAMILY


@pytest.mark.parametrize(
    "sign", [FAMILY, THUMB, FLAG, SCOTLAND, "e\u0301", "\u1112\u1161\u11ab", "❤️", "1️⃣"]
)
def test_nothing_that_is_seen_as_one_is_cut(sign: str) -> None:
    for limit in range(len(sign) + 2, 3 * len(sign) + 6):
        kept = shortened(sign * 20, limit).removesuffix("…")
        assert kept == sign * (len(kept) // len(sign))


@pytest.mark.parametrize("before", ["x", "xy", "xyz"])
def test_flags_are_counted_from_where_they_begin(before: str) -> None:
    text = before + FLAG * 9
    seen = {before + FLAG * number for number in range(9)}
    for limit in range(len(before) + 3, len(text)):
        assert shortened(text, limit).removesuffix("…") in seen


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 10, "one two…"),
        ("a " + "x" * 20, 10, "a xxxxxxx…"),
        ("今天天气很好，我们去散步吧", 8, "今天天气很好…"),
        ("مرحبا، كيف حالك", 8, "مرحبا…"),
    ],
)
def test_long_words_end_where_it_reads_best(text: str, limit: int, short: str) -> None:
    assert shortened(text, limit) == short


def test_a_clip_has_a_number_where_its_task_made_several() -> None:
    assert numbered("Lamps", 0, of=1) == "Lamps"
    assert [numbered("Lamps", index, of=2) for index in range(2)] == ["Lamps 1", "Lamps 2"]


def test_where_nothing_but_code_stands_the_code_speaks() -> None:
    assert first_words("```python\nprint(1)\n```") == "print(1)"
    assert first_words("```\nprint(1)\n```\nWhat does it do?") == "What does it do?"
    assert first_words("~~~~\na\n~~~\nb\n~~~~\nafter it") == "after it"


@given(text=st.text(), limit=st.integers(2, 40))
def test_any_text_fits(text: str, limit: int) -> None:
    assert "\n" not in first_words(text)
    assert len(shortened(text, limit)) <= limit
