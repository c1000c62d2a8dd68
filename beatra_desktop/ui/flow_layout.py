"""A layout that goes on in the next line where a line is full."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from beatra_desktop.ui import mirroring, theme


class FlowLayout(QLayout):
    """Items keep the size they ask for, at most as wide as the layout; hidden ones take no room."""

    def __init__(self, *, spacing_px: int = theme.GRID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing_px)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for _, place in places), default=0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in self._places(rect.width()):
            item.setGeometry(mirroring.placed(place.translated(rect.topLeft()), rect))

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """As narrow as it may get, its items give way."""
        heights = (item.sizeHint().height() for item in self._items)
        return QSize(0, max(heights, default=0))

    def _places(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        """Where the items go, one after the other."""
        places: list[tuple[QLayoutItem, QRect]] = []
        corner, line_px = QPoint(0, 0), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, width), item.sizeHint().height()))
            if corner.x() and corner.x() + size.width() > width:
                corner, line_px = QPoint(0, corner.y() + line_px + self.spacing()), 0
            places.append((item, QRect(corner, size)))
            corner.setX(corner.x() + size.width() + self.spacing())
            line_px = max(line_px, size.height())
        return places
