"""A list of rows of one height paints what changed places, as far as it can be seen."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.application import Application
from beatra_desktop.ui.long_list import LongList

Index = QModelIndex | QPersistentModelIndex
COUNT = 300


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows = list(range(COUNT))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return str(self.rows[index.row()]) if role == Qt.ItemDataRole.DisplayRole else None

    def move(self, row: int, to: int) -> None:
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to)
        moved = self.rows.pop(row)
        self.rows.insert(to - (to > row), moved)
        self.endMoveRows()

    def drop_first(self) -> None:
        self.beginRemoveRows(QModelIndex(), 0, 0)
        del self.rows[0]
        self.endRemoveRows()


class _Delegate(QStyledItemDelegate):
    """Notes the texts it paints."""

    def __init__(self, view: LongList) -> None:
        super().__init__(view)
        self.painted: list[str] = []

    def paint(self, _painter: QPainter, _option: QStyleOptionViewItem, index: Index) -> None:
        self.painted.append(index.data())


@pytest.fixture
def listed(qapp: Application) -> Iterator[tuple[LongList, _Model, _Delegate]]:
    view, model = LongList("", padding_px=4), _Model()
    delegate = _Delegate(view)
    view.setModel(model)
    view.setItemDelegate(delegate)
    view.resize(200, 300)
    view.show()
    assert QTest.qWaitForWindowExposed(view)
    qapp.processEvents()
    delegate.painted.clear()
    yield view, model, delegate
    view.hide()
    view.deleteLater()


Listed = tuple[LongList, _Model, _Delegate]


@pytest.mark.parametrize(
    ("row", "to", "painted"),
    [
        (2, 5, ["3", "4", "2"]),
        (4, 1, ["4", "1", "2", "3"]),
        (COUNT - 1, 0, [f"{COUNT - 1}", "0", "1", "2"]),
    ],
)
def test_what_changes_places_is_painted(
    qtbot: QtBot, listed: Listed, row: int, to: int, painted: list[str]
) -> None:
    _, model, delegate = listed
    model.move(row, to)
    qtbot.waitUntil(lambda: delegate.painted[: len(painted)] == painted)


def test_what_moves_out_of_sight_paints_nothing(qtbot: QtBot, listed: Listed) -> None:
    _, model, delegate = listed
    model.move(200, 250)
    model.dataChanged.emit(model.index(0), model.index(0))
    qtbot.waitUntil(lambda: len(delegate.painted) > 0)
    assert delegate.painted == ["0"]


def test_several_moves_and_rows_that_go_leave_what_is_there(qtbot: QtBot, listed: Listed) -> None:
    view, model, delegate = listed
    model.move(2, 5)
    model.drop_first()
    model.move(7, 1)
    seen = view.rowAt(view.viewport().height() - 1) + 1
    wanted = [str(each) for each in model.rows[:seen]]
    qtbot.waitUntil(lambda: delegate.painted[-seen:] == wanted)
