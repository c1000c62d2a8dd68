from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.flow_layout import FlowLayout


def _flow(qtbot: QtBot, *widths: int) -> tuple[QWidget, FlowLayout, list[QWidget]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(spacing_px=10, parent=holder)
    buttons = []
    for width in widths:
        button = QWidget()
        button.setFixedSize(width, 20)
        flow.addWidget(button)
        buttons.append(button)
    return holder, flow, buttons


def test_items_go_on_in_the_next_line(qtbot: QtBot) -> None:
    holder, flow, buttons = _flow(qtbot, 100, 100, 100)
    holder.resize(215, 200)
    holder.show()
    assert [(b.x(), b.y()) for b in buttons] == [(0, 0), (110, 0), (0, 30)]
    assert flow.heightForWidth(215) == 50
    assert flow.heightForWidth(330) == 20
    holder.resize(330, 200)
    assert [b.y() for b in buttons] == [0, 0, 0]


def test_an_item_wider_than_the_layout_stands_alone(qtbot: QtBot) -> None:
    holder, flow, buttons = _flow(qtbot, 50, 300, 50)
    assert flow.heightForWidth(120) == 80
    assert flow.minimumSize().width() == 0
    assert _flow(qtbot)[1].heightForWidth(10) == 0
    flow.removeWidget(buttons[1])
    assert flow.count() == 2
    assert flow.heightForWidth(120) == 20
    assert holder.layout() is flow
