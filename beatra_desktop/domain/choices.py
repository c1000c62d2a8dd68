"""What the user may choose of the window's look and words: known before anything is on show."""

from enum import StrEnum


class Appearance(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Contrast(StrEnum):
    SYSTEM = "system"
    NORMAL = "normal"
    HIGH = "high"


class Motion(StrEnum):
    SYSTEM = "system"
    REDUCED = "reduced"
    FULL = "full"


class Language(StrEnum):
    """Named by their locales; `SYSTEM` is the first of the system's that the app speaks."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"
