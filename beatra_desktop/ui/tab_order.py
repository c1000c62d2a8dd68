"""The order in which Tab goes through what came into a window late."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_behind(before: QWidget, added: QWidget) -> None:
    """Let Tab go from the last of all that is in `before` to all that is in `added`.

    Qt puts what is made later at the end of the window's order, wherever it is on show.
    """
    stops = [*_stops(before)[-1:], *_stops(added)]
    for one, next_one in pairwise(stops):
        QWidget.setTabOrder(one, next_one)


def _stops(ground: QWidget) -> list[QWidget]:
    """What takes the keyboard: a widget itself, and others in it in the order they were put there.

    Not by Qt's own chain: PySide makes what `nextInFocusChain` gives a child of what was asked, and
    both are gone with it. Lists that pop up are windows of their own.
    """
    inside, window = (ground, *ground.findChildren(QWidget)), ground.window()
    takes = Qt.FocusPolicy.TabFocus
    return [each for each in inside if each.focusPolicy() & takes and each.window() is window]
