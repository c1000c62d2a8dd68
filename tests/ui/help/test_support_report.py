"""The support report: what it would pass on is on show, and only that is copied."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.help.support_report import SupportReport


def test_what_is_on_show_is_what_is_copied(qtbot: QtBot) -> None:
    dialog = SupportReport("App: Beatra Desktop\nQt: 6")
    qtbot.addWidget(dialog)
    dialog.open()
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(dialog.copy, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text() == "App: Beatra Desktop\nQt: 6"
    assert dialog.text.isReadOnly()
