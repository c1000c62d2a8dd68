"""The mouse on the transcript: selecting, pressing, hovering."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from beatra_desktop.ui.chat.actions import VERSION_STEPS
from beatra_desktop.ui.chat.link_bar import tip_of
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target
from beatra_desktop.ui.chat.selection import Point

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.transcript import Transcript

_AUTO_SCROLL_MS: Final = 30
_AUTO_SCROLL_SHARE: Final = 3


class Pointer(QObject):
    def __init__(self, transcript: "Transcript") -> None:
        super().__init__(transcript)
        self._transcript = transcript
        self._pressed: Target | None = None
        self._press_place = QPoint()
        self._is_selecting = False
        self._last = QPoint()
        self.is_inside = False
        self.hovered_id = ""
        self.hovered: Target | None = None
        self._auto_scroll = QTimer(self, interval=_AUTO_SCROLL_MS)
        self._auto_scroll.timeout.connect(self._on_auto_scroll)

    def press(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._press_place = event.position().toPoint()
        found = self._transcript.view_at(self._press_place)
        if found is None:
            return
        view, inside = found
        self._pressed = view.target_at(inside)
        if self._pressed is None or isinstance(self._pressed, Link):
            self._begin_selection(view, inside, extends=_has_shift(event))

    def move(self, event: QMouseEvent) -> None:
        self._last = event.position().toPoint()
        if self._is_selecting and event.buttons() & Qt.MouseButton.LeftButton:
            self._extend_selection()
            self._set_auto_scroll()
        else:
            self.hover(self._last)

    def release(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._is_selecting = False
        self._auto_scroll.stop()
        pressed, self._pressed = self._pressed, None
        place = event.position().toPoint()
        moved = (place - self._press_place).manhattanLength()
        found = self._transcript.view_at(place)
        if pressed is None or found is None or moved >= QApplication.startDragDistance():
            return
        if found[0].target_at(found[1]) == pressed:
            self._transcript.press_target(found[0], pressed)

    def double_click(self, event: QMouseEvent) -> None:
        found = self._transcript.view_at(event.position().toPoint())
        if found is None:
            return
        view, inside = found
        target = view.target_at(inside)
        if isinstance(target, Button) and target.action in VERSION_STEPS:
            self.press(event)  # who clicks fast means each click
        elif target is None:
            start, end = view.word_at(view.position_at(inside))
            self._transcript.selection.select(view.message.id, start, end)
            self._transcript.viewport().update()

    def look_again(self) -> None:
        """See what lies under the pointer now that something else was put there."""
        if self.is_inside:
            self.hover(self._last)

    def forget(self) -> None:
        """What was pointed at is gone."""
        self._set_hovered("", None)

    def hover(self, place: QPoint) -> None:
        """Point at a place of the viewport; outside of it nothing is pointed at."""
        found = self._transcript.view_at(place)
        self.is_inside = self._transcript.viewport().rect().contains(place)
        if found is None or not self.is_inside:
            self._set_hovered("", None)
            self._transcript.viewport().unsetCursor()
            return
        view, inside = found
        target = view.target_at(inside)
        self._set_hovered(view.message.id, target)
        shape = Qt.CursorShape.ArrowCursor
        if target is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif view.is_text_at(inside):
            shape = Qt.CursorShape.IBeamCursor
        self._transcript.viewport().setCursor(shape)

    def _set_hovered(self, message_id: str, target: Target | None) -> None:
        if (message_id, target) != (self.hovered_id, self.hovered):
            self.hovered_id, self.hovered = message_id, target
            self._transcript.viewport().update()
            self._transcript.viewport().setToolTip(_tip(target))
            self._transcript.refresh_link()

    def _begin_selection(self, view: MessageView, inside: QPointF, *, extends: bool) -> None:
        point = Point(view.message.id, view.position_at(inside))
        selection = self._transcript.selection
        if extends and selection.anchor is not None:
            selection.extend(point)
        else:
            selection.start(point)
        self._is_selecting = True
        self._transcript.focus_message(view.message.id, is_by_keyboard=False)
        self._transcript.viewport().update()

    def _extend_selection(self) -> None:
        found = self._transcript.view_at(self._last, nearest=True)
        if found is not None:
            view, inside = found
            point = Point(view.message.id, view.position_at(inside))
            self._transcript.selection.extend(point)
            self._transcript.viewport().update()

    def _set_auto_scroll(self) -> None:
        height = self._transcript.viewport().height()
        if 0 <= self._last.y() < height:
            self._auto_scroll.stop()
        elif not self._auto_scroll.isActive():
            self._auto_scroll.start()

    def _on_auto_scroll(self) -> None:
        y, height = self._last.y(), self._transcript.viewport().height()
        beyond = y if y < 0 else y - height
        self._transcript.scroll_by(beyond // _AUTO_SCROLL_SHARE)
        self._extend_selection()


def _has_shift(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


def _tip(target: Target | None) -> str:
    if isinstance(target, Link):
        return tip_of(target.href)
    return target.label if isinstance(target, Button) and not target.has_label else ""
