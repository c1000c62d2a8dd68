"""The scroll bar of the messages: shows the place being read, and tells where it was moved."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractScrollArea

from beatra_desktop.ui.chat.heights import Reading

REST_MS: Final = 250
"""A frame's words move the bar by less than can be seen, and cost more there than to be read."""


class ReadingBar:
    """All lengths in pixels."""

    def __init__(self, area: QAbstractScrollArea, reading: Reading) -> None:
        self._viewport = area.viewport()
        self._bar = area.verticalScrollBar()
        self._reading = reading
        self._told = self._place
        self._shown = 0
        self._is_showing = False
        self._rest = QTimer(area, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._on_rested)

    def show(self) -> None:
        """Show now how much there is, and where in it the view stands."""
        self._told = total, top = self._place
        height = self._viewport.height()
        self._is_showing = True
        self._bar.setRange(0, max(0, total - height))
        self._bar.setPageStep(height)
        self._bar.setValue(top)
        self._is_showing = False
        self._shown = self._bar.value()

    def show_soon(self) -> None:
        """The same, but no more than four times a second."""
        if not self._rest.isActive():
            self.show()
            self._rest.start()

    @property
    def moved(self) -> int:
        """How far somebody has moved it from where it was shown."""
        return 0 if self._is_showing else self._bar.value() - self._shown

    @property
    def value(self) -> int:
        return self._bar.value()

    @property
    def is_at_end(self) -> bool:
        return self._bar.value() == self._bar.maximum()

    @property
    def width(self) -> int:
        """What it takes of the area, even while there is none."""
        return self._bar.sizeHint().width()

    @property
    def _place(self) -> tuple[int, int]:
        return self._reading.heights.total, self._reading.top

    def _on_rested(self) -> None:
        if self._told != self._place:
            self.show_soon()
