import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.clip_names import (
    DEFAULT_TEMPLATE,
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


def test_a_long_title_gives_way_to_the_number() -> None:
    name = filled("{title} {n}", {**VALUES, NameField.TITLE: "x" * 300}, characters=80)
    assert name.endswith("x 2")
    assert len(name) <= 80


@given(st.text(max_size=90), st.text(max_size=300))
def test_whatever_passes_gives_a_name_that_fits(template: str, title: str) -> None:
    if problem_of(template) is None:
        name = filled(template, {**VALUES, NameField.TITLE: title}, characters=80)
        assert len(name) <= 80
