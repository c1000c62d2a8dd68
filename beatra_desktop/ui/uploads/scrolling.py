"""A column that scrolls without moving what is in it when its scroll bar comes and goes."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground

MARGIN_PX: Final = 2 * theme.GRID


class ScrollingColumn(QScrollArea):
    """`body` takes what scrolls; the scroll bar takes its room from the margin."""

    def __init__(self, name: str, *, spacing_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body = Pane(Ground.WINDOW, margin_px=MARGIN_PX, spacing_px=spacing_px)
        self.setWidget(self.body)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _on_range_changed(self, _first: int, last: int) -> None:
        bar = self.verticalScrollBar().sizeHint().width() if last > 0 else 0
        right = max(0, MARGIN_PX - bar)
        self.body.box.setContentsMargins(MARGIN_PX, MARGIN_PX, right, MARGIN_PX)
