"""How widgets name the look they want; the style sheet does the rest."""

from enum import StrEnum

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.palettes import Theme


class Variant(StrEnum):
    """How a button looks; at most one primary button is on show in a place."""

    NORMAL = "normal"
    PRIMARY = "primary"
    GHOST = "ghost"
    DANGER = "danger"
    LINK = "link"
    ICON = "icon"
    SEGMENT = "segment"
    CHIP = "chip"
    FOLD = "fold"
    TAG = "tag"


class Tone(StrEnum):
    NEUTRAL = "neutral"
    SECONDARY = "secondary"
    ACCENT = "accent"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


class Ground(StrEnum):
    WINDOW = "window"
    SURFACE = "surface"
    CARD = "card"
    RAISED = "raised"
    INSET = "inset"
    LINE = "line"


def set_style(widget: QWidget, name: str, value: str) -> None:
    """Change a property the style sheet looks at."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def tone_colour(tone: Tone, shades: Theme) -> QColor:
    return {
        Tone.NEUTRAL: shades.text,
        Tone.SECONDARY: shades.text_secondary,
        Tone.ACCENT: shades.accent,
        Tone.SUCCESS: shades.success,
        Tone.WARNING: shades.warning,
        Tone.DANGER: shades.danger,
    }[tone]


def ground_colour(ground: Ground, shades: Theme) -> QColor:
    """Of a ground that is filled to its edges."""
    return {
        Ground.WINDOW: shades.window,
        Ground.SURFACE: shades.surface,
        Ground.RAISED: shades.raised,
        Ground.LINE: shades.border,
    }[ground]


def paint_selection(painter: QPainter, rect: QRect, shades: Theme) -> None:
    """The ground of a cell in a selected row."""
    painter.fillRect(rect, shades.accent_soft)
    if shades.is_high_contrast:
        painter.setPen(shades.accent)
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def below(widget: QWidget) -> QPoint:
    """Where a menu opens below a widget, in screen coordinates."""
    return widget.mapToGlobal(QPoint(0, widget.height()))
