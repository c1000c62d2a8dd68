"""What a user does in a heavy hour: everything the window offers, again and again."""

import asyncio
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import Delivery, MusicPrompt
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.profiles import ConnectionPhase, Profile
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.tour import drop
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.sidebar import Sidebar
from tests.e2e.actions import Stage, until
from tests.faults.soak_gauges import top_widgets

Deed = Callable[["User"], Awaitable[None]]

ANSWERS_AT_ONCE: Final = 2
BREATH_SECONDS: Final = 0.004
SAMPLE_RATE: Final = 8000
QUESTIONS: Final = (
    "Write a long article about the history of the metronome, with a table and some code.",
    "How do I use a recording of mine as the reference for a song?",
    "echo: **bold** and `code` and a list\n- one\n- two",
    "Explain with formulas $E = mc^2$ and a numbered list how strings sound.",
)
WORDS: Final = ("song", "metronome", "ref", "code", "a", "table")
NOWHERE: Final = "nothing-like-this"
SIZES: Final = ((1280, 800), (900, 600), (1500, 950), (700, 520), (1100, 700))


class User:
    """Works in the window; `random` decides what is done to which chat or song."""

    def __init__(self, stage: Stage, random: Random, folder: Path) -> None:
        self.stage, self.random, self._folder = stage, random, folder
        self._files = 0

    async def breathe(self) -> None:
        """Let the window paint and what was asked for begin."""
        await asyncio.sleep(BREATH_SECONDS)

    def trigger(self, command: Command) -> None:
        self.stage.window.interior.commands[command].trigger()

    async def write(self, text: str) -> None:
        """Type where the keyboard is."""
        field = QApplication.focusWidget()
        if field is not None:
            QTest.keyClicks(field, text)
            await self.breathe()

    async def escape(self) -> None:
        field = QApplication.focusWidget()
        if field is not None:
            QTest.keyClick(field, Qt.Key.Key_Escape)
        await self.breathe()

    async def shut(self) -> None:
        """Close every window but the main one."""
        for other in top_widgets():
            if other is not self.stage.window:
                other.close()
        await self.breathe()

    def any_chat(self) -> str:
        chats = self.stage.services.chat.conversations
        return self.random.choice(list(chats)).id if len(chats) else ""

    def any_clip(self) -> str:
        saved = [c for c in self.stage.services.music.clips if c.delivery is Delivery.SAVED]
        return self.random.choice(saved).id if saved else ""

    def any_answer(self) -> Message | None:
        answers = [each for each in self.stage.messages if each.role is Role.ASSISTANT]
        return self.random.choice(answers) if answers else None

    async def ask(self) -> None:
        """Ask in a new chat, or on in the one on show, while other answers may still stream."""
        stage = self.stage
        await until(lambda: len(stage.services.chat.answering.value) < ANSWERS_AT_ONCE)
        stage.window.interior.centre.show_chat()
        shown = ConversationId(stage.window.interior.chat.conversation_id)
        if self.random.random() < 0.4 or stage.services.chat.is_answering(shown):
            stage.window.interior.chat.new_conversation()
        area = stage.window.interior.chat.composer.text_area
        area.setFocus()
        QTest.keyClicks(area, self.random.choice(QUESTIONS).replace("\n", " "))
        QTest.keyClick(area, Qt.Key.Key_Return)
        await self.breathe()

    async def upload(self) -> None:
        """Drop a recording that was not sent before."""
        self._files += 1
        path = self._folder / f"take {self._files}.wav"
        path.parent.mkdir(exist_ok=True)
        _record(path, self.random)
        services, window = self.stage.services, self.stage.window
        window.interior.centre.show_chat()
        window.interior.navigation.show_studio()
        window.interior.studio.show_music()
        await until(
            lambda: _is_inside(window.interior.studio, window)
        )  # it may still be sliding in
        drop(window, window.interior.studio, path)
        uploads = services.uploads.uploads
        await until(lambda: any(u.status is UploadStatus.ASKING for u in uploads))
        for asking in [u.id for u in uploads if u.status is UploadStatus.ASKING]:
            services.uploads.confirm_rights(asking)

    async def compose(self) -> None:
        """Order a song by the form."""
        window = self.stage.window
        window.interior.navigation.show_studio()
        window.interior.studio.show_music()
        mood = self.random.choice(("calm", "bright", "slow", "warm"))
        model = self.random.choice(("suno-5.5", "minimax-music-2.6"))
        prompt = f"{mood} piano piece number {self.random.randrange(10**6)}"
        window.interior.studio.form.fill(
            MusicPrompt(prompt=prompt, title=prompt, model=model, instrumental=True)
        )
        await self.breathe()
        window.interior.studio.form.submit()
        await self.breathe()

    async def rest(self) -> None:
        """Wait until nothing is on its way, and leave the window as it was found."""
        services, window = self.stage.services, self.stage.window
        at_rest = (Delivery.SAVED, Delivery.UNSAVED)
        await until(lambda: not services.chat.answering.value)
        await until(lambda: not any(u.status.is_live for u in services.uploads.uploads))
        await until(lambda: all(task.status.is_terminal for task in services.music.tasks))
        await until(lambda: all(clip.delivery in at_rest for clip in services.music.clips))
        await until(lambda: not len(services.transfer.running))
        await self.shut()
        for notice in list(services.notices.notices):
            services.notices.dismiss(notice.id)
        services.settings.change(appearance=Appearance.LIGHT)
        window.interior.player.close_player()
        self.trigger(Command.ZOOM_RESET)
        window.resize(*SIZES[0])
        window.interior.sidebar.search.clear()
        window.interior.sidebar.show_chats()
        window.interior.studio.show_music()
        window.interior.centre.show_chat()
        window.interior.chat.new_conversation()
        window.interior.chat.focus_composer()
        await self.breathe()


