"""The keyboard's media keys.

On Linux the desktop takes them and tells them by MPRIS; elsewhere Qt tells them to the window that
has the focus, if the system does.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from beatra_desktop.ui.player.player import Player


def listen(window: QWidget, player: "Callable[[], Player]") -> None:
    """Take the media keys wherever in the window the focus is; `player` is made by the first."""
    for key, do in (
        (Qt.Key.Key_MediaTogglePlayPause, lambda: player().toggle()),
        (Qt.Key.Key_MediaPlay, lambda: player().toggle()),
        (Qt.Key.Key_MediaPause, lambda: player().decks.pause()),
        (Qt.Key.Key_MediaStop, lambda: player().decks.pause()),
        (Qt.Key.Key_MediaNext, lambda: player().step(1)),
        (Qt.Key.Key_MediaPrevious, lambda: player().step(-1)),
    ):
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.activated.connect(do)
