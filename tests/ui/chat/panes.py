"""A chat pane on real services, and what a user does to it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.labels import Text

InPane = Callable[[Callable[[ChatPane, Any], Awaitable[None]]], None]
ECHO: Final = "sandbox-echo"
ISOLATES: Final = {0x2068: None, 0x2069: None}
"""Marks around text that may run in another direction."""
GLANCE_SECONDS: Final = 0.02
SLOW: Final = {"path": "/v1/chat/completions", "action": {"delay_seconds": 60}}


def open_pane(bench: Any) -> ChatPane:
    pane = ChatPane(bench.services)
    pane.resize(640, 700)
    pane.show()
    pane.activateWindow()
    return pane


def type_text(pane: ChatPane, text: str) -> None:
    QTest.keyClicks(pane.composer.text_area, text)


def press(pane: ChatPane, key: Qt.Key = Qt.Key.Key_Return) -> None:
    QTest.keyClick(pane.composer.text_area, key)


def click(pane: ChatPane, text: str) -> None:
    """The button of the composer that says so, on it or to a screen reader."""
    buttons = [b for b in pane.composer.findChildren(Button) if b.isVisible()]
    [found] = [b for b in buttons if text in (b.text(), b.accessibleName())]
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def buttons_of(pane: ChatPane) -> list[str]:
    """What the buttons of the composer say, those that are icons left out."""
    return [b.text() for b in pane.composer.findChildren(Button) if b.isVisible() and b.text()]


def bars_of(pane: ChatPane) -> str:
    """What stands above the text that is being written."""
    labels = pane.composer.findChildren(Text)
    words = " ".join(label.text() for label in labels if label.isVisible() and label.text())
    return words.translate(ISOLATES)


def messages_of(pane: ChatPane, bench: Any) -> list[Any]:
    return list(bench.services.chat.open(pane.conversation_id))


def draft_of(bench: Any, conversation_id: str) -> str:
    conversation = bench.services.chat.conversations.get(conversation_id)
    return str(conversation.draft) if conversation is not None else ""


def queued_of(bench: Any, conversation_id: str) -> str:
    return str(bench.services.chat.conversations.get(conversation_id).queued)


async def ask(pane: ChatPane, bench: Any, text: str, model: str = ECHO) -> None:
    """Ask in a new conversation, and wait for the answer."""
    pane.new_conversation()
    bench.services.chat.set_model(pane.conversation_id, model)
    await ask_again(pane, bench, text)


async def ask_again(pane: ChatPane, bench: Any, text: str) -> None:
    """Ask in the conversation on show, and wait for the answer."""
    type_text(pane, text)
    press(pane)
    await bench.until(lambda: not bench.services.chat.answering.value)


async def ask_slowly(pane: ChatPane, bench: Any, text: str) -> str:
    """Ask in a new conversation, and get no answer for a minute; returns its id."""
    await bench.admin("POST", "faults", SLOW)
    pane.new_conversation()
    bench.services.chat.set_model(pane.conversation_id, ECHO)
    type_text(pane, text)
    press(pane)
    while not (await bench.admin("GET", "state"))["faults"][-1]["hits"]:  # noqa: ASYNC110  # in another process
        await asyncio.sleep(GLANCE_SECONDS)
    return pane.conversation_id
