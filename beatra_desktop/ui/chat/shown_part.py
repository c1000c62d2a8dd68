"""The open part of an answer as it was shown last; words and rows are added without reading."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.blocks import TABLE_ROWS, TOP, Block, Span, Table, Text

ROWS: Final = re.compile(r"(?: {0,3}\|[^\n]*\n)*")
_PLAIN_WORDS: Final = re.compile(r"(?:[^\W_]|[ ,.?'-])*\n*")
_STABLE_END: Final = re.compile(r"[^\W\d_][,.?]? ?\Z")


class ShownPart(Struct, frozen=True):
    """The blocks that were read from `source`."""

    source: str = ""
    blocks: Sequence[Block] = ()

    def has_only_rows_more(self, text: str) -> bool:
        """Whether `text` goes on from what was shown, a table, with rows of the same part."""
        source = self.source
        table = self.blocks[0] if len(self.blocks) == 1 else None
        if not isinstance(table, Table) or table.place != TOP:
            return False
        if source[-1:] != "\n" or not text.startswith(source):
            return False
        rows = ROWS.fullmatch(text, len(source))
        return rows is not None and len(table.rows) + text.count("\n", len(source)) <= TABLE_ROWS

    def with_words(self, text: str) -> list[Block] | None:
        """The blocks of `text`, if it only adds words to plain text; else None.

        They have to follow a letter, beside which no sign stands that may come to mean something
        else.
        """
        source, last = self.source, self.blocks[-1] if self.blocks else None
        if not isinstance(last, Text) or not last.spans or not text.startswith(source):
            return None
        added, span = text[len(source) :], last.spans[-1]
        is_plain = _PLAIN_WORDS.fullmatch(added) and _STABLE_END.search(source)
        bare = source.rstrip(" ")
        if not is_plain or span.style or span.href or "]:" in text or span.text[-1] != bare[-1]:
            return None
        if len(last.spans) > 1 and last.spans[-2].href and " " not in span.text:
            return None  # a bare link can go on behind a full stop
        longer = Span(span.text + (source[len(bare) :] + added).rstrip(" \n"))
        return [*self.blocks[:-1], replace(last, spans=(*last.spans[:-1], longer))]
