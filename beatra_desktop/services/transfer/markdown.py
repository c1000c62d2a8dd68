"""A conversation as Markdown for any viewer; texts stand in it exactly as they were written."""

import re
from collections.abc import Iterator
from typing import Final

from beatra_desktop.services.transfer.outline import Section, outline
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.services.transfer.wording import Wording, moment

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_SIGNS: Final = re.compile(r"([\\`*_\[\]<>#])")


def markdown(tree: Tree, wording: Wording, *, all_branches: bool) -> Iterator[str]:
    """The document in parts; the system prompt comes before the messages."""
    yield f"# {_plain(wording.title(tree))}\n\n{wording.begun(tree)}\n"
    if tree.conversation.system_prompt.strip():
        yield f"\n## {wording.words.system_prompt}\n\n{_text(tree.conversation.system_prompt)}\n"
    sections = outline(tree, all_branches=all_branches)
    for section in sections:
        if len(sections) > 1:
            yield f"\n---\n\n# {wording.branch(section, len(sections))}\n"
        yield from _messages(section, wording, is_numbered=len(sections) > 1)
    yield f"\n---\n\n{wording.exported()}\n"


def open_fence(text: str) -> str:
    """What closes the code block that a text leaves open; empty when it leaves none."""
    opened = ""
    for line in text.splitlines():
        found = _FENCE.match(line)
        if found is None:
            continue
        marks, rest = found[1], found[2]
        if not opened:
            opened = "" if marks[0] == "`" and "`" in rest else marks
        elif marks.startswith(opened) and not rest.strip():
            opened = ""
    return opened


def _messages(section: Section, wording: Wording, *, is_numbered: bool) -> Iterator[str]:
    for number, message in section.messages:
        mark = f"{number}. " if is_numbered else ""
        yield f"\n---\n\n## {mark}{_plain(wording.author(message))}\n\n"
        yield f"*{moment(message.created_at)}*\n"
        if message.text:
            yield f"\n{_text(message.text)}\n"
        note = wording.note(message)
        if note:
            yield f"\n> **{_plain(note)}**\n"


def _text(text: str) -> str:
    """As it is; a code block that was cut off must not swallow what follows."""
    fence = open_fence(text)
    return "\n".join((text.removesuffix("\n"), fence)) if fence else text


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)
