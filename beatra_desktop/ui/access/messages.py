"""A message of the transcript as screen readers see it, with the buttons and links in it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleActionInterface,
    QAccessibleInterface,
    QTextCursor,
)
from shiboken6 import isValid

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.ui.access.part import Part
from beatra_desktop.ui.access.pressing import Deed
from beatra_desktop.ui.access.reading import Reading
from beatra_desktop.ui.chat.decorations import CodeHeader
from beatra_desktop.ui.chat.heard_text import HeardText
from beatra_desktop.ui.chat.message_layout import Button, MessageLayout
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target
from beatra_desktop.ui.chat.plain_text import plain_text

if TYPE_CHECKING:
    from beatra_desktop.ui.access.conversation import Conversation

DESCRIBED_CHARACTERS: Final = 2_000
"""So much of a message is told when it gets the focus; the rest can be read in it."""


class MessagePart(Part):
    """Who spoke and when is its name, what was said its description and its text."""

    def __init__(self, conversation: "Conversation", message_id: str) -> None:
        super().__init__(lambda: conversation.accessible)
        self.conversation = conversation
        self.message_id = message_id
        self._laid_out: MessageLayout | None = None
        self._targets: list[Target] = []
        self._parts: list[TargetPart] = []
        self._told = self.name
        self._read_from = self._read = ""
        focus = Deed(
            QAccessibleActionInterface.setFocusAction(),
            self._take_focus,
            lambda: conversation.transcript,
        )
        self.offer(QAccessible.InterfaceType.ActionInterface, focus)
        self.offer(QAccessible.InterfaceType.TextInterface, Reading(self._words, self.rect))

    @property
    def view(self) -> MessageView | None:
        """What it stands for; None when that is not on show any more."""
        transcript = self.conversation.transcript
        return None if transcript is None else transcript.view_of(self.message_id)

    @property
    def name(self) -> str:
        return "" if self.view is None else self.conversation.words.heard(self.view.message)

    @property
    def targets(self) -> list[Target]:
        view = self.view
        if view is None:
            return []
        if view.layout is not self._laid_out:
            self._laid_out, self._targets = view.layout, view.targets()
        return self._targets

    def tell_news(self) -> None:
        """Let a changed state be heard: it is part of the name."""
        if self.name != self._told:
            self._told = self.name
            self.tell(QAccessible.Event.NameChanged)
            self.tell(QAccessible.Event.DescriptionChanged)

    def part_of(self, target: Target | None) -> Part:
        """What stands for something in it that can be pressed; itself for nothing."""
        if target is None or target not in self.targets:
            return self
        return self.child(self.targets.index(target)) or self

    def let_go(self) -> None:
        for part in self._parts:
            part.let_go()
        super().let_go()

    def isValid(self) -> bool:
        return super().isValid() and self.view is not None

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = state.readOnly = state.multiLine = state.selectableText = True
        state.focused = self.conversation.focused_part is self
        state.offscreen = self.rect().isEmpty()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return self.name
        return self._description() if kind is QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        transcript = self.conversation.transcript
        return QRect() if transcript is None else transcript.place_on_screen(self.message_id)

    def childCount(self) -> int:
        return len(self.targets)

    def child(self, index: int) -> "TargetPart | None":  # type: ignore[override]  # see Part
        if not 0 <= index < len(self.targets):
            return None
        while len(self._parts) <= index:
            self._parts.append(TargetPart(self, len(self._parts)))
        return self._parts[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((at for at, part in enumerate(self._parts) if part is child), -1)

    def _description(self) -> str:
        view = self.view
        if view is None:
            return ""
        text = view.message.text[:DESCRIBED_CHARACTERS]
        strip = self.conversation.words.strip(view.message)
        said = HeardText().spoken(text) if _is_answer(view.message) else text
        notes = () if strip is None else (strip.title, strip.text)
        return "\n".join(filter(None, (said, *notes)))

    def _words(self) -> str:
        view = self.view
        if view is None:
            return ""
        text = view.message.text
        if not _is_answer(view.message):
            return text
        if text != self._read_from:
            self._read_from, self._read = text, plain_text(text)
        return self._read

    def _take_focus(self) -> None:
        transcript = self.conversation.transcript
        if transcript is not None:
            transcript.setFocus()
            transcript.focus_message(self.message_id, is_by_keyboard=True)


class TargetPart(Part):
    """The `index`th thing in a message that can be pressed."""

    def __init__(self, message: MessagePart, index: int) -> None:
        super().__init__(lambda: message if isValid(message) else None)
        self._message = message
        self._index = index
        press = Deed(
            QAccessibleActionInterface.pressAction(),
            self._press,
            lambda: message.conversation.transcript,
        )
        self.offer(QAccessible.InterfaceType.ActionInterface, press)

    @property
    def target(self) -> Target | None:
        targets = self._message.targets
        return targets[self._index] if self._index < len(targets) else None

    def isValid(self) -> bool:
        return super().isValid() and self.target is not None

    def role(self) -> QAccessible.Role:
        is_link = isinstance(self.target, Link)
        return QAccessible.Role.Link if is_link else QAccessible.Role.Button

    def state(self) -> QAccessible.State:
        state = QAccessible.State()
        state.focusable = True
        state.focused = self._message.conversation.focused_part is self
        state.linked = isinstance(self.target, Link)
        state.offscreen = self._message.rect().isEmpty()
        return state

    def text(self, kind: QAccessible.Text) -> str:
        target, view = self.target, self._message.view
        words = self._message.conversation.words
        if view is None or target is None:
            return ""
        if kind is QAccessible.Text.Description:
            return words.link(target.href) if isinstance(target, Link) else ""
        if kind is not QAccessible.Text.Name:
            return ""
        if isinstance(target, Link):
            return _linked_text(view, target) or words.link(target.href)
        return target.label if isinstance(target, Button) else words.copy_code()

    def rect(self) -> QRect:
        view, whole = self._message.view, self._message.rect()
        target = self.target
        if view is None or target is None or whole.isEmpty():
            return QRect()
        if isinstance(target, Link):
            return whole
        inside = target.rect
        if isinstance(target, CodeHeader):
            inside = target.copy_rect.translated(view.layout.body)
        return inside.toRect().translated(whole.topLeft())

    def _press(self) -> None:
        transcript, view = self._message.conversation.transcript, self._message.view
        target = self.target
        if transcript is not None and view is not None and target is not None:
            transcript.press_target(view, target)


def _is_answer(message: Message) -> bool:
    """Whether it is Markdown."""
    return message.role is Role.ASSISTANT


def _linked_text(view: MessageView, link: Link) -> str:
    cursor = QTextCursor(view.body.document)
    cursor.setPosition(link.start)
    cursor.setPosition(link.end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText().replace("\ufffc", "")
