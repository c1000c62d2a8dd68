"""Text selected inside one message or across several, and what it puts on the clipboard."""

from collections.abc import Callable, Iterator

from msgspec import Struct
from PySide6.QtGui import QTextDocument

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.chat.clipboard import Part, Source
from beatra_desktop.ui.chat.copying import is_only_code, markdown_between

Messages = ReadOnlyRecords[Message]


class Point(Struct, frozen=True):
    """A place in the text of a message."""

    message_id: str
    position: int


class Selection:
    def __init__(self) -> None:
        self.anchor: Point | None = None
        self.head: Point | None = None

    def start(self, point: Point) -> None:
        self.anchor = self.head = point

    def extend(self, point: Point) -> None:
        if self.anchor is not None:
            self.head = point

    def select(self, message_id: str, start: int, end: int) -> None:
        self.anchor, self.head = Point(message_id, start), Point(message_id, end)

    def clear(self) -> None:
        self.anchor = self.head = None

    @property
    def is_empty(self) -> bool:
        return self.anchor == self.head

    def ordered(self, messages: Messages) -> tuple[Point, Point] | None:
        """First and last point; None when nothing is selected or a message is gone."""
        if self.is_empty or self.anchor is None or self.head is None:
            return None
        if self.anchor.message_id not in messages or self.head.message_id not in messages:
            return None
        key = {point: messages.row(point.message_id) for point in (self.anchor, self.head)}
        first, last = sorted(key, key=lambda point: (key[point], point.position))
        return first, last

    def range_in(self, messages: Messages, row: int, length: int) -> tuple[int, int] | None:
        """Which part of the text of `row`, `length` long, is selected."""
        ends = self.ordered(messages)
        if ends is None:
            return None
        first, last = messages.row(ends[0].message_id), messages.row(ends[1].message_id)
        if not first <= row <= last:
            return None
        start = min(ends[0].position, length) if row == first else 0
        end = min(ends[1].position, length) if row == last else length
        return (start, end) if start < end else None

    def parts(
        self, messages: Messages, document: Callable[[Message], QTextDocument]
    ) -> Iterator[tuple[Message, Part]]:
        """Each message touched with its selected text; whole messages give their source."""
        ends = self.ordered(messages)
        if ends is None:
            return
        first, last = messages.row(ends[0].message_id), messages.row(ends[1].message_id)
        for row in range(first, last + 1):
            message = messages[row]
            if first < row < last:
                yield message, whole(message)
                continue
            rendered = document(message)
            length = rendered.characterCount() - 1
            part = self.range_in(messages, row, length)
            if part == (0, length):
                yield message, whole(message)
            elif part is not None:
                yield message, _piece(message, rendered, part)


def whole(message: Message) -> Part:
    """All of a message, as its author wrote it."""
    return Part(message.text, _source(message))


def _piece(message: Message, rendered: QTextDocument, part: tuple[int, int]) -> Part:
    is_code = is_only_code(rendered, *part)
    source = Source.CODE if is_code else _source(message)
    return Part(markdown_between(rendered, *part), source)


def _source(message: Message) -> Source:
    return Source.MARKDOWN if message.role is Role.ASSISTANT else Source.TYPED
