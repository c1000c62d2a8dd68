"""What a user can do with the chats of the driven app: versions, the queue, the trash, files."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.chat import Role
from beatra_desktop.domain.profiles import Profile
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.conversation_list import ConversationList
from tests.e2e.actions import (
    ACTIONS,
    GLANCE_SECONDS,
    PATIENCE_SECONDS,
    Stage,
    action,
    die,
    plain,
    received,
    until,
)

__all__ = ["ACTIONS"]


@action
async def until_row(stage: Stage, database: str, sql: str, words: list[Any]) -> None:
    """Wait until the database on disk has a row of that kind."""

    def is_there() -> bool:
        uri = f"{Path(database).as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return connection.execute(sql, words).fetchone() is not None

    await until(is_there)


@action
async def say(stage: Stage, text: str) -> None:
    """Type into the composer as it is and press Return."""
    area = stage.window.interior.chat.composer.text_area
    QTest.keyClicks(area, text)
    QTest.keyClick(area, Qt.Key.Key_Return)


@action
async def write(stage: Stage, text: str) -> None:
    """Type into the composer, in the place of what stands there, without sending."""
    area = stage.window.interior.chat.composer.text_area
    QTest.keyClick(area, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(area, text)


@action
async def press_on_question(stage: Stage, key: str, alt: bool = False) -> None:
    """Press a key on the last question on show, as when it has the keyboard's focus."""
    question = [message for message in stage.messages if message.role is Role.USER][-1]
    stage.window.interior.chat.transcript.focus_message(question.id, is_by_keyboard=True)
    modifier = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(stage.window.interior.chat.transcript, Qt.Key[f"Key_{key}"], modifier)


@action
async def written(stage: Stage) -> dict[str, Any]:
    """What stands in the composer and what waits above it."""
    composer = stage.window.interior.chat.composer
    return {
        "text": composer.text,
        "draft": composer.draft,
        "is_edit": composer.edit is not None,
        "queue": composer.queue_bar.accessibleName() if composer.queue_bar.isVisible() else "",
    }


@action
async def version(stage: Stage) -> list[int]:
    """Which version of the last question is on show, from 1, and how many there are."""
    question = [message for message in stage.messages if message.role is Role.USER][-1]
    versions = stage.services.chat.siblings(question.id)
    return [versions.index(question.id) + 1, len(versions)]


@action
async def until_answered(stage: Stage, number: int) -> list[Any]:
    """Wait until at least so many messages are on show and no answer comes; returns them."""
    await until(lambda: len(stage.messages) >= number and not stage.services.chat.answering.value)
    return [plain(message) for message in stage.messages]


@action
async def press_in_sidebar(stage: Stage, key: str) -> None:
    """Press a key on the row of the conversation on show."""
    chats = stage.window.interior.sidebar.conversations
    await until(lambda: chats.currentIndex().isValid())
    QTest.keyClick(chats, Qt.Key[f"Key_{key}"])


@action
async def open_chat(stage: Stage, title: str) -> None:
    """Click on a chat in the sidebar."""
    chats = stage.window.interior.sidebar.conversations
    await until(lambda: title in _titles(chats))
    row = _titles(chats).index(title)
    place = chats.visualRect(chats.model().index(row, 0)).center()
    QTest.mouseClick(chats.viewport(), Qt.MouseButton.LeftButton, pos=place)


@action
async def open_details(stage: Stage) -> None:
    """Ask for the technical details of the last message on show."""
    stage.window.interior.chat.transcript.act(stage.messages[-1].id, Action.DETAILS)


@action
async def use_profile(stage: Stage, name: str, base_url: str, key: str) -> None:
    """Add a service with its key and go on there."""
    profiles = stage.services.profiles
    profile = profiles.add(name, base_url)
    assert isinstance(profile, Profile), f"{base_url} is no base URL"
    profiles.save_key(profile.id, key)
    profiles.activate(profile.id)


@action
async def fall_back_to_auto(stage: Stage) -> None:
    stage.services.settings.change(falls_back_to_auto=True)


@action
async def die_at_transfer(stage: Stage, done: int) -> None:
    """Kill the app the moment an export or import has come to so many chats."""
    running = stage.services.transfer.running
    running.changed.connect(lambda row: die() if running[row].done >= done else None)


@action
async def die_at_part(stage: Stage, folder: str) -> None:
    """Kill the app as soon as a file grows in a folder."""
    looking = QTimer(stage.window, interval=0)
    looking.timeout.connect(lambda: die() if any(Path(folder).glob("*.part")) else None)
    looking.start()


@action
async def begin_transfer(stage: Stage, command: str, path: str) -> None:
    """Choose a command of the File menu and a file in its dialog."""
    stage.window.interior.commands[Command(command)].trigger()
    [dialog] = stage.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(path)
    dialog.reject()
    await until(lambda: not stage.window.findChildren(QFileDialog))


@action
async def until_transferred(stage: Stage) -> dict[str, Any]:
    """Wait for the end of every export and import; returns what the newest notice tells."""
    await until(lambda: not len(stage.services.transfer.running))
    return plain(stage.services.notices.notices[-1])


@action
async def until_received(stage: Stage, method: str, path: str, number: int) -> None:
    """Wait until the sandbox has received so many requests of that kind."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(await received(stage, method, path)) < number:  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(GLANCE_SECONDS)


def _titles(chats: ConversationList) -> list[str]:
    model = chats.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]
