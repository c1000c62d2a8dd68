"""Stream bytes for the tests of the chat decoder."""

import json

from beatra_desktop.api.chat_events import (
    ChatDecoder,
    ChatEvent,
    Delta,
)
from beatra_desktop.api.errors import IncompleteStreamError

DONE = b"data: [DONE]\n\n"


def decoder() -> ChatDecoder:
    return ChatDecoder(lambda text: text.replace("sk-secret", "[key]"))


def event(payload: object, kind: str = "") -> bytes:
    head = f"event: {kind}\n" if kind else ""
    return f"{head}data: {json.dumps(payload, ensure_ascii=False)}\n\n".encode()


def text(content: object, **chunk: object) -> bytes:
    return event({**chunk, "choices": [{"index": 0, "delta": {"content": content}}]})


def fault_of(got: ChatDecoder) -> IncompleteStreamError:
    assert got.fault is not None
    return got.fault


def joined(events: list[ChatEvent]) -> list[ChatEvent]:
    """Neighbouring deltas as one, as a single read would have given them."""
    out: list[ChatEvent] = []
    for item in events:
        if isinstance(item, Delta) and out and isinstance(out[-1], Delta):
            out[-1] = Delta(out[-1].text + item.text)
        else:
            out.append(item)
    return out
