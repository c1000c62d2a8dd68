"""The theme in use: colours, fonts and the style sheet, switched live.

`current()` and the fonts may be read at any time; whoever paints with them repaints on
`notifier().changed`.
"""

import sys
from functools import cache, lru_cache
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QGuiApplication,
    QPalette,
    QPixmapCache,
)
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.choices import Appearance, Contrast, Language
from beatra_desktop.paths import resources
from beatra_desktop.ui import language
from beatra_desktop.ui.palettes import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, Theme

GRID: Final = 8
BODY_PX: Final = 14
LINE_PX: Final = 18
"""What a line of body text takes at least."""
TITLE_EXTRA_PX: Final = 4
SMALL_LESS_PX: Final = 2
ZOOM_PERCENT: Final = range(70, 201)
ZOOM_STEP_PERCENT: Final = 10
FONT_FAMILY: Final = "Inter"
HAN_FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""For Chinese: a system in another language would take letters of the Japanese form."""
_TABULAR_FIGURES: Final = QFont.Tag("tnum")
_NATIVE_FONT_PLATFORMS: Final = ("darwin", "win32")
_KEPT_FONTS: Final = 32


class _Notifier(QObject):
    dressing = Signal()
    """What is dressed is dressed anew, before all others are told."""
    changed = Signal()


class _State:
    def __init__(self) -> None:
        self.theme = LIGHT
        self.appearance = Appearance.SYSTEM
        self.contrast = Contrast.SYSTEM
        self.zoom_percent = 100
        self.family = ""
        self.look: tuple[Theme, int, str] | None = None
        self.notifier = _Notifier()


@cache
def _state() -> _State:
    return _State()


def current() -> Theme:
    return _state().theme


def notifier() -> _Notifier:
    return _state().notifier


def install(
    app: QApplication,
    appearance: Appearance = Appearance.SYSTEM,
    contrast: Contrast = Contrast.SYSTEM,
) -> None:
    """Give the application its colours and fonts, and follow the system from now on."""
    _state().family, _state().look = _load_family(), None
    _state().appearance, _state().contrast = appearance, contrast
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(_refresh)
    hints.accessibility().contrastPreferenceChanged.connect(_refresh)
    _request_scheme(appearance)
    _refresh()


def set_appearance(appearance: Appearance, contrast: Contrast = Contrast.SYSTEM) -> None:
    _state().appearance, _state().contrast = appearance, contrast
    _request_scheme(appearance)
    _refresh()


class _Dress(QObject):
    """Keeps what it hangs on in the style sheet of the theme."""

    def __init__(self, wearer: QWidget | QApplication) -> None:
        super().__init__(wearer)
        self._wearer = wearer
        notifier().dressing.connect(self._put_on)
        self._put_on()

    def _put_on(self) -> None:
        self._wearer.setStyleSheet(style_sheet(current()))


def dress(wearer: QWidget | QApplication) -> None:
    """Put the style sheet on a window and all that will ever belong to it, for good.

    Best when its widgets hang together. Under a sheet each change of parent takes it off the whole
    branch and puts it on again, so that a widget is dressed as often as it lies deep: what is put
    together by itself wears none until it is put into its window. So whoever measures widgets waits
    until they are shown. The application wears none, unless it shows parts without a window.
    """
    _Dress(wearer)


def zoom_percent() -> int:
    return _state().zoom_percent


def set_zoom_percent(percent: int) -> None:
    """Size of all text, from 70 to 200 percent."""
    _state().zoom_percent = max(ZOOM_PERCENT.start, min(ZOOM_PERCENT.stop - 1, percent))
    _refresh()


def text_scale() -> float:
    """How much larger text is than the design has it."""
    return _body_px() / BODY_PX


def scaled(design_px: int) -> int:
    """A length of the design that holds text, in pixels at the size text has now."""
    return round(design_px * text_scale())


def scaled_sign(design_px: int) -> int:
    """A length of an icon or a switch, which grow half as much as the text beside them."""
    return round(design_px * (1 + text_scale()) / 2)


def body_font() -> QFont:
    return _font(_body_px())


def strong_font() -> QFont:
    """Names that stand out among other words."""
    return _font(_body_px(), QFont.Weight.DemiBold)


def small_font() -> QFont:
    return _font(_body_px() - SMALL_LESS_PX)


def figures_font() -> QFont:
    """Small text whose figures are equally wide, so that what counts does not tremble."""
    font = small_font()
    font.setFeature(_TABULAR_FIGURES, 1)
    return font


def title_font() -> QFont:
    return _font(_body_px() + TITLE_EXTRA_PX, QFont.Weight.DemiBold)


def mono_font() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(_body_px() - 1)
    return font


def style_sheet(theme: Theme) -> str:
    """The style sheet with the theme's colours and the sizes of the text filled in."""
    names = ("beatra", "high_contrast") if theme.is_high_contrast else ("beatra",)
    files = (resources() / "qss" / f"{name}.qss" for name in names)
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    colours = {
        name: colour.name(QColor.NameFormat.HexArgb)
        for name, colour in theme._asdict().items()
        if isinstance(colour, QColor)
    }
    sizes = {
        "body_px": _body_px(),
        "small_px": _body_px() - SMALL_LESS_PX,
        "title_px": _body_px() + TITLE_EXTRA_PX,
        "line_px": _body_px() * LINE_PX // BODY_PX,
    }
    return Template(text).substitute(colours, **sizes)


