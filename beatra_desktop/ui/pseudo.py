"""A language nobody speaks: it shows at a glance what is not translated, cut off or not mirrored.

Texts become longer by two fifths, as they do in other languages, and stand in ⟦brackets⟧.
"""

import re
from typing import Final

from PySide6.QtCore import QTranslator

OPENING: Final = "⟦"
CLOSING: Final = "⟧"
GROWTH: Final = 0.4
_ACCENTS: Final = str.maketrans("aceiknorsuyzACDEINORSUYZ", "áçéíķñóŕšúýžÁÇĎÉÍÑÓŔŠÚÝŽ")
_KEPT: Final = re.compile(r"(\{[^}]*\}|%n|%L?\d|&(?=\w)|<[^>]*>)")
"""What is filled in, the mark of a menu's letter, and tags."""
_PATTERNS: Final = re.compile(r" \(\*[^)]*\)$")
"""What a file dialog looks for at the end of a filter's name."""
_TURN: Final = "\u200f"
"""A letter of no width of a right-to-left script: labels go by the first letter they hold."""
_KEYS: Final = "QShortcut"
_DIRECTION: Final = ("QGuiApplication", "QT_LAYOUT_DIRECTION")


class PseudoTranslator(QTranslator):
    """Makes the texts when they are asked for, Qt's own too; mirrors the window if told to."""

    def __init__(self, *, is_mirrored: bool) -> None:
        super().__init__()
        self._is_mirrored = is_mirrored

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, text: str, _comment: str | None = None, _number: int = -1
    ) -> str:
        if (context, text) == _DIRECTION:
            return "RTL" if self._is_mirrored else "LTR"
        if context == _KEYS or not text.strip():
            return text
        return f"{_TURN if self._is_mirrored else ''}{pseudo(text)}"


def pseudo(text: str) -> str:
    """The text with accents, longer and in brackets; what is filled in stays as it is."""
    patterns = "".join(_PATTERNS.findall(text))
    pieces = _KEPT.split(text.removesuffix(patterns))
    words = "".join(
        piece if place % 2 else piece.translate(_ACCENTS) for place, piece in enumerate(pieces)
    )
    letters = sum(len(piece) for piece in pieces[::2])
    return f"{OPENING}{words}{_padding(round(letters * GROWTH))}{CLOSING}{patterns}"


def _padding(length: int) -> str:
    """Words of a usual length, so that it wraps like text."""
    return "".join(" " if place % 7 == 0 else "~" for place in range(length))
