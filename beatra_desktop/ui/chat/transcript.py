"""The conversation as one virtualised scroll area.

Only messages on screen, and a few seen lately, have a document. What is read stays where it is,
whatever is measured, loaded or resized around it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from time import perf_counter
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.announcer import Announcer
from beatra_desktop.ui.chat.copier import Copier
from beatra_desktop.ui.chat.decorations import CodeHeader
from beatra_desktop.ui.chat.find import Finder, Span, matches
from beatra_desktop.ui.chat.frame_clock import FrameClock
from beatra_desktop.ui.chat.heights import Heights, Reading
from beatra_desktop.ui.chat.keyboard import Keyboard
from beatra_desktop.ui.chat.look import Look, current_look
from beatra_desktop.ui.chat.menu import context_menu
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_painter import PaintState
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.pill import Pill
from beatra_desktop.ui.chat.place import Place, offset_of, place_in
from beatra_desktop.ui.chat.pointer import Pointer
from beatra_desktop.ui.chat.selection import Selection
from beatra_desktop.ui.chat.stage import Stage
from beatra_desktop.ui.chat.status_text import Action, Describe, StatusText

COLUMN_PX: Final = 760
_SIDE_PX: Final = 28
_MARGIN_PX: Final = 8
_STEP_PX: Final = 48
_AT_END_PX: Final = 8
_PILL_GAP_PX: Final = 12
_COUNTDOWN_MS: Final = 1_000
_ZOOMS: Final = (0.6, 2.5)


class Transcript(QAbstractScrollArea):
    """Shows the messages of one conversation; ids in signals are message ids."""

    retry_requested = Signal(str)
    continue_requested = Signal(str)
    keep_requested = Signal(str)
    details_requested = Signal(str)
    link_activated = Signal(str)
    find_changed = Signal(int, int)
    """The number of the current match, 0 for none, and how many there are."""

    def __init__(
        self,
        *,
        describe: Describe,
        now: Callable[[], datetime] = utc_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.selection = Selection()
        self.copier = Copier(self.selection, self)
        self._zoom = 1.0
        self._status = StatusText(describe, now)
        self._messages = Observed(self._slots())
        self._places: dict[str, Place] = {}
        self._dirty: set[str] = set()
        self._bar_value = 0
        self._stage = Stage(
            self._look(), self._status, width=COLUMN_PX, on_ready=self._on_background_ready
        )
        self._reading = Reading(Heights(), self._measure)
        self._finder = Finder(self._spans_in)
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._announcer = Announcer(self, self._status)
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
        self._settle()

    def scroll_to(self, message_id: str) -> None:
        """Bring the top of a message to the top of the view; unknown ids are ignored."""
        row = self._messages.row(message_id)
        if row is not None:
            self._reading.go_to(row)
            self._settle()
            self.focus_message(message_id, is_by_keyboard=False)

    def scroll_by(self, pixels: int) -> None:
        self._reading.move(pixels)
        self._settle_reading()

    def zoom(self, factor: float) -> None:
        """Size of everything in the transcript; 1 is the theme's own size."""
        self._zoom = min(_ZOOMS[1], max(_ZOOMS[0], factor))
        self._restyle()

    def find_text(self, text: str) -> None:
        """Mark every match and go to the first one at or below what is being read."""
        if self._messages.messages is not None:
            self._finder.search(self._messages.messages, text)
            self.find_next()

    def find_next(self) -> None:
        self._finder.step_forward(self._reading.row)
        self._show_match()

    def find_previous(self) -> None:
        self._finder.step_back(self._reading.row)
        self._show_match()

    def clear_find(self) -> None:
        self.find_text("")

    def copy(self) -> None:
        """Copy the selected text, or else the whole message that has the focus."""
        if not self.copier.copy_selection(self._messages, self._document):
            self.copy_message(self._keyboard.focused_id)

    def copy_message(self, message_id: str) -> None:
        row = self._messages.row(message_id)
        if row is not None:
            self.copier.copy_message(self._messages[row])

    def copy_last_answer(self) -> None:
        for row in reversed(range(len(self._messages))):
            message = self._messages[row]
            if message.role is Role.ASSISTANT and message.text:
                self.copier.copy_message(message)
                return

    def select_message(self, message_id: str) -> None:
        """Select all text of one message."""
        row = self._messages.row(message_id)
        if row is not None:
            view = self._stage.view(self._messages[row])
            self.selection.select(message_id, 0, view.length)
            self.viewport().update()

    def focus_message(self, message_id: str, *, is_by_keyboard: bool) -> None:
        self._keyboard.focus(message_id, is_by_keyboard=is_by_keyboard)
        row = self._messages.row(message_id)
        if row is not None and is_by_keyboard:
            self._announcer.message_focused(self._messages[row])
        self.viewport().update()

    def view_at(
        self, place: QPoint, *, nearest: bool = False
    ) -> tuple[MessageView, QPointF] | None:
        """The message at a place of the viewport and the place in its row's coordinates."""
        if not len(self._messages):
            return None
        y, row = -self._reading.offset, self._reading.row
        while row < len(self._messages):
            view = self._stage.view(self._messages[row])
            is_last = row == len(self._messages) - 1
            if place.y() < y + view.height or (nearest and is_last):
                return view, QPointF(place.x() - self._column_left(), place.y() - y)
            y += view.height
            row += 1
        return None

    def view_of(self, message_id: str) -> MessageView | None:
        row = self._messages.row(message_id)
        return None if row is None else self._stage.view(self._messages[row])

    def reveal(self, message_id: str, top: float, bottom: float) -> None:
        """Scroll as little as it takes to show this part of a message, in row coordinates."""
        row = self._messages.row(message_id)
        if row is None:
            return
        heights = self._reading.heights
        start = heights.top(row) - self._reading.top
        if start + top < 0 or bottom - top > self.viewport().height():
            self._reading.go_to(row, int(top) - _MARGIN_PX)
        elif start + bottom > self.viewport().height():
            self._reading.move(int(start + bottom - self.viewport().height()) + _MARGIN_PX)
        self._settle_reading()

    def neighbour(self, message_id: str, step: int) -> str | None:
        """The message `step` rows on; from no message, the one at the top of the view."""
        row = self._messages.row(message_id)
        if not len(self._messages):
            return None
        if row is None:
            return self._messages[self._reading.row].id
        following = row + step
        return self._messages[following].id if 0 <= following < len(self._messages) else None

    def press_target(self, view: MessageView, target: Target) -> None:
        """Do what a button, a copy sign or a link is for."""
        if isinstance(target, Link):
            self.link_activated.emit(target.href)
        elif isinstance(target, CodeHeader):
            self.copier.copy_code(view, target.first_line)
        elif isinstance(target, Button):
            self._act(view.message, target.action)

    @property
    def is_settled(self) -> bool:
        """True when nothing waits to be drawn or made in the background."""
        return self._stage.is_idle and not self._frames.is_waiting

    def paintEvent(self, event: QPaintEvent) -> None:
        started = perf_counter()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._stage.look.colours.surface)
        self._paint_rows(painter, QRectF(event.rect()))
        painter.end()
        self._frames.add_cost((perf_counter() - started) * 1000)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._change_width()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        value = self.verticalScrollBar().value()
        if value != self._bar_value:
            self._scroll_to_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._keyboard.step(forward=forward) or super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = context_menu(self, event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._pointer.hover(QPoint(-1, -1))
        return super().viewportEvent(event)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Conversation"))
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(_STEP_PX)
        self._pill.setText(self._status.new_below())
        self._pill.hide()
        self._pill.clicked.connect(self.scroll_to_end)
        self.copier.confirmed.connect(self.viewport().update)
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
        return max(120, min(look.px(COLUMN_PX), self.viewport().width() - 2 * look.px(_SIDE_PX)))

    def _column_left(self) -> int:
        return (self.viewport().width() - self._stage.maker.width) // 2

    def _start_over(self) -> None:
        estimate = self._stage.maker.estimate
        messages = self._messages.messages or ()
        self._reading.heights = Heights(estimate(message) for message in messages)
        self._dirty.clear()
        self.selection.clear()
        self._keyboard.focus("", is_by_keyboard=False)
        self._pill.hide()
        place = self._places.get(self._conversation_id())
        if place is None or place.is_following or not self._restore(place):
            self._reading.follow()
        self._settle()

    def _on_inserted(self, first: int, last: int) -> None:
        estimate = self._stage.maker.estimate
        heights = [estimate(self._messages[row]) for row in range(first, last + 1)]
        self._reading.heights.insert(first, heights)
        if first <= self._reading.row and not self._reading.is_following:
            self._reading.row += len(heights)
        self._dirty.update(self._messages[row].id for row in range(first, last + 1))
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
        self._dirty.add(self._messages[row].id)
        self._frames.request()

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
        place = self._place()
        width = self._column_width()
        if width != self._stage.maker.width:
            self._stage.set_width(width)
            if place is not None:
                self._restore(place)
        self._settle()

    def _restyle(self) -> None:
        place = self._place()
        self._stage.set_look(self._look(), width=self._stage.maker.width)
        self._stage.set_width(self._column_width())
        self._pill.set_look(self._stage.look)
        if place is not None:
            self._restore(place)
        self._settle()

    def _measure(self, row: int) -> int:
        return self._stage.view(self._messages[row]).height

    def _visible(self) -> Iterator[MessageView]:
        y, row = -self._reading.offset, self._reading.row
        while y < self.viewport().height() and row < len(self._messages):
            view = self._stage.view(self._messages[row])
            yield view
            y += view.height
            row += 1

    def _draw_frame(self) -> None:
        dirty, self._dirty = self._dirty, set()
        self._settle()
        if any([view.work(self._stage.maker) for view in self._visible()]):
            self._settle()
            self._frames.request()
        self._announcer.messages_changed(self._messages, dirty)
        if not self._reading.is_following and self._is_below(dirty):
            self._show_pill()
        if any(view.message.wait is not None for view in self._visible()):
            self._countdown.start()

    def _is_below(self, dirty: set[str]) -> bool:
        rows = [self._messages.row(message_id) for message_id in dirty]
        at_end = self._reading.is_at_end(self.viewport().height(), within=_AT_END_PX)
        return not at_end and any(row == len(self._messages) - 1 for row in rows)

    def _settle(self) -> None:
        """Measure what is in view and tell the scroll bar, without moving what is read."""
        height = self.viewport().height()
        self._reading.settle(height)
        bar = self.verticalScrollBar()
        self._bar_value = self._reading.top
        bar.setRange(0, max(0, self._reading.heights.total - height))
        bar.setPageStep(height)
        bar.setValue(self._bar_value)
        self._bar_value = bar.value()
        self.viewport().update()

    def _settle_reading(self) -> None:
        """Settle after the user moved: at the end means following it."""
        self._settle()
        if self._reading.is_at_end(self.viewport().height(), within=_AT_END_PX):
            self._reading.follow()
            self._pill.hide()

    def _scroll_to_value(self, value: int) -> None:
        distance = value - self._bar_value
        if abs(distance) <= 2 * self.viewport().height():
            self._reading.move(distance)
        elif value >= self.verticalScrollBar().maximum():
            self._reading.follow()
        else:
            self._reading.jump(value)
        self._settle_reading()

    def _show_pill(self) -> None:
        self._pill.set_look(self._stage.look)
        left = (self.viewport().width() - self._pill.width()) // 2
        top = self.viewport().height() - self._pill.height() - _PILL_GAP_PX
        self._pill.move(left, top)
        self._pill.show()

    def _paint_rows(self, painter: QPainter, exposed: QRectF) -> None:
        y, left = -self._reading.offset, self._column_left()
        for view in self._visible():
            if y + view.height > exposed.top() and y < exposed.bottom():
                painter.save()
                painter.translate(left, y)
                clip = exposed.translated(-left, -y)
                self._stage.painter.paint(painter, view, clip, state=self._state_of(view))
                painter.restore()
            y += view.height

    def _state_of(self, view: MessageView) -> PaintState:
        message_id = view.message.id
        row = self._messages.row(message_id) or 0
        is_hovered = self._pointer.hovered_id == message_id
        is_focused = self.hasFocus() and self._keyboard.focused_id == message_id
        messages = self._messages.messages
        assert messages is not None, "what is painted has messages"
        return PaintState(
            selected=self.selection.range_in(messages, row, view.length),
            found=tuple(self._finder.spans(row)),
            found_current=self._finder.current if self._finder.row == row else None,
            shows_actions=is_hovered or is_focused,
            hovered=self._pointer.hovered if is_hovered else None,
            focused=self._keyboard.target if is_focused else None,
            copied_line=self.copier.copied_line(message_id),
            is_copied=self.copier.is_copied(message_id),
            has_focus_ring=is_focused and self._keyboard.is_in_use,
        )

    def _act(self, message: Message, action: Action) -> None:
        if action is Action.COPY:
            self.copier.copy_message(message)
            return
        signal = {
            Action.RETRY: self.retry_requested,
            Action.CONTINUE: self.continue_requested,
            Action.KEEP: self.keep_requested,
            Action.DETAILS: self.details_requested,
        }[action]
        signal.emit(message.id)

    def _document(self, message: Message) -> QTextDocument:
        return self._stage.view(message).body.document

    def _spans_in(self, row: int, text: str) -> list[Span]:
        return matches(self._stage.view(self._messages[row]).body.document, text)

    def _show_match(self) -> None:
        current, row = self._finder.current, self._finder.row
        if current is not None and row is not None:
            view = self._stage.view(self._messages[row])
            top = view.y_of(current[0])
            self.reveal(view.message.id, top, top + self._stage.look.em * 2)
        self.find_changed.emit(self._finder.number, self._finder.total)
        self.viewport().update()
