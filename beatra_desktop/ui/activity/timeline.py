"""The way of one activity as a line: its steps, when each came, how long it took to the next."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.ui import format, mirroring, theme
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.styling import Tone, tone_colour
from beatra_desktop.ui.tips import tip

DOT_PX: Final = 9
GAP_PX: Final = 5
STEP_WIDTH_PX: Final = 72
STEPS: Final[Mapping[ActivityKind, tuple[Step, ...]]] = MappingProxyType(
    {
        ActivityKind.ANSWER: (Step.WRITTEN, Step.SENT, Step.STARTED, Step.DONE),
        ActivityKind.UPLOAD: (Step.WRITTEN, Step.SENT, Step.DONE),
        ActivityKind.SONG: (
            Step.WRITTEN, Step.SENT, Step.ACCEPTED, Step.STARTED, Step.DONE, Step.SAVED,
        ),
        ActivityKind.DOWNLOAD: (Step.WRITTEN, Step.SAVED),
    }
)  # fmt: skip
"""What each kind goes through where nothing goes wrong."""


class Stop(Struct, frozen=True):
    """A step; `at` is None where nobody knows when it came; `tone` is that of how it ended."""

    name: str
    at: datetime | None
    tone: Tone = Tone.ACCENT
    came: bool = True


def stops(activity: Activity) -> list[Stop]:
    """The steps that came and, while it lives, those to come."""
    known = {moment.step: moment.at for moment in activity.timeline}
    if activity.state.is_live or activity.state is ActivityState.DONE:
        steps = [step for step in Step if step in known or step in STEPS[activity.kind]]
        is_done = not activity.state.is_live
        return [
            Stop(activity_text.step_name(step), known.get(step), came=step in known)
            for step in steps
            if step in known or not is_done
        ]
    past = [
        Stop(activity_text.step_name(step), at)
        for step, at in known.items()
        if step is not Step.DONE
    ]
    _, tone = activity_text.state_look(activity)
    return [*past, Stop(activity_text.state(activity), activity.ended_at, tone)]


class Timeline(QWidget):
    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stops: list[Stop] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        theme.notifier().changed.connect(self._on_theme_changed)

    def show_activity(self, activity: Activity) -> None:
        found = stops(activity)
        if found != self._stops:
            self._stops = found
            self.setAccessibleDescription(self.words())
            self.setToolTip(tip(self.words()))
            self.update()

    def words(self) -> str:
        """All of it as a sentence, with the dates."""
        return format.listed(
            self.tr("{step}: {time}").format(step=stop.name, time=format.absolute(stop.at))
            for stop in self._stops
            if stop.at is not None
        )

    def sizeHint(self) -> QSize:
        line = QFontMetrics(theme.small_font()).height()
        return QSize(len(Step) * theme.scaled(STEP_WIDTH_PX), 2 * line + DOT_PX + 2 * GAP_PX + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._stops:
            return
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.small_font())
        step = self._step_px()
        for place, stop in enumerate(self._stops):
            if place + 1 < len(self._stops):
                self._paint_way(painter, place * step, step, (stop, self._stops[place + 1]))
            self._paint_stop(painter, place * step, step, stop)

    def _step_px(self) -> float:
        return min(self.width() / len(self._stops), 2.0 * theme.scaled(STEP_WIDTH_PX))

    def _paint_stop(self, painter: QPainter, left: float, width: float, stop: Stop) -> None:
        shades, line = theme.current(), painter.fontMetrics().height()
        painter.setPen(shades.text if stop.came else shades.text_secondary)
        top = Qt.AlignmentFlag.AlignTop
        painter.drawText(QRectF(left, 0, width, line), top, stop.name)
        _paint_dot(painter, QPointF(left, line + GAP_PX), stop)
        if stop.at is not None:
            painter.setPen(shades.text_secondary)
            below = QRectF(left, line + DOT_PX + 2 * GAP_PX, width, line)
            painter.drawText(below, top, format.exact_time(stop.at))

    def _paint_way(
        self, painter: QPainter, left: float, width: float, ends: tuple[Stop, Stop]
    ) -> None:
        """The line to the next step, and how long it took."""
        shades, metrics = theme.current(), painter.fontMetrics()
        came = ends[1].came
        y = metrics.height() + GAP_PX + DOT_PX / 2
        begin, end = left + DOT_PX + 4, left + width - 4
        words = _between(*ends)
        room = metrics.horizontalAdvance(words) + 8.0 if words else 0.0
        middle = (begin + end) / 2
        pen = QPen(shades.accent if came else shades.track, 1.5)
        pen.setStyle(Qt.PenStyle.SolidLine if came else Qt.PenStyle.DotLine)
        painter.setPen(pen)
        if room and room < end - begin:
            painter.drawLine(QPointF(begin, y), QPointF(middle - room / 2, y))
            painter.drawLine(QPointF(middle + room / 2, y), QPointF(end, y))
            painter.setPen(shades.text_secondary)
            around = QRectF(middle - room / 2, y - metrics.height() / 2, room, metrics.height())
            painter.drawText(around, Qt.AlignmentFlag.AlignCenter, words)
        else:
            painter.drawLine(QPointF(begin, y), QPointF(end, y))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


def _between(before: Stop, after: Stop) -> str:
    if before.at is None or after.at is None:
        return ""
    return format.short_duration((after.at - before.at).total_seconds())


def _paint_dot(painter: QPainter, corner: QPointF, stop: Stop) -> None:
    shades = theme.current()
    dot = QRectF(corner.x() + 1, corner.y(), DOT_PX, DOT_PX)
    colour: QColor = tone_colour(stop.tone, shades) if stop.came else shades.track
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if stop.came else shades.surface)
    painter.drawEllipse(dot.adjusted(0.75, 0.75, -0.75, -0.75))
