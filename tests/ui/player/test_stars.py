"""Rating with five stars."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.player.stars import GAP_PX, STAR_PX, Stars

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def stars(qtbot: QtBot) -> Stars:
    made = Stars()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def rated(stars: Stars) -> list[int]:
    found: list[int] = []
    stars.rated.connect(found.append)
    return found


def _click(stars: Stars, number: int) -> None:
    QTest.mouseClick(stars, LEFT, pos=QPoint((STAR_PX + GAP_PX) * number - STAR_PX // 2, 12))


def test_a_click_rates_and_the_same_star_takes_it_back(stars: Stars, rated: list[int]) -> None:
    _click(stars, 3)
    _click(stars, 5)
    _click(stars, 5)
    assert rated == [3, 5, 0]


def test_keys_rate_and_stay_inside(stars: Stars, rated: list[int]) -> None:
    for key in (Qt.Key.Key_4, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_9):
        QTest.keyClick(stars, key)
    assert rated == [4, 5, 4]


def test_showing_tells_nobody_and_says_how_many(stars: Stars, rated: list[int]) -> None:
    empty = stars.grab().toImage()
    assert stars.accessibleName() == "Not rated"
    stars.show_stars(2)
    assert stars.accessibleName() == "2 of 5 stars"
    assert rated == []
    assert stars.grab().toImage() != empty
