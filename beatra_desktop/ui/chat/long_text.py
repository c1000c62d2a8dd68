"""From which length on text that arrives is closed in parts, so that not all is read again."""

import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token

LONG_PART: Final = 4_000
"""Characters of a line or paragraph from which on it is closed in parts."""
LONG_BLOCK: Final = 16_000
"""Characters of anything else, such as a quote, from which on what there is of it is closed."""
LONG_LINE: Final = re.compile(rf"^[^\n]{{{LONG_PART}}}", re.MULTILINE)


def long_paragraph(text: str, tokens: Sequence[Token]) -> int | None:
    """The token of the first paragraph of `text` that has to be closed in parts."""
    lines = text.split("\n")
    for index, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        is_paragraph = token.type == "paragraph_open" and token.level == 0
        if is_paragraph and sum(len(line) + 1 for line in lines[first:last]) > LONG_PART:
            return index
    return None


def first_line(token: Token) -> int:
    return token.map[0] if token.map is not None else 0
