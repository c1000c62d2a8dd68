"""What a copy puts on the clipboard: Markdown, rich text or plain text."""

from collections.abc import Sequence
from enum import StrEnum
from html import escape

from msgspec import Struct
from PySide6.QtCore import QMimeData

from beatra_desktop.ui.chat.blocks import Block, Code, Text
from beatra_desktop.ui.chat.markdown import Reader, verbatim_blocks
from beatra_desktop.ui.chat.plain_text import plain_text


class Form(StrEnum):
    """`ANY` is Markdown for editors with rich text beside it for word processors."""

    ANY = "any"
    MARKDOWN = "markdown"
    RICH = "rich"
    PLAIN = "plain"


class Source(StrEnum):
    """What a text is: written in Markdown, typed by a person, or nothing but code."""

    MARKDOWN = "markdown"
    TYPED = "typed"
    CODE = "code"


class Part(Struct, frozen=True):
    """Something said; `speaker` is named where several speak."""

    text: str
    source: Source = Source.MARKDOWN
    speaker: str = ""


def content(parts: Sequence[Part], form: Form = Form.ANY) -> QMimeData:
    made = QMimeData()
    if form in (Form.ANY, Form.MARKDOWN):
        markdown = "\n\n".join(_markdown(part) for part in parts)
        made.setText(markdown)
        made.setData("text/markdown", markdown.encode())
    else:
        made.setText("\n\n".join(_plain(part) for part in parts))
    if form in (Form.ANY, Form.RICH):
        made.setHtml("".join(_html(part) for part in parts))
    return made


def _markdown(part: Part) -> str:
    return f"**{part.speaker}:**\n\n{part.text}" if part.speaker else part.text


def _plain(part: Part) -> str:
    text = plain_text(part.text) if part.source is Source.MARKDOWN else part.text
    return f"{part.speaker}:\n\n{text}" if part.speaker else text


def _html(part: Part) -> str:
    speaker = f"<p><strong>{escape(part.speaker)}:</strong></p>\n" if part.speaker else ""
    if part.source is Source.MARKDOWN:
        return speaker + Reader().html(part.text)
    if part.source is Source.CODE:
        return f"{speaker}<pre>{escape(part.text)}</pre>\n"
    return speaker + "".join(_typed_html(block) for block in verbatim_blocks(part.text))


def _typed_html(block: Block) -> str:
    if isinstance(block, Code):
        return f"<pre>{escape(block.text)}</pre>\n"
    assert isinstance(block, Text), "a typed text is lines and code"
    words = escape("".join(span.text for span in block.spans))
    return "<p>" + words.replace("\u2028", "<br>") + "</p>\n"
