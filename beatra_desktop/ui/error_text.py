"""What a failure says to the user: what happened, what was kept, the one thing to do next."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.api_keys import MAX_KEY_CHARS, ApiKeyProblem
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.music import PromptProblem
from beatra_desktop.domain.profiles import BaseUrlProblem
from beatra_desktop.ui import format
from beatra_desktop.ui.error_actions import ErrorAction
from beatra_desktop.ui.error_wordings import WORDINGS
from beatra_desktop.ui.key_store_text import happened
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

__all__ = [
    "ErrorAction",
    "ErrorText",
    "Kept",
    "describe",
    "describe_api_key",
    "describe_base_url",
    "describe_prompt",
]

CONTEXT: Final = "error_text"
_SPACES: Final = re.compile(r"[ \t\r\n]+")
"""Not the one that keeps a number and its unit together."""


class Kept(StrEnum):
    """What the failure was about, and so what is still there."""

    NOTHING = "nothing"
    MESSAGE = "message"
    FILE = "file"
    PROMPT = "prompt"
    CLIP = "clip"


class ErrorText(Struct, frozen=True, kw_only=True):
    """`action_label` is empty where there is nothing to click."""

    title: str
    sentence: str
    action: ErrorAction
    action_label: str


_ACTION_LABELS: Final[Mapping[ErrorAction, str]] = MappingProxyType(
    {
        ErrorAction.NONE: "",
        ErrorAction.RETRY: QT_TRANSLATE_NOOP("error_text", "Try again"),
        ErrorAction.ENTER_KEY: QT_TRANSLATE_NOOP("error_text", "Enter key…"),
        ErrorAction.CHOOSE_MODEL: QT_TRANSLATE_NOOP("error_text", "Choose a model"),
        ErrorAction.EDIT: QT_TRANSLATE_NOOP("error_text", "Edit"),
        ErrorAction.CHOOSE_FILE: QT_TRANSLATE_NOOP("error_text", "Choose a file…"),
        ErrorAction.ADD_AGAIN: QT_TRANSLATE_NOOP("error_text", "Add it again"),
        ErrorAction.CONTINUE: QT_TRANSLATE_NOOP("error_text", "Continue"),
        ErrorAction.DOWNLOAD_AGAIN: QT_TRANSLATE_NOOP("error_text", "Download again"),
        ErrorAction.CHANGE_PROFILE: QT_TRANSLATE_NOOP("error_text", "Profiles…"),
        ErrorAction.CHANGE_FOLDER: QT_TRANSLATE_NOOP("error_text", "Choose a folder…"),
        ErrorAction.SHOW_DETAILS: QT_TRANSLATE_NOOP("error_text", "Details"),
        ErrorAction.UNDO: QT_TRANSLATE_NOOP("error_text", "Undo"),
        ErrorAction.SHOW_FOLDER: QT_TRANSLATE_NOOP("error_text", "Show in folder"),
        ErrorAction.SHOW_SONGS: QT_TRANSLATE_NOOP("error_text", "Show songs"),
        ErrorAction.SHOW_NOTES: QT_TRANSLATE_NOOP("error_text", "Show release notes"),
    }
)
_KEPT: Final[Mapping[Kept, str]] = MappingProxyType(
    {
        Kept.NOTHING: "",
        Kept.MESSAGE: QT_TRANSLATE_NOOP("error_text", "Your message is kept."),
        Kept.FILE: QT_TRANSLATE_NOOP("error_text", "Your file is untouched."),
        Kept.PROMPT: QT_TRANSLATE_NOOP("error_text", "Your prompt is kept."),
        Kept.CLIP: QT_TRANSLATE_NOOP("error_text", "The song is still at the service."),
    }
)
_NOTHING_KEPT: Final = (
    FailureCode.FILE_UNREADABLE,
    FailureCode.FILE_GONE,
    FailureCode.NOT_A_FILE,
    FailureCode.NOT_LOCAL,
)
"""Failures whose culprit may be gone, so that nothing can be promised about it."""
_SUBJECTS: Final[Mapping[Kept, str]] = MappingProxyType(
    {
        Kept.NOTHING: QT_TRANSLATE_NOOP("error_text", "it"),
        Kept.MESSAGE: QT_TRANSLATE_NOOP("error_text", "the model"),
        Kept.FILE: QT_TRANSLATE_NOOP("error_text", "the file"),
        Kept.PROMPT: QT_TRANSLATE_NOOP("error_text", "the model"),
        Kept.CLIP: QT_TRANSLATE_NOOP("error_text", "the song"),
    }
)
_BASE_URL: Final[Mapping[BaseUrlProblem, str]] = MappingProxyType(
    {
        BaseUrlProblem.EMPTY: QT_TRANSLATE_NOOP("error_text", "Enter the address of the service."),
        BaseUrlProblem.NOT_A_URL: QT_TRANSLATE_NOOP(
            "error_text", "This is not a web address. Write it like https://example.com/v1."
        ),
        BaseUrlProblem.SCHEME: QT_TRANSLATE_NOOP(
            "error_text", "The address must start with https:// (or http:// on this computer)."
        ),
        BaseUrlProblem.NOT_ENCRYPTED: QT_TRANSLATE_NOOP(
            "error_text",
            "http:// would send your key unencrypted. Use https://; "
            "plain http is for this computer only.",
        ),
        BaseUrlProblem.HAS_CREDENTIALS: QT_TRANSLATE_NOOP(
            "error_text",
            "Take the name and password out of the address; the key has its own field.",
        ),
        BaseUrlProblem.HAS_QUERY: QT_TRANSLATE_NOOP(
            "error_text", "Take everything from the ? or # on out of the address."
        ),
    }
)
_API_KEY: Final[Mapping[ApiKeyProblem, str]] = MappingProxyType(
    {
        ApiKeyProblem.EMPTY: QT_TRANSLATE_NOOP(
            "error_text", "The key is empty. Paste the key as the service showed it."
        ),
        ApiKeyProblem.TOO_LONG: QT_TRANSLATE_NOOP(
            "error_text",
            "The key is longer than {most} characters, more than every key store takes. "
            "Copy the key alone, without text around it.",
        ),
        ApiKeyProblem.NOT_ALLOWED: QT_TRANSLATE_NOOP(
            "error_text",
            "The key holds a space, a line break or a character that keys never have. "
            "Copy it again in one piece.",
        ),
    }
)
_PROMPT: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("prompt", "empty"): QT_TRANSLATE_NOOP(
            "error_text", "Describe the song in a few words first."
        ),
        ("reference", "not_uploaded"): QT_TRANSLATE_NOOP(
            "error_text", "The recording is not uploaded yet. Wait until it is, or take it out."
        ),
    }
)
"""By field and reason of a `PromptProblem`."""


def describe(failure: Failure, kept: Kept = Kept.NOTHING) -> ErrorText:
    """The words for a failure; `kept` is what it was about."""
    wording = WORDINGS[failure.code]
    parts = {
        "subject": _subject(failure, kept),
        "message": _as_sentence(failure.server_message),
        "detail": _as_sentence(_detail(failure)).strip(),
    }
    sentence = _SPACES.sub(" ", _capital(_tr(wording.sentence).format(**parts))).strip()
    what_was_kept = "" if failure.code in _NOTHING_KEPT else _tr(_KEPT[kept])
    return ErrorText(
        title=_tr(wording.title),
        sentence=format.sentences([sentence, what_was_kept]),
        action=wording.action,
        action_label=_tr(_ACTION_LABELS[wording.action]),
    )


def describe_base_url(problem: BaseUrlProblem) -> str:
    return _tr(_BASE_URL[problem])


def describe_api_key(problem: ApiKeyProblem) -> str:
    return _tr(_API_KEY[problem]).format(most=format.count(MAX_KEY_CHARS))


def describe_prompt(problem: PromptProblem) -> str:
    """The sentence to show beside the field the problem names."""
    return _tr(_PROMPT[problem.field, problem.reason])


def _subject(failure: Failure, kept: Kept) -> str:
    return f"“{failure.subject}”" if failure.subject else _tr(_SUBJECTS[kept])


def _detail(failure: Failure) -> str:
    return happened(failure.detail) if failure.code is FailureCode.KEY_STORE else failure.detail


def _as_sentence(text: str | None) -> str:
    """What somebody else said, ended as a sentence and followed by a space."""
    said = (text or "").strip()
    if not said:
        return ""
    return f"{said} " if said[-1] in ".!?" else f"{said}. "


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""
