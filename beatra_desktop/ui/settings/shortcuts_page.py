"""The keys of all commands, to be changed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Command, command_groups, command_name
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import FieldError
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.key_rules import KeyProblem
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.keys_field import KeysField
from beatra_desktop.ui.settings.page import WORDS_PX, SettingsPage
from beatra_desktop.ui.shortcuts import Conflict, Shortcuts
from beatra_desktop.ui.stacking_row import StackingRow
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

KEYS_WIDTH_PX: Final = 160
_PROBLEMS: Final[Mapping[KeyProblem, str]] = MappingProxyType(
    {
        KeyProblem.EDITING: QT_TRANSLATE_NOOP(
            "ShortcutRow", "These keys edit text everywhere. Choose others."
        ),
        KeyProblem.FIXED: QT_TRANSLATE_NOOP(
            "ShortcutRow", "These keys have a fixed meaning. Choose others."
        ),
        KeyProblem.ALONE: QT_TRANSLATE_NOOP(
            "ShortcutRow", "This key is needed for writing. Hold Ctrl too, or take a function key."
        ),
        KeyProblem.ALT: QT_TRANSLATE_NOOP(
            "ShortcutRow", "Alt with a key opens menus. Hold Ctrl too."
        ),
        KeyProblem.META: QT_TRANSLATE_NOOP(
            "ShortcutRow", "Your desktop keeps this key for itself. Use Ctrl instead."
        ),
        KeyProblem.ESCAPE: QT_TRANSLATE_NOOP(
            "ShortcutRow", "Esc closes and stops things. Choose other keys."
        ),
        KeyProblem.TAKEN: QT_TRANSLATE_NOOP("ShortcutRow", "“{command}” has these keys."),
    }
)


class ShortcutRow(QWidget):
    """One command: its name, its keys, the way back; what is in the way stands below them."""

    def __init__(
        self, command: Command, shortcuts: Shortcuts, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._command = command
        self._shortcuts = shortcuts
        name = command_name(command)
        self.keys = KeysField(self.tr("Keys for “{command}”").format(command=name))
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self.also = Text(tone=Tone.SECONDARY, size="small")
        self.error = FieldError(self.keys)
        self.take = Button(self.tr("Use them here"), variant=Variant.LINK)
        self.reset = IconButton(
            Icon.UNDO, self.tr("Back to the default keys of “{command}”").format(command=name)
        )
        self._lay_out(name)
        self.keys.pressed.connect(self._on_keys_pressed)
        self.keys.left.connect(self.show_keys)
        self.take.clicked.connect(self._on_take_clicked)
        self.reset.clicked.connect(lambda: shortcuts.reset(command))
        shortcuts.changed.connect(self.show_keys)
        self.show_keys()

    def show_keys(self) -> None:
        """What holds now; a wish that was in conflict is forgotten."""
        keys = self._shortcuts.keys(self._command)
        self.keys.show_keys(keys[0] if keys else QKeySequence())
        others = ", ".join(
            each.toString(QKeySequence.SequenceFormat.NativeText) for each in keys[1:]
        )
        self.also.setText(self.tr("also {keys}").format(keys=others) if others else "")
        self.also.setVisible(bool(others))
        self.reset.setEnabled(self._shortcuts.is_chosen(self._command))
        self._show(None)

    def _lay_out(self, name: str) -> None:
        deeds = QWidget()
        line = QHBoxLayout(deeds)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GRID)
        line.addStretch(1)
        line.addWidget(self.keys)
        line.addWidget(self.reset)
        words = QWidget()
        lines = QVBoxLayout(words)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(Text(name))
        lines.addWidget(self.also)
        trouble = QHBoxLayout()
        trouble.addWidget(self.error, stretch=1)
        trouble.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(StackingRow(words, deeds))
        column.addLayout(trouble)

    def _fit(self) -> None:
        self.keys.setFixedWidth(theme.scaled(KEYS_WIDTH_PX))

    def _on_keys_pressed(self, keys: QKeySequence) -> None:
        self._show(self._shortcuts.conflict(self._command, keys))
        self._shortcuts.choose(self._command, keys)

    def _on_take_clicked(self) -> None:
        self._shortcuts.take(self._command, self.keys.keys)
        self.keys.setFocus()

    def _show(self, conflict: Conflict | None) -> None:
        owner = conflict.owner if conflict is not None else None
        words = self.tr(_PROBLEMS[conflict.problem]) if conflict is not None else ""
        self.error.show_error(words.format(command=command_name(owner) if owner else ""))
        self.take.setVisible(owner is not None)


class ShortcutsPage(SettingsPage):
    def __init__(self, shortcuts: Shortcuts, *, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("ShortcutsPage", "Shortcuts"), parent=parent)
        self._shortcuts = shortcuts
        self.rows: dict[Command, ShortcutRow] = {}
        self.reset_all = Button(self.tr("All back to default"), icon=Icon.UNDO)
        self.reset_all.clicked.connect(shortcuts.reset_all)
        sentence = self.tr(
            "Click a field and press the new keys. Keys for writing and editing stay as they are."
        )
        self.body.add(
            StackingRow(Text(sentence, tone=Tone.SECONDARY), self.reset_all, words_px=WORDS_PX)
        )
        for title, commands in command_groups():
            card = self.add_group(title)
            for command in commands:
                self.rows[command] = ShortcutRow(command, shortcuts)
                card.add(self.rows[command])
        self.finish()
        shortcuts.changed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        self.reset_all.setEnabled(self._shortcuts.are_chosen)
