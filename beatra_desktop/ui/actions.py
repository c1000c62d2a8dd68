"""Every command of the window: its name, shortcut and place in the menus."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from beatra_desktop.ui import command_keys
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP


class Command(StrEnum):
    NEW_CHAT = "new_chat"
    NEW_MUSIC = "new_music"
    ADD_FILES = "add_files"
    ADD_FOLDER = "add_folder"
    PASTE_FILES = "paste_files"
    EXPORT_CHAT = "export_chat"
    EXPORT_ALL = "export_all"
    IMPORT_CHATS = "import_chats"
    PAUSE_ALL = "pause_all"
    STOP_RETRYING = "stop_retrying"
    SETTINGS = "settings"
    QUIT = "quit"
    FIND = "find"
    SEARCH = "search"
    MODEL = "model"
    CHAT_OPTIONS = "chat_options"
    STOP = "stop"
    COPY_ANSWER = "copy_answer"
    LIBRARY = "library"
    ACTIVITY = "activity"
    SIDEBAR = "sidebar"
    STUDIO = "studio"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    ZOOM_RESET = "zoom_reset"
    PLAY = "play"
    HELP = "help"
    LABELS = "labels"
    SHORTCUTS = "shortcuts"
    SUPPORT = "support"
    ABOUT = "about"


class _Entry(Struct, frozen=True):
    text: str
    keys: tuple[str, ...] = ()
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    is_switch: bool = False


_ENTRIES: Final[Mapping[Command, _Entry]] = MappingProxyType(
    {
        Command.NEW_CHAT: _Entry(QT_TRANSLATE_NOOP("actions", "New chat"), ("Ctrl+N",)),
        Command.NEW_MUSIC: _Entry(QT_TRANSLATE_NOOP("actions", "New song"), ("Ctrl+M",)),
        Command.ADD_FILES: _Entry(QT_TRANSLATE_NOOP("actions", "Add files…"), ("Ctrl+O",)),
        Command.ADD_FOLDER: _Entry(
            QT_TRANSLATE_NOOP("actions", "Add a folder…"), ("Ctrl+Shift+O",)
        ),
        Command.PASTE_FILES: _Entry(QT_TRANSLATE_NOOP("actions", "Paste files or a picture")),
        Command.EXPORT_CHAT: _Entry(
            QT_TRANSLATE_NOOP("actions", "Export chat…"), ("Ctrl+Shift+E",)
        ),
        Command.EXPORT_ALL: _Entry(QT_TRANSLATE_NOOP("actions", "Export all chats…")),
        Command.IMPORT_CHATS: _Entry(QT_TRANSLATE_NOOP("actions", "Import chats…")),
        Command.PAUSE_ALL: _Entry(
            QT_TRANSLATE_NOOP("actions", "Pause everything new"), is_switch=True
        ),
        Command.STOP_RETRYING: _Entry(QT_TRANSLATE_NOOP("actions", "Stop all retrying")),
        Command.SETTINGS: _Entry(
            QT_TRANSLATE_NOOP("actions", "Settings…"),
            ("Ctrl+,",),
            QAction.MenuRole.PreferencesRole,
        ),
        Command.QUIT: _Entry(
            QT_TRANSLATE_NOOP("actions", "Quit"), ("Ctrl+Q",), QAction.MenuRole.QuitRole
        ),
        Command.FIND: _Entry(QT_TRANSLATE_NOOP("actions", "Find in chat"), ("Ctrl+F",)),
        Command.SEARCH: _Entry(
            QT_TRANSLATE_NOOP("actions", "Search everything"), ("Ctrl+K", "Ctrl+Shift+F")
        ),
        Command.MODEL: _Entry(QT_TRANSLATE_NOOP("actions", "Choose a model"), ("Ctrl+Shift+M",)),
        Command.CHAT_OPTIONS: _Entry(
            QT_TRANSLATE_NOOP("actions", "Chat options"), ("Ctrl+Shift+P",)
        ),
        Command.STOP: _Entry(QT_TRANSLATE_NOOP("actions", "Stop the answer"), ("Esc",)),
        Command.COPY_ANSWER: _Entry(
            QT_TRANSLATE_NOOP("actions", "Copy the last answer"), ("Ctrl+Shift+C",)
        ),
        Command.LIBRARY: _Entry(
            QT_TRANSLATE_NOOP("actions", "Library"), ("Ctrl+Shift+L",), is_switch=True
        ),
        Command.ACTIVITY: _Entry(
            QT_TRANSLATE_NOOP("actions", "Activity"), ("Ctrl+Shift+A",), is_switch=True
        ),
        Command.SIDEBAR: _Entry(
            QT_TRANSLATE_NOOP("actions", "Sidebar"), ("F9", "Ctrl+\\"), is_switch=True
        ),
        Command.STUDIO: _Entry(
            QT_TRANSLATE_NOOP("actions", "Studio"), ("Shift+F9",), is_switch=True
        ),
        Command.ZOOM_IN: _Entry(QT_TRANSLATE_NOOP("actions", "Larger text"), ("Ctrl++", "Ctrl+=")),
        Command.ZOOM_OUT: _Entry(QT_TRANSLATE_NOOP("actions", "Smaller text"), ("Ctrl+-",)),
        Command.ZOOM_RESET: _Entry(QT_TRANSLATE_NOOP("actions", "Normal text"), ("Ctrl+0",)),
        Command.PLAY: _Entry(QT_TRANSLATE_NOOP("actions", "Play or pause"), ("Ctrl+P",)),
        Command.HELP: _Entry(QT_TRANSLATE_NOOP("actions", "Help topics"), ("F1",)),
        Command.LABELS: _Entry(QT_TRANSLATE_NOOP("actions", "What works today")),
        Command.SHORTCUTS: _Entry(
            QT_TRANSLATE_NOOP("actions", "Keyboard shortcuts"), ("Ctrl+/", "Ctrl+?")
        ),
        Command.SUPPORT: _Entry(QT_TRANSLATE_NOOP("actions", "Support report…")),
        Command.ABOUT: _Entry(
            QT_TRANSLATE_NOOP("actions", "About Beatra Desktop"), (), QAction.MenuRole.AboutRole
        ),
    }
)
_MENUS: Final[tuple[tuple[str, tuple[Command | None, ...]], ...]] = (
    (
        QT_TRANSLATE_NOOP("actions", "&File"),
        (
            Command.NEW_CHAT, Command.NEW_MUSIC, None,
            Command.ADD_FILES, Command.ADD_FOLDER, None,
            Command.EXPORT_CHAT, Command.EXPORT_ALL, Command.IMPORT_CHATS, None,
            Command.PAUSE_ALL, Command.STOP_RETRYING, None,
            Command.SETTINGS, None, Command.QUIT,
        ),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "&Edit"),
        (Command.COPY_ANSWER, Command.PASTE_FILES, None, Command.FIND, Command.SEARCH),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "&View"),
        (
            Command.LIBRARY, Command.ACTIVITY, None, Command.SIDEBAR, Command.STUDIO, None,
            Command.ZOOM_IN, Command.ZOOM_OUT, Command.ZOOM_RESET,
        ),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "&Chat"),
        (Command.MODEL, Command.CHAT_OPTIONS, Command.STOP, None, Command.PLAY),
    ),
    (
        QT_TRANSLATE_NOOP("actions", "&Help"),
        (
            Command.HELP, Command.LABELS, Command.SHORTCUTS, None,
            Command.SUPPORT, Command.ABOUT,
        ),
    ),
)  # fmt: skip


class Actions:
    """One QAction for each command, all belonging to one window."""

    def __init__(self, window: QWidget) -> None:
        self._actions = {command: _make(command, window) for command in Command}
        window.addActions(list(self._actions.values()))
        self._tell_keys()

    def __getitem__(self, command: Command) -> QAction:
        return self._actions[command]

    def connect(self, slots: Mapping[Command, Callable[[], object]]) -> None:
        """Say what commands do."""
        for command, slot in slots.items():
            self._actions[command].triggered.connect(_without_arguments(slot))

    def fill(self, menu_bar: QMenuBar) -> None:
        """Put every command into its menu."""
        for title, commands in _MENUS:
            menu = menu_bar.addMenu(_tr(title))
            for command in commands:
                if command is None:
                    menu.addSeparator()
                else:
                    menu.addAction(self._actions[command])

    def bind(self, keys: Mapping[Command, Sequence[QKeySequence]]) -> None:
        """Give each of the named commands these keys and no others."""
        for command, sequences in keys.items():
            self._actions[command].setShortcuts(list(sequences))
        self._tell_keys()

    def shortcuts(self) -> list[tuple[str, str]]:
        """Name and keys of every command that has keys, as the platform writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        return [
            (action.text(), ", ".join(keys.toString(native) for keys in action.shortcuts()))
            for action in self._actions.values()
            if action.shortcuts()
        ]

    def _tell_keys(self) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        command_keys.tell(
            {
                command: action.shortcut().toString(native)
                for command, action in self._actions.items()
            }
        )


def default_keys(command: Command) -> list[QKeySequence]:
    """The keys a command comes with."""
    return [QKeySequence(keys) for keys in _ENTRIES[command].keys]


def command_groups() -> list[tuple[str, list[Command]]]:
    """The commands in the order of the menus, with the menus' names."""
    return [
        (_tr(title).replace("&", ""), [command for command in commands if command is not None])
        for title, commands in _MENUS
    ]


def command_name(command: Command) -> str:
    return _tr(_ENTRIES[command].text)


def _make(command: Command, window: QWidget) -> QAction:
    entry = _ENTRIES[command]
    action = QAction(_tr(entry.text), window)
    action.setObjectName(command.value)
    action.setShortcuts(default_keys(command))
    action.setMenuRole(entry.role)
    action.setCheckable(entry.is_switch)
    return action


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


def _without_arguments(slot: Callable[[], object]) -> Callable[[], None]:
    """`triggered` tells whether the action is checked, which no command here asks."""

    def call() -> None:
        slot()

    return call
