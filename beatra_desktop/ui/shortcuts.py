"""The keys of commands: those they come with, but for what the user chose."""

from collections.abc import Mapping
from typing import Final

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui.actions import Actions, Command, default_keys
from beatra_desktop.ui.key_rules import KeyProblem, portable, problem_of

STATE: Final = "shortcuts"


class Conflict(Struct, frozen=True, kw_only=True):
    """Why keys can't be a command's; `owner` is the command that has them, where one has."""

    problem: KeyProblem
    owner: Command | None = None


class Shortcuts(QObject):
    """Stored and in use at once; `changed` afterwards."""

    changed = Signal()

    def __init__(
        self, settings: SettingsService, commands: Actions, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._commands = commands
        self._chosen = _usable(settings.ui_state(STATE))
        commands.bind({command: self.keys(command) for command in self._chosen})

    @property
    def are_chosen(self) -> bool:
        """Whether any command has other keys than it came with."""
        return bool(self._chosen)

    def is_chosen(self, command: Command) -> bool:
        return command in self._chosen

    def keys(self, command: Command) -> list[QKeySequence]:
        """What the command is bound to now; the first is the one that menus show."""
        return _keys(command, self._chosen)

    def conflict(self, command: Command, keys: QKeySequence) -> Conflict | None:
        """What stands in the way of giving these keys to a command."""
        problem = _problem(command, keys)
        if problem is not None:
            return Conflict(problem=problem)
        owner = _owner(keys, self._chosen)
        if owner in (None, command):
            return None
        return Conflict(problem=KeyProblem.TAKEN, owner=owner)

    def choose(self, command: Command, keys: QKeySequence) -> None:
        """Bind a command to these keys alone, or to none, unless something is in the way."""
        if self.conflict(command, keys) is None:
            self._set({**self._chosen, command: portable(keys)})

    def take(self, command: Command, keys: QKeySequence) -> None:
        """`choose`, also where another command has the keys, which loses them."""
        conflict = self.conflict(command, keys)
        if conflict is not None and conflict.owner is not None:
            left = [each for each in self.keys(conflict.owner) if each != keys]
            kept = portable(left[0]) if left else ""
            self._set({**self._chosen, conflict.owner: kept, command: portable(keys)})

    def reset(self, command: Command) -> None:
        """Back to what it came with; who else was given these keys is left without."""
        back = default_keys(command)
        others = {each: keys for each, keys in self._chosen.items() if each is not command}
        self._set(
            {each: "" if QKeySequence(keys) in back else keys for each, keys in others.items()}
        )

    def reset_all(self) -> None:
        self._set({})

    def _set(self, chosen: Mapping[Command, str]) -> None:
        touched = {*self._chosen, *chosen}
        self._chosen = {
            command: keys
            for command, keys in chosen.items()
            if _keys(command, chosen) != default_keys(command)
        }
        self._settings.set_ui_state(STATE, msgspec.json.encode(self._chosen).decode())
        self._commands.bind({command: self.keys(command) for command in touched})
        self.changed.emit()


def _keys(command: Command, chosen: Mapping[Command, str]) -> list[QKeySequence]:
    if command not in chosen:
        return default_keys(command)
    return [QKeySequence(chosen[command])] if chosen[command] else []


def _owner(keys: QKeySequence, chosen: Mapping[Command, str]) -> Command | None:
    return next((command for command in Command if keys in _keys(command, chosen)), None)


def _problem(command: Command, keys: QKeySequence) -> KeyProblem | None:
    """Esc stops answers, and nothing else."""
    problem = problem_of(keys)
    is_stop = problem is KeyProblem.ESCAPE and command is Command.STOP
    return None if is_stop else problem


def _usable(stored: str) -> dict[Command, str]:
    """What was chosen, as far as it still means something and stands in nobody's way."""
    try:
        known = msgspec.json.decode(stored or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        return {}
    chosen = {command: known[command] for command in Command if command in known}
    for command, text in list(chosen.items()):
        keys = QKeySequence(text)
        is_nonsense = keys.isEmpty() and bool(text)
        others = {each: keys for each, keys in chosen.items() if each is not command}
        is_taken = _owner(keys, others) not in (None, command)
        if is_nonsense or is_taken or _problem(command, keys) is not None:
            del chosen[command]
    return chosen
