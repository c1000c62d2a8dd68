"""What is known of the families of music models (contract §6): hints, never refusals.

The service decides, also against what stands here (contract §10 X17). Nothing in this module keeps
a prompt from being sent; it only saves the user a refusal.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.music import (
    LYRICS_CHARACTERS,
    PROMPT_CHARACTERS,
    TITLE_CHARACTERS,
    MinimaxOptions,
    MusicPrompt,
    SunoOptions,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.titles import first_words, shortened

AUTO: Final = "auto"
NEGATIVE_TAGS_CHARACTERS: Final = 200
SPARE_TITLE_CHARACTERS: Final = 60
MEGABYTE: Final = 1024 * 1024


class Family(StrEnum):
    """Models of a family share their options, under this name in `model_options`."""

    SUNO = "suno"
    MINIMAX = "minimax"


class PromptField(StrEnum):
    """The fields of a create request, by the names the service has for them (contract §3.5, §6)."""

    MODEL = "model"
    PROMPT = "prompt"
    TITLE = "title"
    LYRICS = "lyrics"
    INSTRUMENTAL = "instrumental"
    REFERENCE = "reference_audio"
    CUSTOM_MODE = "custom_mode"
    NEGATIVE_TAGS = "negative_tags"
    VOCAL_GENDER = "vocal_gender"
    STYLE_WEIGHT = "style_weight"
    WEIRDNESS = "weirdness_constraint"
    AUDIO_WEIGHT = "audio_weight"
    LYRICS_OPTIMIZER = "lyrics_optimizer"


class HintCode(StrEnum):
    """One code for each sentence a field can be shown."""

    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NEEDS_TITLE = "needs_title"
    NEEDS_LYRICS = "needs_lyrics"
    NEEDS_LYRICS_OR_OPTIMIZER = "needs_lyrics_or_optimizer"
    LYRICS_NEED_CUSTOM_MODE = "lyrics_need_custom_mode"
    NEEDS_CUSTOM_MODE = "needs_custom_mode"
    NEEDS_REFERENCE = "needs_reference"
    NOT_WITH_REFERENCE = "not_with_reference"


class Hint(Struct, frozen=True):
    """A field the model will probably not take as it is; `limit` is a number of characters."""

    field: PromptField
    code: HintCode
    limit: int | None = None


class Manner(StrEnum):
    """The ways of asking that have rules of their own."""

    ANY = "any"
    SUNO = "suno"
    SUNO_CUSTOM = "suno_custom"
    MINIMAX = "minimax"
    MINIMAX_REFERENCE = "minimax_reference"


class Span(Struct, frozen=True):
    """How many characters a field may have; an empty field is never too short."""

    most: int
    least: int = 0


class ReferenceLimits(Struct, frozen=True, kw_only=True):
    """What a reference recording may be; seconds and bytes, 0 where there is no limit."""

    most_seconds: int
    least_seconds: int = 0
    most_bytes: int = 0


Limits = Mapping[PromptField, Span]
_GENERAL: Final = {
    PromptField.PROMPT: Span(PROMPT_CHARACTERS),
    PromptField.TITLE: Span(TITLE_CHARACTERS),
    PromptField.LYRICS: Span(LYRICS_CHARACTERS),
    PromptField.NEGATIVE_TAGS: Span(NEGATIVE_TAGS_CHARACTERS),
}
_SUNO: Final = _GENERAL | {PromptField.PROMPT: Span(500), PromptField.TITLE: Span(80)}
LIMITS: Final[Mapping[Manner, Limits]] = MappingProxyType(
    {
        Manner.ANY: _GENERAL,
        Manner.SUNO: _SUNO,
        Manner.SUNO_CUSTOM: _SUNO | {PromptField.PROMPT: Span(1000)},
        Manner.MINIMAX: _GENERAL | {PromptField.LYRICS: Span(3500)},
        Manner.MINIMAX_REFERENCE: _GENERAL
        | {PromptField.PROMPT: Span(300, 10), PromptField.LYRICS: Span(1000, 10)},
    }
)
_SUNO_REFERENCE: Final = ReferenceLimits(most_seconds=480)
_MINIMAX_REFERENCE: Final = ReferenceLimits(
    most_seconds=360, least_seconds=6, most_bytes=50 * MEGABYTE
)
_CUSTOM_ONLY: Final = (
    PromptField.NEGATIVE_TAGS,
    PromptField.VOCAL_GENDER,
    PromptField.STYLE_WEIGHT,
    PromptField.WEIRDNESS,
    PromptField.AUDIO_WEIGHT,
)
_BETWEEN_NAMES: Final = re.compile(r"[^A-Za-z0-9_]+")


def family_of(model_id: str) -> Family | None:
    """The family a model belongs to; None for `auto` and for models nobody knows."""
    return next((family for family in Family if model_id.startswith(family.value)), None)


def manner_of(prompt: MusicPrompt) -> Manner:
    """Which rules hold; `auto` over a reference behaves like MiniMax."""
    family = family_of(prompt.model)
    if family is Family.SUNO:
        is_custom = prompt.suno is not None and prompt.suno.custom_mode
        return Manner.SUNO_CUSTOM if is_custom else Manner.SUNO
    if family is None and prompt.model != AUTO:
        return Manner.ANY
    if prompt.reference is not None:
        return Manner.MINIMAX_REFERENCE
    return Manner.MINIMAX if family is Family.MINIMAX else Manner.ANY


def limits(prompt: MusicPrompt) -> Limits:
    """How much text the chosen model takes."""
    return LIMITS[manner_of(prompt)]


def reference_limits(prompt: MusicPrompt) -> ReferenceLimits | None:
    """What a recording may be; None where nothing is known."""
    family = family_of(prompt.model)
    if family is Family.SUNO:
        return _SUNO_REFERENCE
    return _MINIMAX_REFERENCE if family is Family.MINIMAX or prompt.model == AUTO else None


def to_send(draft: MusicPrompt) -> MusicPrompt:
    """What goes out of all that was typed and chosen.

    No lyrics for an instrumental, and the options of the chosen family only: the other refuses
    them. A title is sent where the model wants one and none was typed (contract §10 X7).
    """
    family = family_of(draft.model)
    prompt = replace(
        draft,
        prompt=draft.prompt.strip(),
        title=draft.title.strip(),
        lyrics="" if draft.instrumental else draft.lyrics.strip(),
        suno=_given_suno(draft.suno) if family is Family.SUNO else None,
        minimax=_given_minimax(draft.minimax) if family is Family.MINIMAX else None,
    )
    return prompt if prompt.title else replace(prompt, title=spare_title(prompt))


def spare_title(prompt: MusicPrompt) -> str:
    """The title to send when the model needs one; empty where it does not."""
    return shortened(first_words(prompt.prompt), SPARE_TITLE_CHARACTERS) if _titled(prompt) else ""


def hints(draft: MusicPrompt) -> tuple[Hint, ...]:
    """What the model will probably refuse of this draft, in the order of the fields' rules."""
    prompt = replace(to_send(draft), title=draft.title.strip())
    rules = (_lengths, *_RULES[manner_of(prompt)])
    return tuple(hint for rule in rules for hint in rule(prompt))


