import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.clip_names import (
    DEFAULT_TEMPLATE,
    TEMPLATE_CHARACTERS,
    NameField,
    NameProblem,
    filled,
    problem_of,
)

VALUES = {NameField.TITLE: "Lamps", NameField.N: "2", NameField.MODEL: "suno-5.5"}


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (DEFAULT_TEMPLATE, None),
        ("{date} {time} {title} {n} by {model}", None),
        ("always the same", None),
        ("  ", NameProblem.EMPTY),
        ("{title}" * 20, NameProblem.TOO_LONG),
        ("{title}/{n}", NameProblem.SEPARATOR),
        ("..\\{title}", NameProblem.SEPARATOR),
        ("{bpm}", NameProblem.UNKNOWN_FIELD),
        ("{}", NameProblem.UNKNOWN_FIELD),
        ("{title", NameProblem.STRAY_BRACE),
        ("title}", NameProblem.STRAY_BRACE),
    ],
)
def test_what_is_wrong_with_a_template_is_named(template: str, problem: NameProblem | None) -> None:
    found = problem_of(template)
    assert (found and found.reason) == problem


def test_a_template_may_be_as_long_as_told_and_its_unknown_field_is_named() -> None:
    assert problem_of("x" * TEMPLATE_CHARACTERS) is None
    assert problem_of("x" * (TEMPLATE_CHARACTERS + 1)) is not None
    found = problem_of("{title} {bpm} {key}")
    assert found is not None
    assert found.about == "bpm"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{title} {n}", "Lamps 2"),
        ("{n} - {title}", "2 - Lamps"),
        ("{title} - {date}", "Lamps"),
        ("{model}: {title}", "suno-5.5: Lamps"),
    ],
)
def test_a_template_is_filled_in(template: str, name: str) -> None:
    assert filled(template, VALUES, characters=80) == name


def test_a_long_title_gives_way_to_the_number_and_to_no_more() -> None:
    name = filled("{title} {n}", {**VALUES, NameField.TITLE: "x" * 300}, characters=80)
    assert name == "x" * 78 + " 2"


def test_where_there_is_no_room_one_letter_of_the_title_stays() -> None:
    assert filled("{title}{n}", {**VALUES, NameField.N: "12"}, characters=3) == "L12"
    assert filled("{title}{n}", {**VALUES, NameField.N: "123"}, characters=3) == "L12"


def test_what_is_not_told_is_left_out() -> None:
    assert filled("{title} {n} by {model}", {NameField.MODEL: "suno"}, characters=80) == "by suno"
    assert filled("{title} {n}", {NameField.TITLE: "LaX"}, characters=80) == "LaX"


@given(st.text(max_size=90), st.text(max_size=300))
def test_whatever_passes_gives_a_name_that_fits(template: str, title: str) -> None:
    if problem_of(template) is None:
        name = filled(template, {**VALUES, NameField.TITLE: title}, characters=80)
        assert len(name) <= 80
