import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QPalette, QPixmap, QPixmapCache
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Appearance, Contrast
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.palettes import DARK, HIGH_DARK, LIGHT, Theme


@pytest.fixture
def tight_row(qtbot: QtBot) -> tuple[QWidget, Button]:
    """A button beside a label, in a row with no height to spare."""
    row = QWidget()
    qtbot.addWidget(row)
    button, line = Button("Pause all"), QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(ElidedLabel("Activity"))
    line.addWidget(button)
    theme.dress(row)
    row.show()
    return row, button


def test_switching_is_live(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    theme.set_appearance(Appearance.LIGHT)
    theme.dress(window)
    with qtbot.waitSignal(theme.notifier().changed):
        theme.set_appearance(Appearance.DARK)
    assert theme.current() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.window
    assert DARK.accent.name(QColor.NameFormat.HexArgb) in window.styleSheet()


def test_pictures_in_the_old_colours_are_let_go() -> None:
    theme.set_appearance(Appearance.LIGHT)
    old = QPixmapCache.insert(QPixmap(16, 16))
    theme.set_appearance(Appearance.DARK)
    assert not old.isValid()


def test_contrast_is_switched_live_and_keeps_the_colours(qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.notifier().changed):
        theme.set_appearance(Appearance.DARK, Contrast.HIGH)
    assert theme.current() is HIGH_DARK


def test_the_same_look_is_not_put_on_twice(qtbot: QtBot) -> None:
    theme.set_appearance(Appearance.DARK)
    with qtbot.assertNotEmitted(theme.notifier().changed):
        theme.set_appearance(Appearance.DARK)


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
    columns = QFontMetricsF(theme.mono_font())  # some that are of one width do not say so
    assert columns.horizontalAdvance("iiii") == columns.horizontalAdvance("MMMM")


@pytest.mark.parametrize("shades", [LIGHT, HIGH_DARK], ids=["normal", "high contrast"])
def test_the_style_sheet_has_no_word_left_to_fill_in(shades: Theme) -> None:
    assert "$" not in theme.style_sheet(shades)
