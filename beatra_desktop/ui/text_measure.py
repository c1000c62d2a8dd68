"""How wide and how high text is. Lists ask for the same few words at every paint, and measuring
them costs as much as drawing them.
"""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

CACHED: Final = 512
"""More words than the lists of a large window show at once."""


@lru_cache(maxsize=CACHED)
def elided(
    text: str, font: QFont, width_px: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> str:
    """The text, or as much of it as fits with an … in the place of the rest."""
    return QFontMetrics(font).elidedText(text, mode, width_px)


@lru_cache(maxsize=CACHED)
def advance_px(text: str, font: QFont) -> int:
    """From where the text begins to where the next would."""
    return QFontMetrics(font).horizontalAdvance(text)


@lru_cache(maxsize=CACHED)
def line_px(font: QFont) -> int:
    """The height of a line."""
    return QFontMetrics(font).height()
