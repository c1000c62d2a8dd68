"""Every screen of the window with something on it, for tests that look at all of them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog

from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import MusicPrompt, SunoOptions
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.services import Services
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.activity import activity_page
from beatra_desktop.ui.activity.activity_page import ActivityPage
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.folder_dialog import FolderDialog
from beatra_desktop.ui.library import library_page
from beatra_desktop.ui.library.library_page import LibraryPage
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.player.drawer import Panel
from beatra_desktop.ui.sidebar import Sidebar
from tests.running import Bench
from tests.ui.player.songs import Song, save_songs

SONGS: Final = (Song(name="s1", seconds=2.0), Song(name="s2", seconds=2.0, hertz=660.0))
MARKDOWN: Final = """## 1. One
A `word`, **bold**, [a link](https://example.com).

- first
- second
  1. inner

> quoted

```python
print(1)
```

| a | b |
|---|---|
| 1 | 2 |

- [x] done
"""
ARABIC: Final = """# مرحبا بكم
كيف يمكنني استخدام **تسجيل** صوتي كمرجع لأغنية؟

- البند الأول
- البند الثاني
  1. داخلي

> اقتباس طويل

```python
print(1)
```

| ا | ب |
|---|---|
| ١ | ٢ |
"""
CHINESE: Final = "怎样用我自己的录音作为一首歌的参考？"


DATA: Final = (
    r"\bOne\b|\bone\b|two|three|four|calm( piano)?|Lamps|\blist\b|echo|riverside-sketch\.mp3|page"
    r"|[\u0600-\u06ff\u3400-\u9fff\uff00-\uffef]+"
)
"""A pattern of the words that are the user's here."""


def prepare(folder: Path) -> None:
    """Songs of an earlier run, before the services are opened."""
    save_songs(folder, SONGS)


async def fill(bench: Bench) -> None:
    """Something of every kind, made as a user makes it."""
    services = bench.services
    for text in (MARKDOWN, ARABIC, CHINESE):
        chat = services.chat.new_conversation()
        services.chat.set_model(chat.id, "sandbox-echo")
        services.chat.send(chat.id, text)
    for place, deed in enumerate((services.history.delete, _archive(services))):
        chat = services.chat.new_conversation()
        services.chat.send(chat.id, f"echo: {place}")
        await bench.until(lambda: not services.chat.answering.value)
        deed(chat.id)
    sample = resources() / "samples" / "riverside-sketch.mp3"
    services.uploads.add([sample], purpose=Purpose.REFERENCE_AUDIO)
    uploads = services.uploads.uploads
    await bench.until(lambda: uploads[0].status is UploadStatus.ASKING)
    for preset in list(services.presets.presets):
        services.presets.delete(preset.id)
    services.presets.save("one", system_prompt="two")
    services.playlists.create("list", [clip.id for clip in services.music.clips])


def _archive(services: Services) -> Callable[[ConversationId], None]:
    return lambda chat_id: services.history.set_archived(chat_id, archived=True)


def _chat(place: int) -> Callable[[MainWindow, Services], object]:
    """The conversation that was begun as number `place`."""

    def show(window: MainWindow, services: Services) -> None:
        chats = sorted(services.chat.conversations, key=lambda chat: chat.created_at)
        window.interior.chat.show_conversation(chats[place].id)

    return show


def _welcome(window: MainWindow, _services: Services) -> None:
    window.interior.chat.new_conversation()


def _options(window: MainWindow, services: Services) -> None:
    _chat(0)(window, services)
    window.interior.chat_options.toggle()


def _search(words: str) -> Callable[[MainWindow, Services], object]:
    return _in_sidebar(lambda sidebar: sidebar.search.setText(words))


def _in_sidebar(do: Callable[[Sidebar], object]) -> Callable[[MainWindow, Services], object]:
    def show(window: MainWindow, _services: Services) -> None:
        window.panes.show_sidebar(shown=True)
        do(window.interior.sidebar)

    return show


def _library(window: MainWindow) -> LibraryPage:
    window.interior.centre.show_screen(Screen.LIBRARY)
    page = window.interior.centre.page(Screen.LIBRARY)
    assert isinstance(page, LibraryPage)
    return page


def _songs(*, as_cards: bool) -> Callable[[MainWindow, Services], object]:
    def show(window: MainWindow, services: Services) -> None:
        page = _library(window)
        page.show_section(library_page.Section.SONGS)
        if page.songs.filters.is_grid is not as_cards:
            (page.songs.filters.grid if as_cards else page.songs.filters.table).click()
        page.songs.rows.catch_up()
        page.songs.view.selection.choose([services.music.clips[0].id])

    return show


def _files(window: MainWindow, _services: Services) -> None:
    page = _library(window)
    page.show_section(library_page.Section.FILES)
    page.files.table.selectRow(0)


def _activity(section: activity_page.Section) -> Callable[[MainWindow, Services], object]:
    def show(window: MainWindow, services: Services) -> None:
        window.interior.centre.show_screen(Screen.ACTIVITY)
        page = window.interior.centre.page(Screen.ACTIVITY)
        assert isinstance(page, ActivityPage)
        page.show_section(section)
        page.list.table.choose(services.activity.rows[0].id)

    return show


def _form(prompt: MusicPrompt) -> Callable[[MainWindow, Services], object]:
    def show(window: MainWindow, _services: Services) -> None:
        window.interior.navigation.show_studio()
        window.interior.studio.show_music()
        window.interior.studio.form.fill(prompt)
        for section in window.interior.studio.form.fields.sections.values():
            section.set_open(is_open=True)

    return show


def _queue(window: MainWindow, services: Services) -> None:
    window.interior.navigation.show_songs()
    window.interior.studio.show_song(services.music.tasks[0].id)


def _uploads(window: MainWindow, services: Services) -> None:
    window.interior.navigation.show_uploads(services.uploads.uploads[0].id)


def _player(panel: Panel | None) -> Callable[[MainWindow, Services], object]:
    def show(window: MainWindow, services: Services) -> None:
        window.interior.player.load(services.music.clips[0].id, play=False)
        window.interior.player.drawer.show_panel(panel)

    return show


def _settings(page: str) -> Callable[[MainWindow, Services], object]:
    return lambda window, _services: getattr(window.interior.dialogs, f"open_{page}")()


def _settings_page(name: str) -> Callable[[MainWindow, Services], object]:
    return lambda window, _services: getattr(
        window.interior.dialogs.open_settings(), f"show_{name}"
    )()


def _convert(window: MainWindow, services: Services) -> None:
    _songs(as_cards=True)(window, services)
    songs = _library(window).songs
    songs.actions_.ask_to_convert(songs.selected)


def _erase(window: MainWindow, _services: Services) -> None:
    window.interior.sidebar.trash_link.click()
    window.interior.sidebar.trash.empty_trash.click()


def _folder(window: MainWindow, _services: Services) -> None:
    words = window.interior.sidebar.new_chat.text()
    FolderDialog(words, verb=words, others=set(), parent=window).open()


SUNO: Final = MusicPrompt(
    prompt="1", title="2", lyrics="3", model="suno-5.5", suno=SunoOptions(style_weight=0.5)
)
MINIMAX: Final = MusicPrompt(prompt="1", lyrics="3", model="minimax-music-2.6")
Opener = Callable[[MainWindow, Services], object]
SCREENS: Final[Mapping[str, Opener]] = {
    "chat": _chat(0),
    "arabic": _chat(1),
    "chinese": _chat(2),
    "welcome": _welcome,
    "options": _options,
    "find": lambda window, _services: window.interior.chat.open_find(),
    "found": _search("word"),
    "nothing-found": _search("wrd"),
    "archive": _in_sidebar(lambda sidebar: sidebar.archive_link.click()),
    "trash": _in_sidebar(lambda sidebar: sidebar.trash_link.click()),
    "songs": _songs(as_cards=True),
    "song-rows": _songs(as_cards=False),
    "files": _files,
    "activity": _activity(activity_page.Section.LIST),
    "charges": _activity(activity_page.Section.CHARGES),
    "suno": _form(SUNO),
    "minimax": _form(MINIMAX),
    "queue": _queue,
    "uploads": _uploads,
    "player": _player(None),
    "play-queue": _player(Panel.QUEUE),
    "lyrics": _player(Panel.LYRICS),
    "compare": _player(Panel.COMPARE),
    "general": _settings("settings"),
    "profiles": _settings("profiles"),
    "presets": _settings("presets"),
    "about": _settings("about"),
    "labels": _settings("labels"),
    "notifications": _settings_page("notifications"),
    "privacy": _settings_page("privacy"),
    "own-shortcuts": _settings_page("shortcuts"),
    "help": _settings("help"),
    "support": _settings("support"),
    "shortcuts": lambda window, _services: window.interior.commands[Command.SHORTCUTS].trigger(),
    "export": lambda window, _services: window.interior.commands[Command.EXPORT_CHAT].trigger(),
    "convert": _convert,
    "erase": _erase,
    "folder": _folder,
}


def dialogs(window: MainWindow) -> list[QDialog]:
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def leave(window: MainWindow) -> None:
    """Back to the chat, with nothing open that a screen may have opened."""
    for dialog in dialogs(window):
        dialog.close()
    if not window.interior.chat_options.isHidden():
        window.interior.chat_options.toggle()
    window.interior.sidebar.search.clear()
    window.interior.sidebar.show_chats()
    window.panes.put_sidebar_away()
    window.interior.chat.find_bar.close_bar()
    window.interior.player.close_player()
    window.interior.centre.show_chat()
    window.panes.show_studio(shown=not window.panes.is_narrow)
