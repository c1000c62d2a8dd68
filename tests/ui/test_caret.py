"""The caret, which wakes the machine with each blink, rests when nobody writes."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Motion
from beatra_desktop.ui import motion
from beatra_desktop.ui.caret import Caret

RESTING_MS = 20
DARK = 100
"""Of 255: darker than the ground, also where the caret is drawn between two pixels."""


class Form:
    """Two fields, as Qt draws their carets in two ways, in a window that has the focus."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.line, self.text = QLineEdit(self.window), QTextEdit(self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.line)
        column.addWidget(self.text)
        self.window.setStyleSheet("* { background: white; color: black; border: 0 }")
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.line.setFocus()

    def until_rest(self) -> None:
        self._qtbot.waitUntil(lambda: blink_ms() == 0)

    @staticmethod
    def shows_caret(field: QWidget) -> bool:
        """The field is empty, so nothing else in it is dark."""
        picture = field.grab().toImage()
        places = product(range(picture.width()), range(picture.height()))
        return any(picture.pixelColor(x, y).value() < DARK for x, y in places)


def blink_ms() -> int:
    return QGuiApplication.styleHints().cursorFlashTime()


@pytest.fixture
def form(qapp: QApplication, qtbot: QtBot) -> Iterator[Form]:
    assert blink_ms() > 0
    caret = Caret(qapp, resting_ms=RESTING_MS)
    yield Form(qtbot)
    caret.deleteLater()
    motion.choose(Motion.SYSTEM)
    QGuiApplication.styleHints().setCursorFlashTime(motion.DESKTOPS_OWN)


def test_at_rest_it_can_be_seen_in_every_field(form: Form) -> None:
    for field in (form.line, form.text):
        field.setFocus()
        form.until_rest()
        assert form.shows_caret(field)


def test_what_is_written_and_where_the_focus_goes_wakes_it(form: Form) -> None:
    form.until_rest()
    QTest.keyClicks(form.line, "a")
    typed = blink_ms()
    form.until_rest()
    form.text.setFocus()
    focused = blink_ms()
    form.until_rest()
    QTest.keyClicks(form.text, "a")
    assert min(typed, focused, blink_ms()) > 0


def test_with_reduced_motion_nothing_makes_it_blink_until_that_ends(form: Form) -> None:
    form.until_rest()
    motion.choose(Motion.REDUCED)
    QTest.keyClicks(form.line, "a")
    reduced = blink_ms()
    motion.choose(Motion.FULL)
    assert (reduced, blink_ms() > 0) == (0, True)
    form.until_rest()
