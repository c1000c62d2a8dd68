"""Two widgets side by side while there is room for both, else one below the other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from beatra_desktop.ui import theme

_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class StackingRow(QWidget):
    """`first` takes the room that is left beside `second`.

    Words need more than their longest: `words_px` of the design for what is to be read.
    """

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        *,
        words_px: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words_px = words_px
        self._both = (first, second)
        self._box = QBoxLayout(_BESIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(theme.GRID)
        self._box.addWidget(first, stretch=1)
        self._box.addWidget(second)

    @property
    def is_stacked(self) -> bool:
        return self._box.direction() is _BELOW

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider one alone."""
        return QSize(max(self._widths()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        first, second = self._widths()
        needed = max(first, theme.scaled(self._words_px)) + second + self._box.spacing()
        fits = needed <= self.width()
        direction = _BESIDE if fits else _BELOW
        if direction is not self._box.direction():
            self._box.setDirection(direction)
            self._box.activate()  # or they would be seen overlapping for a frame

    def _widths(self) -> list[int]:
        return [widget.minimumSizeHint().width() for widget in self._both]
