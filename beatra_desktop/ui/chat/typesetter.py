"""What all documents of one look share: formats, the renderer, the background caches."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from beatra_desktop.services import highlight
from beatra_desktop.services.highlight import CodeKey, LineRanges, Range
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.formats import FormatSheet
from beatra_desktop.ui.chat.formulas import Drawing, FormulaKey
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.rendering import Renderer
from beatra_desktop.ui.palettes import Theme

Drawings = BackgroundCache[FormulaKey, Drawing]
Highlights = BackgroundCache[CodeKey, LineRanges]


class Typesetter:
    def __init__(self, look: Look, drawings: Drawings, highlights: Highlights) -> None:
        self.look = look
        self.sheet = FormatSheet(look)
        self.renderer = Renderer(self.sheet, drawings.get)
        self.drawings = drawings
        self.highlights = highlights
        colours = code_colours(look.colours).items()
        self._code_formats = {kind: _coloured(colour) for kind, colour in colours}

    def ranges(self, line: Sequence[Range]) -> list[QTextLayout.FormatRange]:
        return [self._range(each) for each in line]

    def _range(self, each: Range) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = each.start, each.length
        made.format = self._code_formats[each.kind]
        return made


def code_colours(shades: Theme) -> Mapping[str, str]:
    """What the kinds of words in code are drawn in."""
    if shades.is_high_contrast:
        return highlight.HIGH_DARK if shades.is_dark else highlight.HIGH_LIGHT
    return highlight.DARK if shades.is_dark else highlight.LIGHT


def _coloured(colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(colour))
    return made
