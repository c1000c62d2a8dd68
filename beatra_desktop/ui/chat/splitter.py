"""Splits Markdown that is still arriving into blocks that are closed and the part that is open.

A block is closed once the next one has begun on a complete line: CommonMark reads line by line
and never reopens a block. What can grow long is closed in parts: the items of a list, the lines
of a fenced code block, the rows of a table and paragraphs of more than `LONG_PART` characters.
The work per character is bounded by the length of the open part, not by the length of the text.
"""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.blocks import (
    TABLE_ROWS,
    TOP,
    Block,
    Code,
    Span,
    Spans,
    Table,
    Text,
    joined,
)
from beatra_desktop.ui.chat.fence import Fence
from beatra_desktop.ui.chat.flatten import Carry, flatten
from beatra_desktop.ui.chat.long_text import (
    LONG_BLOCK,
    LONG_LINE,
    LONG_PART,
    first_line,
    long_paragraph,
)
from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.plain_lines import Part, read_plain
from beatra_desktop.ui.chat.shown_part import ROWS, ShownPart

_HALF_MARKER: Final = re.compile(r"\s*(?:[-=*+#>`~_$\\\[]+|\d{1,9}[.)]?|[-*+]\s\[[ xX]?|\|.*)\s*\Z")

_ONE_LINE: Final = re.compile(r"[^\s`~][^\n]*\s*\Z")
"""A line that cannot open a fence, and blank ones."""
_LONG_PARAGRAPH: Final = 600
_READ_AGAIN: Final = 1_000
"""Characters from which on what stays open is only read again when a quarter has been added."""
_BLANK: Final = " \t\n"
_SENTENCE_END: Final = re.compile(r"[^\W\d_]{2}[.,] (?=[^\W\d_]{2})")
_SIGN: Final = re.compile(r"[*_~`\[\]<>$\\!&|:]")


