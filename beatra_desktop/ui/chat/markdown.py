"""Markdown to blocks: CommonMark with tables, strikethrough, task lists, footnotes and formulas.

The parser is that of `services/markdown.py`, which exports use too.
"""

from collections.abc import Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct, field

from beatra_desktop.services.markdown import make_parser
from beatra_desktop.ui.chat.blocks import Block, Code, Place, Span, Text
from beatra_desktop.ui.chat.flatten import Carry, flatten
from beatra_desktop.ui.chat.links import OPENABLE

Environment = dict[str, Any]

_parsers: Final[dict[str, MarkdownIt]] = {}


def _shared_parser() -> MarkdownIt:
    if "answer" not in _parsers:
        _parsers["answer"] = make_parser()
    return _parsers["answer"]


def _fence_finder() -> MarkdownIt:
    if "prompt" not in _parsers:
        _parsers["prompt"] = MarkdownIt("zero").enable(["fence"])
    return _parsers["prompt"]


class Reader(Struct):
    """Reads Markdown. `environment` keeps link definitions for the texts that follow."""

    environment: Environment = field(default_factory=dict)
    _parser: MarkdownIt = field(default_factory=_shared_parser)

    def tokens(self, text: str) -> list[Token]:
        return self._parser.parse(text, self.environment)

    def preview(self, text: str) -> list[Token]:
        """Tokens of text that will be read again, so that its definitions are not kept."""
        references = dict(self.environment.get("references", {}))
        return self._parser.parse(text, {"references": references})

    def blocks(self, text: str) -> list[Block]:
        return flatten(self.tokens(text), Carry())

    def html(self, text: str) -> str:
        """The text as HTML for the clipboard; formulas show their source, pictures their words.

        Where it is pasted nothing is fetched, and no link leads but to the web and to mail.
        """
        tokens = self._parser.parse(text, {})
        for token in tokens:
            for child in token.children or ():
                _disarm(child)
        return str(self._parser.renderer.render(tokens, self._parser.options, {}))

    @property
    def has_definitions(self) -> bool:
        return bool(self.environment.get("references"))


def _disarm(token: Token) -> None:
    if token.type == "image":
        token.type, token.content = "text", token.content or str(token.attrs.get("src", ""))
    elif token.type == "link_open" and not str(token.attrs["href"]).startswith(OPENABLE):
        del token.attrs["href"]


def verbatim_blocks(text: str) -> list[Block]:
    """What a person typed: every line as it is, fenced code as code."""
    lines = text.split("\n")
    blocks: list[Block] = []
    shown = 0
    for token in _fence_finder().parse(text):
        if token.type == "fence" and token.map is not None:
            blocks += _verbatim_lines(lines[shown : token.map[0]])
            blocks.append(Code(Place(), token.info.strip(), token.content.removesuffix("\n")))
            shown = token.map[1]
    return [*blocks, *_verbatim_lines(lines[shown:])] or [Text(Place(), ())]


def _verbatim_lines(lines: Sequence[str]) -> list[Block]:
    text = "\n".join(lines).strip("\n")
    return [Text(Place(), (Span(text.replace("\n", "\u2028")),))] if text.strip() else []
