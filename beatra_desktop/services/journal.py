"""Keeps a growing text on disk: at most 1 s or 2 KB of it can be lost (design P2)."""

import asyncio
from collections.abc import Callable
from typing import Final

JOURNAL_SECONDS: Final = 0.9
JOURNAL_CHARACTERS: Final = 512
"""2 KB even if every character takes four bytes."""


class Journal:
    """`save` is called with what `note` was given last, soon enough."""

    def __init__(self, save: Callable[[str], None]) -> None:
        self._save = save
        self._saved_characters = 0
        self._text = ""
        self._timer: asyncio.TimerHandle | asyncio.Handle | None = None
        self._is_on_its_way = False

    def note(self, text: str) -> None:
        self._text = text
        if len(text) - self._saved_characters >= JOURNAL_CHARACTERS:
            self.flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(JOURNAL_SECONDS, self.flush)

    def flush(self) -> None:
        """Save what is not saved yet."""
        self.close()
        if len(self._text) != self._saved_characters:
            self._saved_characters = len(self._text)
            self._is_on_its_way = True
            self._save(self._text)

    def take_saved(self) -> bool:
        """Whether anything was given to `save` since the last time."""
        is_on_its_way, self._is_on_its_way = self._is_on_its_way, False
        return is_on_its_way

    def close(self) -> None:
        """Forget what is not saved yet: the caller stores the final record."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
