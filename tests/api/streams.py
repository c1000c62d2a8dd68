"""A short answer, and how the tests of chat read one."""

import pytest

from beatra_desktop.api.chat_events import ChatEvent, Delta, ModelResolved
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import IncompleteStreamError
from beatra_desktop.api.requests import ChatMessage, ChatRequest, encode_chat

BODY = encode_chat(ChatRequest(model="auto", messages=[ChatMessage("user", "Hi")]))
HELLO = b'data: {"id":"c1","model":"m","choices":[{"delta":{"content":"Hello"}}]}\n\n'
STOP = b'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
DONE = b"data: [DONE]\n\n"
HELLO_EVENTS = [ModelResolved("c1", "m"), Delta("Hello")]


async def collect(client: BeatraClient, into: list[ChatEvent]) -> None:
    async with await client.chat.open(BODY, idempotency_key="key-1") as stream:
        async for event in stream:
            into.append(event)


async def cut(client: BeatraClient) -> tuple[list[ChatEvent], IncompleteStreamError]:
    events: list[ChatEvent] = []
    with pytest.raises(IncompleteStreamError) as caught:
        await collect(client, events)
    return events, caught.value
