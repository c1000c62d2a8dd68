"""The colours of the app: warm neutrals and one petrol accent, light and dark."""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtGui import QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour the app uses.

    `window` lies behind the side panes, `surface` behind text and cards, `raised` behind what
    floats; the soft colours are grounds for text in the colour they are named after.
    """

    is_dark: bool
    window: QColor
    surface: QColor
    raised: QColor
    field: QColor
    border: QColor
    hover: QColor
    text: QColor
    text_secondary: QColor
    text_disabled: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    accent_soft: QColor
    danger: QColor
    danger_soft: QColor
    warning: QColor
    warning_soft: QColor
    success: QColor
    success_soft: QColor
    code_background: QColor
    selection: QColor
    scrim: QColor


LIGHT: Final = Theme(
    is_dark=False,
    window=QColor("#f4f3f0"),
    surface=QColor("#fdfdfc"),
    raised=QColor("#ffffff"),
    field=QColor("#ffffff"),
    border=QColor("#dedbd4"),
    hover=QColor("#e9e7e2"),
    text=QColor("#1d2124"),
    text_secondary=QColor("#5c6267"),
    text_disabled=QColor("#a3a6a7"),
    accent=QColor("#0b6b7c"),
    accent_hover=QColor("#095a69"),
    accent_text=QColor("#ffffff"),
    accent_soft=QColor("#dcecee"),
    danger=QColor("#b3281e"),
    danger_soft=QColor("#f9e4e1"),
    warning=QColor("#855600"),
    warning_soft=QColor("#f8ecd2"),
    success=QColor("#22703b"),
    success_soft=QColor("#e0f0e3"),
    code_background=QColor("#f3f2ee"),
    selection=QColor("#c4e1e6"),
    scrim=QColor(24, 26, 28, 92),
)
DARK: Final = Theme(
    is_dark=True,
    window=QColor("#16191b"),
    surface=QColor("#1c2023"),
    raised=QColor("#262b2f"),
    field=QColor("#181b1e"),
    border=QColor("#343a3f"),
    hover=QColor("#2a3034"),
    text=QColor("#e9e7e3"),
    text_secondary=QColor("#a4a9ad"),
    text_disabled=QColor("#666c71"),
    accent=QColor("#5cc3d2"),
    accent_hover=QColor("#7cd1dd"),
    accent_text=QColor("#06262c"),
    accent_soft=QColor("#1d3a40"),
    danger=QColor("#f28b81"),
    danger_soft=QColor("#40231f"),
    warning=QColor("#e4b75b"),
    warning_soft=QColor("#3a2f18"),
    success=QColor("#7fca90"),
    success_soft=QColor("#1e3625"),
    code_background=QColor("#14171a"),
    selection=QColor("#245058"),
    scrim=QColor(0, 0, 0, 140),
)


def with_high_contrast(theme: Theme) -> Theme:
    """The same theme with borders and secondary text as strong as the text."""
    return replace(
        theme,
        border=theme.text_secondary,
        text_secondary=theme.text,
        text_disabled=theme.text_secondary,
    )
