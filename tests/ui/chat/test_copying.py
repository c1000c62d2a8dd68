"""Selecting and copying in the transcript, by mouse and keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from beatra_desktop.domain.chat import Role
from beatra_desktop.ui.chat.copying import markdown_between
from beatra_desktop.ui.chat.menu import context_menu

MakeReader = Callable[[int, int], Any]
MakeMessage = Any


@pytest.fixture
def small(reader: MakeReader) -> Any:
    return reader(640, 400)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def drag(small: Any, start: QPoint, end: QPoint) -> None:
    viewport = small.transcript.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def test_text_selected_across_messages_is_copied_with_who_said_it(
    reader: MakeReader, message: MakeMessage
) -> None:
    wide = reader(800, 700)
    question, answer = message("What?", Role.USER), message("**Bold** answer", model="m1")
    wide.show(question, answer)
    start = wide.place(question, wide.view(question).layout.body + QPointF(1, 10))
    end = wide.place(answer, wide.view(answer).layout.body + QPointF(700, 14))
    drag(wide, start, end)
    QTest.keyClick(wide.transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "**You:**\n\nWhat?\n\n**m1:**\n\n**Bold** answer"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("Markdown", "**You:**\n\nWhat *now*?\n\n**m1:**\n\n**Bold** answer"),
        ("Plain text", "You:\n\nWhat *now*?\n\nm1:\n\nBold answer"),
        ("Rich text", "You:\n\nWhat *now*?\n\nm1:\n\nBold answer"),
    ],
)
def test_a_selection_across_messages_is_copied_as_one_likes(
    reader: MakeReader, message: MakeMessage, form: str, text: str
) -> None:
    wide = reader(800, 700)
    question, answer = message("What *now*?", Role.USER), message("**Bold** answer", model="m1")
    wide.show(question, answer)
    start = wide.place(question, wide.view(question).layout.body + QPointF(1, 10))
    end = wide.place(answer, wide.view(answer).layout.body + QPointF(700, 14))
    drag(wide, start, end)
    menu = context_menu(wide.transcript, end)
    [copy_as] = [each for each in menu.findChildren(QMenu) if each.title() == "Copy as"]
    [command] = [each for each in copy_as.actions() if each.text() == form]
    command.trigger()
    assert clipboard() == text
    html = QGuiApplication.clipboard().mimeData().html()
    expected = form == "Rich text"
    assert ("<p>What *now*?</p>" in html, "<strong>Bold</strong>" in html) == (expected, expected)


def test_the_menu_key_opens_the_menu_of_the_message_in_focus(
    small: Any, message: MakeMessage
) -> None:
    first, second = message("One"), message("Two")
    small.show(first, second)
    small.transcript.focus_message(second.id, is_by_keyboard=True)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(small.transcript, QContextMenuEvent(reason, QPoint(0, 0), QPoint(0, 0)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(each for each in menu.actions() if each.text() == "Copy message").trigger()
    assert clipboard() == "Two"
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_double_click_selects_a_word(small: Any, message: MakeMessage) -> None:
    shown = message("Hello wonderful world")
    small.show(shown)
    place = small.place(shown, small.view(shown).layout.body + QPointF(60, 12))
    QTest.mouseDClick(small.transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)
    small.transcript.copy()
    assert clipboard() == "wonderful"


def test_a_very_long_line_of_code_is_copied_as_one(small: Any, message: MakeMessage) -> None:
    line = "".join(f"{number} " for number in range(3_000))
    shown = message(f"```js\nfirst\n{line}\nlast\n```")
    small.show(shown)
    view = small.view(shown)
    assert view.decorations.code_text(1) == f"first\n{line}\nlast"
    whole = view.body.document.characterCount() - 1
    assert markdown_between(view.body.document, 2, whole) == f"irst\n{line}\nlast"


def test_the_sign_on_code_copies_it(small: Any, message: MakeMessage) -> None:
    shown = message("Look:\n\n```py\na = 1\nb = 2\n```\n\nend")
    small.show(shown)
    view = small.view(shown)
    (header,) = [target for target in view.targets() if hasattr(target, "copy_rect")]
    small.click(shown, view.layout.body + header.copy_rect.center())
    assert clipboard() == "a = 1\nb = 2"
    assert small.transcript.copier.copied_line(shown.id) == header.first_line
