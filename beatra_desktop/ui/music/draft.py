"""What was typed into the music form, kept over restarts."""

import logging
from typing import Final

import msgspec

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.services.settings import SettingsService

DRAFT: Final = "music_draft"
SET_ASIDE: Final = "music_draft_set_aside"
KEPT: Final = 20
EMPTY: Final = MusicPrompt(prompt="")

_log = logging.getLogger(__name__)


class DraftStore:
    """The draft, and those that others took the place of."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def load(self) -> MusicPrompt:
        return next(iter(self._read(DRAFT)), EMPTY)

    def store(self, draft: MusicPrompt) -> None:
        self._write(DRAFT, [draft])

    @property
    def any_set_aside(self) -> bool:
        return bool(self._read(SET_ASIDE))

    def set_aside(self, draft: MusicPrompt) -> None:
        self._write(SET_ASIDE, [*self._read(SET_ASIDE), draft][-KEPT:])

    def take_back(self) -> MusicPrompt | None:
        """The draft set aside last, which is not set aside any more."""
        drafts = self._read(SET_ASIDE)
        if not drafts:
            return None
        self._write(SET_ASIDE, drafts[:-1])
        return drafts[-1]

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
