"""How the transcript looks: colours, fonts and lengths at one zoom."""

from functools import cached_property

from msgspec import Struct
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from beatra_desktop.ui import theme
from beatra_desktop.ui.palettes import Theme


class Look(Struct, frozen=True, dict=True):
    """`zoom` makes the theme's fonts larger, `scale` the lengths of the design.

    `ratio` is device pixels per pixel.
    """

    colours: Theme
    body_font: QFont
    small_font: QFont
    mono_font: QFont
    zoom: float = 1.0
    scale: float = 1.0
    ratio: float = 1.0

    def px(self, length: float) -> int:
        """A length of the design, in pixels at this zoom."""
        return round(length * self.scale)

    @cached_property
    def body(self) -> QFont:
        return resized(self.body_font, self.zoom)

    @cached_property
    def small(self) -> QFont:
        return resized(self.small_font, self.zoom)

    @cached_property
    def mono(self) -> QFont:
        return resized(self.mono_font, self.zoom)

    @cached_property
    def em(self) -> float:
        """The size of body text in pixels."""
        return float(QFontInfo(self.body).pixelSize())

    @cached_property
    def x_height(self) -> float:
        return QFontMetricsF(self.body).xHeight()


def current_look(*, zoom: float, ratio: float) -> Look:
    """The theme's look; its fonts already have its own zoom, to which `zoom` is added."""
    return Look(
        colours=theme.current(),
        body_font=theme.body_font(),
        small_font=theme.small_font(),
        mono_font=theme.mono_font(),
        zoom=zoom,
        scale=zoom * theme.text_scale(),
        ratio=ratio,
    )


def resized(font: QFont, factor: float) -> QFont:
    pixels = QFontInfo(font).pixelSize()
    scaled = QFont(font)
    scaled.setPixelSize(max(1, round(pixels * factor)))
    return scaled
