"""Server-sent events from bytes, one read at a time.

Bytes go in as they come from the socket and whole events come out, so one read of many events is
one step for everything above. Splitting happens on CR and LF only: text may hold U+2028.
"""

import re
from typing import Final

from msgspec import Struct

MAX_EVENT_BYTES: Final = 16 * 1024 * 1024
TELLING_BYTES: Final = 6
_BOM: Final = b"\xef\xbb\xbf"
_FIELD: Final = re.compile(rb"(?:data|event|id|retry)?:")


class EventTooLargeError(ValueError):
    """One event is over `MAX_EVENT_BYTES`."""


class ServerSentEvent(Struct, frozen=True):
    """`kind` is empty unless the server named one; `data` is UTF-8 and not decoded yet."""

    kind: str
    data: bytes


def without_blanks(head: bytes) -> bytes:
    """The beginning of a body from its first byte that says something."""
    return head.removeprefix(_BOM).lstrip()


def begins_stream(head: bytes) -> bool:
    """Whether a body that begins so is an event stream, whatever the server calls it.

    `TELLING_BYTES` after the blanks are enough to know.
    """
    return _FIELD.match(without_blanks(head)) is not None


class SSEDecoder:
    """Feed it bytes cut anywhere; ids and reconnection times are ignored."""

    def __init__(self) -> None:
        self._partial: list[bytes] = []
        self._held = 0
        self._kind = ""
        self._data: list[bytes] = []
        self._after_cr = False
        self._at_start = True

    def feed(self, chunk: bytes) -> list[ServerSentEvent]:
        """Events completed by `chunk`; raises EventTooLargeError."""
        first, *others = self._with_newlines(chunk).split(b"\n")
        self._partial.append(first)
        self._held += len(chunk)
        if not others:
            self._check_size()
            return []
        lines = [b"".join(self._partial), *others[:-1]]
        self._partial = [others[-1]]
        events = [event for line in lines if (event := self._line(line))]
        self._check_size()
        return events

    def finish(self) -> list[ServerSentEvent]:
        """The event a server left without its closing blank line, if there is one."""
        return [*self.feed(b"\n"), *self.feed(b"\n")]

    def _with_newlines(self, chunk: bytes) -> bytes:
        if self._after_cr and chunk[:1] == b"\n":
            chunk = chunk[1:]
            self._after_cr = False
        if chunk:
            self._after_cr = chunk[-1:] == b"\r"
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return chunk

    def _line(self, line: bytes) -> ServerSentEvent | None:
        if self._at_start:
            line = line.removeprefix(_BOM)
            self._at_start = False
        if not line:
            return self._dispatched()
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
        elif name == b"event":
            self._kind = value.decode(errors="replace")
        return None

    def _dispatched(self) -> ServerSentEvent | None:
        event = ServerSentEvent(self._kind, b"\n".join(self._data)) if self._data else None
        self._kind = ""
        self._data = []
        self._held = sum(map(len, self._partial))
        return event

    def _check_size(self) -> None:
        if self._held > MAX_EVENT_BYTES:
            raise EventTooLargeError
