"""What becomes of what is pasted into the text area, or dropped on it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.chat.text_area import (
    LONG_CHARACTERS,
    LONG_LINES,
    MAX_PASTED_CHARACTERS,
    TextArea,
)

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def test_pasted_text_is_plain(area: TextArea) -> None:
    data = QMimeData()
    data.setHtml("<b>warm</b> rain")
    data.setText("warm rain")
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert area.toPlainText() == "warm rain"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>warm <i>rain</i></p><p>2 &lt; 3</p>", "warm rain\n2 < 3"),
        ("<ul><li>one<li>two</ul><script>alert(1)</script>", "one\ntwo"),
        ("rain<img src='file:///etc/passwd'>", "rain"),
    ],
)
def test_html_alone_is_reduced_to_its_text(area: TextArea, html: str, text: str) -> None:
    data = QMimeData()
    data.setHtml(html)
    assert area.canInsertFromMimeData(data)
    area.insertFromMimeData(data)
    assert area.toPlainText() == text


def test_a_pasted_picture_is_told_and_not_written(area: TextArea, qtbot: QtBot) -> None:
    picture = QImage(3, 2, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    data = QMimeData()
    data.setImageData(picture)
    data.setHtml("<img src='https://example.com/red.png'>")  # as browsers copy pictures
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(area.picture_pasted) as told:
        QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    [found] = told.args
    assert (found.size(), found.pixelColor(0, 0)) == (picture.size(), QColor("red"))
    assert area.toPlainText() == ""


def test_the_text_of_cells_is_worth_more_than_their_picture(area: TextArea) -> None:
    data = QMimeData()
    data.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
    data.setText("1\t2")
    area.insertFromMimeData(data)
    assert area.toPlainText() == "1\t2"


def _paste(area: TextArea, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()


def _undo(area: TextArea) -> str:
    QTest.keyClick(area, Qt.Key.Key_Z, CONTROL)
    return area.toPlainText()


@pytest.mark.parametrize("pasted", ["one", "one\r\ntwo\n\nthree", "x" * (LONG_CHARACTERS + 1)])
def test_a_paste_is_undone_in_one_step_and_alone(area: TextArea, pasted: str) -> None:
    QTest.keyClicks(area, "typed")
    _paste(area, pasted)
    assert area.toPlainText() == f"typed{pasted}".replace("\r", "")
    assert _undo(area) == "typed"


@pytest.mark.parametrize(
    ("text", "is_long"),
    [
        ("x" * LONG_CHARACTERS, False),
        ("x" * (LONG_CHARACTERS + 1), True),
        ("\n" * (LONG_LINES - 1), False),
        ("\n" * LONG_LINES, True),
    ],
)
def test_long_pastes_are_told(area: TextArea, text: str, is_long: bool) -> None:
    told: list[str] = []
    area.long_text_pasted.connect(lambda: told.append(area.pasted_text))
    _paste(area, text)
    assert told == ([text] if is_long else [])


def test_what_was_pasted_can_be_replaced_whatever_is_typed_around_it(area: TextArea) -> None:
    long = "la\n" * LONG_LINES
    QTest.keyClicks(area, "ab")
    QTest.keyClick(area, Qt.Key.Key_Left)
    _paste(area, long)
    QTest.keyClicks(area, "behind")
    for _ in "behind":
        QTest.keyClick(area, Qt.Key.Key_Left)
    cursor = area.textCursor()
    cursor.setPosition(1)
    area.setTextCursor(cursor)
    QTest.keyClicks(area, "before")
    assert area.pasted_text == long
    area.replace_pasted("[block]")
    assert area.toPlainText() == "abefore[block]behindb"
    assert not area.has_pasted
    assert _undo(area) == f"abefore{long}behindb"


def test_an_undone_paste_is_gone(area: TextArea) -> None:
    _paste(area, "la\n" * LONG_LINES)
    assert area.has_pasted
    assert _undo(area) == ""
    assert not area.has_pasted


def test_more_than_the_window_can_take_is_refused(area: TextArea, qtbot: QtBot) -> None:
    QTest.keyClicks(area, "kept")
    with qtbot.waitSignal(area.paste_refused) as told:
        _paste(area, "x" * (MAX_PASTED_CHARACTERS + 1))
    assert told.args == [MAX_PASTED_CHARACTERS + 1]
    assert area.toPlainText() == "kept"


def test_pasted_files_are_told_and_not_written_as_text(
    area: TextArea, tmp_path: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a song.mp3"))])
    data.setText("file:///a%20song.mp3")
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(area.files_pasted) as told:
        QTest.keyClick(area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()
    assert told.args == [[tmp_path / "a song.mp3"]]
    assert area.toPlainText() == ""


def test_a_web_address_is_text(area: TextArea) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://beatra.ai/x")])
    data.setText("https://beatra.ai/x")
    assert area.canInsertFromMimeData(data)
    area.insertFromMimeData(data)
    assert area.toPlainText() == "https://beatra.ai/x"


def test_files_dropped_on_it_are_told(area: TextArea, tmp_path: Path, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "notes.txt"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    centre = area.viewport().rect().center()
    enter = QDragEnterEvent(centre, copy, data, left, NONE)
    QApplication.sendEvent(area.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(area.files_pasted) as told:
        QApplication.sendEvent(area.viewport(), QDropEvent(QPointF(centre), copy, data, left, NONE))
    assert told.args == [[tmp_path / "notes.txt"]]
