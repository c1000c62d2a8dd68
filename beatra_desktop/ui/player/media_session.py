"""Tells the desktop what plays, where there is a way to: MPRIS on Linux."""

import logging
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.desktop.buses import NO_BUS, has_session_bus
from beatra_desktop.ui.player.player import Player
from beatra_desktop.ui.player.speed import SpeedButton
from beatra_desktop.ui.player.volume import VolumeControl
from beatra_desktop.ui.subscriptions import subscribe

if TYPE_CHECKING:
    from beatra_desktop.ui.player.mpris import Mpris

_log = logging.getLogger(__name__)


class MediaSession(QObject):
    """Begins with the first clip and ends with the player's closing.

    macOS and Windows have their own ways, for which Qt has none: there the media keys arrive as
    keys of the window, if at all (`media_keys.py`).
    """

    def __init__(
        self, player: Player, *, volume: VolumeControl, speed: SpeedButton, owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._player = player
        self._volume = volume
        self._speed = speed
        self._owner = owner
        self._mpris: Mpris | None = None
        player.opened.connect(self._on_opened)
        volume.changed.connect(self._on_changed)
        speed.changed.connect(self._on_changed)
        subscribe(self, player.queue.repeat.changed, self._on_changed)
        subscribe(self, player.queue.shuffles.changed, self._on_changed)

    @property
    def volume(self) -> float:
        return self._volume.share

    @property
    def speed(self) -> float:
        return self._speed.speed

    def set_volume(self, share: float) -> None:
        self._volume.set_share(share)

    def set_speed(self, factor: float) -> None:
        """A factor of 0 means a pause to the desktop."""
        if factor > 0:
            self._speed.set_speed(factor)
        else:
            self._player.decks.pause()

    def raise_window(self) -> None:
        window = self._owner.window()
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    def quit(self) -> None:
        self._owner.window().close()

    def _on_opened(self) -> None:
        if self._player.clip is None:
            self._leave()
        elif self._mpris is None and sys.platform.startswith("linux"):
            self._join()

    def _on_changed(self, _news: object) -> None:
        if self._mpris is not None:
            self._mpris.refresh()

    def _join(self) -> None:
        try:
            if has_session_bus():
                from beatra_desktop.ui.player.mpris import Mpris

                self._mpris = Mpris(self._player, self, parent=self)
        except (ImportError, *NO_BUS) as error:
            _log.info("The desktop is not told what plays: %s", error)

    def _leave(self) -> None:
        if self._mpris is not None:
            self._mpris.close()
            self._mpris.deleteLater()
            self._mpris = None
