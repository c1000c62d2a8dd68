"""The words for files that can't be uploaded."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.ui.error_actions import ErrorAction, Wording
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

FILE_WORDINGS: Final[Mapping[FailureCode, Wording]] = MappingProxyType(
    {
        FailureCode.FILE_EMPTY: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is empty"),
            QT_TRANSLATE_NOOP(
                "error_text", "{subject} has no contents, so it was not sent. Choose another file."
            ),
            ErrorAction.CHOOSE_FILE,
        ),
        FailureCode.FILE_TOO_LARGE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is too large"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is larger than the 100\u00a0MB the service takes, so it was not sent. "
                "Choose a smaller file.",
            ),
            ErrorAction.CHOOSE_FILE,
        ),
        FailureCode.FILE_UNREADABLE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file can't be read"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} was moved, removed, or may not be read by you. Nothing was sent. "
                "Check the file, then try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.FILE_GONE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is not there any more"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} was moved or removed, so it was not sent. "
                "Put it back and try again, or choose another file.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.FILE_FORBIDDEN: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file may not be read"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "You have no permission to read {subject}, so it was not sent. "
                "Change its permissions, then try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.FILE_DISGUISED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file is not what its name says"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "What is in {subject} does not fit its ending, so it was not sent. "
                "Give it the right ending, or choose another file.",
            ),
            ErrorAction.CHOOSE_FILE,
        ),
        FailureCode.NOT_LOCAL: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not on this computer"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is a link, so nothing was sent. "
                "Save what it leads to on this computer, then add that file.",
            ),
            ErrorAction.CHOOSE_FILE,
        ),
        FailureCode.FILE_CHANGED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file has changed"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is not the file you added any more, so it was not sent. "
                "Add it again to send it as it is now.",
            ),
            ErrorAction.ADD_AGAIN,
        ),
        FailureCode.FILE_WRONG_TYPE: Wording(
            QT_TRANSLATE_NOOP("error_text", "This type of file does not work here"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} can't be a reference: the service takes MP3, WAV and FLAC. "
                "Choose such a file.",
            ),
            ErrorAction.CHOOSE_FILE,
        ),
        FailureCode.NOT_A_FILE: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not a file"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} is a folder, a link to a web page or something else that can't be sent. "
                "Choose a file on this computer.",
            ),
            ErrorAction.CHOOSE_FILE,
        ),
    }
)
