"""What a chat stream says, decoded without any I/O (contract §3.1)."""

from collections.abc import Callable
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

from beatra_desktop.api import lenient
from beatra_desktop.api.errors import CutReason, IncompleteStreamError
from beatra_desktop.api.sse import EventTooLargeError, ServerSentEvent, SSEDecoder
from beatra_desktop.api.translate import MESSAGE_CHARACTERS, error_body
from beatra_desktop.api.types import ChatChoice, ChatChunk, Usage

DONE: Final = b"[DONE]"

_decode_chunk = msgspec.json.Decoder(ChatChunk).decode


class Delta(Struct, frozen=True):
    """Text to append: all of it that one chunk of the body brought."""

    text: str


class Finished(Struct, frozen=True):
    """The model ended; usually `stop`, other strings are possible. `[DONE]` is still to come."""

    reason: str


class UsageReported(Struct, frozen=True):
    usage: Usage


class ModelResolved(Struct, frozen=True):
    """Which completion this is and which model answers; sent again when more becomes known."""

    id: str | None
    model: str | None


ChatEvent: TypeAlias = Delta | Finished | UsageReported | ModelResolved


class ChatDecoder:
    """Bytes in, events out; after `done` or with a `fault` nothing more is to be fed.

    `redact` takes the key out of what an error says.
    """

    def __init__(self, redact: Callable[[str], str]) -> None:
        self.done = False
        self.fault: IncompleteStreamError | None = None
        self._sse = SSEDecoder()
        self._redact = redact
        self._known = ModelResolved(None, None)
        self._text: list[str] = []
        self._half = ""
        self._usage: Usage | None = None
        self._events: list[ChatEvent] = []

    def feed(self, data: bytes) -> list[ChatEvent]:
        """Events of one chunk, in order, with neighbouring text joined."""
        try:
            sent = self._sse.feed(data)
        except EventTooLargeError:
            self._cut(CutReason.MALFORMED, "The service sent an event that is too large.")
            sent = []
        return self._take(sent)

    def finish(self) -> list[ChatEvent]:
        """The connection closed: what was still held back; then `done` or a `fault`."""
        events = self._take(self._sse.finish())
        if not self.done and (self.fault is None or self.fault.reason is CutReason.MALFORMED):
            self._cut(CutReason.CLOSED, "The answer stopped before its end.")
        return [*events, *self._flush()]

    def whole(self, body: bytes) -> list[ChatEvent]:
        """A complete answer that came as JSON instead of a stream: then `done` or a `fault`.

        Raises msgspec.DecodeError if it is neither an answer nor an error.
        """
        answer = lenient.decode(ChatChunk, body)
        if answer.error is None and not answer.choices:
            raise msgspec.ValidationError("No choices")
        self._on_chunk(answer)
        if answer.error is None:
            self.done = True
        else:
            self._on_error(body)
        return self._flush()

    def _take(self, sent: list[ServerSentEvent]) -> list[ChatEvent]:
        for event in sent:
            self._on_event(event)
            if self.done or self.fault:
                break
        return self._flush()

    def _flush(self) -> list[ChatEvent]:
        self._end_text()
        if self._usage is not None:
            self._events.append(UsageReported(self._usage))
            self._usage = None
        events, self._events = self._events, []
        return events

    def _on_event(self, event: ServerSentEvent) -> None:
        data = event.data.strip()
        if data == DONE:
            self.done = True
        elif event.kind == "error":
            self._on_error(data)
        elif data:
            self._on_data(event.kind, data)

    def _on_data(self, kind: str, data: bytes) -> None:
        try:
            chunk = _chunk(data)
        except msgspec.DecodeError:
            if kind in ("", "message"):
                self._cut(CutReason.MALFORMED, "The service sent an event nobody can read.")
            return
        self._on_chunk(chunk)
        if chunk.error is not None:
            self._on_error(data)

    def _on_error(self, data: bytes) -> None:
        error = error_body(data, self._redact)
        message = error.message or "The service reported an error in the middle of the answer."
        self.fault = IncompleteStreamError(
            message[:MESSAGE_CHARACTERS],
            reason=CutReason.ERROR_EVENT,
            code=error.code,
            retryable=error.retryable,
            request_id=error.request_id,
        )

    def _on_chunk(self, chunk: ChatChunk) -> None:
        known = ModelResolved(chunk.id or self._known.id, chunk.model or self._known.model)
        if known != self._known:
            self._known = known
            self._emit(ModelResolved(_whole(known.id), _whole(known.model)))
        for choice in chunk.choices or ():
            if not choice.index:
                self._on_choice(choice)
        # Some services count with every chunk: the last of a read is told, after its text.
        self._usage = chunk.usage or self._usage

    def _on_choice(self, choice: ChatChoice) -> None:
        text = choice.delta or choice.message
        if text is not None:
            self._text.append(text.text)
        if choice.finish_reason:
            self._emit(Finished(lenient.whole(choice.finish_reason)))

    def _emit(self, event: ChatEvent) -> None:
        self._end_text()
        self._events.append(event)

    def _end_text(self) -> None:
        """Hand out the text; half a character at its end waits for the chunk with the other."""
        text = self._half + "".join(self._text)
        self._text.clear()
        is_over = self.done or self.fault is not None
        self._half = text[-1:] if "\ud800" <= text[-1:] <= "\udbff" and not is_over else ""
        if text := lenient.whole(text.removesuffix(self._half)):
            self._events.append(Delta(text))

    def _cut(self, reason: CutReason, message: str) -> None:
        self.fault = IncompleteStreamError(message, reason=reason)


def _chunk(data: bytes) -> ChatChunk:
    """Fast for what is expected, lenient for a field of a surprising type and careless JSON."""
    try:
        return _decode_chunk(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return lenient.convert(ChatChunk, lenient.parse_loosely(data))


def _whole(text: str | None) -> str | None:
    return None if text is None else lenient.whole(text)
