"""Finding the elements of a long JSON array without taking it into memory.

A decoder would hold the interpreter, and with it the window, for the whole file.
"""

import re
from collections.abc import Iterator
from typing import Final, Protocol

from msgspec import Struct

CHUNK_BYTES: Final = 1 << 20
MAX_ELEMENT_BYTES: Final = 64 << 20
"""More than any conversation: what is larger is not read."""
# A string, a bracket, or the beginning of a string that goes on behind the chunk.
_TOKEN: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]|"', re.DOTALL)
_BETWEEN: Final = b" \t\r\n,"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_QUOTE: Final = b'"'
_OPENING: Final = (b"[", b"{")
_BRACKETS: Final = (*_OPENING, b"]", b"}")


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class NotAnArray(ValueError):
    """The text is no JSON array of objects, or ends before it does."""


class ElementTooLarge(ValueError):
    """One element alone is larger than what is read."""


class Span(Struct, frozen=True):
    """Where an element lies in the file, in bytes."""

    start: int
    stop: int


def spans(file: Readable, *, max_bytes: int = MAX_ELEMENT_BYTES) -> Iterator[Span]:
    """The elements of the array that the file is; raises NotAnArray or ElementTooLarge.

    What lies inside an element is not looked at, but for its strings and brackets.
    """
    scanner = _Scanner()
    while chunk := file.read(max(CHUNK_BYTES, 2 * scanner.waiting_bytes)):
        yield from scanner.feed(chunk)
        if scanner.element_bytes > max_bytes:
            raise ElementTooLarge(f"more than {max_bytes} bytes")
    if not scanner.is_done:
        raise NotAnArray("it ends too early")


class _Scanner:
    """Keeps only the beginning of a string that goes on behind what was read."""

    def __init__(self) -> None:
        self._buffer = b""
        self._offset = 0
        self._depth = 0
        self._start = 0
        self.is_done = False

    @property
    def waiting_bytes(self) -> int:
        return len(self._buffer)

    @property
    def element_bytes(self) -> int:
        """How much was read of an element that has not ended."""
        return self._offset + len(self._buffer) - self._start if self._depth > 1 else 0

    def feed(self, chunk: bytes) -> Iterator[Span]:
        buffer = self._buffer + chunk
        done = 0
        for match in _TOKEN.finditer(buffer):
            token = match[0]
            if self._depth < 2:
                self._check_between(buffer[done : match.start()], token)
            if token == _QUOTE:
                break
            done = match.end()
            if token in _BRACKETS and (stop := self._turn(token, self._offset + match.start())):
                yield Span(self._start, stop)
        else:
            if self._depth < 2:
                self._check_gap(buffer[done:])
            done = len(buffer)
        self._offset += done
        self._buffer = buffer[done:]

    def _check_between(self, gap: bytes, token: bytes) -> None:
        self._check_gap(gap)
        if self.is_done or token not in ((b"[",) if self._depth == 0 else (b"{", b"]")):
            raise NotAnArray("its elements are no objects")

    def _check_gap(self, gap: bytes) -> None:
        if gap.removeprefix(_BYTE_ORDER_MARK).strip(_BETWEEN):
            raise NotAnArray("there is something between its elements")

    def _turn(self, bracket: bytes, at: int) -> int:
        """Go in or out; where the element ends if it does, else 0."""
        if bracket in _OPENING:
            if self._depth == 1:
                self._start = at
            self._depth += 1
            return 0
        self._depth -= 1
        self.is_done = self._depth == 0
        return at + 1 if self._depth == 1 else 0
