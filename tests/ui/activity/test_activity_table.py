"""The table by mouse and by keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.activity import Activity, ActivityState
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.activity import columns
from beatra_desktop.ui.activity.activity_model import ActivityModel
from beatra_desktop.ui.activity.activity_table import ActivityTable
from beatra_desktop.ui.activity.column_state import ColumnState
from beatra_desktop.ui.activity.columns import GIVE_WAY, Column
from beatra_desktop.ui.activity.sifting import Sieve
from tests.ui.activity.rows import NAMES, activity

WIDE, NARROW = 1400, 640
NO_KEYS, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def records() -> Records[Activity]:
    return Records(activity(n) for n in range(200))


@pytest.fixture
def table(qtbot: QtBot, records: Records[Activity]) -> Iterator[ActivityTable]:
    model = ActivityModel(records, names=lambda: NAMES)
    table = ActivityTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(WIDE, 500)
    table.columns.restore(ColumnState())
    table.show()
    yield table
    table.hide()


def _model(table: ActivityTable) -> ActivityModel:
    model = table.model()
    assert isinstance(model, ActivityModel)
    return model


def _shown(table: ActivityTable) -> list[Column]:
    return [Column(section) for section in table.head.shown_sections()]


def _place(table: ActivityTable, row: int) -> QPoint:
    index = table.model().index(row, Column.NAME)
    return table.visualRect(index).center()


def _click_head(table: ActivityTable, column: Column) -> None:
    place = QPoint(table.head.sectionViewportPosition(column) + 12, table.head.height() // 2)
    QTest.mouseClick(table.head.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)


def test_columns_give_way_as_the_window_narrows_and_come_back(table: ActivityTable) -> None:
    assert _shown(table) == list(Column)
    table.resize(NARROW, 500)
    assert [column for column in Column if column not in _shown(table)] == sorted(GIVE_WAY[:5])
    assert not table.horizontalScrollBar().isVisible()
    table.resize(WIDE, 500)
    assert _shown(table) == list(Column)


def test_names_take_the_room_that_is_left(table: ActivityTable) -> None:
    for width in (NARROW, 900, WIDE):
        table.resize(width, 500)
        whole = sum(table.columnWidth(column) for column in _shown(table))
        assert whole == width - table.verticalScrollBar().sizeHint().width()


def test_a_click_on_a_head_sorts_and_another_one_turns_it(table: ActivityTable) -> None:
    _click_head(table, Column.NAME)
    assert table.model().index(0, Column.NAME).data() == "Song 0"
    _click_head(table, Column.NAME)
    assert table.model().index(0, Column.NAME).data() == "Song 99"
    assert table.columns.state.sorted_by is Column.NAME
    assert table.columns.state.is_descending


def test_the_head_is_worked_by_keys_alone(table: ActivityTable, qtbot: QtBot) -> None:
    head = table.head
    head.setFocus(Qt.FocusReason.TabFocusReason)
    assert head.focused_section == Column.KIND
    QTest.keyClick(head, Qt.Key.Key_Right)
    QTest.keyClick(head, Qt.Key.Key_Right)
    assert head.focused_section == Column.STATE
    QTest.keyClick(head, Qt.Key.Key_Return)
    assert table.columns.state.sorted_by is Column.STATE
    assert head.accessibleDescription() == "State, sorted upwards"
    QTest.keyClick(head, Qt.Key.Key_Left, ALT)
    assert _shown(table)[:3] == [Column.KIND, Column.STATE, Column.NAME]
    assert table.columns.state.order[1] is Column.STATE
    before = table.columnWidth(Column.STATE)
    QTest.keyClick(head, Qt.Key.Key_Right, SHIFT)
    assert table.columnWidth(Column.STATE) > before
    assert table.columns.state.widths_px[Column.STATE] == table.columnWidth(Column.STATE)
    with qtbot.waitSignal(head.menu_requested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(head, event)
    assert asked.args == [Column.STATE]


def test_columns_are_taken_out_and_brought_back_by_the_menu(table: ActivityTable) -> None:
    def switch(name: str) -> None:
        menu = table.columns.menu()
        next(action for action in menu.actions() if action.text() == name).trigger()
        menu.close()

    switch("Model")
    assert Column.MODEL not in _shown(table)
    switch("Model")
    assert Column.MODEL in _shown(table)
    table.resize(NARROW, 500)
    menu = table.columns.menu()
    assert "Model (no room now)" in [action.text() for action in menu.actions()]
    menu.close()
    switch("Cost")
    switch("Columns as at first")
    assert table.columns.state == ColumnState()


def test_the_menu_sorts_too(table: ActivityTable) -> None:
    menu = table.columns.menu()
    [by] = menu.findChildren(QMenu)
    next(each for each in by.actions() if each.text() == "Cost").trigger()
    menu.close()
    assert table.columns.state.sorted_by is Column.COST


def test_what_is_remembered_is_restored(table: ActivityTable) -> None:
    order = (Column.STATE, *(column for column in Column if column is not Column.STATE))
    state = ColumnState(
        order=order,
        hidden=frozenset({Column.COST}),
        widths_px={Column.MODEL: 200},
        sorted_by=Column.NAME,
        is_descending=False,
    )
    table.columns.restore(state)
    assert _shown(table) == [column for column in order if column is not Column.COST]
    assert table.columnWidth(Column.MODEL) == 200
    assert _model(table).order.column is Column.NAME
    assert table.columns.state == state


def test_a_width_from_the_mouse_is_remembered_and_a_double_click_forgets_it(
    table: ActivityTable,
) -> None:
    head = table.head
    edge = QPoint(
        head.sectionViewportPosition(Column.STATE) + table.columnWidth(Column.STATE) - 1,
        head.height() // 2,
    )
    QTest.mousePress(head.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(head.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, edge + QPoint(40, 0))
    assert table.columns.state.widths_px == {
        Column.STATE: columns.usual_width_px(Column.STATE) + 40
    }
    head.sectionHandleDoubleClicked.emit(Column.STATE)
    assert table.columns.state.widths_px == {}
    assert table.columnWidth(Column.STATE) == columns.usual_width_px(Column.STATE)


def test_rows_are_chosen_together_and_stay_so_through_sorting_and_sifting(
    table: ActivityTable,
) -> None:
    port, left = table.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(port, left, NO_KEYS, _place(table, 1))
    QTest.mouseClick(port, left, SHIFT, _place(table, 3))
    chosen = ["a00001", "a00002", "a00003"]
    assert table.selected_ids() == chosen
    table.head.sort_by(Column.NAME)
    assert sorted(table.selected_ids()) == chosen
    _model(table).sift(Sieve(text="song 2"))
    assert table.selected_ids() == ["a00002"]


def test_enter_and_a_double_click_lead_to_it(table: ActivityTable, qtbot: QtBot) -> None:
    table.choose("a00002")
    with qtbot.waitSignal(table.opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["a00002"]
    with qtbot.waitSignal(table.opened) as opened:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, _place(table, 0))
    assert opened.args == ["a00000"]


def test_letters_are_for_the_filter_and_ctrl_c_for_the_ids(
    table: ActivityTable, qtbot: QtBot
) -> None:
    table.choose("a00002")
    with qtbot.waitSignal(table.typed) as typed:
        QTest.keyClicks(table, "w")
    assert typed.args == ["w"]
    with qtbot.waitSignal(table.copy_requested):
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_the_menu_opens_by_its_key_below_the_current_row(
    table: ActivityTable, qtbot: QtBot
) -> None:
    table.choose("a00002")
    with qtbot.waitSignal(table.menu_requested) as asked:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
        QApplication.sendEvent(table, event)
    place = table.viewport().mapFromGlobal(asked.args[0])
    assert table.visualRect(table.currentIndex()).adjusted(0, 0, 0, 2).contains(place)


def test_the_end_asks_for_older_ones(table: ActivityTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.end_reached):
        QTest.keyClick(table, Qt.Key.Key_End)
        table.scrollToBottom()


def test_a_table_that_is_not_full_asks_for_older_ones(table: ActivityTable, qtbot: QtBot) -> None:
    asked: list[bool] = []
    table.end_reached.connect(lambda: asked.append(True))
    table.look_at_end()
    assert asked == []
    _model(table).sift(Sieve(text="song 19"))
    assert asked
    asked.clear()
    table.look_at_end()
    assert asked


def test_the_clock_runs_only_while_something_goes_on(
    table: ActivityTable, records: Records[Activity]
) -> None:
    clock: list[bool] = [table.is_following_time]
    running = replace(records[0], state=ActivityState.RUNNING, ended_at=None)
    records.replace(running)
    _model(table).catch_up()
    clock.append(table.is_following_time)
    table.hide()
    clock.append(table.is_following_time)
    assert clock == [False, True, False]


def test_many_rows_do_not_make_python_look_at_each(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    original = ActivityModel.text

    def counted(self: ActivityModel, row: int, column: Column) -> str:
        nonlocal calls
        calls += 1
        return original(self, row, column)

    monkeypatch.setattr(ActivityModel, "text", counted)
    records = Records(activity(n, state=ActivityState.RUNNING) for n in range(10_000))
    model = ActivityModel(records, names=lambda: NAMES)
    table = ActivityTable(model)
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(WIDE, 700)
    table.show()
    table.grab()
    calls = 0
    for row in range(0, 10_000, 100):
        records.replace(replace(records[row], fraction=0.5))
    model.catch_up()
    table.grab()
    assert 0 < calls < 1000
    table.hide()