def field_named(name: str) -> PromptField | None:
    """The field behind a JSON pointer, a dotted path or a bare name the service tells."""
    known = {field.value: field for field in PromptField}
    parts = reversed(_BETWEEN_NAMES.split(name))
    return next((known[part] for part in parts if part in known), None)


def text_of(prompt: MusicPrompt, field: PromptField) -> str:
    """What stands in a field of text."""
    if field is PromptField.NEGATIVE_TAGS:
        return (prompt.suno.negative_tags or "") if prompt.suno else ""
    text: str = getattr(prompt, field.value)
    return text


def _titled(prompt: MusicPrompt) -> bool:
    """Whether the model wants a title: in custom mode, and of `auto` for lyrics to a reference."""
    over_reference = prompt.model == AUTO and prompt.reference is not None
    return manner_of(prompt) is Manner.SUNO_CUSTOM or (over_reference and bool(prompt.lyrics))


def _lengths(prompt: MusicPrompt) -> Iterator[Hint]:
    for field, span in limits(prompt).items():
        length = len(text_of(prompt, field))
        if length > span.most:
            yield Hint(field, HintCode.TOO_LONG, span.most)
        elif 0 < length < span.least:
            yield Hint(field, HintCode.TOO_SHORT, span.least)


def _title(prompt: MusicPrompt) -> Iterator[Hint]:
    if _titled(prompt) and not prompt.title:
        yield Hint(PromptField.TITLE, HintCode.NEEDS_TITLE)


def _custom_lyrics(prompt: MusicPrompt) -> Iterator[Hint]:
    if not (prompt.lyrics or prompt.instrumental):
        yield Hint(PromptField.LYRICS, HintCode.NEEDS_LYRICS)


def _simple_mode(prompt: MusicPrompt) -> Iterator[Hint]:
    if prompt.lyrics:
        yield Hint(PromptField.LYRICS, HintCode.LYRICS_NEED_CUSTOM_MODE)
    for field in _CUSTOM_ONLY:
        if getattr(prompt.suno, field.value, None) is not None:
            yield Hint(field, HintCode.NEEDS_CUSTOM_MODE)


def _audio_weight(prompt: MusicPrompt) -> Iterator[Hint]:
    weighs = prompt.suno is not None and prompt.suno.audio_weight is not None
    if weighs and prompt.reference is None:
        yield Hint(PromptField.AUDIO_WEIGHT, HintCode.NEEDS_REFERENCE)


def _own_or_written_lyrics(prompt: MusicPrompt) -> Iterator[Hint]:
    writes = prompt.minimax is not None and prompt.minimax.lyrics_optimizer
    if not (prompt.instrumental or prompt.lyrics or writes):
        yield Hint(PromptField.LYRICS, HintCode.NEEDS_LYRICS_OR_OPTIMIZER)


def _over_reference(prompt: MusicPrompt) -> Iterator[Hint]:
    if prompt.instrumental:
        yield Hint(PromptField.INSTRUMENTAL, HintCode.NOT_WITH_REFERENCE)
    if prompt.minimax is not None and prompt.minimax.lyrics_optimizer is not None:
        yield Hint(PromptField.LYRICS_OPTIMIZER, HintCode.NOT_WITH_REFERENCE)


Rule = Callable[[MusicPrompt], Iterator[Hint]]
_RULES: Final[Mapping[Manner, tuple[Rule, ...]]] = MappingProxyType(
    {
        Manner.ANY: (),
        Manner.SUNO: (_simple_mode,),
        Manner.SUNO_CUSTOM: (_title, _custom_lyrics, _audio_weight),
        Manner.MINIMAX: (_own_or_written_lyrics,),
        Manner.MINIMAX_REFERENCE: (_title, _over_reference),
    }
)


def _given_suno(options: SunoOptions | None) -> SunoOptions | None:
    return None if options == SunoOptions() else options


def _given_minimax(options: MinimaxOptions | None) -> MinimaxOptions | None:
    return None if options == MinimaxOptions() else options
