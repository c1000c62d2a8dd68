"""The words for what goes wrong when chats are exported or imported."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.ui.error_actions import Wording
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

TRANSFER_WORDINGS: Final[Mapping[FailureCode, Wording]] = MappingProxyType(
    {
        FailureCode.NOT_EXPORTED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The chat was not exported"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not be written there; nothing in that folder was changed. "
                "Export again and choose a folder you may write to.",
            ),
        ),
        FailureCode.CHATS_UNREADABLE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file can't be read"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} was moved, removed, or may not be read by you. Nothing was imported. "
                "Check the file, then import it again.",
            ),
        ),
        FailureCode.CHATS_UNKNOWN: Wording(
            QT_TRANSLATE_NOOP("error_text", "There are no chats in this file"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is neither an export of Beatra Desktop nor one of ChatGPT. Nothing was "
                "imported. Choose such a zip or JSON file.",
            ),
        ),
        FailureCode.CHATS_DAMAGED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is damaged"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} ends too early or is broken inside. Nothing was imported. "
                "Download or copy it once more, then import it again.",
            ),
        ),
        FailureCode.CHATS_NEWER: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is from a newer version"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} was written by a newer Beatra Desktop than this one. Nothing was "
                "imported. Update the app, then import it again.",
            ),
        ),
        FailureCode.CHATS_TOO_LARGE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is too large"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} holds more than this app reads, so it may not be what it seems. "
                "Nothing was imported. Choose another file.",
            ),
        ),
        FailureCode.CHATS_UNSAFE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is not safe to open"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} holds names that point outside of it, which no export does. Nothing "
                "was imported. Choose another file.",
            ),
        ),
    }
)
