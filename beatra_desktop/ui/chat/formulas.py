"""LaTeX formulas as pictures that sit on the baseline of their line."""

import math
import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

if TYPE_CHECKING:
    from xml.etree import ElementTree

_BASE_PX: Final = 20.0
_VIEW_BOX: Final = re.compile(r'viewBox="([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+)"')
_MAX_SOURCE: Final = 4_000
MAX_WORK: Final = 5_000
"""One or two seconds of the worker; a page of derivation takes half of it."""
MAX_SIDE: Final = 400.0
MAX_AREA: Final = 4_000.0
"""In font sizes and their squares; a picture takes up to some kB for each of these."""
_DOUBLING: Final = ("mrow", "mtd")


class FormulaKey(Struct, frozen=True):
    source: str
    is_display: bool
    colour: str


class Drawing(Struct, frozen=True):
    """A typeset formula as SVG; lengths in font sizes, `descent` below the baseline."""

    svg: bytes
    width: float
    ascent: float
    descent: float

    @property
    def is_drawable(self) -> bool:
        """Whether a picture of it fits into memory: spaces and rules may be of any length."""
        height = 2 * max(abs(self.ascent), abs(self.descent))
        sides = (self.width, height)
        return max(sides) <= MAX_SIDE and self.width * height <= MAX_AREA


def typeset(key: FormulaKey) -> Drawing:
    """Typeset one formula; raises whatever the typesetter makes of a source it cannot read."""
    from xml.etree import ElementTree  # this and ziamath, which loads fonts for 0.2 s, when needed

    from ziamath.config import config
    from ziamath.tex import tex2mml
    from ziamath.zmath import Latex

    if len(key.source) > _MAX_SOURCE:
        raise ValueError("formula too long")
    if _work(ElementTree.fromstring(tex2mml(key.source))) > MAX_WORK:
        raise ValueError("formula too deep")
    config.svg2 = False  # Qt's SVG reader does not know <symbol>
    latex = Latex(key.source, size=_BASE_PX, color=key.colour, inline=not key.is_display)
    svg = latex.svg()
    box = _VIEW_BOX.search(svg)
    if box is None:
        raise ValueError("drawing without a view box")
    top, width, height = (float(box[index]) / _BASE_PX for index in (2, 3, 4))
    drawing = Drawing(svg.encode(), width=width, ascent=-top, descent=height + top)
    if not drawing.is_drawable:
        raise ValueError("formula too large")
    return drawing


def _work(element: "ElementTree.Element", factor: int = 1) -> int:
    """What the typesetter will do: it lays out the inside of a row twice, in rows inside again."""
    if element.tag.rpartition("}")[2] in _DOUBLING:
        factor *= 2
    return factor + sum(_work(child, factor) for child in element)


def picture(drawing: Drawing, *, em: float, x_height: float, ratio: float) -> QImage:
    """The formula at `em` pixels a font size, padded so that Qt puts it on the baseline.

    Qt centres a picture a quarter of the x-height above the baseline (`AlignMiddle`), so the
    picture is as tall as the larger of its two sides around that line asks for.
    """
    ascent, descent = drawing.ascent * em, drawing.descent * em
    half = max(ascent - x_height / 4, descent + x_height / 4)
    width, height = max(1, math.ceil(drawing.width * em)), max(1, math.ceil(2 * half))
    image = QImage(
        math.ceil(width * ratio),
        math.ceil(height * ratio),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    top = height / 2 + x_height / 4 - ascent
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer = QSvgRenderer(QByteArray(drawing.svg))
    renderer.render(painter, QRectF(0, top, drawing.width * em, ascent + descent))
    painter.end()
    return image.copy()  # what was painted on keeps the painter's buffers, and no copy does
