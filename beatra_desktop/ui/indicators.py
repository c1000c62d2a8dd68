"""Progress and state at a glance."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from beatra_desktop.ui import motion, theme
from beatra_desktop.ui.styling import Tone, tone_colour

BAR_HEIGHT_PX: Final = 4
SWEEP_FRAME_MS: Final = 33
SWEEP_FRAMES: Final = 45
SWEEP_SHARE: Final = 0.3
FULL: Final = 1000


class ProgressBar(QProgressBar):
    """A slim bar; `name` says whose progress it is."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setFixedHeight(BAR_HEIGHT_PX)
        self._frame = 0
        self._sweep = QTimer(self, interval=SWEEP_FRAME_MS)
        self._sweep.timeout.connect(self._on_sweep)
        motion.notifier().changed.connect(self._sweep_or_rest)
        self.set_fraction(0.0)

    def set_fraction(self, fraction: float | None) -> None:
        """How much is done, 0 to 1; None while nobody knows."""
        self.setRange(0, FULL if fraction is not None else 0)
        self._sweep_or_rest()
        self.setValue(round(max(0.0, min(1.0, fraction or 0.0)) * FULL))
        self.update()

    @property
    def is_moving(self) -> bool:
        return self._sweep.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._sweep_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._sweep_or_rest()

    def paintEvent(self, _event: QPaintEvent) -> None:
        shades = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.track)
        radius = self.height() / 2
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.setBrush(shades.accent if self.isEnabled() else shades.text_disabled)
        painter.drawRoundedRect(self._bar(), radius, radius)

    def _bar(self) -> QRectF:
        width, height = self.width(), self.height()
        if self.maximum():
            return QRectF(0, 0, width * self.value() / self.maximum(), height)
        if not self._sweep.isActive():
            return QRectF(width * (1 - SWEEP_SHARE) / 2, 0, width * SWEEP_SHARE, height)
        left = width * ((1 + SWEEP_SHARE) * self._frame / SWEEP_FRAMES - SWEEP_SHARE)
        return QRectF(left, 0, width * SWEEP_SHARE, height)

    def _sweep_or_rest(self) -> None:
        """A bar that nobody sees wakes nobody up, and none moves where nothing is to move."""
        is_unknown = not self.maximum()
        if not is_unknown or not self.isVisible() or motion.is_reduced():
            self._sweep.stop()
            self.update()
        elif not self._sweep.isActive():
            self._sweep.start()

    def _on_sweep(self) -> None:
        self._frame = (self._frame + 1) % SWEEP_FRAMES
        self.update()


class StateDot(QWidget):
    """A small dot; the words beside it say what it means."""

    def __init__(self, *, tone: Tone = Tone.SECONDARY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setFixedSize(theme.GRID, theme.GRID)

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone_colour(self._tone, theme.current()))
        painter.drawEllipse(self.rect())
