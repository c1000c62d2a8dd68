"""Asking on services, and what comes of it."""

from typing import Any

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.ids import ConversationId


def answer_of(bench: Any, conversation_id: ConversationId) -> Message:
    """The newest message of the branch on show."""
    answer: Message = bench.services.chat.open(conversation_id)[-1]
    return answer


async def ask(bench: Any, text: str, *, model: str = "sandbox-echo") -> ConversationId:
    """Ask in a new conversation; gives its id."""
    conversation_id: ConversationId = bench.services.chat.new_conversation().id
    bench.services.chat.set_model(conversation_id, model)
    assert bench.services.chat.send(conversation_id, text)
    return conversation_id


async def ended(bench: Any, conversation_id: ConversationId) -> Message:
    """The answer that was coming, once it has come to its end."""
    await bench.until(lambda: not bench.services.chat.is_answering(conversation_id))
    return answer_of(bench, conversation_id)