async def open_a_chat(user: User) -> None:
    user.stage.window.interior.sidebar.opened.emit(user.any_chat())


async def scroll(user: User) -> None:
    bar = user.stage.window.interior.chat.transcript.verticalScrollBar()
    bar.setValue(user.random.randint(bar.minimum(), bar.maximum()))


async def look_at_the_library(user: User) -> None:
    await _look_at_a_page(user, Command.LIBRARY)


async def look_at_the_activity(user: User) -> None:
    await _look_at_a_page(user, Command.ACTIVITY)


async def _look_at_a_page(user: User, command: Command) -> None:
    user.trigger(command)
    await user.breathe()
    user.trigger(Command.FIND)
    await user.write(user.random.choice(WORDS))
    for _ in WORDS:
        await user.escape()
    user.stage.window.interior.centre.show_chat()


async def resize(user: User) -> None:
    user.stage.window.resize(*user.random.choice(SIZES))


async def change_colours(user: User) -> None:
    user.stage.services.settings.change(appearance=user.random.choice(list(Appearance)))


async def zoom(user: User) -> None:
    user.trigger(user.random.choice((Command.ZOOM_IN, Command.ZOOM_OUT, Command.ZOOM_RESET)))


async def search(user: User) -> None:
    """Also for what is nowhere, so that the page that says so is made in the first hour."""
    user.trigger(Command.SEARCH)
    for text in (user.random.choice(WORDS), NOWHERE):
        await _look_for(user.stage.window.interior.sidebar, text)


async def _look_for(sidebar: Sidebar, text: str) -> None:
    sidebar.search.clear()
    QTest.keyClicks(sidebar.search, text)
    await until(lambda: sidebar._shown_for == text)
    sidebar.search.clear()
    sidebar.show_chats()


async def find_in_chat(user: User) -> None:
    user.stage.window.interior.centre.show_chat()
    user.trigger(Command.FIND)
    await user.write(user.random.choice(WORDS))
    await user.escape()


async def look_at_settings(user: User) -> None:
    dialogs = user.stage.window.interior.dialogs
    for show in (dialogs.open_settings, dialogs.open_profiles, dialogs.open_presets):
        show()
        await user.breathe()
    dialogs.open_about()
    await user.shut()


async def look_at_lists(user: User) -> None:
    user.trigger(Command.SHORTCUTS)
    user.trigger(Command.LABELS)
    await user.breathe()
    await user.shut()


async def open_models(user: User) -> None:
    user.stage.window.interior.centre.show_chat()
    user.trigger(Command.MODEL)
    await user.breathe()
    await user.shut()


async def open_options(user: User) -> None:
    user.stage.window.interior.centre.show_chat()
    for _ in range(2):
        user.trigger(Command.CHAT_OPTIONS)
        await user.breathe()


async def fold_panes(user: User) -> None:
    command = user.random.choice((Command.SIDEBAR, Command.STUDIO))
    for _ in range(2):
        user.trigger(command)
        await user.breathe()


