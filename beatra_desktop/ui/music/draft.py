"""What was typed into the music form, kept over restarts."""

import logging
from collections.abc import Sequence
from typing import Final

import msgspec

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.services.settings import SettingsService

DRAFT: Final = "music_draft"
SET_ASIDE: Final = "music_draft_set_aside"
COPIES: Final = "music_copies"
FOLDED: Final = "music_form_folded"
KEPT: Final = 20
EMPTY: Final = MusicPrompt(prompt="")

_log = logging.getLogger(__name__)


class DraftStore:
    """The draft, those that others took the place of, and how the form was left.

    Kept in memory as well: what is written to the settings can be read there a little later.
    """

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings
        self._set_aside = self._read(SET_ASIDE)

    def load(self) -> MusicPrompt:
        """The draft of an earlier run."""
        return next(iter(self._read(DRAFT)), EMPTY)

    @property
    def copies(self) -> int:
        """How many songs were wanted."""
        text = self._settings.ui_state(COPIES)
        return int(text) if text.isdecimal() else 1

    @property
    def folded(self) -> list[str]:
        """The sections that were folded."""
        return self._settings.ui_state(FOLDED).split()

    def store(self, draft: MusicPrompt, *, copies: int) -> None:
        self._write(DRAFT, [draft])
        self._settings.set_ui_state(COPIES, str(copies))

    def fold(self, names: Sequence[str]) -> None:
        self._settings.set_ui_state(FOLDED, " ".join(names))

    @property
    def any_set_aside(self) -> bool:
        return bool(self._set_aside)

    def set_aside(self, draft: MusicPrompt) -> None:
        self._set_aside = [*self._set_aside, draft][-KEPT:]
        self._write(SET_ASIDE, self._set_aside)

    def take_back(self) -> MusicPrompt | None:
        """The draft set aside last, which is not set aside any more."""
        if not self._set_aside:
            return None
        *self._set_aside, last = self._set_aside
        self._write(SET_ASIDE, self._set_aside)
        return last

    def _write(self, name: str, drafts: list[MusicPrompt]) -> None:
        self._settings.set_ui_state(name, msgspec.json.encode(drafts).decode())

    def _read(self, name: str) -> list[MusicPrompt]:
        text = self._settings.ui_state(name) or "[]"
        try:
            return msgspec.json.decode(text, type=list[MusicPrompt])
        except msgspec.DecodeError:
            _log.info("The stored %s can't be read; it may be another version's", name)
            return []


def words(draft: MusicPrompt) -> tuple[str, str, str]:
    """What was typed, as far as it would be missed."""
    return draft.prompt.strip(), draft.lyrics.strip(), draft.title.strip()
