"""The genre table."""

from typing import Final

from beatra_desktop.sandbox.synth.genres.acoustic import ACOUSTIC
from beatra_desktop.sandbox.synth.genres.band import BAND
from beatra_desktop.sandbox.synth.genres.electronic import ELECTRONIC
from beatra_desktop.sandbox.synth.genres.record import Genre

__all__ = ["DEFAULT_GENRE", "GENRES", "Genre"]

# Of two named genres the earlier one leads, so the broad words ("rock", "pop") come last.
GENRES: Final = sorted(
    (*ELECTRONIC, *ACOUSTIC, *BAND), key=lambda genre: genre.name in ("rock", "waltz", "pop")
)
DEFAULT_GENRE: Final = next(genre for genre in GENRES if genre.name == "pop")