def _font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """A copy, which may be changed."""
    return QFont(_made(_families(), pixels, weight))


@lru_cache(maxsize=_KEPT_FONTS)
def _made(families: tuple[str, ...], pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont(families) if families else QFont()
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _families() -> tuple[str, ...]:
    if not _state().family:
        return ()
    is_chinese = language.current() == Language.CHINESE
    return (_state().family, *(HAN_FAMILIES if is_chinese else ()))


def _body_px() -> int:
    return round(max(BODY_PX, _system_px()) * _state().zoom_percent / 100)


@cache
def _system_px() -> int:
    """A user who made the system's text larger finds it larger here."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return QFontInfo(font).pixelSize()


@cache
def _load_family() -> str:
    """The bundled family, or empty where the platform's own font is better (Windows, macOS)."""
    if sys.platform in _NATIVE_FONT_PLATFORMS:
        return ""
    loaded = [
        QFontDatabase.addApplicationFont(str(path))
        for path in sorted((resources() / "fonts").glob("*.ttf"))
    ]
    return FONT_FAMILY if any(font_id >= 0 for font_id in loaded) else ""


def _request_scheme(appearance: Appearance) -> None:
    hints = QGuiApplication.styleHints()
    if appearance is Appearance.SYSTEM:
        hints.unsetColorScheme()
    elif appearance is Appearance.DARK:
        hints.setColorScheme(Qt.ColorScheme.Dark)
    else:
        hints.setColorScheme(Qt.ColorScheme.Light)


def _refresh() -> None:
    app, theme = _application(), _wanted_theme()
    look = (theme, _body_px(), language.current())
    if look == _state().look:
        return
    _state().theme, _state().look = theme, look
    app.setPalette(_palette(theme))
    app.setFont(body_font())
    notifier().dressing.emit()
    # Qt keeps what it painted for one palette, up to 10 MB, and never asks for it again.
    QPixmapCache.clear()
    notifier().changed.emit()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a theme is for an application"
    return app


def _wanted_theme() -> Theme:
    hints = QGuiApplication.styleHints()
    appearance = _state().appearance
    system_dark = hints.colorScheme() is Qt.ColorScheme.Dark
    dark = system_dark if appearance is Appearance.SYSTEM else appearance is Appearance.DARK
    if _is_contrast_high():
        return HIGH_DARK if dark else HIGH_LIGHT
    return DARK if dark else LIGHT


def _is_contrast_high() -> bool:
    asked = QGuiApplication.styleHints().accessibility().contrastPreference()
    contrast = _state().contrast
    if contrast is Contrast.SYSTEM:
        return asked is Qt.ContrastPreference.HighContrast
    return contrast is Contrast.HIGH


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for colour_role, colour in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.field),
        (role.AlternateBase, theme.window),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.text),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.PlaceholderText, theme.text_secondary),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.Accent, theme.accent),
        (role.Link, theme.accent),
        (role.LinkVisited, theme.accent),
        (role.Mid, theme.border),
        (role.Light, theme.raised),
        (role.Dark, theme.border),
    ):
        palette.setColor(colour_role, colour)
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, text_role, theme.text_disabled)
    return palette
