"""markdown-it's tokens to blocks."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.blocks import (
    FIRST_OF_QUOTE,
    ITEM,
    NOTE,
    QUOTE,
    Block,
    Code,
    Formula,
    Place,
    Rule,
    Span,
    Spans,
    Style,
    Table,
    Text,
    table_parts,
)
from beatra_desktop.ui.chat.links import OPENABLE, hidden_target

BULLETS: Final = "•◦▪"
UNCHECKED: Final = "☐"
CHECKED: Final = "☑"

_BARE_LINK: Final = re.compile(r"https?://[^\s<>\"'`]+")
_AFTER_LINK: Final = ".,;:!?)]}*_'"
_TASK: Final = re.compile(r"\[([ xX])\][ \u00a0]")
_MARKS: Final = {"strong_open": Style.BOLD, "em_open": Style.ITALIC, "s_open": Style.STRIKE}
_UNMARKS: Final = {"strong_close": Style.BOLD, "em_close": Style.ITALIC, "s_close": Style.STRIKE}
_LEAVES: Final = {
    "code_inline": Style.CODE,
    "math_inline": Style.MATH,
    "math_inline_double": Style.MATH | Style.DISPLAY,
    "note_mark": Style.NOTE_MARK,
}


class Carry(Struct, frozen=True):
    """What the first block of a text continues: a list's next number, a table's columns."""

    number: int | None = None
    table_widths: tuple[int, ...] | None = None


def flatten(tokens: Sequence[Token], carry: Carry) -> list[Block]:
    return _Flattener(carry).run(tokens)


class _Flattener:
    def __init__(self, carry: Carry) -> None:
        self._carry = carry
        self._blocks: list[Block] = []
        self._nest: list[str] = []
        self._numbers: list[int | None] = []
        self._marker = ""

    def run(self, tokens: Sequence[Token]) -> list[Block]:
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                index = self._table(tokens, index)
            elif (handler := _HANDLERS.get(token.type)) is not None:
                handler(self, token)
            elif token.type == "inline":
                self._text(token, tokens[index - 1])
            index += 1
        self._flush_marker()
        return self._blocks

    def _emit(self, make: Callable[[Place], Block]) -> None:
        self._blocks.append(make(Place("".join(self._nest), self._marker)))
        self._marker = ""
        self._nest = [QUOTE if letter == FIRST_OF_QUOTE else letter for letter in self._nest]

    def _flush_marker(self) -> None:
        if self._marker:
            self._emit(lambda place: Text(place, ()))

    def _text(self, token: Token, opener: Token) -> None:
        if self._marker and self._nest[-1:] == [ITEM]:
            self._take_task_sign(token)
        found = spans(token)
        level = int(opener.tag[1]) if opener.type == "heading_open" else 0
        self._emit(lambda place: Text(place, found, level))

    def _take_task_sign(self, token: Token) -> None:
        match = _TASK.match(token.content)
        first = token.children[0] if token.children else None
        if match is not None and first is not None and first.type == "text":
            self._marker = UNCHECKED if match[1] == " " else CHECKED
            first.content = first.content[match.end() :]

    def _open_list(self, token: Token) -> None:
        self._flush_marker()
        number = None if token.type == "bullet_list_open" else int(token.attrs.get("start", 1))
        if number is not None and self._carry.number is not None and token.level == 0:
            number = self._carry.number
        self._carry = replace(self._carry, number=None)
        self._numbers.append(number)

    def _close_list(self, _token: Token) -> None:
        self._numbers.pop()

    def _open_item(self, token: Token) -> None:
        self._flush_marker()
        number = self._numbers[-1]
        if number is None:
            self._marker = BULLETS[min(len(self._numbers), len(BULLETS)) - 1]
        else:
            self._marker = f"{number}{token.markup}"
            self._numbers[-1] = number + 1
        self._nest.append(ITEM)

    def _open_quote(self, _token: Token) -> None:
        self._flush_marker()
        self._nest.append(FIRST_OF_QUOTE)

    def _open_note(self, token: Token) -> None:
        self._nest.append(NOTE)
        self._marker = token.meta["label"]

    def _close_container(self, _token: Token) -> None:
        self._flush_marker()
        self._nest.pop()

    def _code(self, token: Token) -> None:
        language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
        text = token.content.removesuffix("\n")
        self._emit(lambda place: Code(place, language, text))

    def _formula(self, token: Token) -> None:
        self._flush_marker()
        self._emit(lambda place: Formula(place, token.content))

    def _math_source(self, token: Token) -> None:
        lines = token.content.replace("\n", "\u2028")
        self._emit(lambda place: Text(place, (Span(lines),)))

    def _rule(self, _token: Token) -> None:
        self._flush_marker()
        self._emit(Rule)

    def _table(self, tokens: Sequence[Token], start: int) -> int:
        self._flush_marker()
        end = next(i for i in range(start, len(tokens)) if tokens[i].type == "table_close")
        table = _read_table(tokens[start:end], Place("".join(self._nest)))
        widths = self._carry.table_widths if start == 0 else None
        if widths is not None:
            table = replace(table, is_first=False)
        self._blocks += table_parts(table, widths=widths or ())
        self._nest = [QUOTE if letter == FIRST_OF_QUOTE else letter for letter in self._nest]
        return end


_HANDLERS: Final[dict[str, Callable[[_Flattener, Token], None]]] = {
    "bullet_list_open": _Flattener._open_list,
    "ordered_list_open": _Flattener._open_list,
    "bullet_list_close": _Flattener._close_list,
    "ordered_list_close": _Flattener._close_list,
    "list_item_open": _Flattener._open_item,
    "list_item_close": _Flattener._close_container,
    "blockquote_open": _Flattener._open_quote,
    "blockquote_close": _Flattener._close_container,
    "footnote_reference_open": _Flattener._open_note,
    "footnote_reference_close": _Flattener._close_container,
    "fence": _Flattener._code,
    "code_block": _Flattener._code,
    "math_block": _Flattener._formula,
    "math_source": _Flattener._math_source,
    "hr": _Flattener._rule,
}


def _read_table(tokens: Sequence[Token], place: Place) -> Table:
    rows: list[list[Spans]] = []
    alignments: list[str] = []
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(spans(token))
            if len(rows) == 1:
                style = str(tokens[index - 1].attrs.get("style", ""))
                alignments.append(style.removeprefix("text-align:"))
    body = tuple(tuple(row) for row in rows[1:])
    return Table(place, tuple(rows[0]), body, tuple(alignments))


def spans(inline: Token) -> Spans:
    """The runs of text of one inline token; neighbours of the same style are one run."""
    reader = _SpanReader()
    for token in inline.children or ():
        reader.take(token)
    return tuple(reader.spans)


class _SpanReader:
    def __init__(self) -> None:
        self.spans: list[Span] = []
        self._style = Style.PLAIN
        self._href = ""
        self._shown = ""

    def take(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._take_text(token.content)
        elif kind in ("softbreak", "hardbreak"):
            self._push("\u2028", self._style)
        elif kind in _LEAVES:
            self._push(token.content, self._style | _LEAVES[kind])
        elif kind == "image":
            self._take_image(token)
        elif kind in _MARKS:
            self._style |= _MARKS[kind]
        elif kind in _UNMARKS:
            self._style &= ~_UNMARKS[kind]
        else:
            self._take_link(token)

    def _take_link(self, token: Token) -> None:
        if token.type == "link_open":
            self._href = str(token.attrs.get("href", ""))
            self._shown = ""
        elif token.type == "link_close":
            target, self._href = self._href, ""
            self._tell_target(self._shown, target)

    def _tell_target(self, shown: str, target: str) -> None:
        """Say in words where a link leads when its text does not, or misleads."""
        note = hidden_target(shown, target) if target.startswith(OPENABLE) else target
        if note:
            self._push(f" ({note})", self._style)

    def _take_image(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        outer, self._href = self._href, source
        self._push(token.content or source, self._style | Style.IMAGE)
        self._href = outer
        if not outer and source.startswith(OPENABLE):
            self._tell_target(token.content, source)

    def _take_text(self, text: str) -> None:
        if self._href or "://" not in text:
            self._push(text, self._style)
            return
        shown = 0
        for match in _BARE_LINK.finditer(text):
            url = match[0].rstrip(_AFTER_LINK)
            self._push(text[shown : match.start()], self._style)
            self._href = url
            self._push(url, self._style)
            self._href = ""
            self._tell_target(url, url)
            shown = match.start() + len(url)
        self._push(text[shown:], self._style)

    def _push(self, text: str, style: Style) -> None:
        if not text:
            return
        self._shown += text
        href = self._href if self._href.startswith(OPENABLE) else ""
        last = self.spans[-1] if self.spans else None
        if last is not None and (last.style, last.href) == (style, href) and style < Style.CODE:
            self.spans[-1] = Span(last.text + text, style, href)
        else:
            self.spans.append(Span(text, style, href))
