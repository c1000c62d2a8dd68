"""Two widgets that go below each other where there is no room beside each other."""

from typing import Any

from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.stacking_row import StackingRow


def test_they_stand_below_each_other_where_the_row_is_too_narrow(qapp: Any, qtbot: Any) -> None:
    pane = QWidget()
    qtbot.addWidget(pane)
    first, second = Button("A rather long button"), Button("Another one")
    row = StackingRow(first, second, parent=pane)
    pane.show()
    states = []
    narrow = row.minimumSizeHint().width()
    for width in (600, narrow, 600):
        row.resize(width, 100)
        pane.grab()
        states.append(row.is_stacked)
        assert row.is_stacked == (first.geometry().bottom() < second.geometry().top())
    assert states == [False, True, False]
    assert narrow == first.minimumSizeHint().width()
