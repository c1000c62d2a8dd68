"""What the desktop's session tells: its end, sleep, and whether things may move.

Before the end and before sleep what is not stored yet is stored.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.application import Application
from beatra_desktop.ui.desktop.motion_watch import MotionWatch
from beatra_desktop.ui.desktop.sleep_watch import SleepWatch


class Session(QObject):
    """`store` blocks until all that was written is on the disk, or for a fraction of a second.

    `wake` goes on with everything after sleep.
    """

    def __init__(
        self,
        application: Application,
        window: QWidget,
        *,
        store: Callable[[], object],
        wake: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._store = store
        self.sleep = SleepWatch(parent=self)
        self.sleep.falling_asleep.connect(store)
        self.sleep.woken.connect(wake)
        MotionWatch(parent=self)
        application.session_ending.connect(self._on_ending)

    def _on_ending(self) -> None:
        """The system may end the process as soon as this returns.

        What panes hold, such as drafts, they store when they are hidden.
        """
        self._window.hide()
        self._store()
