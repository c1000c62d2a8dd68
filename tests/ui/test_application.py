from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.application import Application


def test_quitting_is_a_request(qtbot: QtBot, qapp: Application) -> None:
    with qtbot.waitSignal(qapp.quit_requested):
        QApplication.sendEvent(qapp, QEvent(QEvent.Type.Quit))


def test_files_given_by_the_system_come_together_and_are_kept_until_somebody_listens(
    qtbot: QtBot, qapp: Application
) -> None:
    for name in ("song.mp3", "take.wav"):
        QApplication.sendEvent(qapp, QFileOpenEvent(f"/tmp/{name}"))
    with qtbot.waitSignal(qapp.files_opened) as told:
        qapp.listen()
    assert told.args == [[Path("/tmp/song.mp3"), Path("/tmp/take.wav")]]
    with qtbot.waitSignal(qapp.files_opened) as told:
        QApplication.sendEvent(qapp, QFileOpenEvent("/tmp/late.mp3"))
    assert told.args == [[Path("/tmp/late.mp3")]]


def test_a_link_given_by_the_system_is_told_and_other_addresses_are_not_ours(
    qtbot: QtBot, qapp: Application
) -> None:
    qapp.listen()
    with qtbot.waitSignal(qapp.link_opened) as told:
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.com/")))
        QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("beatra:task/1")))
    assert told.args == ["beatra:task/1"]


def test_the_last_window_does_not_end_the_program(qapp: Application) -> None:
    assert not qapp.quitOnLastWindowClosed()


def test_the_desktop_knows_the_app(qapp: Application) -> None:
    assert qapp.desktopFileName() == "ai.beatra.Desktop"
    assert qapp.organizationName() == ""
    assert not qapp.windowIcon().isNull()
