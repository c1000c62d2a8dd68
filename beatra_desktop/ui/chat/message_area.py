"""The scrolling part of the transcript: which messages are on screen, where, and painting them.

Only messages on screen, and a few seen lately, have a document. What is read stays where it is,
whatever is measured, loaded or resized around it.
"""

from collections.abc import Callable, Iterator, Sequence
from time import thread_time
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.frame_clock import FrameClock
from beatra_desktop.ui.chat.heights import Heights, Reading
from beatra_desktop.ui.chat.look import Look, current_look
from beatra_desktop.ui.chat.message_painter import PaintState
from beatra_desktop.ui.chat.message_view import MessageView
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.pill import Pill
from beatra_desktop.ui.chat.place import Place, offset_of, place_in
from beatra_desktop.ui.chat.reading_bar import ReadingBar
from beatra_desktop.ui.chat.repainting import repaint
from beatra_desktop.ui.chat.stage import Stage
from beatra_desktop.ui.chat.status_text import StatusText

COLUMN_PX: Final = 760
_SIDE_PX: Final = 28
_MARGIN_PX: Final = 8
_STEP_PX: Final = 48
_AT_END_PX: Final = 8
_A_WORD: Final = 6
"""Characters of which a change brings no more when the answer comes token by token."""
_COUNTDOWN_MS: Final = 1_000
_ZOOMS: Final = (0.6, 2.5)
_SMOOTH: Final = QPainter.RenderHint.Antialiasing


