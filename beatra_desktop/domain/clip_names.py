"""How song files are named: a template the user may change, filled in for each clip."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct

DEFAULT_TEMPLATE: Final = "{title}"
TEMPLATE_CHARACTERS: Final = 80
# Compiled when first used.
_FIELD: Final = r"\{([^{}]*)\}"
_SEPARATORS: Final = r"[/\\]"


class NameField(StrEnum):
    """What a template can name; `N` is the clip's number, empty where its task made one only."""

    TITLE = "title"
    N = "n"
    MODEL = "model"
    DATE = "date"
    TIME = "time"


class NameProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FIELD = "unknown_field"
    STRAY_BRACE = "stray_brace"
    SEPARATOR = "separator"


class TemplateProblem(Struct, frozen=True, kw_only=True):
    """`about` is the field nobody knows."""

    reason: NameProblem
    about: str = ""


def problem_of(template: str) -> TemplateProblem | None:
    """What keeps a template from being used; None when nothing does."""
    if not template.strip():
        return TemplateProblem(reason=NameProblem.EMPTY)
    if len(template) > TEMPLATE_CHARACTERS:
        return TemplateProblem(reason=NameProblem.TOO_LONG)
    if re.search(_SEPARATORS, template):
        return TemplateProblem(reason=NameProblem.SEPARATOR)
    unknown = [name for name in re.findall(_FIELD, template) if name not in set(NameField)]
    if unknown:
        return TemplateProblem(reason=NameProblem.UNKNOWN_FIELD, about=unknown[0])
    if re.search(r"[{}]", re.sub(_FIELD, "", template)):
        return TemplateProblem(reason=NameProblem.STRAY_BRACE)
    return None


def filled(template: str, values: Mapping[NameField, str], *, characters: int) -> str:
    """The name a template gives, at most so many characters; a long title gives way to the rest.

    Signs around a value that is empty go with it: "{title} - {n}" ends without a dash.
    """
    title = values.get(NameField.TITLE, "")
    rest = _joined(template, {**values, NameField.TITLE: ""})
    room = max(1, characters - len(rest) - 1)
    return _joined(template, {**values, NameField.TITLE: title[:room]})[:characters]


def _joined(template: str, values: Mapping[NameField, str]) -> str:
    text = re.sub(_FIELD, lambda found: values.get(NameField(found[1]), ""), template)
    return " ".join(text.split()).strip(" -_.,·")
