import json

import pytest
from PySide6.QtCore import QAbstractAnimation, QPoint, QPropertyAnimation, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import theme
from beatra_desktop.ui.sliding_pane import Scrim
from beatra_desktop.ui.three_panes import (
    NARROW_PX,
    SIDEBAR_PX,
    STUDIO_PX,
    TIGHT_PX,
    ThreePanes,
)

WIDE_PX = 1280
STOPPED = QAbstractAnimation.State.Stopped


@pytest.fixture
def panes(qtbot: QtBot) -> ThreePanes:
    made = ThreePanes(QLabel("sidebar"), QLabel("chat"), QLabel("studio"))
    qtbot.addWidget(made)
    made.resize(WIDE_PX, 700)
    made.show()
    return made


def _slides(panes: ThreePanes) -> list[QPropertyAnimation]:
    return panes.findChildren(QPropertyAnimation)


def _pane(panes: ThreePanes, name: str) -> QLabel:
    return next(label for label in panes.findChildren(QLabel) if label.text() == name)


def test_the_first_start_has_the_designed_widths(panes: ThreePanes) -> None:
    assert _pane(panes, "sidebar").width() == SIDEBAR_PX
    assert _pane(panes, "studio").width() == STUDIO_PX


def test_widths_and_collapsed_panes_are_remembered(panes: ThreePanes, qtbot: QtBot) -> None:
    panes.show_sidebar(shown=False)
    panes.show_studio(shown=False)
    again = ThreePanes(QLabel("sidebar"), QLabel("chat"), QLabel("studio"))
    qtbot.addWidget(again)
    again.restore(panes.state)
    again.resize(WIDE_PX, 700)
    again.show()
    assert not again.is_sidebar_shown
    assert not again.is_studio_shown
    again.show_studio(shown=True)
    assert _pane(again, "studio").width() == STUDIO_PX


def test_remembered_widths_come_back(panes: ThreePanes) -> None:
    known = json.loads(panes.state) | {"sidebar": 300, "studio": 450}
    panes.restore(json.dumps(known))
    assert _pane(panes, "sidebar").width() == 300
    assert _pane(panes, "studio").width() == 450


def test_a_narrow_window_lays_the_studio_over_the_chat(panes: ThreePanes, qtbot: QtBot) -> None:
    panes.resize(NARROW_PX - 100, 700)
    assert panes.is_narrow
    assert not panes.is_studio_shown
    chat = _pane(panes, "chat")
    before = chat.width()
    panes.show_studio(shown=True)
    studio = _pane(panes, "studio")
    qtbot.waitUntil(lambda: studio.x() + studio.width() == panes.width())
    assert chat.width() == before
    assert panes.studio_holds(QPoint(panes.width() - 5, 300))


def test_a_window_that_grows_while_the_studio_slides_in_finds_it_at_its_end(
    panes: ThreePanes, qtbot: QtBot
) -> None:
    panes.resize(NARROW_PX - 200, 700)
    panes.show_studio(shown=True)
    panes.resize(NARROW_PX - 100, 700)
    studio = _pane(panes, "studio")
    qtbot.waitUntil(lambda: all(slide.state() is STOPPED for slide in _slides(panes)))
    assert studio.x() + studio.width() == panes.width()


def test_a_window_that_grows_while_the_studio_slides_out_loses_it(
    panes: ThreePanes, qtbot: QtBot
) -> None:
    panes.resize(NARROW_PX - 200, 700)
    studio = _pane(panes, "studio")
    panes.show_studio(shown=True)
    qtbot.waitUntil(lambda: studio.x() + studio.width() == panes.width())
    panes.show_studio(shown=False)
    panes.resize(NARROW_PX - 100, 700)
    assert not panes.is_studio_shown
    qtbot.waitUntil(studio.isHidden)


def test_a_click_beside_the_studio_puts_it_away(panes: ThreePanes, qtbot: QtBot) -> None:
    panes.resize(NARROW_PX - 100, 700)
    panes.show_studio(shown=True)
    scrim = panes.findChild(Scrim)
    assert scrim is not None
    QTest.mouseClick(scrim, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.waitUntil(_pane(panes, "studio").isHidden)
    assert scrim.isHidden()


def test_a_wide_window_takes_the_studio_back_into_the_row(panes: ThreePanes) -> None:
    panes.resize(NARROW_PX - 100, 700)
    panes.resize(WIDE_PX, 700)
    assert panes.is_studio_shown
    assert _pane(panes, "studio").width() == STUDIO_PX
    assert not panes.studio_holds(QPoint(400, 300))
    panes.show_studio(shown=False)
    panes.resize(NARROW_PX - 100, 700)
    panes.resize(WIDE_PX, 700)
    assert not panes.is_studio_shown


def test_the_widths_follow_the_text(panes: ThreePanes) -> None:
    theme.set_zoom_percent(120)
    scale = theme.text_scale()
    assert scale > 1.15
    assert _pane(panes, "sidebar").width() == round(SIDEBAR_PX * scale)
    assert _pane(panes, "studio").width() == round(STUDIO_PX * scale)
    assert json.loads(panes.state)["studio"] == STUDIO_PX
    theme.set_zoom_percent(200)
    assert not panes.is_studio_shown


def test_a_tight_window_lays_the_sidebar_over_the_chat_too(panes: ThreePanes, qtbot: QtBot) -> None:
    panes.resize(TIGHT_PX - 10, 500)
    sidebar, chat = _pane(panes, "sidebar"), _pane(panes, "chat")
    assert chat.width() == panes.width()
    panes.show_sidebar(shown=True)
    qtbot.waitUntil(lambda: sidebar.x() == 0)
    panes.show_studio(shown=True)
    qtbot.waitUntil(sidebar.isHidden)
    panes.show_sidebar(shown=True)
    qtbot.waitUntil(_pane(panes, "studio").isHidden)
    panes.put_sidebar_away()
    qtbot.waitUntil(sidebar.isHidden)
    panes.resize(WIDE_PX, 500)
    assert panes.is_sidebar_shown
    assert sidebar.width() == SIDEBAR_PX
    assert chat.x() > sidebar.x()


def test_in_a_language_from_right_to_left_the_panes_come_from_the_other_sides(
    panes: ThreePanes, qtbot: QtBot
) -> None:
    panes.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    panes.resize(TIGHT_PX - 10, 500)
    panes.show_studio(shown=True)
    qtbot.waitUntil(lambda: _pane(panes, "studio").x() == 0)
    panes.show_sidebar(shown=True)
    sidebar = _pane(panes, "sidebar")
    qtbot.waitUntil(lambda: sidebar.x() + sidebar.width() == panes.width())