class MessageArea(QAbstractScrollArea):
    """Shows messages and keeps the place being read.

    Subclasses say how a message is painted (`state_of`) and hear of changes (`messages_changed`,
    `messages_replaced`).
    """

    def __init__(self, status: StatusText, viewport: QWidget, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setViewport(viewport)
        self._zoom = 1.0
        self._status = status
        self._messages = Observed(self._slots())
        self._places: dict[str, Place] = {}
        self._dirty: set[str] = set()
        self._bar_width = 0
        self._stage = Stage(
            self._look(), status, width=COLUMN_PX, on_ready=self._on_background_ready
        )
        self._reading = Reading(Heights(), self._measure)
        self._bar = ReadingBar(self, self._reading)
        self._frames = FrameClock(self._draw_frame, self)
        self._countdown = QTimer(self, singleShot=True, interval=_COUNTDOWN_MS)
        self._pill = Pill(self._stage.look, self)
        self._set_up()

    def show_messages(self, messages: ReadOnlyRecords[Message]) -> None:
        """Show these messages where they were left, or at their end, and observe them."""
        self._remember_place()
        self._messages.observe(messages)
        self._start_over()

    def scroll_to_end(self) -> None:
        self._reading.follow()
        self._pill.hide()
        self._settle()

    def scroll_to_start(self) -> None:
        self._reading.go_to(0)
        self._settle_reading()

    def scroll_by(self, pixels: int) -> None:
        self._reading.move(pixels)
        self._settle_reading()

    def zoom(self, factor: float) -> None:
        """Size of everything in the transcript; 1 is the theme's own size."""
        self._zoom = min(_ZOOMS[1], max(_ZOOMS[0], factor))
        self._restyle()

    def view_at(
        self, place: QPoint, *, nearest: bool = False
    ) -> tuple[MessageView, QPointF] | None:
        """The message at a place of the viewport and the place in its row's coordinates."""
        if not len(self._messages):
            return None
        y, row = -self._reading.offset, self._reading.row
        while row < len(self._messages):
            view = self._stage.shown(self._messages[row])
            is_last = row == len(self._messages) - 1
            if place.y() < y + view.height or (nearest and is_last):
                return view, QPointF(place.x() - self._column_left(), place.y() - y)
            y += view.height
            row += 1
        return None

    def view_of(self, message_id: str) -> MessageView | None:
        row = self._messages.row(message_id)
        return None if row is None else self._stage.shown(self._messages[row])

    def reveal(self, message_id: str, top: float, bottom: float) -> None:
        """Scroll as little as it takes to show this part of a message, in row coordinates."""
        row = self._messages.row(message_id)
        if row is None:
            return
        height = self.viewport().height()
        tops = dict(self._tops())
        if row not in tops:
            self._reading.go_to(row, int(top) - height // 3)
        elif tops[row] + top < 0 or bottom - top > height:
            self._reading.move(int(tops[row] + top) - _MARGIN_PX)
        elif tops[row] + bottom > height:
            self._reading.move(int(tops[row] + bottom - height) + _MARGIN_PX)
        self._settle_reading()

    @property
    def is_settled(self) -> bool:
        """True when nothing waits to be drawn or made in the background."""
        return self._stage.is_idle and not self._frames.is_waiting

    def state_of(self, view: MessageView) -> PaintState:
        """How to paint a message."""
        raise NotImplementedError

    def messages_changed(self, message_ids: set[str]) -> None:
        """Messages that came or changed have been drawn."""

    def messages_replaced(self) -> None:
        """All messages are others now."""

    def paintEvent(self, event: QPaintEvent) -> None:
        started = thread_time()
        exposed = event.rect()
        painter = QPainter(self.viewport())
        painter.setRenderHint(_SMOOTH)
        painter.fillRect(exposed, self._stage.look.colours.surface)
        self._paint_rows(painter, QRectF(exposed))
        painter.end()
        self._frames.add_cost((thread_time() - started) * 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._change_width()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if distance := self._bar.moved:
            self._on_bar_moved(distance)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # all is filled
        self.verticalScrollBar().setSingleStep(_STEP_PX)
        self._pill.setText(self._status.new_below())
        self._pill.hide()
        self._pill.clicked.connect(self.scroll_to_end)
        self._countdown.timeout.connect(self._on_countdown)
        theme.notifier().changed.connect(self._restyle)
        self.destroyed.connect(self._messages.release)
        self.destroyed.connect(self._stage.close)

    def _slots(self) -> dict[str, Callable[..., None]]:
        return {
            "inserted": self._on_inserted,
            "removing": self._on_removing,
            "removed": self._on_removed,
            "changed": self._on_changed,
            "resetting": self._remember_place,
            "reset": self._start_over,
        }

    def _look(self) -> Look:
        return current_look(zoom=self._zoom, ratio=self.devicePixelRatioF())

    def _column_width(self) -> int:
        look = self._stage.look
        return max(120, min(look.px(COLUMN_PX), self._room() - 2 * look.px(_SIDE_PX)))

    def _column_left(self) -> int:
        return (self._room() - self._stage.maker.width) // 2

    def _room(self) -> int:
        """The width beside the scroll bar, even before there is one: lines stay as they are."""
        return self.width() - self._bar_width

    def _start_over(self) -> None:
        estimates = self._stage.maker.estimates
        self._reading.heights = Heights(estimates(self._messages.messages or ()))
        self._dirty.clear()
        self.messages_replaced()
        self._pill.hide()
        place = self._places.get(self._conversation_id())
        if place is None or place.is_following or not self._restore(place):
            self._reading.follow()
        self._settle()

    def _on_inserted(self, first: int, last: int) -> None:
        added = [self._messages[row] for row in range(first, last + 1)]
        self._reading.heights.insert(first, self._stage.maker.estimates(added))
        if first <= self._reading.row and not self._reading.is_following:
            self._reading.row += len(added)
        self._dirty.update(message.id for message in added)
        self._frames.request()

    def _on_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._stage.forget(self._messages[row].id)

    def _on_removed(self, first: int, last: int) -> None:
        self._reading.heights.remove(first, last)
        if first <= self._reading.row and not self._reading.is_following:
            gone = min(last, self._reading.row) - first + 1
            self._reading.row = max(0, self._reading.row - gone)
        self._frames.request()

    def _on_changed(self, row: int) -> None:
        message = self._messages[row]
        self._dirty.add(message.id)
        if not self._frames.takes_along():
            view = self._stage.known(message.id)
            more = 0 if view is None else len(message.text) - len(view.message.text)
            self._frames.request_for_change(of_a_word=0 < more <= _A_WORD)

    def _on_background_ready(self) -> None:
        self._frames.request()

    def _on_countdown(self) -> None:
        for view in self._visible():
            if view.message.wait is not None:
                view.lay_out(self._stage.maker)
        self._frames.request()

    def _conversation_id(self) -> str:
        return self._messages[0].conversation_id if len(self._messages) else ""

    def _remember_place(self) -> None:
        if len(self._messages) and (place := self._place()) is not None:
            self._places[self._conversation_id()] = place

    def _place(self) -> Place | None:
        if self._reading.row >= len(self._messages):
            return None
        view = self._stage.known(self._messages[self._reading.row].id)
        if view is None:
            return None
        following = self._reading.is_following
        return place_in(view, self._reading.offset, is_following=following)

    def _restore(self, place: Place) -> bool:
        row = self._messages.row(place.message_id)
        if row is None:
            return False
        if not place.is_following:
            self._reading.go_to(row, offset_of(place, self._stage.view(self._messages[row])))
        return True

    def _change_width(self) -> None:
        self._bar_width = self._bar.width
        place = self._place()
        width = self._column_width()
        if width != self._stage.maker.width:
            self._stage.set_width(width)
            if place is not None:
                self._restore(place)
        self._settle()

    def _restyle(self) -> None:
        self._bar_width = self._bar.width
        place = self._place()
        self._stage.set_look(self._look(), width=self._stage.maker.width)
        self._stage.set_width(self._column_width())
        self._pill.set_look(self._stage.look)
        if place is not None:
            self._restore(place)
        self._settle()

    def _measure(self, row: int) -> int:
        return self._stage.view(self._messages[row]).height

    def _tops(self) -> Iterator[tuple[int, int]]:
        """Each row on screen with the place of its top."""
        y = -self._reading.offset
        for row, view in enumerate(self._visible(), self._reading.row):
            yield row, y
            y += view.height

    def _visible(self) -> Sequence[MessageView]:
        return self._views_in(self.viewport().height())

    def _views_in(self, height: int) -> Sequence[MessageView]:
        """Those of the messages in a view so high, from the place being read on."""
        views: list[MessageView] = []
        y = -self._reading.offset
        for row in range(self._reading.row, len(self._messages)):
            if y >= height:
                break
            view = self._stage.shown(self._messages[row])
            views.append(view)
            y += view.height
        return views

    def _draw_frame(self) -> None:
        dirty, self._dirty = self._dirty, set()
        before, height = (self._reading.row, self._reading.offset), self.viewport().height()
        self._reading.settle(height)
        visible = self._views_in(height)
        if any([view.work(self._stage.maker) for view in visible]):
            self._reading.settle(height)
            self._frames.request()
            visible = self._views_in(height)
        self._repaint_since(before, visible)
        self._bar.show_soon()
        self.messages_changed(dirty)
        if not self._reading.is_following and self._is_below(dirty):
            self._pill.show_over(self.viewport())
        if any(view.message.wait is not None for view in visible):
            self._countdown.start()
        self._prepare_neighbour(len(visible))

    def _repaint_since(self, before: tuple[int, int], visible: Sequence[MessageView]) -> None:
        """Paint what has changed since the view stood at `before`."""
        shift = self._reading.distance_from(*before)
        repaint(self.viewport(), visible, top=-self._reading.offset, shift=shift)

    def _prepare_neighbour(self, visible: int) -> None:
        """Render a message just out of sight, so that scrolling finds it ready."""
        count, rows = len(self._messages), (self._reading.row - 1, self._reading.row + visible)
        for row in rows:
            if 0 <= row < count:
                message = self._messages[row]
                if self._stage.known(message.id) is None and not message.status.is_live:
                    self._stage.view(message).take_change()
                    self._frames.request()
                    return

    def _is_below(self, dirty: set[str]) -> bool:
        rows = [self._messages.row(message_id) for message_id in dirty]
        at_end = self._reading.is_at_end(self.viewport().height(), within=_AT_END_PX)
        return not at_end and any(row == len(self._messages) - 1 for row in rows)

    def _settle(self) -> None:
        self._settle_quietly()
        self.viewport().update()
        self._frames.request()

    def _settle_quietly(self) -> None:
        """Measure what is in view and tell the scroll bar, without moving what is read."""
        self._reading.settle(self.viewport().height())
        self._bar.show()

    def _settle_reading(self) -> None:
        """Settle after the user moved: at the end means following it."""
        self._settle()
        self._note_end()

    def _note_end(self) -> None:
        if self._reading.is_at_end(self.viewport().height(), within=_AT_END_PX):
            self._reading.follow()
            self._pill.hide()

    def _on_bar_moved(self, distance: int) -> None:
        before = (self._reading.row, self._reading.offset)
        is_jump = abs(distance) > self.viewport().height()
        if not is_jump:
            self._reading.move(distance)
        elif self._bar.is_at_end:
            self._reading.follow()
        else:
            self._reading.jump(self._bar.value)
        self._settle_quietly()
        self._repaint_since(before, self._visible())
        self._note_end()
        if is_jump:
            self._frames.request_after_rest()
        else:
            self._frames.request_later()

    def _paint_rows(self, painter: QPainter, exposed: QRectF) -> None:
        y, left = -self._reading.offset, self._column_left()
        for view in self._visible():
            if y + view.height > exposed.top() and y < exposed.bottom():
                painter.translate(left, y)
                clip = exposed.translated(-left, -y)
                self._stage.painter.paint(painter, view, clip, state=self.state_of(view))
                painter.translate(-left, -y)
            y += view.height
