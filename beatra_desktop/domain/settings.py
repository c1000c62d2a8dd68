"""What the user may choose, with its defaults and limits."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.choices import Appearance, Contrast, Language, Motion
from beatra_desktop.domain.clip_names import DEFAULT_TEMPLATE, problem_of
from beatra_desktop.domain.records import replace

RETRY_ATTEMPTS: Final = range(1, 11)
MOST_CREDITS: Final = 10**12
PARALLEL_UPLOADS: Final = range(1, 5)
PARALLEL_SONGS: Final = range(1, 5)


class Settings(Struct, frozen=True, kw_only=True):
    """`clips_folder` None means the app's own folder; `retry_attempts` counts the first try.

    With `falls_back_to_auto` a message whose model is gone is answered by `auto`. While `is_paused`
    nothing new leaves. `daily_cap_credits` is a decimal text; None is no cap. `parallel_songs` may
    be in the making at once, for each profile; `clip_name_template` is one that
    `clip_names.problem_of` finds nothing wrong with. The desktop is told of what ends in the
    background as far as `notifies_of_…`, `counts_unseen` and `shows_tray` want it. `update_url` is
    the address of a file that names the newest version, asked once a day if `checks_for_updates`.
    With `speaks_answers` a screen reader hears an answer while it is being written.
    """

    appearance: Appearance = Appearance.SYSTEM
    contrast: Contrast = Contrast.SYSTEM
    motion: Motion = Motion.SYSTEM
    speaks_answers: bool = True
    language: Language = Language.SYSTEM
    enter_sends: bool = True
    falls_back_to_auto: bool = False
    clips_folder: Path | None = None
    retry_attempts: int = 5
    parallel_uploads: int = 2
    is_paused: bool = False
    daily_cap_credits: str | None = None
    parallel_songs: int = 2
    clip_name_template: str = DEFAULT_TEMPLATE
    notifies_of_songs: bool = True
    notifies_of_answers: bool = True
    notifies_of_uploads: bool = True
    notifies_of_questions: bool = True
    counts_unseen: bool = True
    shows_tray: bool = False
    checks_for_updates: bool = False
    update_url: str = ""

    def within_limits(self) -> "Settings":
        """The same settings with numbers brought into their ranges."""
        return replace(
            self,
            retry_attempts=_clamp(self.retry_attempts, RETRY_ATTEMPTS),
            parallel_uploads=_clamp(self.parallel_uploads, PARALLEL_UPLOADS),
            daily_cap_credits=cap_text(self.daily_cap_credits or ""),
            parallel_songs=_clamp(self.parallel_songs, PARALLEL_SONGS),
            clip_name_template=_usable(self.clip_name_template),
        )


def _clamp(number: int, limits: range) -> int:
    return max(limits.start, min(limits.stop - 1, number))


def cap_text(typed: str) -> str | None:
    """A cap as it is stored: plain decimals of at least zero; None for anything else."""
    try:
        cap = Decimal(typed.strip())
    except InvalidOperation:
        return None
    return f"{cap:f}" if cap.is_finite() and 0 <= cap < MOST_CREDITS else None


def _usable(template: str) -> str:
    return DEFAULT_TEMPLATE if problem_of(template) else template
