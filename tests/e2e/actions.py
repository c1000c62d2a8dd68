"""What a user can do in the driven app, through its real widgets, and what can be seen of it."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
import urllib.request
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import Delivery, MusicPrompt, Reference
from beatra_desktop.domain.profiles import ConnectionPhase
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.tour import drop
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.main_window import MainWindow

GLANCE_SECONDS: Final = 0.01
PATIENCE_SECONDS: Final = 45.0
_SETTLED: Final = (
    ConnectionPhase.READY,
    ConnectionPhase.NEEDS_KEY,
    ConnectionPhase.BAD_KEY,
    ConnectionPhase.UNREACHABLE,
)


@dataclass(frozen=True, slots=True)
class Stage:
    window: MainWindow
    services: Services

    @property
    def messages(self) -> list[Message]:
        """The branch on show."""
        conversation_id = ConversationId(self.window.interior.chat.conversation_id)
        return list(self.services.chat.open(conversation_id)) if conversation_id else []


Action = Callable[..., Coroutine[Any, Any, Any]]
ACTIONS: Final[dict[str, Action]] = {}


def action(function: Action) -> Action:
    ACTIONS[function.__name__] = function
    return function


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(GLANCE_SECONDS)


def click_button(parent: QWidget, text: str) -> None:
    """Press a visible button by its words, with the mouse."""
    buttons = [
        button
        for button in parent.findChildren(QAbstractButton)
        if button.isVisible() and text in (button.text().replace("&", ""), button.accessibleName())
    ]
    words = [b.text() for b in parent.findChildren(QAbstractButton) if b.isVisible()]
    assert len(buttons) == 1, f"{len(buttons)} buttons say {text!r}; there are {words}"
    assert buttons[0].isEnabled(), f"the button {text!r} can't be pressed"
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)


@action
async def connect(stage: Stage) -> dict[str, Any]:
    """Wait until it is known how the profile stands."""
    connection = stage.services.profiles.connection
    await until(lambda: connection.value.phase in _SETTLED)
    return {**plain(connection.value), "profile": stage.services.profiles.active.value.name}


@action
async def recheck(stage: Stage) -> dict[str, Any]:
    stage.services.profiles.check()
    found: dict[str, Any] = await connect(stage)
    return found


@action
async def admin(stage: Stage, method: str, path: str, body: Any = None) -> Any:
    """Call the sandbox's admin interface."""
    base = stage.services.profiles.connection.value.base_url.removesuffix("/v1")
    return await asyncio.to_thread(fetch, method, f"{base}/_sandbox/{path}", body)


@action
async def received(stage: Stage, method: str, path: str) -> list[Any]:
    """What the sandbox received of that kind, over all its runs; waits for the first."""
    found: list[Any] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not found:
            journal = await admin(stage, "GET", "journal")
            found = [e for e in journal["entries"] if is_like(e, method, path)]
    return found


