"""The look of a window that is not filled yet: the colours of its grounds, and room for its menus.

Done without the style sheet, which is put on once, over everything.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QMenuBar, QVBoxLayout, QWidget

MENU_BAR_PADDING_PX: Final = 12
"""What the style sheet puts above and below the words of the menu bar."""


class StandIn:
    """Stands in `column` for a menu bar, and colours widgets, until it goes."""

    def __init__(self, column: QVBoxLayout, colours: Mapping[QWidget, QColor]) -> None:
        self._coloured = list(colours)
        self._menus = QWidget()
        self._menus.setFixedHeight(_menu_bar_height())
        column.insertWidget(0, self._menus)
        for widget, colour in colours.items():
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Window, colour)
            widget.setPalette(palette)
            widget.setAutoFillBackground(True)

    def go(self) -> None:
        self._menus.hide()
        self._menus.deleteLater()
        for widget in self._coloured:
            widget.setAutoFillBackground(False)
            widget.setPalette(QPalette())  # it would go on to what is put there


def _menu_bar_height() -> int:
    """None where the menus stand elsewhere on the screen."""
    bar = QMenuBar()
    return 0 if bar.isNativeMenuBar() else bar.fontMetrics().height() + MENU_BAR_PADDING_PX