async def read_notices(user: User) -> None:
    notices = user.stage.services.notices
    notices.tell(NoticeCode.IMPORTED, count=str(user.random.randrange(99)), skipped="0")
    await user.breathe()
    for notice in list(notices.notices):
        notices.dismiss(notice.id)


async def walk_through_studio(user: User) -> None:
    studio = user.stage.window.interior.studio
    for show in (studio.show_queue, studio.show_uploads, studio.show_music):
        show()
        await user.breathe()


async def play(user: User) -> None:
    clip, player = user.any_clip(), user.stage.window.interior.player
    if not clip:
        return
    player.load(clip)
    await until(lambda: player.is_loaded and player.loaded_clip_id == clip)
    player.waveform.seeked.emit(user.random.random())
    await user.breathe()
    player.toggle()
    if user.random.random() < 0.3:
        player.close_player()


async def ask_for_details(user: User) -> None:
    answer, window = user.any_answer(), user.stage.window
    window.interior.centre.show_chat()
    if answer is not None:
        window.interior.chat.transcript.act(answer.id, Action.DETAILS)
        await user.breathe()
        await user.shut()


async def copy_an_answer(user: User) -> None:
    user.trigger(Command.COPY_ANSWER)
    await user.breathe()
    QApplication.clipboard().clear()


async def open_menus(user: User) -> None:
    window = user.stage.window
    window.interior.centre.show_chat()
    for widget in (
        window.interior.chat.transcript.viewport(),
        window.interior.sidebar.conversations.viewport(),
    ):
        _ask_for_menu(widget)
        await user.breathe()
        await user.shut()


def _ask_for_menu(widget: QWidget) -> None:
    place = QPoint(widget.width() // 2, min(40, widget.height() // 2))
    by_mouse = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(by_mouse, place, widget.mapToGlobal(place)))


async def put_chats_in_order(user: User) -> None:
    history, chat = user.stage.services.history, ConversationId(user.any_chat())
    if not chat or user.stage.services.chat.is_answering(chat):
        return
    history.rename(chat, f"chat {user.random.randrange(10**6)}")
    history.set_pinned(chat, pinned=True)
    await user.breathe()
    history.set_pinned(chat, pinned=False)
    history.set_archived(chat, archived=True)
    await user.breathe()
    history.set_archived(chat, archived=False)
    history.delete(chat)
    await user.breathe()
    history.restore(chat)


async def answer_anew(user: User) -> None:
    """Another version of an answer, stopped on its way."""
    answer, chat = user.any_answer(), user.stage.services.chat
    shown = ConversationId(user.stage.window.interior.chat.conversation_id)
    if answer is None or chat.is_answering(shown):
        return
    chat.retry(answer.id)
    await user.breathe()
    chat.stop(shown)


async def export(user: User) -> None:
    user.stage.window.interior.centre.show_chat()
    if user.stage.window.interior.commands[Command.EXPORT_CHAT].isEnabled():
        user.trigger(Command.EXPORT_CHAT)
        await user.breathe()
        await user.shut()


DEEDS: Final[tuple[Deed, ...]] = (
    open_a_chat, open_a_chat, open_a_chat, scroll, scroll,
    look_at_the_library, look_at_the_activity,
    resize, change_colours, zoom, search, find_in_chat, look_at_settings, look_at_lists,
    open_models, open_options, fold_panes, read_notices, walk_through_studio, play, play,
    ask_for_details, copy_an_answer, open_menus, put_chats_in_order, answer_anew, export,
)  # fmt: skip


async def change_service(user: User) -> None:
    """To a service that is not there, and back."""
    profiles = user.stage.services.profiles
    home = profiles.active.value.id
    gone = profiles.add("Gone", "http://127.0.0.1:9/v1")
    assert isinstance(gone, Profile), "the address is one"
    profiles.save_key(gone.id, "sk-of-nobody", session_only=True)
    profiles.activate(gone.id)
    await until(lambda: profiles.connection.value.phase is ConnectionPhase.UNREACHABLE)
    profiles.activate(home)
    await until(lambda: profiles.connection.value.phase is ConnectionPhase.READY)
    profiles.remove(gone.id)


def _is_inside(part: QWidget, window: QWidget) -> bool:
    return window.rect().contains(part.mapTo(window, part.rect().center()))


def _record(path: Path, random: Random) -> None:
    """Seven seconds of noise, so that no two takes have the same bytes."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(random.randbytes(2 * 7 * SAMPLE_RATE))
