"""Messages, documents and a transcript on show, made the real way."""

import importlib
import warnings
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.observable import Records
from beatra_desktop.services.highlight import highlight
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat.formulas import typeset
from beatra_desktop.ui.chat.look import current_look
from beatra_desktop.ui.chat.message_view import MessageView
from beatra_desktop.ui.chat.text_area import TextArea
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.chat.typesetter import Typesetter
from beatra_desktop.ui.error_text import describe
from tests.ui.chat.panes import InPane, open_pane
from tests.ui.chat.talk import Talk

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Messages:
    """Makes messages of one conversation, each a minute after the other."""

    conversation_id: str = "talk"
    count: int = 0

    def __call__(
        self,
        text: str,
        role: Role = Role.ASSISTANT,
        status: MessageStatus = MessageStatus.COMPLETE,
        **fields: Any,
    ) -> Message:
        self.count += 1
        return Message(
            id=MessageId(f"{self.conversation_id}-{self.count}"),
            conversation_id=ConversationId(self.conversation_id),
            parent_id=None,
            role=role,
            text=text,
            status=status,
            created_at=NOW + timedelta(minutes=self.count),
            **fields,
        )

    def exchanges(self, count: int, answer: str = "An answer.\n\n- one\n- two") -> list[Message]:
        """Questions and answers in turn."""
        pairs = [(self("A question?", Role.USER), self(answer)) for _ in range(count)]
        return [message for pair in pairs for message in pair]


@pytest.fixture(scope="session", autouse=True)
def _formulas_imported() -> None:
    """The typesetter's import warns of a function it should not use."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        importlib.import_module("ziamath.zmath")


@pytest.fixture
def message() -> Messages:
    return Messages()


@pytest.fixture
def typesetter(qapp: object) -> Iterator[Typesetter]:
    drawings = BackgroundCache(typeset, lambda _: None)
    highlights = BackgroundCache(highlight, lambda _: None)
    yield Typesetter(current_look(zoom=1.0, ratio=1.0), drawings, highlights)
    drawings.close()
    highlights.close()


@dataclass
class Reader:
    """Looks at a transcript and works it the way a user does."""

    transcript: Transcript
    qtbot: QtBot
    moment: list[datetime] = field(default_factory=lambda: [NOW])

    def show(self, *messages: Message) -> Records[Message]:
        records = Records(messages)
        self.transcript.show_messages(records)
        self.settle()
        return records

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.transcript.is_settled, timeout=10_000)

    def view(self, message: Message) -> MessageView:
        view = self.transcript.view_of(message.id)
        assert view is not None
        return view

    def text(self, message: Message) -> str:
        return self.view(message).body.document.toPlainText()

    def top_of(self, message: Message) -> int | None:
        """Where a message's row begins on screen; None when it is out of sight."""
        for y in range(0, self.transcript.viewport().height(), 2):
            found = self.transcript.view_at(QPoint(1, y))
            if found is not None and found[0].message.id == message.id:
                return round(y - found[1].y())
        return None

    def place(self, message: Message, inside: QPointF) -> QPoint:
        """A point of a message's row, in the viewport's coordinates."""
        top = self.top_of(message)
        assert top is not None, "the message is out of sight"
        found = self.transcript.view_at(QPoint(0, max(0, top + 1)))
        assert found is not None
        return QPoint(round(inside.x() - found[1].x()), round(inside.y() + top))

    def click(self, message: Message, inside: QPointF) -> None:
        place = self.place(message, inside)
        QTest.mouseClick(self.transcript.viewport(), Qt.MouseButton.LeftButton, pos=place)

    @property
    def is_at_end(self) -> bool:
        """Whether the lowest line in view is the end of the last message, or below it."""
        lowest = QPoint(0, self.transcript.viewport().height() - 1)
        found = self.transcript.view_at(lowest)
        if found is None:
            return True
        view, inside = found
        is_last = self.transcript.neighbour(view.message.id, 1) is None
        return is_last and inside.y() >= view.height - 1


@pytest.fixture
def reader(qtbot: QtBot) -> Callable[[int, int], Reader]:
    """Makes a transcript of a size, shown and empty."""

    def make(width: int, height: int) -> Reader:
        moment = [NOW]
        transcript = Transcript(describe=describe, now=lambda: moment[0])
        qtbot.addWidget(transcript)
        transcript.resize(width, height)
        transcript.show()
        qtbot.waitExposed(transcript)
        return Reader(transcript, qtbot, moment)

    return make


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a screen reader is told: announcements, and the name of what gets the focus."""
    told: list[str] = []

    def note(event: Any) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            told.append(event.message())
        elif event.type() is QAccessible.Event.Focus:
            told.append(event.accessibleInterface().text(QAccessible.Text.Name))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    return told


@pytest.fixture
def area(qtbot: QtBot) -> Iterator[TextArea]:
    """A text area in the focus, with a field to go on to."""
    holder = QWidget()
    qtbot.addWidget(holder)
    made = TextArea("Message", placeholder="Write a message")
    column = QVBoxLayout(holder)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    holder.resize(400, 600)
    holder.show()
    qtbot.waitExposed(holder)
    made.setFocus()
    yield made
    holder.close()


@pytest.fixture
def in_pane(run_on_qt: Any, open_bench: Any) -> InPane:
    """Runs a coroutine function with a pane on show and its services."""

    def run(work: Callable[[ChatPane, Any], Awaitable[None]]) -> None:
        async def main() -> None:
            async with open_bench() as bench:
                pane = open_pane(bench)
                await bench.until(pane.isActiveWindow)
                try:
                    await work(pane, bench)
                finally:
                    pane.close()

        run_on_qt(main)

    return run


@pytest.fixture
def in_talk(in_pane: InPane) -> Callable[[Callable[[Talk], Awaitable[None]]], None]:
    """Runs a coroutine function with a conversation in a pane on show."""

    def run(work: Callable[[Talk], Awaitable[None]]) -> None:
        async def talk(pane: ChatPane, bench: Any) -> None:
            await work(Talk(pane, bench))

        in_pane(talk)

    return run
