"""What is typed as a parameter, and what it means."""

import pytest

from beatra_desktop.ui.chat import parameter_text as meaning


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), (" ", None), ("0", 0.0), ("0,7", 0.7), (" 1.25 ", 1.25), ("2", 2.0)],
)
def test_a_temperature_is_a_number_up_to_two(text: str, value: float | None) -> None:
    meant = meaning.temperature(text)
    assert (meant.value, meant.problem) == (value, "")


@pytest.mark.parametrize("text", ["hot", "2.1", "-0.1", "nan", "inf", "1.2.3", "1 2"])
def test_nonsense_is_named_and_left_to_the_service(text: str) -> None:
    meant = meaning.temperature(text)
    assert meant.value is None
    assert meant.problem == "Write a number from 0 to 2. Until then the service chooses."


def test_extremes_are_taken_with_a_word_of_advice() -> None:
    assert "fall apart" in meaning.temperature("1.6").advice
    assert meaning.temperature("1.5").advice == ""
    assert "likeliest" in meaning.top_p("0").advice
    assert "break off" in meaning.max_tokens("5").advice
    assert meaning.max_tokens("16").advice == ""


def test_top_p_ends_at_one() -> None:
    assert meaning.top_p("1").value == 1.0
    assert "from 0 to 1." in meaning.top_p("1.01").problem


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("", None, ""),
        ("12 000", 12000, ""),
        ("0", None, "from 1 up"),
        ("-3", None, "from 1 up"),
        ("1.5", None, "whole number"),
        ("٣", None, "whole number"),
        ("9" * 19, None, "at most 18 digits"),
    ],
)
def test_tokens_are_counted_from_one(text: str, value: int | None, problem: str) -> None:
    meant = meaning.max_tokens(text)
    assert meant.value == value
    assert problem in meant.problem
    assert bool(meant.problem) is bool(problem)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("-7", -7), ("--7", None), ("-", None)])
def test_a_seed_is_any_whole_number(text: str, value: int | None) -> None:
    meant = meaning.seed(text)
    assert meant.value == value
    assert bool(meant.problem) is (value is None)


@pytest.mark.parametrize(
    "stops",
    [(), ("END",), (" a ", "b"), ("\n\n", "\t", "\r\n"), ("\\n", "\\\\x\n", "C:\\temp"), ("🎵",)],
)
def test_stop_sequences_are_read_as_they_are_written(stops: tuple[str, ...]) -> None:
    text = meaning.stops_text(stops)
    assert meaning.stops(text).value == stops
    assert len(text.splitlines()) == len(stops)


def test_a_backslash_that_stands_for_nothing_is_one() -> None:
    assert meaning.stops("\\d\\").value == ("\\d\\",)


def test_only_four_stop_sequences_are_used() -> None:
    meant = meaning.stops("a\n\nb\nc\nd\ne\n")
    assert meant.value == ("a", "b", "c", "d")
    assert "first 4" in meant.problem


def test_a_line_of_blanks_is_pointed_out() -> None:
    assert "blank" in meaning.stops("END\n  ").advice


@pytest.mark.parametrize(("number", "text"), [(None, ""), (2.0, "2"), (0.35, "0.35"), (7, "7")])
def test_numbers_are_written_plainly(number: float | None, text: str) -> None:
    assert meaning.number_text(number) == text
