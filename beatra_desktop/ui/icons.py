"""Lucide icons, tinted with the theme's colours."""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from beatra_desktop.paths import resources
from beatra_desktop.ui import mirroring, theme

SIZE_PX: Final = 16
_CACHED_PIXMAPS: Final = 256
"""More than are on show; what was drawn for other colours and sizes goes."""


class Icon(StrEnum):
    """Each value is the name of a file in resources/icons."""

    ACTIVITY = "activity"
    ADD = "plus"
    ARCHIVE = "archive"
    ARROW_DOWN = "arrow-down"
    ARROW_UP = "arrow-up"
    ARROW_TO_TOP = "arrow-up-to-line"
    BACK = "chevron-left"
    BELL = "bell"
    BRANCH = "git-branch"
    CANCELED = "ban"
    CHAT = "message-square"
    CHECK = "check"
    CHECK_AGAIN = "refresh-cw"
    CLOCK = "clock"
    CLOSE = "x"
    COINS = "coins"
    COLLAPSE = "chevron-up"
    COLUMNS = "columns-3"
    COMPARE = "scale"
    CONTINUE = "corner-down-right"
    COPY = "copy"
    DELETE = "trash-2"
    DOWNLOAD = "download"
    EDIT = "pencil"
    ERROR = "circle-alert"
    EXPAND = "chevron-down"
    EXTERNAL = "external-link"
    FILE = "file"
    FILE_AUDIO = "file-music"
    FILE_MISSING = "file-x"
    FILTER = "list-filter"
    FOLDER = "folder-open"
    FOLDER_CLOSED = "folder"
    FOLDER_SEARCH = "folder-search"
    FORWARD = "chevron-right"
    GRID = "layout-grid"
    HEART = "heart"
    HIDE = "eye-off"
    HOURGLASS = "hourglass"
    INFO = "info"
    KEY = "key-round"
    KEYBOARD = "keyboard"
    LIBRARY = "library"
    LINK = "link"
    LIST = "list"
    LOOP = "brackets"
    LYRICS = "text-quote"
    MINUS = "minus"
    MORE = "ellipsis"
    MUSIC = "music"
    NEW_CHAT = "square-pen"
    NEXT = "skip-forward"
    OFFLINE = "wifi-off"
    OPTIONS = "sliders-horizontal"
    PANEL_LEFT = "panel-left"
    PANEL_RIGHT = "panel-right"
    PASTE = "clipboard-paste"
    PAUSE = "pause"
    PIN = "pin"
    PLAY = "play"
    PLAYLIST = "list-music"
    PLAYLIST_ADD = "list-plus"
    PRESET = "bookmark"
    PREVIOUS = "skip-back"
    REPEAT = "repeat"
    REPEAT_ONE = "repeat-1"
    RETRY = "rotate-ccw"
    RUNNING = "loader"
    SANDBOX = "flask-conical"
    SEARCH = "search"
    SEND = "send-horizontal"
    SETTINGS = "settings"
    SHIELD = "shield"
    SHOW = "eye"
    SHUFFLE = "shuffle"
    SORT = "arrow-up-down"
    SPARKLES = "sparkles"
    STOP = "square"
    SUCCESS = "circle-check"
    TERMINAL = "terminal"
    TROPHY = "trophy"
    UNDO = "undo-2"
    UPLOAD = "upload"
    VOLUME = "volume-2"
    VOLUME_OFF = "volume-x"
    WARNING = "triangle-alert"
    WAVEFORM = "audio-lines"
    WHAT_WORKS = "list-checks"


_POINTING: Final = frozenset(
    {
        Icon.BACK,
        Icon.CONTINUE,
        Icon.FORWARD,
        Icon.LIST,
        Icon.LYRICS,
        Icon.PANEL_LEFT,
        Icon.PANEL_RIGHT,
        Icon.PLAYLIST,
        Icon.PLAYLIST_ADD,
        Icon.SEND,
        Icon.UNDO,
        Icon.WHAT_WORKS,
    }
)
"""They show a direction of reading, and are turned where it is from right to left."""


def pixmap(name: Icon, colour: QColor, *, size_px: int = SIZE_PX, gap_px: int = 0) -> QPixmap:
    """The icon in one colour, sharp on the sharpest screen; `size_px` is in logical pixels."""
    rgba, is_mirrored = colour.rgba(), mirroring.is_mirrored()
    return _tinted(name, rgba, size_px, gap_px, sharpest_ratio(), is_mirrored)


def current_px() -> int:
    """The edge of an icon that stands beside text, at the size text has now."""
    return theme.scaled_sign(SIZE_PX)


def sharpest_ratio() -> float:
    """Pixels to a logical one on the sharpest screen: pictures that are kept have so many."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication), "pixmaps are for an application"
    return app.devicePixelRatio()


def icon(
    name: Icon, colour: QColor | None = None, *, size_px: int = SIZE_PX, gap_px: int = 0
) -> QIcon:
    """The icon for buttons and actions, in secondary text colour unless told otherwise.

    `gap_px` is room left free at its end, towards the text. It keeps the colours of the theme
    it was made under: make it again when the theme changes.
    """
    shades = theme.current()
    usual = (colour or shades.text_secondary).rgba()
    return QIcon(_Drawing(name, usual, shades.text_disabled.rgba(), size_px, gap_px))


class _Drawing(QIconEngine):
    """Drawn when it is on show: half of a window's buttons are not, and few are disabled."""

    def __init__(self, name: Icon, usual: int, disabled: int, size_px: int, gap_px: int) -> None:
        super().__init__()
        self._made_of = name, usual, disabled, size_px, gap_px

    def clone(self) -> QIconEngine:
        return _Drawing(*self._made_of)

    def pixmap(self, _size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        name, usual, disabled, size_px, gap_px = self._made_of
        rgba = disabled if mode is QIcon.Mode.Disabled else usual
        is_mirrored = mirroring.is_mirrored()
        return _tinted(name, rgba, size_px, gap_px, sharpest_ratio(), is_mirrored)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.pixmap(rect.size(), mode, state))


@lru_cache(maxsize=_CACHED_PIXMAPS)
def _tinted(
    name: Icon, rgba: int, size_px: int, gap_px: int, ratio: float, is_mirrored: bool
) -> QPixmap:
    made = QPixmap(_shape(name, size_px, gap_px, ratio, is_mirrored))
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(0, 0, size_px + gap_px, size_px, QColor.fromRgba(rgba))
    painter.end()
    return made.copy()  # what was painted on keeps the painter's buffers, some KB, and no copy does


@lru_cache(maxsize=_CACHED_PIXMAPS)
def _shape(name: Icon, size_px: int, gap_px: int, ratio: float, is_mirrored: bool) -> QPixmap:
    made = QPixmap(round((size_px + gap_px) * ratio), round(size_px * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    drawing = QSvgRenderer(str(resources() / "icons" / f"{name.value}.svg"))
    if is_mirrored and name in _POINTING:
        painter.translate(size_px + gap_px, 0)
        painter.scale(-1, 1)
    left = gap_px if is_mirrored and name not in _POINTING else 0
    drawing.render(painter, QRectF(left, 0, size_px, size_px))
    painter.end()
    return made.copy()  # see above
