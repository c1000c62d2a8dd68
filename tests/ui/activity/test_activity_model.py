"""The rows of the table against sorting and sifting everything anew."""

import random
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.activity_list import ActivityList
from beatra_desktop.ui import slices
from beatra_desktop.ui.activity import activity_model, arrangement
from beatra_desktop.ui.activity.activity_model import BULK, ActivityModel
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.sifting import Sieve
from beatra_desktop.ui.activity.sorting import VOLATILE
from beatra_desktop.ui.application import Application
from tests.ui.activity.rows import NAMES, NOW, activity

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def _model(records: Records[Activity]) -> ActivityModel:
    return ActivityModel(records, names=lambda: NAMES, clock=lambda: NOW)


def _ids(model: ActivityModel) -> list[str]:
    return [model.id_of(row) for row in range(model.rowCount())]


def test_the_newest_are_first_and_changes_come_once_per_frame(qtbot: QtBot) -> None:
    records = Records([activity(n) for n in range(3)])
    model = _model(records)
    assert _ids(model) == ["a00000", "a00001", "a00002"]
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    for fraction in (0.1, 0.2, 0.3):
        records.replace(replace(records[1], fraction=fraction))
        records.replace(replace(records[2], fraction=fraction))
    assert told == []
    qtbot.waitUntil(lambda: told == [(1, 2)])
    assert model.activity(1).fraction == 0.3


def test_of_what_advances_only_the_progress_is_told(qtbot: QtBot) -> None:
    records = Records([activity(n, state=ActivityState.RUNNING) for n in range(2)])
    model = _model(records)
    told: list[tuple[int, range]] = []
    model.dataChanged.connect(
        lambda first, last: told.append((first.row(), range(first.column(), last.column() + 1)))
    )
    records.replace(replace(records[0], fraction=0.5, done_bytes=10))
    records.replace(replace(records[1], fraction=0.5, attempts=2))
    model.catch_up()
    assert sorted(told, key=lambda each: each[0]) == [
        (0, range(Column.PROGRESS, Column.PROGRESS + 1)),
        (1, range(len(Column))),
    ]


def test_its_first_cells_say_the_whole_row_and_others_what_they_are(qtbot: QtBot) -> None:
    model = _model(Records([activity(state=ActivityState.RUNNING)]))
    spoken = Qt.ItemDataRole.AccessibleTextRole
    whole = {model.index(0, column).data(spoken) for column in (Column.KIND, Column.NAME)}
    assert [words.startswith("Song, Song 0, Running") for words in whole] == [True]
    assert model.index(0, Column.STATE).data(spoken) == "State: Running"
    assert model.index(0, Column.STATE).data() == "Running"


def test_a_row_that_changes_moves_alone_and_stays_chosen(qtbot: QtBot) -> None:
    records = Records([activity(n) for n in range(4)])
    model = _model(records)
    model.sort(Column.NAME, UP)
    selection = QItemSelectionModel(model)
    flags = QItemSelectionModel.SelectionFlag
    selection.setCurrentIndex(model.index(1, 0), flags.ClearAndSelect | flags.Rows)
    moves: list[tuple[int, int]] = []
    model.rowsMoved.connect(lambda _a, first, _l, _b, to: moves.append((first, to)))
    records.replace(replace(records[1], title="Zither"))
    model.catch_up()
    assert moves == [(1, 4)]
    assert selection.currentIndex().row() == 3
    assert model.id_of(3) == "a00001"


def test_counts_follow_kind_and_words_and_not_the_state_that_is_shown(qtbot: QtBot) -> None:
    records = Records(
        [
            activity(0, state=ActivityState.RUNNING),
            activity(1),
            activity(2, kind=ActivityKind.UPLOAD),
            activity(3, title="Waltz"),
        ]
    )
    model = _model(records)
    assert model.counts[ActivityState.DONE] == 3
    model.sift(Sieve(state=ActivityState.RUNNING))
    assert (_ids(model), model.counts[ActivityState.DONE]) == (["a00000"], 3)
    model.sift(Sieve(text="waltz"))
    assert (model.counts[ActivityState.DONE], model.total) == (1, 1)
    model.sift(Sieve(kind=ActivityKind.SONG))
    assert (model.counts[ActivityState.DONE], model.total) == (2, 3)
    with qtbot.waitSignal(model.counts_changed):
        records.replace(replace(records[0], state=ActivityState.FAILED))
    assert model.counts[ActivityState.FAILED] == 1
    assert model.counts[ActivityState.RUNNING] == 0


def test_a_row_leaves_and_comes_as_its_state_does(qtbot: QtBot) -> None:
    records = Records([activity(n, state=ActivityState.RUNNING) for n in range(3)])
    model = _model(records)
    model.sift(Sieve(state=ActivityState.RUNNING))
    records.replace(replace(records[1], state=ActivityState.DONE))
    model.catch_up()
    assert _ids(model) == ["a00000", "a00002"]
    records.replace(replace(records[1], state=ActivityState.RUNNING))
    model.catch_up()
    assert _ids(model) == ["a00000", "a00001", "a00002"]
    records.remove("a00001")
    model.catch_up()
    assert _ids(model) == ["a00000", "a00002"]
    assert model.row_of("a00001") is None


