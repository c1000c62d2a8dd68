"""What moves, and that it does not where the user or the desktop wants it still."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPropertyAnimation, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Motion
from beatra_desktop.ui import motion
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.three_panes import NARROW_PX, ThreePanes

GENERAL = Qt.UIEffect.UI_General
FADING = Qt.UIEffect.UI_FadeMenu
SLIDING = Qt.UIEffect.UI_AnimateCombo


@pytest.fixture(autouse=True)
def _as_usual(qapp: QApplication) -> Iterator[None]:
    yield
    motion.hear_system(reduces=False)
    motion.choose(Motion.SYSTEM)


def test_the_users_word_goes_before_the_desktops() -> None:
    motion.hear_system(reduces=True)
    assert motion.is_reduced()
    motion.choose(Motion.FULL)
    assert not motion.is_reduced()
    motion.hear_system(reduces=False)
    motion.choose(Motion.REDUCED)
    assert motion.is_reduced()
    motion.choose(Motion.SYSTEM)
    assert not motion.is_reduced()


def test_a_sweep_halts_and_goes_on_where_it_is(qtbot: QtBot) -> None:
    bar = ProgressBar("Sending")
    qtbot.addWidget(bar)
    bar.set_fraction(None)
    bar.show()
    moving = [bar.is_moving]
    for choice in (Motion.REDUCED, Motion.FULL):
        motion.choose(choice)
        moving.append(bar.is_moving)
    assert moving == [True, False, True]


@pytest.fixture
def _fading_menus() -> Iterator[None]:
    """Menus fade, and lists of choices do not slide."""
    kept = {effect: QApplication.isEffectEnabled(effect) for effect in (GENERAL, FADING, SLIDING)}
    QApplication.setEffectEnabled(GENERAL)
    QApplication.setEffectEnabled(FADING)
    QApplication.setEffectEnabled(SLIDING, False)
    yield
    for effect, is_on in kept.items():
        QApplication.setEffectEnabled(effect, is_on)


@pytest.mark.usefixtures("_fading_menus")
def test_the_caret_and_the_menus_stand_still_and_come_back_as_they_were() -> None:
    hints, are_on = QGuiApplication.styleHints(), QApplication.isEffectEnabled
    blinks_ms = hints.cursorFlashTime()
    assert are_on(FADING)
    motion.choose(Motion.REDUCED)
    assert (hints.cursorFlashTime(), are_on(FADING)) == (0, False)
    motion.choose(Motion.FULL)
    assert (hints.cursorFlashTime(), are_on(FADING), are_on(SLIDING)) == (blinks_ms, True, False)


def test_the_studio_is_there_at_once(qtbot: QtBot) -> None:
    panes = ThreePanes(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(panes)
    panes.resize(NARROW_PX - 100, 500)
    panes.show()
    motion.choose(Motion.REDUCED)
    panes.show_studio(shown=True)
    slides = panes.findChildren(QPropertyAnimation)
    assert {slide.state() for slide in slides} == {QPropertyAnimation.State.Stopped}
    assert panes.is_studio_shown
