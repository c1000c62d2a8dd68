"""A finished chat answer as JSON or as a stream of events (contract §3.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from beatra_desktop.sandbox.errors import JsonObject
from beatra_desktop.sandbox.replies import encode

DONE: Final = b"data: [DONE]\n\n"
TOKEN: Final = re.compile(
    r" ?[\u2e80-\u9fff\uac00-\ud7af]{1,2}| ?[^\W_]{1,7}|[^\W_]{1,7}|\n+| +|\s|[^\w\s]|_"
)


def tokens(text: str) -> list[str]:
    """Split text into pieces about the size of a model's tokens; joined they are the text."""
    return TOKEN.findall(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    completion_id: str
    created: int
    model: str
    pieces: Sequence[str]
    finish_reason: str
    prompt_tokens: int

    @property
    def usage(self) -> JsonObject:
        count = len(self.pieces)
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": count,
            "total_tokens": self.prompt_tokens + count,
        }

    def document(self) -> JsonObject:
        message = {"role": "assistant", "content": "".join(self.pieces)}
        choice = {"index": 0, "message": message, "finish_reason": self.finish_reason}
        return {**self._head("chat.completion"), "choices": [choice], "usage": self.usage}

    def events(self, *, include_usage: bool) -> Iterator[bytes]:
        """Yield the events of the wire form [C] of contract §3.1, `[DONE]` last."""
        yield self._chunk({"role": "assistant"})
        for piece in self.pieces:
            yield self._chunk({"content": piece})
        yield self._chunk({}, finish_reason=self.finish_reason)
        if include_usage:
            head = self._head("chat.completion.chunk")
            yield _event({**head, "choices": [], "usage": self.usage})
        yield DONE

    def _chunk(self, delta: dict[str, str], *, finish_reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
        return _event({**self._head("chat.completion.chunk"), "choices": [choice]})

    def _head(self, kind: str) -> JsonObject:
        return {
            "id": self.completion_id,
            "object": kind,
            "created": self.created,
            "model": self.model,
        }


def bounded(text: str, *, stop: Sequence[str], max_tokens: int | None) -> tuple[list[str], str]:
    """Return the pieces up to the first stop sequence or the limit, and the finish reason."""
    for sequence in stop:
        text = text.partition(sequence)[0] if sequence else text
    pieces = tokens(text)
    if max_tokens is not None and len(pieces) > max_tokens:
        return pieces[:max_tokens], "length"
    return pieces, "stop"


def _event(document: Any) -> bytes:
    return b"data: " + encode(document) + b"\n\n"
