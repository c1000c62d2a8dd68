"""The line above the chat: its title, its options, the switches for the panes beside it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.services.chat import ChatService
from beatra_desktop.ui import mirroring, theme
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.page_header import PageHeader
from beatra_desktop.ui.subscriptions import subscribe

DOT_PX: Final = 9
DOT_RIGHT_PX: Final = 11
DOT_TOP_PX: Final = 2


class OptionsButton(IconButton):
    """Opens the chat options; a dot says that the chat has some of its own, as does its name."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Icon.OPTIONS, "", command=Command.CHAT_OPTIONS, parent=parent)
        self._is_marked = False
        self.setCheckable(True)
        self.mark("")

    def mark(self, words: str) -> None:
        """`words` say what the chat has; empty when it has nothing of its own."""
        self._is_marked = bool(words)
        name = self.tr("Chat options: {words}").format(words=words)
        self.set_name(name if words else self.tr("Chat options"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_marked:
            painter = mirroring.within(QPainter(self), self.rect())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().surface, 2))
            painter.setBrush(theme.current().accent)
            painter.drawEllipse(self.rect().right() - DOT_RIGHT_PX, DOT_TOP_PX, DOT_PX, DOT_PX)


class ChatHeader(PageHeader):
    options_toggled = Signal()

    def __init__(self, chat: ChatService, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.options = OptionsButton()
        self.put(self.options)
        self._chat = chat
        self._conversation_id = ""
        self.options.clicked.connect(self.options_toggled)
        subscribe(self, chat.conversations.changed, self._on_changed)
        self._refresh()

    def show_conversation(self, conversation_id: str) -> None:
        self._conversation_id = conversation_id
        self._refresh()

    def show_options_state(self, *, shown: bool) -> None:
        self.options.setChecked(shown)

    def _on_changed(self, row: int) -> None:
        if self._chat.conversations[row].id == self._conversation_id:
            self._refresh()

    def _refresh(self) -> None:
        conversation = self._chat.conversations.get(self._conversation_id)
        title = conversation.title if conversation else ""
        self._title.setText(title or self.tr("New chat"))
        self.options.mark(self._own_ways(conversation) if conversation else "")

    def _own_ways(self, conversation: Conversation) -> str:
        has_parameters = conversation.parameters is not None
        if conversation.system_prompt.strip():
            both = self.tr("instructions and parameters of its own")
            return both if has_parameters else self.tr("instructions of its own")
        return self.tr("parameters of its own") if has_parameters else ""
