"""The keys of commands as the user wants them, in the real window and its settings."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from beatra_desktop.services.settings import SettingsService
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.ui.actions import Actions, Command, default_keys
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.key_rules import KeyProblem, problem_of
from beatra_desktop.ui.settings.shortcuts_page import ShortcutRow, ShortcutsPage
from beatra_desktop.ui.shortcut_list import ShortcutList
from beatra_desktop.ui.shortcuts import STATE, Shortcuts
from tests.ui.windows import filled_window

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A window with commands and the page for their keys, without services."""

    window: QMainWindow
    commands: Actions
    page: ShortcutsPage


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database.open(tmp_path / "beatra.db")) as opened:
        yield opened


@pytest.fixture
def settings(database: Database) -> SettingsService:
    return SettingsService(SettingsRepository(database))


@pytest.fixture
def desk(qtbot: QtBot, settings: SettingsService) -> Desk:
    window = QMainWindow()
    qtbot.addWidget(window)
    commands = Actions(window)
    page = ShortcutsPage(Shortcuts(settings, commands, parent=window))
    window.setCentralWidget(page)
    window.show()
    return Desk(window=window, commands=commands, page=page)


def _press(row: ShortcutRow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(row.keys, key, modifiers)


def _bound(desk: Desk, command: Command) -> list[str]:
    return [keys.toString() for keys in desk.commands[command].shortcuts()]


def test_new_keys_act_at_once_and_stand_wherever_keys_are_told(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            dialog = window.interior.dialogs.open_settings()
            dialog.show_shortcuts()
            _press(dialog.shortcuts.rows[Command.ADD_FILES], Qt.Key.Key_J, CONTROL)
            assert window.interior.commands[Command.ADD_FILES].shortcut().toString() == "Ctrl+J"
            tips = [button.toolTip() for button in window.findChildren(IconButton)]
            assert "Add files (Ctrl+J)" in tips
            assert "Add files (Ctrl+O)" not in tips
            window.interior.commands[Command.SHORTCUTS].trigger()
            told = window.findChild(ShortcutList)
            assert told is not None
            assert "Ctrl+J" in {label.text() for label in told.findChildren(QLabel)}
            told.close()
            dialog.close()
            window.deleteLater()

    run_on_qt(work)


def test_they_are_there_again_at_the_next_start_until_they_are_reset(
    desk: Desk, database: Database, settings: SettingsService
) -> None:
    row = desk.page.rows[Command.ADD_FILES]
    assert not row.reset.isEnabled()
    assert not desk.page.reset_all.isEnabled()
    _press(row, Qt.Key.Key_J, CONTROL)
    assert row.reset.isEnabled()
    again = Actions(QMainWindow(desk.window))
    database.flush()
    Shortcuts(settings, again, parent=desk.window)
    assert again[Command.ADD_FILES].shortcut().toString() == "Ctrl+J"
    row.reset.click()
    assert _bound(desk, Command.ADD_FILES) == ["Ctrl+O"]
    assert not desk.page.reset_all.isEnabled()


def test_keys_that_are_taken_name_their_command_and_can_be_had_all_the_same(desk: Desk) -> None:
    page = desk.page
    row = page.rows[Command.LIBRARY]
    _press(row, Qt.Key.Key_N, CONTROL)
    assert row.error.text == "“New chat” has these keys."
    assert row.keys.accessibleDescription() == row.error.text
    assert _bound(desk, Command.LIBRARY) == ["Ctrl+Shift+L"]
    assert row.take.isVisible()
    row.take.click()
    assert _bound(desk, Command.LIBRARY) == ["Ctrl+N"]
    assert _bound(desk, Command.NEW_CHAT) == []
    assert page.rows[Command.NEW_CHAT].keys.text() == ""
    assert (row.error.text, row.take.isVisible()) == ("", False)
    page.rows[Command.NEW_CHAT].reset.click()
    assert _bound(desk, Command.NEW_CHAT) == ["Ctrl+N"]
    assert _bound(desk, Command.LIBRARY) == []
    page.reset_all.click()
    assert _bound(desk, Command.LIBRARY) == ["Ctrl+Shift+L"]


def test_one_of_two_keys_can_be_taken_and_the_other_stays(desk: Desk) -> None:
    row = desk.page.rows[Command.NEW_CHAT]
    assert desk.page.rows[Command.SEARCH].also.text() == "also Ctrl+Shift+F"
    _press(row, Qt.Key.Key_K, CONTROL)
    row.take.click()
    assert desk.page.rows[Command.SEARCH].also.text() == ""
    assert _bound(desk, Command.SEARCH) == ["Ctrl+Shift+F"]
    assert _bound(desk, Command.NEW_CHAT) == ["Ctrl+K"]


def test_keys_for_editing_are_nobodys_and_a_command_may_have_none(desk: Desk) -> None:
    row = desk.page.rows[Command.MODEL]
    _press(row, Qt.Key.Key_Control, CONTROL)
    assert row.keys.text() == "Ctrl+Shift+M"
    _press(row, Qt.Key.Key_V, CONTROL)
    assert "edit text" in row.error.text
    assert not row.take.isVisible()
    _press(row, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert (row.keys.text(), row.error.text) == ("Ctrl+Shift+M", "")
    _press(row, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
    assert _bound(desk, Command.MODEL) == []
    assert row.error.text == ""
    assert row.keys.placeholderText()


def test_the_keyboard_alone_gets_through_the_page_and_calls_nothing(desk: Desk) -> None:
    called: list[bool] = []
    desk.commands[Command.FIND].triggered.connect(called.append)
    first = desk.page.rows[Command.NEW_CHAT]
    first.keys.setFocus()
    QTest.keyClick(first.keys, Qt.Key.Key_F, CONTROL)
    assert called == []
    QTest.keyClick(first.keys, Qt.Key.Key_Tab)
    assert not first.keys.hasFocus()


def test_shift_belongs_to_signs_that_are_made_with_it(desk: Desk) -> None:
    row = desk.page.rows[Command.NEW_CHAT]
    shift = Qt.KeyboardModifier.ShiftModifier
    sign = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Exclam, CONTROL | shift, "!")
    QApplication.sendEvent(row.keys, sign)
    assert _bound(desk, Command.NEW_CHAT) == ["Ctrl+!"]
    _press(row, Qt.Key.Key_J, CONTROL | shift)
    assert _bound(desk, Command.NEW_CHAT) == ["Ctrl+Shift+J"]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        ("Ctrl+C", KeyProblem.EDITING),
        ("Ctrl+Z", KeyProblem.EDITING),
        ("Ctrl+Backspace", KeyProblem.EDITING),
        ("Ctrl+Return", KeyProblem.FIXED),
        ("Return", KeyProblem.ALONE),
        ("Shift+Enter", KeyProblem.ALONE),
        ("Tab", KeyProblem.ALONE),
        ("F2", KeyProblem.FIXED),
        ("A", KeyProblem.ALONE),
        ("Alt+F", KeyProblem.ALT),
        ("Meta+L", KeyProblem.META),
        ("Esc", KeyProblem.ESCAPE),
        ("F8", None),
        ("Ctrl+Alt+N", None),
        ("", None),
    ],
)
def test_some_keys_are_no_commands(qapp: object, keys: str, problem: KeyProblem | None) -> None:
    assert problem_of(QKeySequence(keys)) is problem


def test_no_command_comes_with_keys_it_could_not_be_given(qapp: object) -> None:
    found = {
        keys.toString(): problem
        for command in Command
        for keys in default_keys(command)
        if (problem := problem_of(keys)) is not None
    }
    assert found == {"Esc": KeyProblem.ESCAPE}


@pytest.mark.parametrize(
    ("stored", "new_chat"),
    [
        ("nonsense", "Ctrl+N"),
        ("[]", "Ctrl+N"),
        ('{"new_chat": "Ctrl+V"}', "Ctrl+N"),
        ('{"new_chat": "Ctrl+F"}', "Ctrl+N"),
        ('{"new_chat": "no keys at all ~"}', "Ctrl+N"),
        ('{"gone": "Ctrl+J", "new_chat": "Ctrl+J"}', "Ctrl+J"),
        ('{"new_chat": "Ctrl+F", "find": "Ctrl+J"}', "Ctrl+F"),
        ('{"new_chat": ""}', ""),
    ],
)
def test_what_is_stored_is_used_as_far_as_it_makes_sense(
    qtbot: QtBot, database: Database, settings: SettingsService, stored: str, new_chat: str
) -> None:
    settings.set_ui_state(STATE, stored)
    database.flush()
    window = QMainWindow()
    qtbot.addWidget(window)
    commands = Actions(window)
    Shortcuts(settings, commands, parent=window)
    assert commands[Command.NEW_CHAT].shortcut().toString() == new_chat
