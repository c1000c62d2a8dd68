"""Names of one's own: free ones, and records kept in their order."""

from dataclasses import dataclass

import pytest

from beatra_desktop.domain.observable import Records
from beatra_desktop.services.naming import by_name, free_name, put


@dataclass(frozen=True, slots=True)
class _Named:
    id: str
    name: str


ECHO, DELTA, ALPHA = _Named("1", "echo"), _Named("2", "Delta"), _Named("3", "alpha")


@pytest.mark.parametrize(
    ("wanted", "free"),
    [("Bravo", "Bravo"), (" ALPHA ", "ALPHA 2"), ("delta", "delta 2"), ("", "")],
)
def test_a_name_that_is_taken_gets_the_next_number(wanted: str, free: str) -> None:
    assert free_name(wanted, [ECHO, DELTA, ALPHA]) == free


def test_numbers_that_are_taken_are_passed_over() -> None:
    assert free_name("echo", [ECHO, _Named("4", "Echo 2")]) == "echo 3"


def test_records_are_put_where_their_names_belong() -> None:
    records: Records[_Named] = Records(by_name([ECHO, DELTA]))
    put(records, ALPHA)
    assert list(records) == [ALPHA, DELTA, ECHO]
    put(records, _Named("3", "Foxtrot"))
    assert [record.name for record in records] == ["Delta", "echo", "Foxtrot"]
    put(records, _Named("4", "echo"))
    assert [record.id for record in records] == ["2", "1", "4", "3"]


def test_a_record_of_the_same_name_is_changed_in_its_row() -> None:
    records: Records[_Named] = Records([DELTA, ECHO])
    moved: list[object] = []
    records.reset.connect(lambda: moved.append("reset"))
    put(records, _Named("2", "Delta"))
    assert (moved, len(records)) == ([], 2)
