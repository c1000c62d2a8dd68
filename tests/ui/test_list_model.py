from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.list_model import RECORD_ROLE, ListModel, record_of


@dataclass(frozen=True)
class Song:
    id: str
    title: str = ""


def _model(records: Records[Song]) -> ListModel[Song]:
    return ListModel(records, describe=lambda song: song.title or song.id)


def _ids(model: QAbstractItemModel) -> list[str]:
    rows = range(model.rowCount())
    return [record_of(model.index(row, 0), Song).id for row in rows]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(["insert", "remove", "replace", "assign"]), st.integers(0, 99))
    )
)
def test_rows_are_the_records_whatever_happens(qapp: object, steps: list[tuple[str, int]]) -> None:
    records = Records([Song("a"), Song("b")])
    model = _model(records)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for number, (step, place) in enumerate(steps):
        if step == "insert":
            records.insert(place % (len(records) + 1), Song(f"n{number}"))
        elif step == "assign":
            records.assign([Song(f"x{number}"), Song(f"y{number}")])
        elif len(records):
            chosen = records[place % len(records)]
            if step == "remove":
                records.remove(chosen.id)
            else:
                records.replace(replace(chosen, title=f"t{number}"))
        assert _ids(model) == [song.id for song in records]
    tester.deleteLater()


def test_many_changes_of_a_row_are_told_once_per_frame(qtbot: QtBot) -> None:
    records = Records([Song("a"), Song("b")])
    model = _model(records)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    for number in range(100):
        records.replace(Song("b", title=str(number)))
    assert told == []
    qtbot.waitUntil(lambda: told == [1])
    assert model.index(1).data() == "99"


def test_changes_are_told_before_rows_move_away_below_them(qtbot: QtBot) -> None:
    records = Records([Song("a"), Song("b")])
    model = _model(records)
    told: list[str] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.data(RECORD_ROLE).id))
    records.replace(Song("b", title="new"))
    records.insert(0, Song("c"))
    assert told == ["b"]


def test_an_index_is_found_by_id(qapp: object) -> None:
    model = _model(Records([Song("a"), Song("b")]))
    assert model.index_of("b").row() == 1
    assert not model.index_of("gone").isValid()


def test_a_destroyed_model_is_left_in_peace(qtbot: QtBot) -> None:
    records = Records([Song("a")])
    model = _model(records)
    assert len(records.inserted) == 1
    with qtbot.waitSignal(model.destroyed):
        model.deleteLater()
    records.append(Song("b"))
    assert len(records.inserted) == 0


def test_a_record_of_another_kind_is_a_bug(qapp: object) -> None:
    model = _model(Records([Song("a")]))
    with pytest.raises(AssertionError):
        record_of(model.index(0), Records)  # type: ignore[type-var]  # the wrong kind, on purpose
