"""Text that is kept as it is typed."""

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.chat.kept_text import KeptText


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[KeptText]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = KeptText("Instructions", placeholder="", lines=range(2, 5))
    column = QVBoxLayout(holder)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    made.box.setFocus()
    qtbot.waitUntil(made.box.hasFocus)
    yield made
    holder.close()


@pytest.fixture
def kept(field: KeptText) -> list[str]:
    texts: list[str] = []
    field.kept.connect(texts.append)
    return texts


def test_who_types_without_a_pause_is_safe_too(
    field: KeptText, kept: list[str], qtbot: QtBot
) -> None:
    while not kept:
        QTest.keyClicks(field.box, "a", delay=5)
    assert kept[0] in (field.text, field.text[:-1])
    qtbot.waitUntil(lambda: kept[-1] == field.text)


def test_leaving_the_field_keeps_at_once(field: KeptText, kept: list[str]) -> None:
    QTest.keyClicks(field.box, " Be brief. ")
    other = field.window().findChildren(QLineEdit)[-1]
    other.setFocus()
    assert kept == [" Be brief. "]
    assert not field.is_pending


def test_hiding_the_field_keeps_at_once_and_once(field: KeptText, kept: list[str]) -> None:
    field.window().findChildren(QLineEdit)[-1].setFocus()
    QTest.keyClicks(field.box, "x")
    field.window().hide()
    assert kept == ["x"]
    field.flush()
    assert kept == ["x"]


def test_another_text_is_shown_without_being_kept(field: KeptText, kept: list[str]) -> None:
    field.set_text("Given")
    assert not field.is_pending
    assert field.text == "Given"
    field.box.selectAll()
    field.set_text("Given")
    assert field.box.textCursor().hasSelection(), "the same text moves nothing"
    assert kept == []


def test_characters_are_counted(field: KeptText) -> None:
    assert field.counter.isHidden()
    field.set_text("1234")
    QApplication.processEvents()
    assert field.counter.text() == "4 characters"
    assert field.counter.isVisible()
