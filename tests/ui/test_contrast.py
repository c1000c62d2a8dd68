"""How far the colours of each theme stand apart, by the formula of WCAG 2.2."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor

from beatra_desktop.ui.chat.typesetter import code_colours
from beatra_desktop.ui.palettes import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme

TEXT = 4.5
STRONG_TEXT = 7.0
CONTROL = 3.0
THEMES = {"light": LIGHT, "dark": DARK, "high light": HIGH_LIGHT, "high dark": HIGH_DARK}
GROUNDS = ("window", "surface", "raised", "field", "code_background")
WORDS = ("text", "text_secondary", "accent", "danger", "warning", "success")
TEXT_PAIRS = (
    *((word, ground) for word in WORDS for ground in GROUNDS),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("text", "selection"),
    ("text", "accent_soft"),
    ("text_secondary", "accent_soft"),
    ("text", "hover"),
    ("text_secondary", "hover"),
    ("accent", "hover"),
    ("accent", "accent_soft"),
    ("danger", "danger_soft"),
    ("warning", "warning_soft"),
    ("warning", "accent_soft"),
    ("surface", "warning"),
    ("success", "success_soft"),
)
CONTROL_PAIRS = (
    *((line, ground) for line in ("outline", "focus", "accent") for ground in GROUNDS),
    ("outline", "hover"),
    ("focus", "hover"),
    ("focus", "accent_soft"),
    ("accent", "track"),
)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _weak(shades: Theme, pairs: tuple[tuple[str, str], ...], least: float) -> Iterator[str]:
    for one, other in pairs:
        ratio = _contrast(getattr(shades, one), getattr(shades, other))
        if ratio < least:
            yield f"{one} on {other}: {ratio:.2f}"


@pytest.mark.parametrize("name", THEMES)
def test_all_text_can_be_read_on_the_grounds_it_stands_on(name: str) -> None:
    shades = THEMES[name]
    least = STRONG_TEXT if shades.is_high_contrast else TEXT
    assert not list(_weak(shades, TEXT_PAIRS, least))


@pytest.mark.parametrize("name", THEMES)
def test_code_can_be_read(name: str) -> None:
    shades = THEMES[name]
    least = STRONG_TEXT if shades.is_high_contrast else TEXT
    ratios = {
        kind: round(_contrast(QColor(colour), shades.code_background), 2)
        for kind, colour in code_colours(shades).items()
    }
    assert not {kind: ratio for kind, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("name", THEMES)
def test_controls_and_the_keyboards_place_stand_out(name: str) -> None:
    assert not list(_weak(THEMES[name], CONTROL_PAIRS, CONTROL))


@pytest.mark.parametrize("shades", [HIGH_LIGHT, HIGH_DARK], ids=["light", "dark"])
def test_in_high_contrast_nothing_is_faint(shades: Theme) -> None:
    faint = (("text_disabled", "surface"), ("border", "surface"), ("outline", "surface"))
    assert not list(_weak(shades, faint, STRONG_TEXT - 0.01))
