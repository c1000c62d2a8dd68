"""A conversation as one HTML page that needs nothing else and lets nothing in."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.services.highlight import DARK, LIGHT
from beatra_desktop.services.transfer.outline import Section, outline
from beatra_desktop.services.transfer.rich_text import RichText
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.services.transfer.wording import Wording, moment

_STYLE: Final = """
:root { color-scheme: light dark;
  --ground: #fdfdfc; --text: #1d2124; --quiet: #5c6267; --line: #dedbd4; --code: #f3f2ee;
  --said: #f4f3f0; --accent: #0b6b7c; --warning: #855600; --warning-soft: #f8ecd2; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #1c2023; --text: #e9e7e3; --quiet: #a4a9ad; --line: #343a3f; --code: #16191b;
  --said: #262b2f; --accent: #5cc3d2; --warning: #e8b65c; --warning-soft: #3a2f18; } }
@media print { :root { color-scheme: light;
  --ground: #fff; --text: #000; --quiet: #444; --line: #bbb; --code: #f5f5f5; --said: #f5f5f5;
  --accent: #0b6b7c; --warning: #855600; --warning-soft: #fff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.6 Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
.who { font-size: .875rem; margin: 0 0 .5rem; }
.quiet { color: var(--quiet); font-size: .875rem; font-weight: normal; margin: 0; }
.message, .system { margin: 2rem 0 0; }
.user .text, .system .text { background: var(--said); border-radius: 10px; padding: .75rem 1rem; }
.text > :first-child { margin-top: 0; } .text > :last-child { margin-bottom: 0; }
.text h1 { font-size: 1.35rem; } .text h2 { font-size: 1.2rem; } .text h3 { font-size: 1.05rem; }
.typed { white-space: pre-wrap; }
.note { color: var(--warning); background: var(--warning-soft); border-radius: 8px;
  padding: .5rem .75rem; margin: .75rem 0 0; font-size: .875rem; }
.branch { margin: 3rem 0 0; padding-top: 1.5rem; border-top: 2px solid var(--accent);
  font-size: 1.2rem; }
a { color: var(--accent); }
pre, code { font-family: ui-monospace, "Cascadia Code", Menlo, Consolas, monospace;
  font-size: .875em; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px;
  padding: .75rem 1rem; overflow-x: auto; white-space: pre-wrap; line-height: 1.45; }
code { background: var(--code); border-radius: 4px; padding: .1em .3em; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line);
  color: var(--quiet); }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .35rem .7rem; vertical-align: top; }
th { background: var(--said); }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0; }
.footnote { font-size: .875rem; color: var(--quiet); } .footnote p { display: inline; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print { main { max-width: none; padding: 0; } pre, tr, .note { break-inside: avoid; }
  .who, h1, h2, h3 { break-after: avoid; } }
"""


def _style() -> str:
    light = "".join(f".{kind} {{ color: {colour}; }}\n" for kind, colour in LIGHT.items())
    dark = "".join(f".{kind} {{ color: {colour}; }}\n" for kind, colour in DARK.items())
    at_night = f"@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n"
    return f"{_STYLE}{light}{at_night}"


def html(tree: Tree, wording: Wording, *, all_branches: bool) -> Iterator[str]:
    """The page in parts."""
    yield _head(wording.title(tree), wording.words.language)
    yield from body(tree, wording, all_branches=all_branches)
    yield "</main>\n</body>\n</html>\n"


def body(tree: Tree, wording: Wording, *, all_branches: bool) -> Iterator[str]:
    """What the page shows, in parts that each stand for themselves."""
    yield f'<h1 dir="auto">{escape(wording.title(tree))}</h1>\n'
    yield f'<p class="quiet">{escape(wording.begun(tree))}</p>\n'
    writer = _Writer(wording, RichText(wording.words.picture))
    yield writer.system_prompt(tree.conversation.system_prompt)
    sections = outline(tree, all_branches=all_branches)
    for section in sections:
        if len(sections) > 1:
            yield f'<h2 class="branch">{escape(wording.branch(section, len(sections)))}</h2>\n'
        yield from writer.messages(section, is_numbered=len(sections) > 1)
    yield f'<footer class="quiet">{escape(wording.exported())}</footer>\n'


class _Writer(Struct, frozen=True):
    wording: Wording
    rich_text: RichText

    def system_prompt(self, text: str) -> str:
        if not text.strip():
            return ""
        title = f'<h2 class="who">{escape(self.wording.words.system_prompt)}</h2>\n'
        return f'<div class="system">\n{title}{self._text(self.rich_text.typed(text))}</div>\n'

    def messages(self, section: Section, *, is_numbered: bool) -> Iterator[str]:
        for number, message in section.messages:
            mark = f"{number}. " if is_numbered else ""
            who = self._who(message, mark)
            said = f"{who}{self._said(message)}{self._note(message)}"
            yield f'<div class="message {message.role.value}">\n{said}</div>\n'

    def _who(self, message: Message, mark: str) -> str:
        author = escape(f"{mark}{self.wording.author(message)}")
        time = escape(moment(message.created_at))
        return f'<h2 class="who">{author} <span class="quiet">{time}</span></h2>\n'

    def _said(self, message: Message) -> str:
        if not message.text.strip():
            return ""
        is_answer = message.role is Role.ASSISTANT
        read = self.rich_text.answer if is_answer else self.rich_text.typed
        return self._text(read(message.text))

    def _text(self, html: str) -> str:
        return f'<div class="text" dir="auto">\n{html}</div>\n'

    def _note(self, message: Message) -> str:
        note = self.wording.note(message)
        return f'<p class="note">{escape(note)}</p>\n' if note else ""


def _head(title: str, language: str) -> str:
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
    )
