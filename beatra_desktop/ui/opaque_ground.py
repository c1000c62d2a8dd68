"""Lists that fill their ground themselves, so that they are scrolled by moving what is painted.

Qt paints every row anew at each step of a view that lets what is behind it shine through, which the
style sheet's transparent lists do.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea

from beatra_desktop.ui import theme
from beatra_desktop.ui.styling import Ground, ground_colour


class OpaqueGround:
    """Of a view that stands on `ground`; `fill` comes before everything else it paints."""

    def __init__(self, view: QAbstractScrollArea, ground: Ground) -> None:
        self._viewport, self._ground = view.viewport(), ground
        self._viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def fill(self, event: QPaintEvent) -> None:
        painter = QPainter(self._viewport)
        painter.fillRect(event.rect(), ground_colour(self._ground, theme.current()))
        painter.end()
