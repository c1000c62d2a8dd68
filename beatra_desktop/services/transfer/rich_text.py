"""Messages as HTML that nobody need trust: no markup of theirs, no pictures, only safe links."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from beatra_desktop.services.highlight import CodeKey, LineRanges, Range, highlight
from beatra_desktop.services.markdown import make_parser

LINK_SCHEMES: Final = ("http://", "https://", "mailto:")
LINK_RELATION: Final = "noopener noreferrer"
_UNIT_BYTES: Final = 2
"""Ranges count as UTF-16 does."""


@dataclass(slots=True)
class RichText:
    """`picture` is what stands for a picture, with `{text}` for its description."""

    picture: str
    _parser: MarkdownIt = field(init=False)
    _fences: MarkdownIt = field(init=False)

    def __post_init__(self) -> None:
        self._parser = make_parser()
        self._fences = MarkdownIt("zero").enable(["fence"])
        rules: dict[str, Any] = {
            "fence": _fence, "code_block": _fence, "link_open": _link_open,
            "image": self._image, "th_open": _cell_open, "td_open": _cell_open,
            "math_inline": _formula, "math_inline_double": _formula, "math_block": _formula_block,
            "math_source": _formula_block, "note_mark": _note_mark,
            "footnote_reference_open": _note_open, "footnote_reference_close": _note_close,
        }  # fmt: skip
        renderer = self._parser.renderer
        assert isinstance(renderer, RendererHTML), "the parser's own"
        renderer.rules.update(rules)

    def answer(self, text: str) -> str:
        """What a model wrote, read as Markdown."""
        return str(self._parser.render(text, {}))

    def typed(self, text: str) -> str:
        """What a person typed: every line as it is, fenced code as code."""
        lines = text.split("\n")
        parts: list[str] = []
        shown = 0
        for token in self._fences.parse(text):
            if token.type == "fence" and token.map is not None:
                parts += _lines(lines[shown : token.map[0]])
                parts.append(_code(token.content, token.info))
                shown = token.map[1]
        return "".join((*parts, *_lines(lines[shown:])))

    def _image(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        token = tokens[index]
        label = escape(self.picture.format(text=token.content or "…"))
        source = str(token.attrs.get("src", ""))
        return f"{_anchor(source)}{label}</a>" if _is_safe(source) else label


def _lines(lines: Sequence[str]) -> list[str]:
    text = "\n".join(lines).strip("\n")
    return [f'<p class="typed">{escape(text)}</p>\n'] if text.strip() else []


def _link_open(tokens: Sequence[Token], index: int, *_: Any) -> str:
    target = str(tokens[index].attrs.get("href", ""))
    return _anchor(target) if _is_safe(target) else "<a>"


def _is_safe(target: str) -> bool:
    return target.lower().startswith(LINK_SCHEMES)


def _anchor(target: str) -> str:
    return f'<a href="{escape(target)}" rel="{LINK_RELATION}">'


def _cell_open(tokens: Sequence[Token], index: int, *_: Any) -> str:
    """The alignment is an attribute: the page allows no styles on single elements."""
    style = str(tokens[index].attrs.get("style", ""))
    side = style.removeprefix("text-align:")
    align = f' align="{side}"' if side in ("left", "center", "right") else ""
    return f"<{tokens[index].tag}{align}>"


def _formula(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<code class="math">{escape(tokens[index].content)}</code>'


def _formula_block(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<pre class="math">{escape(tokens[index].content.strip())}</pre>\n'


def _note_mark(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f"<sup>{escape(tokens[index].content)}</sup>"


def _note_open(tokens: Sequence[Token], index: int, *_: Any) -> str:
    label = escape(str(tokens[index].meta.get("label", "")))
    return f'<div class="footnote"><sup>{label}</sup>\n'


def _note_close(*_: Any) -> str:
    return "</div>\n"


def _fence(tokens: Sequence[Token], index: int, *_: Any) -> str:
    return _code(tokens[index].content, tokens[index].info)


def _code(text: str, info: str) -> str:
    lines = text.removesuffix("\n").split("\n")
    language = info.split(maxsplit=1)[0] if info.strip() else ""
    ranges = _ranges(CodeKey(language, "\n".join(lines)))
    coloured = "\n".join(
        _coloured(line, ranges[row] if row < len(ranges) else ()) for row, line in enumerate(lines)
    )
    return f'<pre class="code">{coloured}</pre>\n'


def _ranges(key: CodeKey) -> LineRanges:
    from pygments.util import ClassNotFound  # with its lexers: only when code appears

    try:
        return highlight(key) if key.language else ()
    except ClassNotFound:
        return ()


def _coloured(line: str, ranges: Sequence[Range]) -> str:
    units = line.encode("utf-16-le", "surrogatepass")

    def piece(start: int, stop: int) -> str:
        part = units[start * _UNIT_BYTES : stop * _UNIT_BYTES]
        return escape(part.decode("utf-16-le", "replace"))

    parts: list[str] = []
    done = 0
    for each in ranges:
        end = each.start + each.length
        parts.append(piece(done, each.start))
        parts.append(f'<span class="{each.kind}">{piece(each.start, end)}</span>')
        done = end
    return "".join((*parts, piece(done, len(units))))
