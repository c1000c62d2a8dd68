"""Lyrics as sections, and roughly when each of them is sung."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.records import replace

LINE_CHARACTERS: Final = 24
"""What a line of ordinary length has; a shorter one takes as long."""
WORDLESS_LINES: Final = 4
"""As long as so many lines is a section counted that has no words, such as a solo."""
_TAG: Final = re.compile(r"^\s*[\[【]\s*([^\]】]+?)\s*[\]】]\s*:?\s*$")


class Section(Struct, frozen=True, kw_only=True):
    """A part of a song; `name` is its structure tag without brackets, empty for none.

    `start` and `end` are shares of the song, 0 to 1: estimates, from how much there is to sing.
    """

    name: str
    lines: tuple[str, ...]
    start: float = 0.0
    end: float = 1.0


def sections(lyrics: str) -> tuple[Section, ...]:
    """The parts of `lyrics` in order; what stands before the first tag is one without a name."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in lyrics.splitlines():
        if tag := _TAG.match(line):
            parts.append((tag[1], []))
        elif line.strip():
            parts[-1][1].append(line.strip())
    found = [Section(name=name, lines=tuple(lines)) for name, lines in parts if name or lines]
    return _timed(found)


def section_at(found: Sequence[Section], share: float) -> int:
    """Which of the sections a share of the song (0 to 1) falls into; -1 where there is none."""
    rows = [row for row, section in enumerate(found) if section.start <= share]
    return rows[-1] if rows else -1


def _timed(found: Sequence[Section]) -> tuple[Section, ...]:
    weights = [_weight(section) for section in found]
    edges = [sum(weights[:row]) / sum(weights) for row in range(len(weights))]
    spans = pairwise([*edges, 1.0])
    return tuple(
        replace(section, start=start, end=end)
        for section, (start, end) in zip(found, spans, strict=True)
    )


def _weight(section: Section) -> float:
    """How long a section may take, in lines of ordinary length."""
    if not section.lines:
        return WORDLESS_LINES
    return sum(max(1.0, len(line) / LINE_CHARACTERS) for line in section.lines)
