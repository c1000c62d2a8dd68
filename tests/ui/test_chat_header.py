"""The line above the chat: its title, and whether the chat works in a way of its own."""

from typing import Any

import pytest

from beatra_desktop.domain.chat import Parameters
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat_header import (
    DOT_PX,
    DOT_RIGHT_PX,
    DOT_TOP_PX,
    ChatHeader,
    OptionsButton,
)


def _dot(button: OptionsButton) -> str:
    place = button.rect().right() - DOT_RIGHT_PX + DOT_PX // 2, DOT_TOP_PX + DOT_PX // 2
    image = button.grab().toImage()
    return image.pixelColor(*place).name()


@pytest.mark.parametrize(
    ("prompt", "parameters", "words"),
    [
        ("", Parameters(), ""),
        (" \n", Parameters(), ""),
        ("Be brief.", Parameters(), "instructions of its own"),
        ("", Parameters(seed=0), "parameters of its own"),
        ("Be brief.", Parameters(seed=0), "instructions and parameters of its own"),
    ],
)
def test_a_chat_with_ways_of_its_own_is_marked(
    prompt: str, parameters: Parameters, words: str, run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            chat = bench.services.chat
            header = ChatHeader(chat)
            header.resize(400, 48)
            header.show()
            conversation_id = chat.new_conversation().id
            header.show_conversation(conversation_id)
            chat.set_system_prompt(conversation_id, prompt)
            chat.set_parameters(conversation_id, parameters)
            name = f"Chat options: {words}" if words else "Chat options"
            assert header.options.accessibleName() == name
            assert header.options.toolTip() == f"{name} (Ctrl+Shift+P)"
            assert (_dot(header.options) == theme.current().accent.name()) is bool(words)
            header.close()

    run_on_qt(work)


def test_the_header_follows_the_title(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            header = ChatHeader(bench.services.chat)
            conversation = bench.services.chat.new_conversation()
            header.show_conversation(conversation.id)
            assert header.title == "New chat"
            bench.services.history.rename(conversation.id, "Rainy days")
            assert header.title == "Rainy days"

    run_on_qt(work)
