"""How large windows of their own are: as the design has them, and larger with larger text."""

from typing import Final

from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme

_SCREEN_SHARE: Final = 0.9


def width_px(dialog: QWidget, design_px: int) -> int:
    """The design's width at the size of the text, as far as the screen has room."""
    room = dialog.screen().availableGeometry().width()
    return _within(theme.scaled(design_px), room, design_px)


def fit(dialog: QWidget, *, width: int, height: int) -> None:
    """Give it the design's size, at the size of the text, as far as the screen has room."""
    room = dialog.screen().availableGeometry().height()
    dialog.resize(width_px(dialog, width), _within(theme.scaled(height), room, height))


def _within(wanted_px: int, room_px: int, design_px: int) -> int:
    return max(design_px, min(wanted_px, round(room_px * _SCREEN_SHARE)))
