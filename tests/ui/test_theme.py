import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.settings import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.palettes import DARK, LIGHT, Theme, with_high_contrast

READABLE = 4.5


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(p) for p in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.fixture
def tight_row(qtbot: QtBot) -> tuple[QWidget, Button]:
    """A button beside a label, in a row with no height to spare."""
    row = QWidget()
    qtbot.addWidget(row)
    button, line = Button("Pause all"), QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(ElidedLabel("Activity"))
    line.addWidget(button)
    row.show()
    return row, button


@pytest.mark.parametrize("shades", [LIGHT, DARK], ids=["light", "dark"])
def test_all_text_can_be_read_on_the_grounds_it_stands_on(shades: Theme) -> None:
    grounds = (shades.window, shades.surface, shades.raised, shades.field, shades.code_background)
    words = (
        shades.text, shades.text_secondary, shades.accent, shades.danger, shades.warning,
        shades.success,
    )  # fmt: skip
    too_weak = [
        (text.name(), ground.name(), round(_contrast(text, ground), 2))
        for text in words
        for ground in grounds
        if _contrast(text, ground) < READABLE
    ]
    assert too_weak == []


@pytest.mark.parametrize("shades", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_coloured_grounds_can_be_read(shades: Theme) -> None:
    pairs = (
        (shades.accent_text, shades.accent),
        (shades.accent_text, shades.accent_hover),
        (shades.text, shades.selection),
        (shades.text, shades.accent_soft),
        (shades.text, shades.hover),
        (shades.accent, shades.accent_soft),
        (shades.danger, shades.danger_soft),
        (shades.warning, shades.warning_soft),
        (shades.surface, shades.warning),
        (shades.success, shades.success_soft),
        (shades.text_secondary, shades.hover),
    )
    weak = [(a.name(), b.name()) for a, b in pairs if _contrast(a, b) < READABLE]
    assert weak == []


def test_high_contrast_makes_borders_and_quiet_text_stronger() -> None:
    strong = with_high_contrast(LIGHT)
    assert _contrast(strong.border, strong.surface) > _contrast(LIGHT.border, LIGHT.surface)
    assert strong.text_secondary == LIGHT.text


def test_switching_is_live(qtbot: QtBot, qapp: QApplication) -> None:
    theme.set_appearance(Appearance.LIGHT)
    with qtbot.waitSignal(theme.notifier().changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.current() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.window
    assert DARK.accent.name(QColor.NameFormat.HexArgb) in qapp.styleSheet()


def test_the_same_look_is_not_put_on_twice(qtbot: QtBot) -> None:
    theme.set_appearance(Appearance.DARK)
    with qtbot.assertNotEmitted(theme.notifier().changed):
        theme.set_appearance(Appearance.DARK)


def test_a_window_is_dressed_once_it_is_built(qapp: QApplication) -> None:
    with theme.dressed_at_the_end():
        theme.set_appearance(Appearance.DARK)
        assert qapp.styleSheet() == ""
    assert qapp.styleSheet() == theme.style_sheet(DARK)


def test_zoom_scales_every_text_size_within_its_limits() -> None:
    before = [f.pixelSize() for f in (theme.small_font(), theme.body_font(), theme.title_font())]
    theme.set_zoom_percent(150)
    after = [f.pixelSize() for f in (theme.small_font(), theme.body_font(), theme.title_font())]
    assert all(large > small for large, small in zip(after, before, strict=True))
    theme.set_zoom_percent(10_000)
    assert theme.zoom_percent() == theme.ZOOM_PERCENT[-1]


def test_a_button_is_never_lower_than_its_text_however_large(
    qtbot: QtBot, tight_row: tuple[QWidget, Button]
) -> None:
    row, button = tight_row
    theme.set_zoom_percent(200)
    row.resize(400, 10)
    qtbot.waitUntil(lambda: button.fontMetrics().height() > 30)
    padding_px = 12
    qtbot.waitUntil(lambda: button.height() >= button.fontMetrics().height() + padding_px)


def test_the_bundled_typeface_is_in_use(qapp: QApplication) -> None:
    assert QFontInfo(theme.body_font()).family() == theme.FONT_FAMILY
    assert QFontInfo(theme.mono_font()).fixedPitch()


def test_the_style_sheet_has_no_word_left_to_fill_in() -> None:
    assert "$" not in theme.style_sheet(LIGHT)
