"""Keys of the player, also while a list of songs has the focus."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from beatra_desktop.domain.playing import Side
from beatra_desktop.ui.player.player import Player

JUMP_MS: Final = 5000
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class PlayerKeys(QObject):
    """What keys do in the player; in lists of the same window only Space plays and pauses."""

    def __init__(self, player: Player, *, owner: QWidget) -> None:
        super().__init__(owner)
        self._player = player
        self._owner = owner
        self._watched: QAbstractItemView | None = None
        self._keys: Mapping[int, Callable[[], object]] = {
            Qt.Key.Key_Space: player.toggle,
            Qt.Key.Key_Left: lambda: player.seek_by(-JUMP_MS),
            Qt.Key.Key_Right: lambda: player.seek_by(JUMP_MS),
            Qt.Key.Key_L: player.mark_loop,
        }
        self._comparing: Mapping[int, Callable[[], object]] = {
            Qt.Key.Key_1: lambda: player.hear(Side.FIRST),
            Qt.Key.Key_2: lambda: player.hear(Side.SECOND),
            Qt.Key.Key_X: player.comparing.hear_other,
        }
        application = QApplication.instance()
        assert isinstance(application, QApplication), "keys are for an application"
        application.focusChanged.connect(self._on_focus_changed)

    def take(self, event: QKeyEvent) -> bool:
        """Do what the key is for; False when it is for nothing here."""
        if event.modifiers() not in _PLAIN:
            return False
        do = self._keys.get(event.key())
        if do is None and self._player.comparison is not None:
            do = self._comparing.get(event.key())
        if do is not None:
            do()
        return do is not None

    def watch_list(self) -> None:
        """Look after the list that has the focus already, if one of the window has."""
        self._on_focus_changed(None, QApplication.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Space in a list; a list that searches for what is typed keeps it."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Space or event.modifiers() not in _PLAIN:
            return False
        if not self._player.is_loaded:
            return False
        self._player.toggle()
        return True

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched = None
        is_list = isinstance(now, QAbstractItemView) and now.window() is self._owner.window()
        if is_list and isinstance(now, QAbstractItemView):
            self._watched = now
            now.installEventFilter(self)
