"""Progress and state at a glance."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.indicators import ProgressBar


def _moves(bar: ProgressBar) -> bool:
    return any(timer.isActive() for timer in bar.findChildren(QTimer))


def test_a_bar_of_unknown_length_moves_only_while_it_is_seen(qtbot: QtBot) -> None:
    pane = QWidget()
    bar = ProgressBar("Looking", parent=pane)
    qtbot.addWidget(pane)
    bar.set_fraction(None)
    assert not _moves(bar)
    pane.show()
    assert _moves(bar)
    pane.hide()
    assert not _moves(bar)


def test_a_bar_that_knows_how_far_it_is_stands_still(qtbot: QtBot) -> None:
    bar = ProgressBar("Sending")
    qtbot.addWidget(bar)
    bar.show()
    bar.set_fraction(None)
    assert _moves(bar)
    bar.set_fraction(0.5)
    assert not _moves(bar)
    assert bar.value() == bar.maximum() // 2