class Splitter:
    """Feed text, get closed blocks; `tail()` shows the open part; `finish()` closes it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._tail = ""
        self._held = ""
        self._fence: Fence | None = None
        self._carry = Carry()
        self._table_head = ""
        self._shown = ShownPart()
        self._open_source = ""
        self._read_again_from = 0
        self._looked_above = 0
        self._settled: Spans = ()
        self._settled_to = 0

    def feed(self, delta: str) -> list[Block]:
        """Take more text; returns the blocks it closed."""
        text = self._normalised(delta)
        self._tail += text
        closed: list[Block] = []
        while (match := LONG_LINE.search(self._tail)) is not None:
            closed += self._cut_line(match.start())
        while "\n" in text and (step := self._step()) is not None:
            closed += step
        return closed + self._close_above()

    def _close_above(self) -> list[Block]:
        """Close what a paragraph has begun under, so that it is not read again with each word."""
        start = self._tail.rfind("\n") + 1
        if self._fence is not None or start <= self._looked_above or not self._tail[start:].strip():
            return []
        if not (self._tail[start].isalpha() and self._tail.endswith("\n\n", 0, start)):
            return []
        self._looked_above = start
        if (parts := self._read_plain(self._tail)) is not None:
            return self._close_plain(parts)
        tokens = self._reader.tokens(self._table_head + self._tail)
        last = max(i for i, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0)
        return self._close_before(tokens, last) if last else []

    def _cut_line(self, start: int) -> list[Block]:
        """Close the beginning of a line that is too long to be read again with all that comes."""
        line, self._tail = self._tail[start:], self._tail[:start]
        closed = self._close_complete()
        if self._fence is not None:
            return [*closed, self._cut_code(self._fence, line)]
        closed += self._close_all()
        ends = [match.end() for match in _SENTENCE_END.finditer(line, 0, LONG_PART)]
        cut = ends[-1] if ends else line.rfind(" ", 0, LONG_PART) + 1 or LONG_PART
        self._tail = line[:cut]
        closed += self._close_all()
        self._tail = line[cut:]
        return closed

    def _cut_code(self, fence: Fence, line: str) -> Code:
        lines = [*self._tail.split("\n")[:-1], line[:LONG_PART]]
        self._tail = line[LONG_PART:]
        self._fence = replace(fence, is_started=True)
        self._forget_shown()
        return fence.code(lines, is_last=False, is_cut=True)

    def _close_complete(self) -> list[Block]:
        """Close all that the complete lines allow, also what waited to be looked at again."""
        self._read_again_from = 0
        closed: list[Block] = []
        while (step := self._step()) is not None:
            closed += step
        return closed

    def _close_all(self) -> list[Block]:
        closed = self._flat(self._reader.tokens(self._table_head + self._tail))
        self._tail = self._table_head = ""
        self._carry = Carry()
        self._forget_shown()
        return closed

    def tail(self) -> list[Block]:
        """The open part as it can be shown; a line that is only a sign so far waits."""
        complete, _, partial = self._tail.rpartition("\n")
        if self._fence is not None:
            hides = self._fence.markup.startswith(partial.strip()[:3]) and partial.strip() != ""
            return self._open_code(self._lines(self._tail if not hides else complete + "\n"))
        text = complete + "\n" if complete else ""
        if not _HALF_MARKER.match(partial):
            text = self._tail
        shown = self._grown(text)
        if shown is None:
            shown = self._read_tail() if text == self._tail else self._read(text)
        self._shown = ShownPart(text, shown)
        return shown

    def _read(self, text: str) -> list[Block]:
        parts = self._read_plain(text)
        if parts is not None:
            return [block for _, block in parts]
        return self._flat(self._reader.preview(self._table_head + text))

    def _read_plain(self, text: str) -> list[Part] | None:
        return None if self._table_head else read_plain(text)

    def _read_tail(self) -> list[Block]:
        """Read the tail, of a very long paragraph only what follows its settled sentences."""
        if self._settled_to:
            blocks = self._flat(self._reader.preview(self._tail[self._settled_to :]))
            first = blocks[0] if blocks else None
            if isinstance(first, Text) and (first.place, first.level) == (TOP, 0):
                whole = [replace(first, spans=joined(self._settled, first.spans)), *blocks[1:]]
                self._settle_sentences(whole)
                return whole
        blocks = self._read(self._tail)
        self._settle_sentences(blocks)
        return blocks

    def _settle_sentences(self, blocks: Sequence[Block]) -> None:
        """Settle sentences of a long paragraph in which no sign is left that waits for its pair."""
        rest = self._tail[self._settled_to :]
        if len(blocks) != 1 or len(rest) < _LONG_PARAGRAPH or self._table_head:
            return
        cuts = [match.end() for match in _SENTENCE_END.finditer(rest, 0, len(rest) - 100)]
        part = self._flat(self._reader.preview(rest[: cuts[-1]])) if cuts else []
        first = part[0] if len(part) == 1 else None
        if not isinstance(first, Text) or (first.place, first.level) != (TOP, 0):
            return
        if not any(_SIGN.search(span.text) for span in first.spans if not span.style):
            # reading a part takes away the space that the next sentence follows
            self._settled = joined(joined(self._settled, first.spans), (Span(" "),))
            self._settled_to += cuts[-1]

    def _grown(self, text: str) -> list[Block] | None:
        """What was shown last with what needs no reading again to be added; else None."""
        table = self._shown.blocks[-1] if self._shown.blocks else None
        if isinstance(table, Table) and self._shown.has_only_rows_more(text):
            return [self._with_rows(table, text[len(self._shown.source) :])]
        return self._shown.with_words(text)

    def _with_rows(self, table: Table, rows: str) -> Table:
        head = self._table_head or "\n".join(self._tail.lstrip("\n").split("\n", 2)[:2]) + "\n"
        (more,) = self._flat(self._reader.preview(head + rows)) if rows else (table,)
        assert isinstance(more, Table), "a table's head with rows is a table"
        return replace(table, rows=table.rows + more.rows) if rows else table

    def finish(self) -> list[Block]:
        """Close what is open: no more text will come."""
        self._tail += self._held.replace("\r", "\n")
        self._held = ""
        closed = self._close_complete()
        if self._fence is not None:
            return closed + self._rest_of_fence(self._fence)
        return closed + self._flat(self._reader.tokens(self._table_head + self._tail))

    def _normalised(self, delta: str) -> str:
        text = self._held + delta
        self._held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r") if self._held else text
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")

    def _rest_of_fence(self, fence: Fence) -> list[Block]:
        if fence.closes(self._tail.rpartition("\n")[2]):
            self._tail += "\n"
            return self._step_in_fence(fence, len(self._tail)) or []
        return self._open_code(self._lines(self._tail))

    @staticmethod
    def _lines(text: str) -> list[str]:
        return text.removesuffix("\n").split("\n")

    def _open_code(self, lines: Sequence[str]) -> list[Block]:
        assert self._fence is not None
        return [self._fence.code(lines, is_last=True)]

    def _flat(self, tokens: Sequence[Token]) -> list[Block]:
        return flatten(tokens, self._carry)

    def _step(self) -> list[Block] | None:
        """Close what the complete lines of the tail allow; None when they allow nothing."""
        end = self._tail.rfind("\n") + 1
        if end == 0:
            return None
        if self._fence is not None:
            return self._step_in_fence(self._fence, end)
        if end < self._read_again_from or self._is_known_open(self._tail[:end]):
            return None
        if not self._table_head and not self._tail[:end].strip(_BLANK):
            return self._drop_complete(end)
        return self._close_some(end)

    def _close_plain(self, parts: Sequence[Part]) -> list[Block]:
        """Close all but the last of the blocks there are in plain lines."""
        if len(parts) < 2:
            return []
        self._carry = Carry()
        self._drop_lines(parts[-1][0])
        return [block for _, block in parts[:-1]]

    def _close_some(self, end: int) -> list[Block] | None:
        if (parts := self._read_plain(self._tail[:end])) is not None:
            above = self._close_plain(parts)
            if not above:
                self._stays_open(end)
            return above or None
        tokens = self._reader.tokens(self._table_head + self._tail[:end])
        starts = [i for i, token in enumerate(tokens) if token.level == 0 and token.nesting >= 0]
        source = self._table_head + self._tail
        if end > LONG_PART and (index := long_paragraph(source, tokens)) is not None:
            is_first = index == starts[0]
            return self._close_lines(tokens[0]) if is_first else self._close_before(tokens, index)
        if len(starts) > 1:
            return self._close_before(tokens, starts[-1])
        closed = self._close_part(tokens, end) if starts else None
        if closed is None and end > LONG_BLOCK:
            closed = self._close_inside()
        if closed is None:
            self._stays_open(end)
        return closed

    def _stays_open(self, end: int) -> None:
        """What is long is only read again when it has become longer by a part of itself."""
        self._open_source = self._tail[:end]
        self._read_again_from = end + end // 4 if end > _READ_AGAIN else 0

    def _close_inside(self) -> list[Block] | None:
        """Close the beginning of a quote or the like; code stays whole, so that its end is seen."""
        end = self._tail.rfind("\n", 0, LONG_BLOCK) + 1
        tokens = self._reader.tokens(self._table_head + self._tail[:end])
        last = next((token for token in reversed(tokens) if token.map is not None), None)
        if last is not None and last.type == "fence":
            return None
        closed = self._flat(tokens)
        self._carry, self._table_head = Carry(), ""
        return closed + self._drop_complete(end)

    def _drop_complete(self, end: int) -> list[Block]:
        self._tail = self._tail[end:]
        self._forget_shown()
        return []

    def _is_known_open(self, lines: str) -> bool:
        """Whether nothing in these complete lines can be closed, without reading them."""
        known = self._open_source
        if not self._table_head and (_ONE_LINE.match(lines) or _are_few_rows(lines)):
            return True
        is_blank_added = known != "" and lines.startswith(known) and not lines[len(known) :].strip()
        is_short = len(lines) <= LONG_BLOCK
        return (is_short and is_blank_added) or self._shown.has_only_rows_more(lines)

    def _close_before(self, tokens: Sequence[Token], index: int) -> list[Block]:
        closed = self._flat(tokens[:index])
        self._drop_lines(first_line(tokens[index]))
        self._carry, self._table_head = Carry(), ""
        return closed

    def _drop_lines(self, count: int) -> None:
        position = 0
        for _ in range(count - self._table_head.count("\n")):
            position = self._tail.index("\n", position) + 1
        self._tail = self._tail[position:]
        self._forget_shown()

    def _forget_shown(self) -> None:
        self._shown, self._open_source = ShownPart(), ""
        self._read_again_from = self._looked_above = 0
        self._settled, self._settled_to = (), 0

    def _close_part(self, tokens: Sequence[Token], end: int) -> list[Block] | None:
        kind = tokens[0].type
        if kind == "fence":
            return self._enter_fence(tokens, end)
        if kind in ("bullet_list_open", "ordered_list_open"):
            return self._close_items(tokens)
        if kind == "table_open":
            return self._close_rows(tokens)
        return None

    def _close_lines(self, token: Token) -> list[Block]:
        """Close the first lines of a paragraph that is too long to be read again and again."""
        lines, start = self._tail.split("\n"), first_line(token) - self._table_head.count("\n")
        count, length = start, len(lines[start]) + 1
        while length <= LONG_PART:
            count += 1
            length += len(lines[count]) + 1
        part = "\n".join(lines[: max(count, start + 1)])
        self._carry, self._table_head = Carry(), ""
        self._drop_lines(max(count, start + 1))
        return self._flat(self._reader.tokens(part))

    def _close_items(self, tokens: Sequence[Token]) -> list[Block] | None:
        items = [
            index
            for index, token in enumerate(tokens)
            if token.level == 1 and token.type == "list_item_open"
        ]
        if len(items) < 2:
            return None
        closed = self._flat(tokens[: items[-1]])
        self._drop_lines(first_line(tokens[items[-1]]))
        if tokens[0].type == "ordered_list_open":
            first = self._carry.number
            first = int(tokens[0].attrs.get("start", 1)) if first is None else first
            self._carry = Carry(number=first + len(items) - 1)
        return closed

    def _close_rows(self, tokens: Sequence[Token]) -> list[Block] | None:
        parts = self._flat(tokens)
        if len(parts) < 2:
            return None
        start = first_line(tokens[0])
        lines = (self._table_head + self._tail).split("\n")
        self._drop_lines(start + 2 + TABLE_ROWS * (len(parts) - 1))
        self._table_head = "\n".join(lines[start : start + 2]) + "\n"
        last = parts[-1]
        self._carry = Carry(table_widths=last.widths if isinstance(last, Table) else ())
        return parts[:-1]

    def _enter_fence(self, tokens: Sequence[Token], end: int) -> list[Block] | None:
        token = tokens[0]
        start, stop = token.map or (0, 0)
        lines = self._tail[:end].split("\n")
        info = token.info.split(maxsplit=1)
        fence = Fence(token.markup, info[0] if info else "")
        if stop - start >= 2 and fence.closes(lines[stop - 1]):
            closed = self._flat(tokens)
            self._drop_lines(stop)
            return closed
        if lines[start].startswith(" "):
            return None
        self._drop_lines(start + 1)
        self._fence = fence
        return []

    def _step_in_fence(self, fence: Fence, end: int) -> list[Block] | None:
        lines = self._tail[:end].split("\n")[:-1]
        for index, line in enumerate(lines):
            if fence.closes(line):
                self._fence = None
                self._drop_lines(index + 1)
                return [fence.code(lines[:index], is_last=True)]
        if len(lines) < 2:
            return None
        # the last line stays open: whichever line turns out to be the last one is drawn differently
        self._drop_lines(len(lines) - 1)
        self._fence = replace(fence, is_started=True)
        return [fence.code(lines[:-1], is_last=False)]


def _are_few_rows(lines: str) -> bool:
    return lines.count("\n") <= TABLE_ROWS and ROWS.fullmatch(lines) is not None
