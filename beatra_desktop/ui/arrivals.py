"""What reaches the window from outside: another start, the system, the command line."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.deep_links import DeepLinks
from beatra_desktop.ui.dropping import Dropping
from beatra_desktop.ui.single_instance import Call

TOKEN_VARIABLE: Final = "XDG_ACTIVATION_TOKEN"
"""Where Qt looks for the leave to bring a window forward on Wayland; it uses it up."""


class Arrivals(QObject):
    def __init__(self, window: QWidget, *, dropping: Dropping, links: DeepLinks) -> None:
        super().__init__(window)
        self._window = window
        self._dropping = dropping
        self._links = links

    def answer(self, call: Call) -> None:
        """Another start asked for this window."""
        self.come_forward(call.token)
        self.take(call.paths, call.links)

    def take(self, paths: Sequence[Path], links: Sequence[str] = ()) -> None:
        """Make uploads of files, and open links."""
        if paths:
            self._dropping.open_files(paths)
        for link in links:
            self._links.open(link)

    def open_link(self, link: str) -> None:
        """The system hands over a link: the user is waiting for it."""
        self.come_forward()
        self._links.open(link)

    def come_forward(self, token: str = "") -> None:
        """Show the window above all others, as far as the desktop lets it."""
        window = self._window
        if token:
            os.environ[TOKEN_VARIABLE] = token
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()
