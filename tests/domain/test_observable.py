from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.observable import Records, Value
from beatra_desktop.domain.records import replace


@dataclass(frozen=True)
class Note:
    id: str
    text: str = ""


class Mirror:
    """Follows a list by its signals alone, as a view's model does."""

    def __init__(self, records: Records[Note]) -> None:
        self._records = records
        self.notes = list(records)
        self._announced: tuple[int, int] | None = None
        records.inserting.connect(self._on_announced)
        records.removing.connect(self._on_announced)
        records.inserted.connect(self._on_inserted)
        records.removed.connect(self._on_removed)
        records.changed.connect(self._on_changed)
        records.resetting.connect(self.notes.clear)
        records.reset.connect(self._on_reset)

    def _on_announced(self, first: int, last: int) -> None:
        assert self.notes == list(self._records), "announced before anything changed"
        self._announced = (first, last)

    def _on_inserted(self, first: int, last: int) -> None:
        assert self._announced == (first, last)
        self.notes[first:first] = [self._records[row] for row in range(first, last + 1)]

    def _on_removed(self, first: int, last: int) -> None:
        assert self._announced == (first, last)
        del self.notes[first : last + 1]

    def _on_changed(self, row: int) -> None:
        self.notes[row] = self._records[row]

    def _on_reset(self) -> None:
        self.notes.extend(self._records)


STEPS = st.lists(
    st.tuples(st.sampled_from(["insert", "replace", "remove", "assign"]), st.integers(0, 100))
)


@given(steps=STEPS)
def test_observers_can_follow_every_change(steps: list[tuple[str, int]]) -> None:
    records = Records([Note("a"), Note("b")])
    mirror = Mirror(records)
    for number, (step, where) in enumerate(steps):
        row = where % len(records) if len(records) else 0
        if step == "insert":
            news = [Note(f"n{number}.{each}") for each in range(1 + where % 3)]
            records.insert(where % (len(records) + 1), *news)
        elif step == "assign":
            records.assign([Note(f"n{number}"), *list(records)[::-1]])
        elif len(records) and step == "remove":
            records.remove(records[row].id)
        elif len(records):
            records.replace(replace(records[row], text=str(number)))
        assert mirror.notes == list(records)
        assert [records.row(note.id) for note in records] == list(range(len(records)))
        assert all(records.get(note.id) == note for note in mirror.notes)


def test_records_are_found_by_their_ids() -> None:
    records = Records([Note("a")])
    records.append(Note("b", "text"))
    assert len(records) == 2
    assert "b" in records
    assert records.get("b") == Note("b", "text")
    records.remove("a")
    assert "a" not in records
    assert records.get("a") is None
    assert records.row("b") == 0


@pytest.mark.parametrize("signal", ["inserted", "removed", "changed", "reset"])
def test_a_list_knows_whether_somebody_listens(signal: str) -> None:
    records = Records([Note("a")])
    heard = [records.is_observed]

    def listen(*_rows: int) -> None:
        pass

    getattr(records, signal).connect(listen)
    heard.append(records.is_observed)
    getattr(records, signal).disconnect(listen)
    assert [*heard, records.is_observed] == [False, True, False]


@pytest.mark.parametrize("command", ["remove", "row"])
def test_an_id_that_is_not_there_is_an_error(command: str) -> None:
    with pytest.raises(KeyError):
        getattr(Records([Note("a")]), command)("b")


def test_a_record_that_is_not_there_can_not_be_replaced() -> None:
    with pytest.raises(KeyError):
        Records([Note("a")]).replace(Note("b"))


def test_ids_of_a_former_list_are_forgotten() -> None:
    records = Records([Note("a"), Note("b")])
    records.assign([Note("b")])
    assert "a" not in records
    assert records.row("b") == 0


def test_a_value_tells_what_it_became_and_only_when_it_did() -> None:
    value = Value(1)
    seen: list[int] = []
    value.changed.connect(seen.append)
    for number in (1, 2, 2, 3):
        value.set(number)
    assert seen == [2, 3]
    assert value.value == 3
