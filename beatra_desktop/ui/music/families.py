"""What is known about the families of music models (contract §6): for warnings, never refusals.

The service decides; what is written here only saves the user a refusal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.music import (
    LYRICS_CHARACTERS,
    PROMPT_CHARACTERS,
    TITLE_CHARACTERS,
    MusicPrompt,
)

AUTO: Final = "auto"
NEGATIVE_TAGS_CHARACTERS: Final = 200
REFERENCE_MIN_CHARACTERS: Final = 10


class Family(StrEnum):
    SUNO = "suno"
    MINIMAX = "minimax"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most characters a model takes."""

    prompt: int = PROMPT_CHARACTERS
    lyrics: int = LYRICS_CHARACTERS
    title: int = TITLE_CHARACTERS


@dataclass(frozen=True, slots=True)
class Advice:
    """A field that the model will probably not take as it is."""

    field: str
    sentence: str


def family_of(model_id: str) -> Family | None:
    """The family a model belongs to; None for `auto` and for models nobody knows."""
    return next((family for family in Family if model_id.startswith(family.value)), None)


def limits(prompt: MusicPrompt) -> Limits:
    """How much text the chosen model takes."""
    family = family_of(prompt.model)
    if family is Family.SUNO:
        return Limits(prompt=1000 if _is_custom(prompt) else 500, title=80)
    if prompt.reference is not None and (family is Family.MINIMAX or prompt.model == AUTO):
        return Limits(prompt=300, lyrics=1000)
    return Limits(lyrics=3500) if family is Family.MINIMAX else Limits()


def advice(prompt: MusicPrompt) -> list[Advice]:
    """What the model will probably refuse, at most one sentence for a field."""
    family = family_of(prompt.model)
    if family is Family.SUNO:
        found = list(_suno(prompt))
    elif prompt.reference is not None and (family is Family.MINIMAX or prompt.model == AUTO):
        found = list(_over_reference(prompt))
    elif family is Family.MINIMAX:
        found = list(_minimax(prompt))
    else:
        found = []
    return found


def _suno(prompt: MusicPrompt) -> Iterator[Advice]:
    has_lyrics = bool(prompt.lyrics.strip())
    if not _is_custom(prompt):
        if has_lyrics:
            yield Advice("lyrics", _tr("Suno takes your own lyrics in custom mode only."))
        return
    if not prompt.title.strip():
        yield Advice("title", _tr("Custom mode needs a title."))
    if not has_lyrics and not prompt.instrumental:
        yield Advice("lyrics", _tr("Custom mode needs lyrics, or an instrumental."))


def _minimax(prompt: MusicPrompt) -> Iterator[Advice]:
    writes = prompt.minimax is not None and prompt.minimax.lyrics_optimizer
    if not (prompt.instrumental or prompt.lyrics.strip() or writes):
        yield Advice("lyrics", _tr("A song with vocals needs lyrics, or let the model write them."))


def _over_reference(prompt: MusicPrompt) -> Iterator[Advice]:
    if len(prompt.prompt) < REFERENCE_MIN_CHARACTERS:
        yield Advice("prompt", _tr("With a reference, write at least 10 characters."))
    if prompt.instrumental:
        yield Advice("instrumental", _tr("This model makes no instrumental from a reference."))
    elif 0 < len(prompt.lyrics) < REFERENCE_MIN_CHARACTERS:
        yield Advice("lyrics", _tr("With a reference, write at least 10 characters."))
    if prompt.model == AUTO and prompt.lyrics.strip() and not prompt.title.strip():
        yield Advice("title", _tr("Lyrics over a reference need a title."))


def _is_custom(prompt: MusicPrompt) -> bool:
    return prompt.suno is not None and bool(prompt.suno.custom_mode)


def _tr(text: str) -> str:
    return QCoreApplication.translate("families", text)
