"""Hears from the system that it goes to sleep and has woken (logind, on Linux)."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from beatra_desktop.ui.desktop.bus_watch import BusWatch, Source

LISTEN_AFTER_MS: Final = 3000
"""Nobody sends a machine to sleep while the app starts."""
LOGIND: Final = Source(
    bus="SYSTEM",
    name="org.freedesktop.login1",
    path="/org/freedesktop/login1",
    interface="org.freedesktop.login1.Manager",
    member="PrepareForSleep",
)


class SleepWatch(BusWatch):
    """Where the system says nothing, a jump of the clock tells all the same (`Traffic`)."""

    falling_asleep = Signal()
    woken = Signal()

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(LOGIND, after_ms=LISTEN_AFTER_MS, parent=parent)

    def on_told(self, falls_asleep: bool) -> None:  # a signal's argument
        self.falling_asleep.emit() if falls_asleep else self.woken.emit()
