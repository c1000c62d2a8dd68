"""Exporting and importing through the window."""

import json
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.chat import Role
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.transfer.export_dialog import ArchiveDialog, ExportDialog, ImportDialog

Work = Callable[[Any, MainWindow], Awaitable[None]]
InWindow = Callable[[Work], None]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What would be opened in the file manager."""
    urls: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", urls.append)
    return urls


async def _talk(bench: Any, window: MainWindow, text: str) -> str:
    chat = bench.services.chat
    window.interior.chat.new_conversation()
    conversation_id = window.interior.chat.conversation_id
    chat.set_model(conversation_id, "sandbox-echo")
    chat.send(conversation_id, text)
    await bench.until(lambda: not chat.is_answering(conversation_id))
    return conversation_id


async def _choose(bench: Any, window: MainWindow, kind: type[QFileDialog], path: Path) -> None:
    """Answer the open dialog and wait until what follows is done."""
    [dialog] = window.findChildren(kind)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    await bench.until(lambda: len(bench.services.transfer.running) == 0)


def test_the_commands_are_there_when_there_is_something_to_export(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        commands = (Command.EXPORT_CHAT, Command.EXPORT_ALL, Command.IMPORT_CHATS)

        def enabled() -> list[bool]:
            return [window.interior.commands[command].isEnabled() for command in commands]

        assert enabled() == [False, False, True]
        await _talk(bench, window, "Rain")
        assert enabled() == [True, True, True]
        window.interior.chat.new_conversation()
        assert enabled() == [False, True, True]

    in_window(work)


def test_a_chat_is_exported_and_its_folder_shown(
    in_window: InWindow, tmp_path: Path, opened: list[QUrl]
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        await _talk(bench, window, "Why does it rain?")
        for name in ("rain.md", "rain.html", "rain.pdf", "rain.json"):
            window.interior.commands[Command.EXPORT_CHAT].trigger()
            await _choose(bench, window, ExportDialog, tmp_path / name)
            await bench.until(lambda: window.findChildren(ExportDialog) == [])
            assert (tmp_path / name).exists()
        assert "Why does it rain?" in (tmp_path / "rain.md").read_text("utf-8")
        assert (tmp_path / "rain.pdf").read_bytes().startswith(b"%PDF")
        assert json.loads((tmp_path / "rain.json").read_text("utf-8"))["version"] == 1
        row = window.interior.notice_bar.rows[-1]
        assert row.accessibleName() == "“rain.json” is saved."
        next(b for b in row.findChildren(Button) if b.text() == "Show in folder").click()
        assert [url.toLocalFile() for url in opened] == [str(tmp_path)]

    in_window(work)


def test_another_chat_than_the_one_on_show_can_be_exported(
    in_window: InWindow, tmp_path: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        first = await _talk(bench, window, "The first")
        await _talk(bench, window, "The second")
        window.interior.transfers.export_conversation("gone")
        chats = window.interior.sidebar.conversations
        menu = chats.context_menu(bench.services.chat.conversations.get(first))
        next(entry for entry in menu.actions() if entry.text() == "Export…").trigger()
        await _choose(bench, window, ExportDialog, tmp_path / "x.md")
        assert "The first" in (tmp_path / "x.md").read_text("utf-8")

    in_window(work)


def test_all_chats_go_out_and_what_is_new_comes_in(in_window: InWindow, tmp_path: Path) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        await _talk(bench, window, "Rain")
        await _talk(bench, window, "Snow")
        window.interior.commands[Command.EXPORT_ALL].trigger()
        path = tmp_path / "all.zip"
        await _choose(bench, window, ArchiveDialog, path)
        with zipfile.ZipFile(path) as archive:
            assert len(archive.namelist()) == 3
        gone = bench.services.chat.conversations[0]
        bench.services.history.delete(gone.id)
        bench.services.history.empty_trash()
        window.interior.commands[Command.IMPORT_CHATS].trigger()
        await _choose(bench, window, ImportDialog, path)
        sentence = window.interior.notice_bar.rows[-1].accessibleName()
        assert sentence == "1 chat is imported. 1 was already here."
        assert gone.id in bench.services.chat.conversations
        bench.database.flush()
        window.interior.chat.show_conversation(gone.id)
        shown = bench.services.chat.open(gone.id)
        assert [message.role for message in shown] == [Role.USER, Role.ASSISTANT]
        assert window.interior.commands[Command.EXPORT_CHAT].isEnabled()

    in_window(work)
