"""Finding text in a conversation, message by message."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtGui import QTextDocument

from beatra_desktop.domain.chat import Message

Span = tuple[int, int]


class Finder:
    """Steps through the matches of a text.

    Messages are searched by their source, which is quick; the matches shown and stepped through
    are those in the rendered text, so `total` becomes exact as messages are looked at.
    `spans_in(row)` renders a message and gives its matches.
    """

    def __init__(self, spans_in: Callable[[int, str], Sequence[Span]]) -> None:
        self._spans_in = spans_in
        self._counts: dict[int, int] = {}
        self.text = ""
        self.row: int | None = None
        self.index = 0

    def search(self, messages: Iterable[Message], text: str) -> None:
        """Look for `text`, whatever its case; an empty text finds nothing."""
        self.text = text
        self.row, self.index = None, 0
        wanted = text.casefold()
        counts = (
            (row, message.text.casefold().count(wanted)) for row, message in enumerate(messages)
        )
        self._counts = {row: count for row, count in counts if count} if wanted else {}

    def spans(self, row: int) -> Sequence[Span]:
        if not self.text:
            return ()
        found = self._spans_in(row, self.text)
        if found or row in self._counts:
            self._counts[row] = len(found)
        return found

    @property
    def total(self) -> int:
        return sum(self._counts.values())

    @property
    def number(self) -> int:
        """Which match is the current one, from 1; 0 when there is none."""
        if self.row is None:
            return 0
        before = sum(count for row, count in self._counts.items() if row < (self.row or 0))
        return before + self.index + 1

    @property
    def current(self) -> Span | None:
        if self.row is None:
            return None
        spans = self.spans(self.row)
        return spans[self.index] if self.index < len(spans) else None

    def step_forward(self, start_row: int) -> bool:
        """Go to the next match, the first from `start_row` on at the beginning; wraps around."""
        if self.row is not None and self.index + 1 < len(self.spans(self.row)):
            self.index += 1
            return True
        rows = sorted(self._counts)
        after = start_row - 1 if self.row is None else self.row
        return self._enter(
            [row for row in rows if row > after] + [row for row in rows if row <= after], last=False
        )

    def step_back(self, start_row: int) -> bool:
        if self.row is not None and self.index > 0:
            self.index -= 1
            return True
        rows = sorted(self._counts, reverse=True)
        before = start_row + 1 if self.row is None else self.row
        return self._enter(
            [row for row in rows if row < before] + [row for row in rows if row >= before],
            last=True,
        )

    def _enter(self, rows: Sequence[int], *, last: bool) -> bool:
        for row in rows:
            spans = self.spans(row)
            if spans:
                self.row, self.index = row, len(spans) - 1 if last else 0
                return True
        return False


def matches(document: QTextDocument, text: str) -> list[Span]:
    """Every place of `text` in the document, whatever its case."""
    found: list[Span] = []
    cursor = document.find(text, 0)
    while not cursor.isNull():
        found.append((cursor.selectionStart(), cursor.selectionEnd()))
        cursor = document.find(text, cursor)
    return found
