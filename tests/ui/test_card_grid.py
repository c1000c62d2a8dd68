"""Cards by arithmetic, beside Qt's own list view, which lays them out one by one."""

import random
from itertools import product
from typing import Final

import pytest
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.card_grid import CardGrid
from beatra_desktop.ui.styling import Ground

COUNT: Final = 23
CARD: Final = QSize(100, 80)
COLUMNS: Final = 4
HEIGHT: Final = 250
KEYS: Final = (
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
)  # fmt: skip
PLAIN, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton


class Cards(QStyledItemDelegate):
    """Notes the state of what it paints."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[int, QStyle.StateFlag] = {}

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return CARD

    def paint(
        self,
        _painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.states[index.row()] = option.state


@pytest.fixture
def cards() -> Cards:
    return Cards()


@pytest.fixture
def grid(qtbot: QtBot, cards: Cards) -> CardGrid:
    grid = CardGrid("Cards", least=lambda: CARD, ground=Ground.SURFACE, parent=None)
    _show(grid, cards, qtbot)
    return grid


@pytest.fixture
def wrapped(qtbot: QtBot, cards: Cards) -> QListView:
    view = QListView()
    view.setFlow(QListView.Flow.LeftToRight)
    view.setWrapping(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    _show(view, cards, qtbot)
    return view


def _show(view: QListView, cards: Cards, qtbot: QtBot) -> None:
    qtbot.addWidget(view)
    view.setModel(QStringListModel([f"card {number}" for number in range(COUNT)], view))
    view.setItemDelegate(cards)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    view.setFrameShape(QFrame.Shape.NoFrame)
    bar_px = view.verticalScrollBar().sizeHint().width()
    view.resize(COLUMNS * CARD.width() + 1 + bar_px, HEIGHT)
    with qtbot.waitExposed(view):
        view.show()


def index(view: QListView, row: int) -> QModelIndex:
    return view.model().index(row, 0)


def state(view: QListView) -> tuple[int, int, list[int]]:
    """What is current, how far down the view is, and what is selected."""
    chosen = sorted(each.row() for each in view.selectionModel().selectedIndexes())
    return view.currentIndex().row(), view.verticalScrollBar().value(), chosen


def test_cards_lie_where_qt_lays_them(grid: CardGrid, wrapped: QListView) -> None:
    for view in (grid, wrapped):
        view.verticalScrollBar().setValue(90)
    rows = range(COUNT)
    assert [grid.visualRect(index(grid, row)) for row in rows] == [
        wrapped.visualRect(index(wrapped, row)) for row in rows
    ]
    points = [QPoint(x, y) for x, y in product(range(0, 420, 30), range(0, HEIGHT, 30))]
    assert [grid.indexAt(point).row() for point in points] == [
        wrapped.indexAt(point).row() for point in points
    ]
    assert grid.verticalScrollBar().maximum() == wrapped.verticalScrollBar().maximum()


def test_keys_and_clicks_do_what_they_do_in_qts_own_list(
    grid: CardGrid, wrapped: QListView
) -> None:
    chance = random.Random(1)
    for number in range(300):
        key, modifier = chance.choice(KEYS), chance.choice((PLAIN, SHIFT))
        place = QPoint(chance.randrange(COLUMNS * CARD.width()), chance.randrange(HEIGHT))
        for view in (grid, wrapped):
            if number % 4:
                QTest.keyClick(view, key, modifier)
            else:
                pressed = (PLAIN, SHIFT, CONTROL)[number // 4 % 3]
                QTest.mouseClick(view.viewport(), LEFT, pressed, place)
        assert state(grid) == state(wrapped), (number, key, modifier, place)


def test_dragging_from_beside_the_cards_selects_what_is_touched(grid: CardGrid) -> None:
    grid.scrollToBottom()
    view, last = grid.viewport(), grid.visualRect(index(grid, COUNT - 1))
    QTest.mousePress(view, LEFT, PLAIN, last.center() + QPoint(CARD.width(), 0))
    QTest.mouseMove(view, last.center() - QPoint(0, CARD.height()))
    QTest.mouseMove(view, last.center() - QPoint(0, CARD.height() + 1))
    QTest.mouseRelease(view, LEFT, PLAIN, last.center() - QPoint(0, CARD.height()))
    assert state(grid)[2] == [18, 19, 22]


@pytest.mark.parametrize(
    ("hint", "row", "top"),
    [
        (QAbstractItemView.ScrollHint.PositionAtTop, 9, 0),
        (QAbstractItemView.ScrollHint.PositionAtCenter, 9, (HEIGHT - CARD.height()) // 2),
        (QAbstractItemView.ScrollHint.PositionAtBottom, 13, HEIGHT - CARD.height()),
        (QAbstractItemView.ScrollHint.EnsureVisible, 13, HEIGHT - CARD.height()),
    ],
)
def test_a_card_is_scrolled_to(
    grid: CardGrid, hint: QAbstractItemView.ScrollHint, row: int, top: int
) -> None:
    grid.scrollTo(index(grid, row), hint)
    assert grid.visualRect(index(grid, row)).top() == top


def test_only_what_is_in_sight_is_painted_with_its_state(grid: CardGrid, cards: Cards) -> None:
    model, flag = grid.selectionModel(), QItemSelectionModel.SelectionFlag
    model.setCurrentIndex(index(grid, 2), flag.NoUpdate)
    model.select(index(grid, 1), flag.ClearAndSelect)
    grid.activateWindow()
    grid.setFocus()
    QTest.mouseMove(grid.viewport(), grid.visualRect(index(grid, 5)).center())
    cards.states.clear()
    grid.grab()
    assert sorted(cards.states) == list(range(4 * COLUMNS))
    of_interest = {
        QStyle.StateFlag.State_Selected: 1,
        QStyle.StateFlag.State_HasFocus: 2,
        QStyle.StateFlag.State_MouseOver: 5,
    }
    for wanted, row in of_interest.items():
        assert [each for each, found in cards.states.items() if found & wanted] == [row]


def test_cards_share_the_width_and_are_found_from_the_right_where_that_is_read_first(
    grid: CardGrid, qtbot: QtBot
) -> None:
    grid.resize(grid.width() + 60, HEIGHT)
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.wait_until(lambda: grid.visualRect(index(grid, 0)).width() == 115)
    rects = [grid.visualRect(index(grid, row)) for row in (0, 1)]
    assert rects[0].right() == grid.viewport().width() - 1
    assert rects[1].right() + 1 == rects[0].left()
    assert grid.indexAt(rects[1].center()).row() == 1
    grid.setCurrentIndex(index(grid, 0))
    QTest.keyClick(grid, Qt.Key.Key_Left)
    assert grid.currentIndex().row() == 1


def test_there_is_more_to_scroll_when_cards_come(grid: CardGrid, qtbot: QtBot) -> None:
    before = grid.verticalScrollBar().maximum()
    grid.model().insertRows(0, COLUMNS)
    qtbot.wait_until(lambda: grid.verticalScrollBar().maximum() == before + CARD.height())


def test_a_screen_reader_hears_of_each_card_and_where_it_is(grid: CardGrid) -> None:
    heard = QAccessible.queryAccessibleInterface(grid)
    assert heard.text(QAccessible.Text.Name) == "Cards"
    assert heard.childCount() == COUNT
    rect = grid.visualRect(index(grid, 6))
    assert heard.child(6).text(QAccessible.Text.Name) == "card 6"
    assert heard.child(6).rect().topLeft() == grid.viewport().mapToGlobal(rect.topLeft())
