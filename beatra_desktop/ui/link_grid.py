"""Links in two columns while both have room, else in one."""

from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

COLUMNS: Final = 2


class LinkGrid(QWidget):
    """The links go from line to line; the first column takes the room that is left."""

    def __init__(self, *links: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links = links
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._place(COLUMNS)

    @property
    def columns(self) -> int:
        return self._columns

    def minimumSizeHint(self) -> QSize:
        """As narrow as the widest one alone."""
        width = max(link.sizeHint().width() for link in self._links)
        return QSize(width, super().minimumSizeHint().height())

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # a link has other words now
            self._fit()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        widths = [link.sizeHint().width() for link in self._links]
        needed = sum(max(widths[column::COLUMNS]) for column in range(COLUMNS))
        columns = COLUMNS if needed <= self.width() else 1
        if columns != self._columns:
            self._place(columns)

    def _place(self, columns: int) -> None:
        self._columns = columns
        for place, link in enumerate(self._links):
            self._grid.addWidget(link, place // columns, place % columns)
        self._grid.activate()
