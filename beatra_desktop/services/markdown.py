"""How Markdown is read: CommonMark with tables, strikethrough, footnotes and formulas.

One parser for what is shown and for what is exported, so that both read an answer alike. HTML is
text here, never markup, but for the line break that a table's cell has no other sign for. Every
rule decides line by line, without looking past the lines it takes, so that a block may be closed
as soon as the next one has begun.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote.index import footnote_def

MAX_DEPTH: Final = 24
_PARSER_NESTING: Final = (
    64  # above MAX_DEPTH: markdown-it drops what lies deeper, our rule does not
)
_NOTE_MARK: Final = re.compile(r"\[\^([^\]\s]{1,64})\]")
_CLOSERS: Final = {"$$": "$$", "\\[": "\\]"}
_BRACKET_MATH: Final = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]")
_LINE_BREAK: Final = re.compile(r"<br\s*/?>[ \t]*\n?[ \t]*", re.IGNORECASE)


def make_parser() -> MarkdownIt:
    """A parser for answers; what a person typed is shown as it is."""
    options = {"html": False, "breaks": True, "maxNesting": _PARSER_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    dollarmath_plugin(parser, allow_space=False, allow_digits=False, double_inline=True)
    parser.disable("math_block")
    parser.block.ruler.before(
        "fence",
        "display_math",
        _display_math,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    parser.block.ruler.before("table", "depth_guard", _depth_guard)
    parser.block.ruler.before(
        "reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]}
    )
    parser.inline.ruler.before("escape", "bracket_math", _bracket_math)
    parser.inline.ruler.before("link", "note_mark", _note_mark)
    parser.inline.ruler.before("autolink", "line_break", _line_break)
    parser.add_render_rule("math_source", _render_math_source)
    parser.add_render_rule("note_mark", _render_note_mark)
    return parser


def _depth_guard(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Show what is nested too deeply as a plain paragraph."""
    if silent or state.level < MAX_DEPTH:
        return False
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    _push_paragraph(state, state.getLines(start, line, state.blkIndent, False).strip(), start)
    return True


def _push_paragraph(state: StateBlock, content: str, start: int) -> None:
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, state.line], []
    state.push("paragraph_close", "p", -1)


def _display_math(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`$$ … $$` or `\\[ … \\]` up to the closing sign, a blank line or the end of the text.

    Unclosed it is still taken, as source: otherwise lines inside it would be read as lists and
    closed before the closing sign arrives.
    """
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    closer = _CLOSERS.get(first[:2])
    if closer is None or (closer in first[2:] and not first.endswith(closer)):
        return False
    if silent:
        return True
    line = _math_end(state, start, end, closer)
    source = state.getLines(start, line, state.blkIndent, False).strip()
    is_closed = len(source) >= 4 and source.endswith(closer)
    token = state.push("math_block" if is_closed else "math_source", "div", 0)
    token.content = source[2:-2].strip() if is_closed else source
    token.map = [start, line]
    state.line = line
    return True


def _math_end(state: StateBlock, start: int, end: int, closer: str) -> int:
    line = start
    while line < end and not state.isEmpty(line):
        if line > start and state.sCount[line] < state.blkIndent:
            break
        text = state.src[state.bMarks[line] : state.eMarks[line]].rstrip()
        line += 1
        if text.endswith(closer) and (line > start + 1 or len(text.strip()) >= 4):
            break
    return line


def _bracket_math(state: StateInline, silent: bool) -> bool:
    """Inline `\\( … \\)` and `\\[ … \\]`."""
    match = _stands_here(_BRACKET_MATH, state)
    if match is not None and not silent:
        name = "math_inline" if match[1] is not None else "math_inline_double"
        state.push(name, "math", 0).content = match[1] or match[2]
    return _taken(match, state)


def _note_mark(state: StateInline, silent: bool) -> bool:
    match = _stands_here(_NOTE_MARK, state)
    if match is not None and not silent:
        state.push("note_mark", "sup", 0).content = match[1]
    return _taken(match, state)


def _line_break(state: StateInline, silent: bool) -> bool:
    """`<br>` and the end of the line it may stand at, as one break."""
    match = _stands_here(_LINE_BREAK, state)
    if match is not None and not silent:
        state.push("hardbreak", "br", 0)
    return _taken(match, state)


def _stands_here(sign: re.Pattern[str], state: StateInline) -> re.Match[str] | None:
    return sign.match(state.src, state.pos, state.posMax)


def _taken(match: re.Match[str] | None, state: StateInline) -> bool:
    """Go on behind what was found; whether anything was."""
    if match is not None:
        state.pos = match.end()
    return match is not None


def _render_math_source(_self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return f"<p>{escape(tokens[index].content, quote=False)}</p>\n"


def _render_note_mark(_self: object, tokens: Sequence[Token], index: int, *_: object) -> str:
    return f"<sup>{escape(tokens[index].content, quote=False)}</sup>"
