"""Which keys a command may have at all: not those that write, edit or move in every program."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_Key: Final = Qt.Key
_Modifier: Final = Qt.KeyboardModifier
_Standard: Final = QKeySequence.StandardKey
_EDITING: Final = (
    _Standard.Copy, _Standard.Cut, _Standard.Paste, _Standard.Undo, _Standard.Redo,
    _Standard.SelectAll, _Standard.Delete, _Standard.DeleteStartOfWord, _Standard.DeleteEndOfWord,
    _Standard.MoveToNextWord, _Standard.MoveToPreviousWord, _Standard.SelectNextWord,
    _Standard.SelectPreviousWord, _Standard.MoveToStartOfDocument, _Standard.MoveToEndOfDocument,
    _Standard.SelectStartOfDocument, _Standard.SelectEndOfDocument,
)  # fmt: skip
_FIXED: Final = frozenset(
    {
        "Ctrl+Return", "Ctrl+Enter", "Ctrl+Tab", "Ctrl+Shift+Tab",  # send; between fields
        "Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right",  # in the messages and in lists
        "Ctrl+I",  # details in the library
        "F2", "F10", "Shift+F10", "Alt+F4",  # rename, menu bar, menu of what has the focus, close
    }
)  # fmt: skip
ESCAPE: Final = QKeySequence("Esc")


class KeyProblem(StrEnum):
    EDITING = "editing"
    FIXED = "fixed"
    ALONE = "alone"
    ALT = "alt"
    META = "meta"
    ESCAPE = "escape"
    TAKEN = "taken"


def problem_of(keys: QKeySequence) -> KeyProblem | None:
    """Why no command may have these keys, whoever has them now; never `TAKEN`."""
    if keys.isEmpty():
        return None
    if keys == ESCAPE:
        return KeyProblem.ESCAPE
    if any(keys in QKeySequence.keyBindings(standard) for standard in _EDITING):
        return KeyProblem.EDITING
    if portable(keys) in _FIXED:
        return KeyProblem.FIXED
    return _without_control(keys[0])  # type: ignore[index]  # the stubs forget it


def portable(keys: QKeySequence) -> str:
    """As they are stored: the same on every system and in every language."""
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def _without_control(combination: QKeyCombination) -> KeyProblem | None:
    modifiers, key = combination.keyboardModifiers(), combination.key()
    if modifiers & _Modifier.MetaModifier:
        return KeyProblem.META
    if modifiers & _Modifier.ControlModifier or _Key.Key_F1 <= key <= _Key.Key_F35:
        return None
    return KeyProblem.ALT if modifiers & _Modifier.AltModifier else KeyProblem.ALONE