@action
async def until_counted(stage: Stage, what: str, number: int) -> None:
    """Wait until the sandbox has so many tasks or artifacts."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await admin(stage, "GET", "state"))["counts"][what] < number:  # noqa: ASYNC110  # over HTTP
            await asyncio.sleep(GLANCE_SECONDS)


@action
async def type_draft(stage: Stage, text: str) -> None:
    """Type in a new conversation without sending."""
    stage.window.interior.chat.new_conversation()
    QTest.keyClicks(stage.window.interior.chat.composer.text_area, text)


@action
async def until_draft_stored(stage: Stage) -> None:
    conversation_id = stage.window.interior.chat.conversation_id

    def stored() -> str:
        conversation = stage.services.chat.conversations.get(conversation_id)
        return conversation.draft if conversation is not None else ""

    await until(lambda: stored() == stage.window.interior.chat.composer.text)


@action
async def type_blindly(stage: Stage, text: str) -> str:
    """Type where the cursor is; returns what stands in the composer then."""
    await until(lambda: stage.window.focusWidget() is not None)
    QTest.keyClicks(stage.window.focusWidget(), text)
    return stage.window.interior.chat.composer.text


@action
async def command(stage: Stage, name: str) -> None:
    """Choose a command of the menus, once this is answered."""
    asyncio.get_running_loop().call_soon(stage.window.interior.commands[Command(name)].trigger)


@action
async def ask(stage: Stage, text: str, model: str = "") -> None:
    """Type a question, key by key, in a new conversation and send it with Return."""
    stage.window.interior.chat.new_conversation()
    if model:
        conversation_id = ConversationId(stage.window.interior.chat.conversation_id)
        stage.services.chat.set_model(conversation_id, model)
    area = stage.window.interior.chat.composer.text_area
    QTest.keyClicks(area, text)
    QTest.keyClick(area, Qt.Key.Key_Return)


@action
async def answer(stage: Stage) -> dict[str, Any]:
    """Wait for the end of the answer on show."""
    await until(lambda: len(stage.messages) == 2 and not stage.messages[1].status.is_live)
    await until(lambda: not stage.services.chat.answering.value)
    return plain(stage.messages[1])


@action
async def streamed(stage: Stage, characters: int) -> int:
    """Wait until at least so much of the answer is on show; returns how much."""
    await until(lambda: len(stage.messages) == 2 and len(stage.messages[1].text) >= characters)
    return len(stage.messages[1].text)


@action
async def conversation(stage: Stage) -> list[Any]:
    return [plain(message) for message in stage.messages]


@action
async def draft(stage: Stage) -> str:
    return stage.window.interior.chat.composer.text


@action
async def copy_answer(stage: Stage) -> str:
    """Copy the last answer on show by its menu command; returns what is on the clipboard."""
    stage.window.interior.commands[Command.COPY_ANSWER].trigger()
    text = QApplication.clipboard().text()
    # Qt's clipboard without a screen outlives Python, and what Python put there crashes it.
    QApplication.clipboard().clear()
    return text


@action
async def drop_file(stage: Stage, path: str, place: str = "studio") -> None:
    """Drag a file over the window and let go above the chat or the studio."""
    if place == "studio":
        stage.window.interior.studio.show_music()
    drop(stage.window, getattr(stage.window.interior, place), Path(path))


@action
async def press(stage: Stage, text: str, within: str = "") -> None:
    """Press a button of the window, or of one of its parts, once it is there."""
    part: QWidget = getattr(stage.window.interior, within) if within else stage.window
    await until(lambda: text in _spoken(part))
    click_button(part, text)


@action
async def uploads(stage: Stage, status: str = "") -> list[Any]:
    """All uploads, newest first, once none is moving, or all have that status."""

    def is_so() -> bool:
        found = stage.services.uploads.uploads
        if status:
            return bool(found) and all(upload.status == status for upload in found)
        return all(u.status is UploadStatus.ASKING or not u.status.is_live for u in found)

    await until(is_so)
    return [plain(upload) for upload in stage.services.uploads.uploads]


@action
async def refusals(stage: Stage, number: int) -> list[Any]:
    """The files that stay, once there are so many and none is looked at any more."""

    def found() -> list[Any]:
        told = stage.services.uploads.preflights
        return [each for preflight in told for each in preflight.refusals]

    await until(lambda: len(found()) >= number)
    await until(lambda: not any(each.is_looking for each in stage.services.uploads.preflights))
    return [plain(refusal) for refusal in found()]


@action
async def until_uploads(stage: Stage, number: int) -> None:
    await until(lambda: len(stage.services.uploads.uploads) >= number)


@action
async def compose(stage: Stage, with_reference: bool = False, **fields: Any) -> None:
    """Fill the music form."""
    stage.window.interior.studio.show_music()
    reference = None
    if with_reference:
        upload = stage.services.uploads.uploads[0]
        reference = Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
    prompt = MusicPrompt(prompt="", instrumental=True)
    stage.window.interior.studio.form.fill(replace(prompt, reference=reference, **fields))


@action
async def songs(stage: Stage) -> dict[str, Any]:
    """Tasks and clips, once all have ended and every clip is at rest."""
    music = stage.services.music
    at_rest = (Delivery.SAVED, Delivery.UNSAVED)
    await until(lambda: all(task.status.is_terminal for task in music.tasks))
    await until(lambda: all(clip.delivery in at_rest for clip in music.clips))
    return {
        "tasks": [plain(task) for task in music.tasks],
        "clips": [plain(clip) for clip in music.clips],
    }


@action
async def task(stage: Stage, status: str) -> dict[str, Any]:
    """The newest task, once it has that status."""
    tasks = stage.services.music.tasks
    await until(lambda: len(tasks) and tasks[0].status == status)
    return plain(tasks[0])


@action
async def load(stage: Stage, clip_id: str) -> list[str]:
    """Open a clip in the player; returns what the player says then."""
    player = stage.window.interior.player
    player.load(clip_id)
    await until(lambda: player.is_loaded and player.loaded_clip_id == clip_id)
    player.pause()
    return _spoken(player)


@action
async def music_draft(stage: Stage) -> dict[str, Any]:
    """What stands in the music form."""
    return plain(stage.window.interior.studio.form.draft)


@action
async def minimise(stage: Stage) -> None:
    stage.window.showMinimized()
    await until(stage.window.isMinimized)


@action
async def raised(stage: Stage) -> bool:
    await until(lambda: stage.window.isVisible() and not stage.window.isMinimized())
    return stage.window.isVisible()


@action
async def spoken(stage: Stage, within: str = "") -> list[str]:
    """The words of all visible widgets, of the window or one of its parts."""
    part: QWidget = getattr(stage.window.interior, within) if within else stage.window
    return _spoken(part)


@action
async def notices(stage: Stage) -> list[Any]:
    return [plain(notice) for notice in stage.services.notices.notices]


@action
async def close_window(stage: Stage) -> None:
    asyncio.get_running_loop().call_soon(stage.window.close)


@action
async def die_at_delivery(stage: Stage, delivery: str, received_bytes: int = 0) -> None:
    """Kill the app the moment a clip gets there, before that is written down."""
    clips = stage.services.music.clips

    def look(row: int) -> None:
        if clips[row].delivery == delivery and clips[row].received_bytes >= received_bytes:
            die()

    clips.changed.connect(look)


@action
async def die_mid_answer(stage: Stage, characters: int, database: str = "") -> None:
    """Kill the app when so much is on show and, with a `database`, some of it is stored."""
    await streamed(stage, characters)
    if database:
        await until(lambda: _stored_characters(Path(database)) > 0)
    sys.stdout.write(json.dumps({"result": stage.messages[1].text}) + "\n")
    sys.stdout.flush()
    die()


def die() -> None:
    """As a power cut would: nothing is told to anybody."""
    os.kill(os.getpid(), signal.SIGKILL)


def is_like(entry: dict[str, Any], method: str, path: str) -> bool:
    return bool(entry["method"] == method and entry["path"].endswith(path))


def fetch(method: str, url: str, body: Any = None) -> Any:
    request = urllib.request.Request(url, method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as reply:
        text = reply.read()
    return json.loads(text) if text else None


def plain(record: Any) -> dict[str, Any]:
    """A record as JSON can carry it."""
    words: dict[str, Any] = msgspec.to_builtins(record, enc_hook=str)
    return words


def _stored_characters(database: Path) -> int:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        sql = "SELECT max(length(text)) FROM messages WHERE role = ? AND status = 'streaming'"
        return int(connection.execute(sql, (Role.ASSISTANT.value,)).fetchone()[0] or 0)


def _spoken(part: QWidget) -> list[str]:
    words = []
    for widget in (part, *part.findChildren(QWidget)):
        text = getattr(widget, "text", None)
        if widget.isVisible():
            words += [widget.accessibleName(), text() if callable(text) else ""]
    return [word.replace("&", "") for word in words if word]
