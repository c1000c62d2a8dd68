"""The keyboard on the transcript: scrolling, and moving the focus between messages and buttons."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from beatra_desktop.ui.chat.actions import VERSION_STEPS, Action
from beatra_desktop.ui.chat.decorations import CodeHeader
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.transcript import Transcript

_STEP_PX: Final = 48
_PAGE_SHARE: Final = 0.9
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Keyboard:
    def __init__(self, transcript: "Transcript") -> None:
        self._transcript = transcript
        self.focused_id = ""
        self.is_in_use = False
        self._index: int | None = None
        self._keys: dict[tuple[Qt.Key, bool], Callable[[], None]] = {
            (Qt.Key.Key_Down, False): lambda: self._scroll(_STEP_PX),
            (Qt.Key.Key_Up, False): lambda: self._scroll(-_STEP_PX),
            (Qt.Key.Key_PageDown, False): lambda: self._scroll(self._page()),
            (Qt.Key.Key_PageUp, False): lambda: self._scroll(-self._page()),
            (Qt.Key.Key_Home, False): transcript.scroll_to_start,
            (Qt.Key.Key_End, False): transcript.scroll_to_end,
            (Qt.Key.Key_J, False): lambda: self._move(1),
            (Qt.Key.Key_K, False): lambda: self._move(-1),
            (Qt.Key.Key_Down, True): lambda: self._move(1),
            (Qt.Key.Key_Up, True): lambda: self._move(-1),
            (Qt.Key.Key_Left, True): lambda: self._show_version(-1),
            (Qt.Key.Key_Right, True): lambda: self._show_version(1),
            (Qt.Key.Key_E, False): self._edit,
            (Qt.Key.Key_F2, False): self._edit,
        }

    def focus(self, message_id: str, *, is_by_keyboard: bool) -> None:
        self.is_in_use = is_by_keyboard
        if message_id != self.focused_id:
            self.focused_id = message_id
            self._index = None

    @property
    def target(self) -> Target | None:
        """The link or button that has the focus."""
        targets = self._targets()
        return (
            targets[self._index] if self._index is not None and self._index < len(targets) else None
        )

    def press(self, event: QKeyEvent) -> bool:
        """Handle a key; False when it means nothing here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._transcript.copy()
            return True
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._transcript.select_message(self.focused_id)
            return True
        view, target = self._view(), self.target
        if event.key() in _ENTER and view is not None and target is not None:
            self._transcript.press_target(view, target)
            self._stay_on(target)
            return True
        return self._press_plain(event)

    def step(self, *, forward: bool) -> bool:
        """Move the focus to the next link or button of the focused message; False at its end."""
        targets = self._targets()
        index = self._next_index(len(targets), forward=forward)
        self._index = index
        self.is_in_use = True
        if index is None:
            self._transcript.refresh_link()
            return False
        self._reveal(targets[index])
        return True

    def _press_plain(self, event: QKeyEvent) -> bool:
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        others = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
        if event.modifiers() & others:
            return False
        action = self._keys.get((Qt.Key(event.key()), has_alt))
        if action is not None:
            action()
        return action is not None

    def _next_index(self, count: int, *, forward: bool) -> int | None:
        if self._index is None:
            following = 0 if forward else count
            following = following if forward else following - 1
        else:
            following = self._index + (1 if forward else -1)
        return following if 0 <= following < count else None

    def _view(self) -> MessageView | None:
        return self._transcript.view_of(self.focused_id)

    def _targets(self) -> list[Target]:
        view = self._view()
        return [] if view is None else view.targets()

    def _move(self, step: int) -> None:
        following = self._transcript.neighbour(self.focused_id, step)
        if following is not None:
            self._transcript.focus_message(following, is_by_keyboard=True)
            view = self._view()
            if view is not None:
                self._transcript.reveal(following, 0, view.height)

    def _reveal(self, target: Target) -> None:
        view = self._view()
        if view is None:
            return
        if isinstance(target, Link):
            top = view.y_of(target.start)
        elif isinstance(target, CodeHeader):
            top = target.rect.top() + view.layout.body.y()
        else:
            top = target.rect.top()
        self._transcript.reveal(self.focused_id, top, top + _STEP_PX)
        self._transcript.target_focused()

    def _show_version(self, step: int) -> None:
        self.is_in_use = True
        self._transcript.show_version(self.focused_id, step)

    def _edit(self) -> None:
        view = self._view()
        if view is not None and any(each.action is Action.EDIT for each in view.buttons):
            self._transcript.act(self.focused_id, Action.EDIT)

    def _stay_on(self, pressed: Target) -> None:
        """Keep the focus on the switch when it has put another version there."""
        if not isinstance(pressed, Button) or pressed.action not in VERSION_STEPS:
            return
        arrows = {
            target.action: index
            for index, target in enumerate(self._targets())
            if isinstance(target, Button) and target.action in VERSION_STEPS
        }
        self._index = arrows.get(pressed.action, next(iter(arrows.values()), None))

    def _scroll(self, pixels: int) -> None:
        self._transcript.scroll_by(pixels)

    def _page(self) -> int:
        return int(self._transcript.viewport().height() * _PAGE_SHARE)
