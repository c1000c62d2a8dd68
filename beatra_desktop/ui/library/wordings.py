"""The words for what goes wrong with saved songs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.ui.error_actions import Wording
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

SONG_WORDINGS: Final[Mapping[FailureCode, Wording]] = MappingProxyType(
    {
        FailureCode.NOT_TRASHED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The song was not deleted"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The file of {subject} could not be moved to the trash, so the song stays in the "
                "library. Close programs that use the file, then delete it again.",
            ),
        ),
        FailureCode.NOT_RESTORED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The song's file stays in the trash folder"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is in the library again and plays, but its file could not be moved "
                "back. The app tries again at its next start.",
            ),
        ),
        FailureCode.NOT_ERASED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The song stays in the app's trash"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not be handed to the trash of this computer. It can still be "
                "restored, and is erased when its 30 days are over.",
            ),
        ),
        FailureCode.NOT_SOUND: Wording(
            QT_TRANSLATE_NOOP("error_text", "This file can't be played"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} holds no sound this app can read, so nothing was changed. Choose the "
                "song's own file, or download the song again.",
            ),
        ),
        FailureCode.NOT_CONVERTED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The song was not converted"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not be read, or not be written there. The song itself is "
                "untouched and no unfinished file is left. Choose another folder, or download "
                "the song again.",
            ),
        ),
    }
)
