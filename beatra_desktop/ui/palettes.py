"""The colours of the app: warm neutrals and one petrol accent, light and dark.

Each has a twin of high contrast.
"""

from typing import Final, NamedTuple

from PySide6.QtGui import QColor


class Theme(NamedTuple):
    """Every colour the app uses.

    `window` lies behind the side panes, `surface` behind text and cards, `raised` behind what
    floats; the soft colours are grounds for text in the colour they are named after. `border`
    parts things, `outline` tells where a control is and `focus` which of them has the keyboard;
    `track` is what a bar has still to fill.
    With `is_high_contrast` what a soft ground tells is told by lines too.
    """

    is_dark: bool
    is_high_contrast: bool
    window: QColor
    surface: QColor
    raised: QColor
    field: QColor
    border: QColor
    outline: QColor
    track: QColor
    focus: QColor
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
    is_high_contrast=False,
    window=QColor("#f4f3f0"),
    surface=QColor("#fdfdfc"),
    raised=QColor("#ffffff"),
    field=QColor("#ffffff"),
    border=QColor("#dedbd4"),
    outline=QColor("#88847c"),
    track=QColor("#dedbd4"),
    focus=QColor("#0b6b7c"),
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
    is_high_contrast=False,
    window=QColor("#16191b"),
    surface=QColor("#1c2023"),
    raised=QColor("#262b2f"),
    field=QColor("#181b1e"),
    border=QColor("#343a3f"),
    outline=QColor("#78828a"),
    track=QColor("#343a3f"),
    focus=QColor("#5cc3d2"),
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

HIGH_LIGHT: Final = Theme(
    is_dark=False,
    is_high_contrast=True,
    window=QColor("#ffffff"),
    surface=QColor("#ffffff"),
    raised=QColor("#ffffff"),
    field=QColor("#ffffff"),
    border=QColor("#4d4d4d"),
    outline=QColor("#000000"),
    track=QColor("#d6d6d6"),
    focus=QColor("#0033cc"),
    hover=QColor("#e8e8e8"),
    text=QColor("#000000"),
    text_secondary=QColor("#1f1f1f"),
    text_disabled=QColor("#595959"),
    accent=QColor("#003e49"),
    accent_hover=QColor("#002a32"),
    accent_text=QColor("#ffffff"),
    accent_soft=QColor("#d3eef4"),
    danger=QColor("#820a04"),
    danger_soft=QColor("#ffe8e5"),
    warning=QColor("#523200"),
    warning_soft=QColor("#fff0c9"),
    success=QColor("#06431a"),
    success_soft=QColor("#dff5e4"),
    code_background=QColor("#f4f4f4"),
    selection=QColor("#a6e1ee"),
    scrim=QColor(0, 0, 0, 150),
)
HIGH_DARK: Final = Theme(
    is_dark=True,
    is_high_contrast=True,
    window=QColor("#000000"),
    surface=QColor("#000000"),
    raised=QColor("#101010"),
    field=QColor("#000000"),
    border=QColor("#c4c4c4"),
    outline=QColor("#ffffff"),
    track=QColor("#3a3a3a"),
    focus=QColor("#ffe14d"),
    hover=QColor("#2a2a2a"),
    text=QColor("#ffffff"),
    text_secondary=QColor("#ececec"),
    text_disabled=QColor("#a8a8a8"),
    accent=QColor("#7fe7f7"),
    accent_hover=QColor("#a8f0fb"),
    accent_text=QColor("#000000"),
    accent_soft=QColor("#00333c"),
    danger=QColor("#ffb9b1"),
    danger_soft=QColor("#4a0f08"),
    warning=QColor("#ffd882"),
    warning_soft=QColor("#3d2b00"),
    success=QColor("#a0f0b1"),
    success_soft=QColor("#083a16"),
    code_background=QColor("#0c0c0c"),
    selection=QColor("#00525f"),
    scrim=QColor(0, 0, 0, 180),
)
