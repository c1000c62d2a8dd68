"""The words for what a model, or the service, says about a field."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.music_rules import (
    MEGABYTE,
    Hint,
    HintCode,
    PromptField,
    ReferenceLimits,
    field_named,
    hints,
    spare_title,
    to_send,
)
from beatra_desktop.ui import format
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

CONTEXT: Final = "hint_text"
MINUTE_SECONDS: Final = 60
_WORDS: Final[Mapping[HintCode, str]] = MappingProxyType(
    {
        HintCode.TOO_LONG: QT_TRANSLATE_NOOP(
            "hint_text", "This model takes up to {limit} characters here."
        ),
        HintCode.TOO_SHORT: QT_TRANSLATE_NOOP(
            "hint_text", "With a reference, write at least {limit} characters."
        ),
        HintCode.NEEDS_TITLE: QT_TRANSLATE_NOOP(
            "hint_text", "The model wants a title. Without one, “{title}” is sent."
        ),
        HintCode.NEEDS_LYRICS: QT_TRANSLATE_NOOP(
            "hint_text", "Custom mode needs lyrics, or an instrumental."
        ),
        HintCode.NEEDS_LYRICS_OR_OPTIMIZER: QT_TRANSLATE_NOOP(
            "hint_text", "A song with vocals needs lyrics, or let the model write them."
        ),
        HintCode.LYRICS_NEED_CUSTOM_MODE: QT_TRANSLATE_NOOP(
            "hint_text", "Suno takes your own lyrics in custom mode only."
        ),
        HintCode.NEEDS_CUSTOM_MODE: QT_TRANSLATE_NOOP(
            "hint_text", "Turn it on: what you chose below counts in custom mode only."
        ),
        HintCode.NEEDS_REFERENCE: QT_TRANSLATE_NOOP(
            "hint_text", "Counts with a reference recording only."
        ),
    }
)
_WITH_REFERENCE: Final[Mapping[PromptField, str]] = MappingProxyType(
    {
        PromptField.INSTRUMENTAL: QT_TRANSLATE_NOOP(
            "hint_text", "This model makes no instrumental from a reference."
        ),
        PromptField.LYRICS_OPTIMIZER: QT_TRANSLATE_NOOP(
            "hint_text", "This model writes no lyrics to a reference."
        ),
    }
)


def advice(draft: MusicPrompt) -> dict[PromptField, str]:
    """What the model will probably refuse, in words, by field. An empty form is not scolded."""
    if not draft.prompt.strip():
        return {}
    found: dict[PromptField, list[str]] = {}
    for hint in hints(draft):
        needs_custom = hint.code is HintCode.NEEDS_CUSTOM_MODE
        field = PromptField.CUSTOM_MODE if needs_custom else hint.field  # said once, at the switch
        found.setdefault(field, []).append(_sentence(hint, draft))
    return {field: format.sentences(dict.fromkeys(said)) for field, said in found.items()}


def refusal(failure: Failure) -> dict[PromptField | None, str]:
    """What the service refused, in words, by field; under None what belongs to none we have.

    Its own message is said where it names the field first (contract §2, `param`).
    """
    names = failure.fields or ((failure.param,) if failure.param else ())
    found: dict[PromptField | None, str] = {}
    for name in names:
        field = field_named(name)
        if field is not None:
            found.setdefault(field, _tr("The service does not take this as it is."))
    first = field_named(failure.param or "") or next(iter(found), None)
    if failure.server_message:
        said = _tr("The service refused this: {message}")
        return {**found, first: said.format(message=failure.server_message)}
    return found


def recordings(allowed: ReferenceLimits | None) -> str:
    """Which recordings the model takes (contract §6)."""
    if allowed is None:
        return ""
    words = _tr("up to {n} minutes")
    if allowed.least_seconds:
        words = _tr("from {least} seconds up to {n} minutes")
    minutes = allowed.most_seconds // MINUTE_SECONDS
    length = words.format(least=allowed.least_seconds, n=minutes)
    megabytes = allowed.most_bytes // MEGABYTE
    largest = _tr("up to {n}\u00a0MB").format(n=megabytes) if megabytes else ""
    return format.listed((_tr("FLAC, MP3 or WAV"), length, largest))


def _sentence(hint: Hint, draft: MusicPrompt) -> str:
    if hint.code is HintCode.NOT_WITH_REFERENCE:
        return _tr(_WITH_REFERENCE[hint.field])
    limit = "" if hint.limit is None else format.count(hint.limit)
    title = format.isolated(spare_title(to_send(draft)))
    return _tr(_WORDS[hint.code]).format(limit=limit, title=title)


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)
