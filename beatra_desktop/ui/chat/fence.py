"""The fenced code block that is open at the end of a text which is still arriving."""

from collections.abc import Sequence

from msgspec import Struct

from beatra_desktop.ui.chat.blocks import Code, Place


class Fence(Struct, frozen=True):
    """`markup` is the sign that opened it."""

    markup: str
    language: str
    is_started: bool = False
    """Whether a part of it is closed."""

    def closes(self, line: str) -> bool:
        bare = line.rstrip(" \t")
        indent = len(bare) - len(bare.lstrip(" "))
        sign = bare[indent:]
        return indent < 4 and len(sign) >= len(self.markup) and not sign.strip(self.markup[0])

    def code(self, lines: Sequence[str], *, is_last: bool, is_cut: bool = False) -> Code:
        return Code(
            Place(),
            self.language,
            "\n".join(lines),
            is_first=not self.is_started,
            is_last=is_last,
            is_cut=is_cut,
        )
