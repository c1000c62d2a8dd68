from dataclasses import dataclass

import pytest

from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.ordered_records import AT_ONCE, OrderedRecords


@dataclass(frozen=True)
class Item:
    id: str
    size: int


@pytest.fixture
def source() -> Records[Item]:
    return Records([Item("a", 3), Item("b", 1), Item("c", 2)])


@pytest.fixture
def ordered(source: Records[Item], qapp: object) -> OrderedRecords[Item]:
    return OrderedRecords(
        source, key=lambda item: (item.size, item.id), keep=lambda item: item.size < 10
    )


def _ids(ordered: OrderedRecords[Item]) -> str:
    return "".join(item.id for item in ordered.rows)


def test_rows_follow_the_key_whatever_happens(
    source: Records[Item], ordered: OrderedRecords[Item]
) -> None:
    assert _ids(ordered) == "bca"
    source.insert(1, Item("d", 2), Item("e", 10))
    assert _ids(ordered) == "bcda"
    source.replace(Item("b", 9))
    assert _ids(ordered) == "cdab"
    source.replace(Item("e", 0))
    assert _ids(ordered) == "ecdab"
    source.replace(Item("c", 11))
    assert _ids(ordered) == "edab"
    source.remove("d")
    assert _ids(ordered) == "eab"
    source.assign([Item("z", 1), Item("y", 0)])
    assert _ids(ordered) == "yz"


def test_a_change_that_moves_nothing_is_told_as_a_change(
    source: Records[Item], ordered: OrderedRecords[Item]
) -> None:
    told: list[str] = []
    ordered.rows.changed.connect(lambda row: told.append(f"changed {row}"))
    ordered.rows.removed.connect(lambda row, _last: told.append(f"removed {row}"))
    ordered.rows.reset.connect(lambda: told.append("reset"))
    source.replace(Item("c", 2))
    assert told == ["changed 1"]
    source.replace(Item("c", 7))
    assert told == ["changed 1", "removed 1"]


def test_many_new_records_come_at_once(
    source: Records[Item], ordered: OrderedRecords[Item]
) -> None:
    told: list[str] = []
    ordered.rows.reset.connect(lambda: told.append("reset"))
    source.insert(0, *(Item(f"n{number:03}", 1) for number in range(AT_ONCE + 1)))
    assert told == ["reset"]
    assert [item.size for item in ordered.rows] == sorted(item.size for item in ordered.rows)


def test_the_other_way_round_is_kept_as_well(
    source: Records[Item], ordered: OrderedRecords[Item]
) -> None:
    ordered.arrange(descending=True)
    assert _ids(ordered) == "acb"
    source.append(Item("d", 2))
    source.replace(Item("a", 0))
    assert _ids(ordered) == "dcba"


def test_another_arrangement_is_there_at_once(ordered: OrderedRecords[Item]) -> None:
    ordered.arrange(key=lambda item: (-item.size, item.id))
    assert _ids(ordered) == "acb"
    ordered.arrange(keep=lambda item: item.size > 1)
    assert _ids(ordered) == "ac"
