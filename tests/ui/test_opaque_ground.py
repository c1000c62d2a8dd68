"""What stands on an opaque ground is scrolled by moving what is painted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui import theme
from beatra_desktop.ui.application import Application
from beatra_desktop.ui.list_model import ListModel
from beatra_desktop.ui.long_list import LongList
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground


@dataclass(frozen=True)
class _Row:
    id: str


class _Counter(QStyledItemDelegate):
    painted = 0

    def paint(
        self,
        _painter: QPainter,
        _option: QStyleOptionViewItem,
        _index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self.painted += 1


Shown = tuple[LongList, _Counter]


@pytest.fixture
def show(qapp: Application) -> Iterator[Callable[[Ground | None], Shown]]:
    panes = []

    def shown(ground: Ground | None) -> Shown:
        pane, view = Pane(Ground.WINDOW), LongList("", padding_px=4, ground=ground)
        panes.append(pane)
        rows: Records[_Row] = Records(_Row(str(number)) for number in range(200))
        counter = _Counter(view)
        view.setModel(ListModel(rows, describe=lambda row: row.id, parent=view))
        view.setItemDelegate(counter)
        pane.add(view)
        theme.dress(pane)
        pane.resize(300, 400)
        pane.show()
        assert QTest.qWaitForWindowExposed(pane)
        qapp.processEvents()
        return view, counter

    yield shown
    for pane in panes:
        pane.hide()
        pane.deleteLater()


@pytest.mark.parametrize(("ground", "paints_all"), [(Ground.WINDOW, False), (None, True)])
def test_only_what_is_scrolled_into_sight_is_painted(
    qapp: Application,
    show: Callable[[Ground | None], Shown],
    ground: Ground | None,
    paints_all: bool,
) -> None:
    view, counter = show(ground)
    all_rows, counter.painted = counter.painted, 0
    view.verticalScrollBar().setValue(view.rowHeight(0) // 2)
    qapp.processEvents()
    assert counter.painted > 0
    assert (counter.painted > all_rows // 2) is paints_all


def test_the_ground_has_the_colour_of_what_is_around_it(
    qapp: Application, show: Callable[[Ground | None], Shown]
) -> None:
    view, _ = show(Ground.WINDOW)
    for appearance in (Appearance.LIGHT, Appearance.DARK):
        theme.set_appearance(appearance)
        qapp.processEvents()
        assert view.viewport().grab().toImage().pixelColor(5, 5) == theme.current().window
