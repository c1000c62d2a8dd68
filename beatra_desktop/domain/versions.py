"""Versions of the app, as far as telling which is newer needs it."""

import re
from typing import Final

FINAL: Final = "final"
_SHAPE: Final = re.compile(
    r"v?(\d{1,6}(?:\.\d{1,6}){0,3})(?:[-.]?(dev|a|alpha|b|beta|rc)[-.]?(\d{0,6}))?", re.ASCII
)
_STAGES: Final = {"dev": 0, "a": 1, "alpha": 1, "b": 2, "beta": 2, "rc": 3, FINAL: 4}
_PARTS: Final = 4

Version = tuple[tuple[int, ...], int, int]
"""Numbers, stage and number of the stage: they compare as versions do."""


def parse_version(text: str) -> Version | None:
    """What `1.2`, `v1.2.3` or `1.3.0-rc.1` stands for; None for anything else."""
    found = _SHAPE.fullmatch(text.strip().lower())
    if found is None:
        return None
    numbers = [int(number) for number in found[1].split(".")]
    padded = (*numbers, *[0] * (_PARTS - len(numbers)))
    return padded, _STAGES[found[2] or FINAL], int(found[3] or 0)


def is_newer(offered: str, current: str) -> bool:
    """Whether `offered` comes after `current`; what is no version comes after nothing."""
    newer, known = parse_version(offered), parse_version(current)
    return newer is not None and known is not None and newer > known