def test_a_figure_that_runs_does_not_make_its_row_run(qtbot: QtBot) -> None:
    live = [activity(n, state=ActivityState.RUNNING, fraction=n / 10) for n in range(3)]
    records = Records(live)
    model = _model(records)
    model.sort(Column.PROGRESS, UP)
    assert _ids(model) == ["a00000", "a00001", "a00002"]
    records.replace(replace(live[0], fraction=0.9))
    model.catch_up()
    assert _ids(model) == ["a00000", "a00001", "a00002"]
    records.replace(replace(live[0], state=ActivityState.DONE))
    model.catch_up()
    assert _ids(model) == ["a00001", "a00002", "a00000"]


@pytest.mark.parametrize("bulk", [BULK, 0])
@pytest.mark.parametrize("seed", range(4))
def test_any_changes_leave_what_sorting_everything_anew_gives(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, seed: int, bulk: int
) -> None:
    monkeypatch.setattr(activity_model, "BULK", bulk)
    chance = random.Random(seed)
    listed = ActivityList()
    listed.insert(_any(chance, n) for n in range(30))
    records = listed.rows
    model = _model(records)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    number = 100
    for _ in range(40):
        for _ in range(chance.randrange(6)):
            number += 1
            _change(listed, chance, number)
        if chance.random() < 0.3:
            model.sift(_any_sieve(chance))
        if chance.random() < 0.3:
            column = chance.choice([each for each in Column if each not in VOLATILE])
            model.sort(column, chance.choice([UP, DOWN]))
        model.catch_up()
        assert _ids(model) == _anew(records, model)
        assert dict(+_counter(model)) == dict(+_counter(_fresh(records, model)))


def _change(listed: ActivityList, chance: random.Random, number: int) -> None:
    old = listed.rows[chance.randrange(len(listed.rows))]
    match chance.randrange(4):
        case 0:
            listed.put(_any(chance, number))
        case 1 if len(listed.rows) > 5:
            listed.remove(old.id)
        case _:
            listed.put(replace(_any(chance, number), id=old.id))


def _any(chance: random.Random, number: int) -> Activity:
    return activity(
        number,
        created_at=NOW - timedelta(minutes=chance.randrange(20)),
        kind=chance.choice(list(ActivityKind)),
        state=chance.choice(list(ActivityState)),
        title=chance.choice(["Lamps", "Snow", "Rain", ""]),
        credits=chance.choice([None, "1.0000", "80.0000"]),
        request_id=chance.choice([None, "req_1", "req_2"]),
    )


def _any_sieve(chance: random.Random) -> Sieve:
    return Sieve(
        state=chance.choice([None, None, *ActivityState]),
        kind=chance.choice([None, None, *ActivityKind]),
        text=chance.choice(["", "", "lamps", "req_1"]),
    )


def _fresh(records: Records[Activity], model: ActivityModel) -> ActivityModel:
    made = _model(Records(records))
    made.sift(model.sieve)
    made.sort(model.order.column, DOWN if model.order.is_descending else UP)
    made.finish()
    return made


def _anew(records: Records[Activity], model: ActivityModel) -> list[str]:
    return _ids(_fresh(records, model))


def _counter(model: ActivityModel) -> Any:
    return model.counts


@pytest.fixture
def one_step_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a list of few rows takes as many turns of the loop as one of many."""
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    monkeypatch.setattr(slices, "PART", 4)
    monkeypatch.setattr(arrangement, "CHUNK", 3)
    monkeypatch.setattr(activity_model, "AT_ONCE", 0)
    monkeypatch.setattr(activity_model, "AT_FIRST", 5)


@pytest.mark.usefixtures("one_step_a_turn")
@pytest.mark.parametrize("seed", range(2))
def test_what_changes_while_many_rows_are_put_in_order_is_not_missed(
    qapp: Application, seed: int
) -> None:
    chance = random.Random(seed)
    listed = ActivityList()
    listed.insert(_any(chance, n) for n in range(40))
    model = _model(listed.rows)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert len(_ids(model)) == 5
    for number in range(100, 160):
        _change(listed, chance, number)
        if number % 20 == 10:
            model.sift(_any_sieve(chance))
        if number % 30 == 0:
            model.finish()  # only what is whole is sorted without being sifted again
        if number % 15 == 0:
            model.sort(chance.choice([Column.NAME, Column.COST]), chance.choice([UP, DOWN]))
        if number % 3 == 0:
            model.catch_up()
        qapp.processEvents()
    model.finish()
    model.catch_up()
    assert _ids(model) == _anew(listed.rows, model)
    assert dict(+_counter(model)) == dict(+_counter(_fresh(listed.rows, model)))


@pytest.mark.usefixtures("one_step_a_turn")
def test_the_old_order_stays_on_show_until_the_new_one_is_there(qtbot: QtBot) -> None:
    model = _model(Records([activity(n, title=f"{99 - n}") for n in range(30)]))
    model.finish()
    newest = _ids(model)
    model.sort(Column.NAME, UP)
    assert (_ids(model), model.order.column) == (newest, Column.STARTED)
    qtbot.waitUntil(lambda: model.order.column is Column.NAME)
    assert _ids(model) == newest[::-1]
