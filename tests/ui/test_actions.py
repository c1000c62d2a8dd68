from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QScrollArea
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Actions, Command
from beatra_desktop.ui.shortcut_list import ShortcutList

DESIGNED = {
    Command.NEW_CHAT: "Ctrl+N",
    Command.SEARCH: "Ctrl+K",
    Command.FIND: "Ctrl+F",
    Command.SETTINGS: "Ctrl+,",
    Command.QUIT: "Ctrl+Q",
    Command.STOP: "Esc",
    Command.MODEL: "Ctrl+Shift+M",
    Command.CHAT_OPTIONS: "Ctrl+Shift+P",
    Command.COPY_ANSWER: "Ctrl+Shift+C",
    Command.NEW_MUSIC: "Ctrl+M",
    Command.ADD_FILES: "Ctrl+O",
    Command.EXPORT_CHAT: "Ctrl+Shift+E",
    Command.SIDEBAR: "F9",
    Command.ZOOM_IN: "Ctrl++",
    Command.ZOOM_OUT: "Ctrl+-",
    Command.ZOOM_RESET: "Ctrl+0",
    Command.SHORTCUTS: "Ctrl+/",
}
EDIT_KEYS = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.SelectAll,
)


def test_every_command_is_named_and_has_its_place_in_a_menu(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    commands = Actions(window)
    commands.fill(window.menuBar())
    listed = [a.objectName() for menu in window.findChildren(QMenu) for a in menu.actions()]
    assert Counter(name for name in listed if name) == Counter(c.value for c in Command)
    assert all(commands[command].text() for command in Command)


def test_the_designed_keys_are_bound_each_once_and_no_edit_key(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    commands = Actions(window)
    bound = [keys.toString() for command in Command for keys in commands[command].shortcuts()]
    assert len(bound) == len(set(bound))
    edits = {k.toString() for each in EDIT_KEYS for k in QKeySequence.keyBindings(each)}
    assert not edits & set(bound)
    for command, keys in DESIGNED.items():
        assert keys in [shortcut.toString() for shortcut in commands[command].shortcuts()]


@pytest.mark.parametrize(("width_px", "height_px"), [(1280, 800), (640, 480)])
def test_the_list_of_shortcuts_fits_into_its_window(
    qtbot: QtBot, width_px: int, height_px: int
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    theme.dress(window)
    window.resize(width_px, height_px)
    theme.set_zoom_percent(150)
    dialog = ShortcutList(Actions(window).shortcuts(), parent=window)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert dialog.height() < height_px
    [scroll] = dialog.findChildren(QScrollArea)
    for words in scroll.findChildren(QLabel):
        assert words.width() >= words.sizeHint().width()
        assert words.mapTo(dialog, words.rect().topRight()).x() < dialog.width()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_the_list_of_shortcuts_shows_them_all(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    pairs = Actions(window).shortcuts()
    assert ("New chat", "Ctrl+N") in pairs
    dialog = ShortcutList(pairs, parent=window)
    dialog.open()
    assert dialog.isVisible()
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {text for pair in pairs for text in pair} <= words
    assert {"E or F2", "Alt+Left, Alt+Right", "Home, End"} <= words
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
