"""The way of a song from being written down to being saved, as a line of steps with their times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatra_desktop.domain.music import Delivery
from beatra_desktop.ui import format, mirroring, theme
from beatra_desktop.ui.music.queue_row import QueueRow
from beatra_desktop.ui.tips import tip

DOT_PX: Final = 8
LINE_PX: Final = 2
GAP_PX: Final = 4


class TimelineStep(Struct, frozen=True):
    """`at` is None while it is not reached."""

    name: str
    at: datetime | None


class Timeline(QWidget):
    """Each step with its time; what is still to come is pale."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[TimelineStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self.updateGeometry)

    def show_row(self, row: QueueRow) -> None:
        steps = tuple(self._steps_of(row))
        if steps != self._steps:
            self._steps = steps
            self.setAccessibleName(self.tr("Timeline"))
            self.setAccessibleDescription(self.words)
            self.setToolTip(tip(self.words))
            self.update()

    @property
    def words(self) -> str:
        """The steps that were reached, with date and time."""
        reached = (step for step in self._steps if step.at is not None)
        return "\n".join(f"{s.name}: {format.absolute(s.at)}" for s in reached if s.at)

    def sizeHint(self) -> QSize:
        line = QFontMetrics(theme.small_font()).height()
        return QSize(0, DOT_PX + GAP_PX + 2 * line)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small_font())
        width = self.width() / len(self._steps)
        for place, step in enumerate(self._steps):
            cell = QRect(round(place * width), 0, round(width), self.height())
            _paint_line(painter, cell, place, self._steps)
            _paint_step(painter, cell, step)

    def _steps_of(self, row: QueueRow) -> list[TimelineStep]:
        task = row.task
        saved = [clip.saved_at for clip in row.clips if clip.delivery is Delivery.SAVED]
        times = [at for at in saved if at is not None]
        is_whole = bool(times) and len(times) == len(row.clips)
        return [
            TimelineStep(self.tr("Written"), task.created_at),
            TimelineStep(self.tr("Accepted"), task.submitted_at),
            TimelineStep(self.tr("Started"), task.started_at),
            TimelineStep(self.tr("Ended"), task.completed_at),
            TimelineStep(self.tr("Saved"), max(times) if is_whole else None),
        ]


def _paint_line(painter: QPainter, cell: QRect, place: int, steps: Sequence[TimelineStep]) -> None:
    """From the middle of this step to that of the next."""
    if place + 1 >= len(steps):
        return
    shades = theme.current()
    reached = steps[place + 1].at is not None
    painter.setPen(QPen(shades.accent if reached else shades.track, LINE_PX))
    y, left = DOT_PX // 2, cell.center().x() + DOT_PX // 2 + GAP_PX
    right = left + cell.width() - DOT_PX - 2 * GAP_PX
    painter.drawLine(QPoint(left, y), QPoint(right, y))


def _paint_step(painter: QPainter, cell: QRect, step: TimelineStep) -> None:
    shades = theme.current()
    reached = step.at is not None
    painter.setPen(QPen(shades.accent if reached else shades.track, LINE_PX))
    painter.setBrush(shades.accent if reached else shades.raised)
    painter.drawEllipse(QPoint(cell.center().x(), DOT_PX // 2), DOT_PX // 2 - 1, DOT_PX // 2 - 1)
    line = painter.fontMetrics().height()
    middle = Qt.AlignmentFlag.AlignHCenter
    name = QRect(cell.left(), DOT_PX + GAP_PX, cell.width(), line)
    painter.setPen(shades.text if reached else shades.text_secondary)
    painter.drawText(name, middle, _fitting(painter, step.name, cell.width()))
    if step.at is not None:
        painter.setPen(shades.text_secondary)
        time = _fitting(painter, format.time_of_day(step.at), cell.width())
        painter.drawText(name.translated(0, line), middle, time)


def _fitting(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
