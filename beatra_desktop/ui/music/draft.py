"""What was typed into the music form, kept over restarts."""

import logging
from typing import Final

import msgspec

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.services.settings import SettingsService

DRAFT: Final = "music_draft"
SET_ASIDE: Final = "music_draft_set_aside"
EMPTY: Final = MusicPrompt(prompt="")

_log = logging.getLogger(__name__)


class DraftStore:
    """The draft, and the one it took the place of."""

    def __init__(self, settings: SettingsService) -> None:
        self._settings = settings

    def load(self) -> MusicPrompt:
        return self._read(DRAFT) or EMPTY

    def store(self, draft: MusicPrompt) -> None:
        self._settings.set_ui_state(DRAFT, _encode(draft))

    @property
    def set_aside(self) -> MusicPrompt | None:
        """A draft another one replaced, until it is brought back or forgotten."""
        return self._read(SET_ASIDE)

    def put_aside(self, draft: MusicPrompt | None) -> None:
        self._settings.set_ui_state(SET_ASIDE, _encode(draft) if draft is not None else "")

    def _read(self, name: str) -> MusicPrompt | None:
        text = self._settings.ui_state(name)
        if not text:
            return None
        try:
            return msgspec.json.decode(text, type=MusicPrompt)
        except msgspec.DecodeError:
            _log.info("The stored %s can't be read; it may be another version's", name)
            return None


def has_words(draft: MusicPrompt) -> bool:
    """Whether anything was typed that would be missed."""
    return any(text.strip() for text in (draft.prompt, draft.lyrics, draft.title))


def _encode(draft: MusicPrompt) -> str:
    return msgspec.json.encode(draft).decode()
