"""Room below a list for what belongs to it: as high as it must be, never more than its share."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground

LEAST_PX: Final = 96


class Drawer(QScrollArea):
    """`body` takes what is in it; what does not fit scrolls."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = Pane(Ground.WINDOW, margin_px=theme.GRID, spacing_px=theme.GRID)
        self.setWidget(self.body)
        self.body.installEventFilter(self)

    def sizeHint(self) -> QSize:
        return QSize(0, self._wanted_px())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self._wanted_px(), LEAST_PX))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _wanted_px(self) -> int:
        layout = self.body.layout()
        if layout is None or layout.isEmpty():
            return 0
        width = self.viewport().width()
        by_width = layout.hasHeightForWidth()
        return layout.totalHeightForWidth(width) if by_width else layout.totalSizeHint().height()
