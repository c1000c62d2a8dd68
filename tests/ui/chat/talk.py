"""A conversation on show in a real pane, worked the way a user does."""

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from beatra_desktop.domain.chat import Message
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat.message_layout import Button

NO_KEYS = Qt.KeyboardModifier(0)


class Talk:
    def __init__(self, pane: ChatPane, bench: Any) -> None:
        self.pane, self.bench = pane, bench
        self.chat, self.transcript = bench.services.chat, pane.transcript

    async def begin(self, *questions: str, model: str = "sandbox-echo") -> None:
        self.pane.new_conversation()
        self.chat.set_model(self.pane.conversation_id, model)
        for question in questions:
            await self.say(question)

    async def say(self, text: str) -> None:
        self.pane.composer.set_text(text)
        QTest.keyClick(self.pane.composer.text_area, Qt.Key.Key_Return)
        await self.settled()

    async def settled(self) -> None:
        await self.bench.until(lambda: not self.chat.answering.value)
        await self.bench.until(lambda: self.transcript.is_settled)

    @property
    def shown(self) -> list[Message]:
        return list(self.chat.open(self.pane.conversation_id))

    def button(self, row: int, action: Action) -> Button:
        view = self.transcript.view_of(self.shown[row].id)
        assert view is not None
        return next(each for each in view.layout.buttons if each.action is action)

    def place(self, row: int, inside: QPointF) -> QPoint:
        """A point of a message that is in view, in the viewport's coordinates."""
        for y in range(self.transcript.viewport().height()):
            found = self.transcript.view_at(QPoint(0, y))
            if found is not None and found[0].message.id == self.shown[row].id:
                return QPoint(
                    round(inside.x() - found[1].x()), round(y - found[1].y() + inside.y())
                )
        raise AssertionError("the message is out of sight")

    def click(self, row: int, action: Action) -> None:
        place = self.place(row, self.button(row, action).rect.center())
        viewport = self.transcript.viewport()
        QTest.mouseMove(viewport, place)
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        QTest.keyClick(self.transcript, key, modifiers)

    def count(self, row: int) -> str:
        view = self.transcript.view_of(self.shown[row].id)
        assert view is not None
        return "" if view.layout.switch is None else view.layout.switch.text

    def menu(self, place: QPoint) -> dict[str, Any]:
        """The commands of the context menu at a place, by name."""
        at = self.transcript.viewport().mapToGlobal(place)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, at)
        QApplication.sendEvent(self.transcript.viewport(), event)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return {command.text(): command for command in menu.actions()}

    def choose(self, commands: dict[str, Any], *path: str) -> None:
        """Trigger a command of a menu as a click does."""
        for name in path[:-1]:
            menu = commands[name].menu()
            commands = {command.text(): command for command in menu.actions()}
        assert commands[path[-1]].isEnabled()
        commands[path[-1]].trigger()
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
