"""Answers of real Markdown to measure with."""

import random
from collections.abc import Callable
from typing import Final

CHARACTERS_PER_TOKEN: Final = 4
BLOCKS: Final = ("list", "code", "paragraph", "table")
"""Kinds of text that are one block without an end."""
_OPENINGS: Final = {"code": "```python\n", "table": "| name | value | note |\n|---|---:|---|\n"}
WORDS: Final = [
    "stream",
    "token",
    "widget",
    "queue",
    "latency",
    "model",
    "answer",
    "music",
    "clip",
    "the",
    "of",
    "and",
    "a",
    "to",
]


def markdown(tokens: int, *, seed: int = 1, kind: str = "mixed") -> str:
    """About `tokens` tokens (4 characters each) of Markdown; `kind` may be one of `BLOCKS`."""
    chooser = random.Random(seed)
    parts = [_OPENINGS.get(kind, "")]
    length = len(parts[0])
    while length < tokens * CHARACTERS_PER_TOKEN:
        make = _ENDLESS[kind] if kind in BLOCKS else _PARTS[chooser.choice(_MIXED)]
        parts.append(make(chooser))
        length += len(parts[-1])
    return "".join(parts)[: tokens * CHARACTERS_PER_TOKEN]


def _sentence(chooser: random.Random) -> str:
    words = [chooser.choice(WORDS) for _ in range(chooser.randint(6, 16))]
    words[2] = chooser.choice((f"**{words[2]}**", f"`{words[2]}`", words[2]))
    return " ".join(words).capitalize() + ". "


def _paragraph(chooser: random.Random) -> str:
    return "".join(_sentence(chooser) for _ in range(4)) + "\n\n"


def _heading(chooser: random.Random) -> str:
    return f"## {_sentence(chooser)}\n\n"


def _item(chooser: random.Random) -> str:
    return f"- {_sentence(chooser)}\n"


def _items(chooser: random.Random) -> str:
    return "".join(_item(chooser) for _ in range(5)) + "\n"


def _code_line(chooser: random.Random) -> str:
    name, word = chooser.choice(WORDS), chooser.choice(WORDS)
    return f"    {name} = compute({chooser.randint(0, 99)})  # {word}\n"


def _code(chooser: random.Random) -> str:
    lines = "".join(_code_line(chooser) for _ in range(8))
    return f"```python\ndef run():\n{lines}```\n\n"


def _table(chooser: random.Random) -> str:
    rows = "".join(_row(chooser) for _ in range(6))
    return f"| name | value | note |\n|---|---:|---|\n{rows}\n"


def _row(chooser: random.Random) -> str:
    return f"| {chooser.choice(WORDS)} | {chooser.randint(0, 999)} | {chooser.choice(WORDS)} |\n"


_MIXED: Final = ("paragraph", "paragraph", "heading", "items", "code", "table")
_PARTS: Final[dict[str, Callable[[random.Random], str]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "items": _items,
    "code": _code,
    "table": _table,
}
_ENDLESS: Final[dict[str, Callable[[random.Random], str]]] = {
    "list": _item,
    "code": _code_line,
    "paragraph": _sentence,
    "table": _row,
}
