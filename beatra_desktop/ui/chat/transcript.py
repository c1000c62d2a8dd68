"""The conversation: messages to read, select, copy, search and act on."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.records import replace
from beatra_desktop.ui import theme
from beatra_desktop.ui.access.widgets import Accessible
from beatra_desktop.ui.chat.actions import VERSION_STEPS, Action
from beatra_desktop.ui.chat.announcer import Announcer
from beatra_desktop.ui.chat.clipboard import Form
from beatra_desktop.ui.chat.copier import Copier
from beatra_desktop.ui.chat.decorations import CodeHeader
from beatra_desktop.ui.chat.find import Finder, Span, matches
from beatra_desktop.ui.chat.keyboard import Keyboard
from beatra_desktop.ui.chat.link_bar import LinkBar
from beatra_desktop.ui.chat.mark import Mark
from beatra_desktop.ui.chat.menu import context_menu
from beatra_desktop.ui.chat.message_area import MessageArea
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_painter import PaintState
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target
from beatra_desktop.ui.chat.pointer import Pointer
from beatra_desktop.ui.chat.selection import Selection
from beatra_desktop.ui.chat.status_text import Describe, Siblings, StatusText
from beatra_desktop.ui.chat.viewport import Viewport

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

    from beatra_desktop.ui.access.conversation import Conversation


class Transcript(MessageArea, Accessible):
    """Shows the messages of one conversation; ids in signals are message ids."""

    edit_requested = Signal(str)
    retry_requested = Signal(str)
    use_auto_requested = Signal(str)
    continue_requested = Signal(str)
    keep_requested = Signal(str)
    details_requested = Signal(str)
    version_requested = Signal(str, int)
    """A message and how many versions on the wanted one is."""
    link_activated = Signal(str)
    find_changed = Signal(int, int)
    """The number of the current match, 0 for none, and how many there are."""
    drawn = Signal()
    """What is on screen may be something else."""
    focus_moved = Signal()
    """`focused_id` or `focused_target` was reached with the keyboard."""

    def __init__(
        self,
        *,
        describe: Describe,
        now: Callable[[], datetime] = utc_now,
        siblings: Siblings = lambda _: (),
        parent: QWidget | None = None,
    ) -> None:
        viewport = Viewport()
        super().__init__(StatusText(describe, now=now, siblings=siblings), viewport, parent)
        self._heard: Conversation | None = None
        self.selection = Selection()
        self.copier = Copier(self.selection, self)
        self._finder = Finder(self._spans_in)
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._announcer = Announcer(self, self._status)
        self._link_bar = LinkBar(self._stage.look, self)
        self._mark = Mark(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Conversation"))
        self.setAccessibleDescription(
            self.tr(
                "Alt+Up and Alt+Down go from message to message, Tab to the buttons and links in it"
            )
        )
        viewport.setMouseTracking(True)
        viewport.left.connect(self._on_left)
        self.copier.confirmed.connect(self.viewport().update)
        self._mark.changed.connect(self.viewport().update)
        theme.notifier().changed.connect(self.refresh_link)

    def read_along(self, *, is_wanted: bool) -> None:
        """Whether a screen reader hears answers while they arrive."""
        self._announcer.read_along(is_wanted=is_wanted)

    def make_accessible(self) -> "QAccessibleInterface":
        from beatra_desktop.ui.access.conversation import Conversation, ConversationAccessible

        if self._heard is None:
            self._heard = Conversation(self, self._status)
        return ConversationAccessible(self, self._heard)

    def ids_on_screen(self) -> list[str]:
        """The messages of which something is in view, from the top, and the one in focus."""
        rows = {row for row, _ in self._tops()}
        focused = self._messages.row(self.focused_id)
        rows.update(() if focused is None else (focused,))
        return [self._messages[row].id for row in sorted(rows)]

    def place_on_screen(self, message_id: str) -> QRect:
        """The message's row in the screen's coordinates, empty when it is out of view."""
        row = self._messages.row(message_id)
        tops = dict(self._tops())
        if row is None or row not in tops:
            return QRect()
        corner = self.viewport().mapToGlobal(QPoint(self._column_left(), tops[row]))
        height = self._stage.shown(self._messages[row]).height
        return QRect(corner, QSize(self._stage.maker.width, height))

    @property
    def focused_id(self) -> str:
        """The message the keyboard is on; empty for none."""
        return self._keyboard.focused_id

    @property
    def focused_target(self) -> Target | None:
        """What in it can be pressed with Enter."""
        return self._keyboard.target

    def set_answering(self, *, answering: bool) -> None:
        """While an answer is coming, nothing that asks for another one can be pressed."""
        self._status.is_answering = answering
        for view in self._stage:
            view.refresh_offers()
        self.viewport().update()

    def scroll_to(self, message_id: str) -> None:
        """Bring the top of a message to the top of the view; unknown ids are ignored."""
        row = self._messages.row(message_id)
        if row is not None:
            self._reading.go_to(row)
            self._settle()
            self.focus_message(message_id, is_by_keyboard=False)

    def point_out(self, message_id: str) -> None:
        """Bring a message that was looked for to the top of the view and mark it for a moment."""
        self.scroll_to(message_id)
        self._mark.point_out(message_id)

    def show_version(self, message_id: str, step: int) -> None:
        """Ask for the version of a message `step` places on; its switch stays where it is."""
        row, view = self._messages.row(message_id), self.view_of(message_id)
        if row is None or view is None:
            return
        switch = view.layout.switch
        if switch is None or not switch.versions.has(step):
            return
        y = dict(self._tops()).get(row, 0) + switch.rect.top()
        is_by_keyboard = self._keyboard.is_in_use
        self.version_requested.emit(message_id, step)
        # By what it answers: earlier messages may have been read meanwhile.
        row = self._row_below(view.message.parent_id)
        self._keyboard.focus(self._messages[row].id, is_by_keyboard=is_by_keyboard)
        self._put_switch(row, max(0.0, y))

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

    def copy(self, form: Form = Form.ANY) -> None:
        """Copy the selected text, or else the whole message that has the focus."""
        if not self.copier.copy_selection(self._messages, self._document, form):
            self.copy_message(self._keyboard.focused_id, form)

    def copy_message(self, message_id: str, form: Form = Form.ANY) -> None:
        row = self._messages.row(message_id)
        if row is not None:
            self.copier.copy_message(self._messages[row], form)

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
        if is_by_keyboard:
            self.focus_moved.emit()
        self.refresh_link()
        self.viewport().update()

    def place_of(self, message_id: str) -> QPoint:
        """Where on the screen to open what belongs to a message: at the pointer or at its text."""
        return QCursor.pos() if self._pointer.is_inside else self._place_in_view(message_id)

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
            self.act(view.message.id, target.action)

    def act(self, message_id: str, action: Action) -> None:
        """Do what can be done with a message, or ask for it."""
        if action is Action.COPY:
            self.copy_message(message_id)
        elif action in VERSION_STEPS:
            self.show_version(message_id, VERSION_STEPS[action])
        else:
            self._requests()[action].emit(message_id)

    def target_focused(self) -> None:
        """The keyboard has come to something that can be pressed."""
        self.focus_moved.emit()
        self.refresh_link()
        self.viewport().update()

    def refresh_link(self) -> None:
        """Tell where the link that is pointed at, or else the one in focus, leads."""
        focused = self._keyboard.target if self.hasFocus() and self._keyboard.is_in_use else None
        target = self._pointer.hovered or focused
        href = target.href if isinstance(target, Link) else ""
        self._link_bar.show_target(href, self._stage.look)

    def state_of(self, view: MessageView) -> PaintState:
        message_id = view.message.id
        is_hovered = self._pointer.hovered_id == message_id
        is_focused = self._keyboard.focused_id == message_id and self.hasFocus()
        state = PaintState(
            shows_actions=is_hovered or is_focused,
            hovered=self._pointer.hovered if is_hovered else None,
            focused=self._keyboard.target if is_focused else None,
            copied_line=self.copier.copied_line(message_id),
            is_copied=self.copier.is_copied(message_id),
            has_focus_ring=is_focused and self._keyboard.is_in_use,
            is_pointed_out=self._mark.message_id == message_id,
        )
        has_marks = self._finder.text or not self.selection.is_empty
        return self._marked(state, view) if has_marks else state

    def _marked(self, state: PaintState, view: MessageView) -> PaintState:
        row, messages = self._messages.row(view.message.id) or 0, self._messages.messages
        assert messages is not None, "what is painted has messages"
        return replace(
            state,
            selected=self.selection.range_in(messages, row, view.length),
            found=tuple(self._finder.spans(row)),
            found_current=self._finder.current if self._finder.row == row else None,
        )

    def messages_changed(self, message_ids: set[str]) -> None:
        self._announcer.messages_changed(self._messages, message_ids)
        self.drawn.emit()

    def messages_replaced(self) -> None:
        self._announcer.messages_replaced(self._messages)
        self.selection.clear()
        self._pointer.forget()
        self._finder.search(self._messages.messages or (), self._finder.text)
        self.find_changed.emit(self._finder.number, self._finder.total)
        if self._messages.row(self._keyboard.focused_id) is None:
            self._keyboard.focus("", is_by_keyboard=False)
        for view in self._stage:
            view.refresh_versions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keyboard.press(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._keyboard.step(forward=forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()
        self.refresh_link()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.refresh_link()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._link_bar.place()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            at = self._place_in_view(self._keyboard.focused_id)
        menu = context_menu(self, self.viewport().mapFromGlobal(at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _on_left(self) -> None:
        self._pointer.hover(QPoint(-1, -1))

    def _requests(self) -> dict[Action, SignalInstance]:
        return {
            Action.EDIT: self.edit_requested,
            Action.RETRY: self.retry_requested,
            Action.REGENERATE: self.retry_requested,
            Action.USE_AUTO: self.use_auto_requested,
            Action.CONTINUE: self.continue_requested,
            Action.KEEP: self.keep_requested,
            Action.DETAILS: self.details_requested,
        }

    def _row_below(self, parent_id: str | None) -> int:
        """The row of the message that answers another one, or of the first."""
        parent = None if parent_id is None else self._messages.row(parent_id)
        return 0 if parent is None else parent + 1

    def _put_switch(self, row: int, y: float) -> None:
        """Scroll so that the switch of the version now on show in `row` stands at `y`."""
        message = self._messages[row]
        switch = self._stage.view(message).layout.switch
        top = switch.rect.top() if switch is not None else 0.0
        self._reading.go_to(row, round(top - y))
        self._settle_reading()
        self._announcer.version_shown(message)
        self._pointer.look_again()

    def _place_in_view(self, message_id: str) -> QPoint:
        """The left end of a message's first line on the screen, moved into view."""
        row, view = self._messages.row(message_id), self.view_of(message_id)
        if row is None or view is None:
            return self.viewport().mapToGlobal(QPoint(0, 0))
        y = dict(self._tops()).get(row, 0) + round(view.layout.body.y())
        inside = QPoint(self._column_left(), max(0, min(self.viewport().height() - 1, y)))
        return self.viewport().mapToGlobal(inside)

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
