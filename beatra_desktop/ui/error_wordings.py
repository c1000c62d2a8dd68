"""The words for every failure: what happened, and the one thing to do next."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.ui.error_actions import ErrorAction, Wording
from beatra_desktop.ui.library.wordings import SONG_WORDINGS
from beatra_desktop.ui.transfer.wordings import TRANSFER_WORDINGS
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP
from beatra_desktop.ui.uploads.wordings import FILE_WORDINGS

# {subject} is the culprit's name; {message} what the service said, as a sentence or empty.
WORDINGS: Final[Mapping[FailureCode, Wording]] = MappingProxyType(
    {
        **SONG_WORDINGS,
        **TRANSFER_WORDINGS,
        **FILE_WORDINGS,
        FailureCode.NO_KEY: Wording(
            QT_TRANSLATE_NOOP("error_text", "No API key yet"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "This profile has no API key, so nothing was sent. Enter one to go on.",
            ),
            ErrorAction.ENTER_KEY,
        ),
        FailureCode.INVALID_KEY: Wording(
            QT_TRANSLATE_NOOP("error_text", "The API key was refused"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service does not accept this key: it may be mistyped, disabled or revoked. "
                "Nothing was charged. Enter a valid key, then try again.",
            ),
            ErrorAction.ENTER_KEY,
        ),
        FailureCode.FORBIDDEN: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not allowed with this key"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service refused this to the account the key belongs to. {message}"
                "Use another key, or ask the owner of the account.",
            ),
            ErrorAction.ENTER_KEY,
        ),
        FailureCode.INSUFFICIENT_BALANCE: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not enough credits"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The account's balance is too low for this, so the service did not start it and "
                "charged nothing. Add credits to your account, then try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.NOT_FOUND: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service can't find it"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service does not know {subject} (any more). It may have been kept only for a "
                "limited time, or belong to another account.",
            ),
            ErrorAction.SHOW_DETAILS,
        ),
        FailureCode.CONFLICT: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service already has another version"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service knows this request with other contents, so it did not repeat it. "
                "Check what it already made before you start a new one.",
            ),
            ErrorAction.SHOW_DETAILS,
        ),
        FailureCode.INVALID_REQUEST: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service did not understand the request"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{message}Nothing was charged. Change what it names, then send again.",
            ),
            ErrorAction.EDIT,
        ),
        FailureCode.UNSUPPORTED_MODEL: Wording(
            QT_TRANSLATE_NOOP("error_text", "This model is not offered"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service does not offer {subject} for this. Choose another model, or Auto.",
            ),
            ErrorAction.CHOOSE_MODEL,
        ),
        FailureCode.UNSUPPORTED_OPTION: Wording(
            QT_TRANSLATE_NOOP("error_text", "The model does not take an option"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{message}Nothing was charged. Leave the option out, or choose another model.",
            ),
            ErrorAction.EDIT,
        ),
        FailureCode.RATE_LIMITED: Wording(
            QT_TRANSLATE_NOOP("error_text", "Too many requests"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service asks for a pause, and waiting for it did not help yet. "
                "Try again in a few minutes.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.MODEL_UNAVAILABLE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The model is not available now"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} does not answer at the moment. Choose another model or Auto, "
                "or try again later.",
            ),
            ErrorAction.CHOOSE_MODEL,
        ),
        FailureCode.SERVICE_ERROR: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service had a problem"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The fault is at the service, not here. {message}Try again in a moment.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.SAFETY_REJECTED: Wording(
            QT_TRANSLATE_NOOP("error_text", "Refused by the safety check"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The model's provider refused these words or this reference. What was paid for it "
                "is refunded. Change the wording, then send again.",
            ),
            ErrorAction.EDIT,
        ),
        FailureCode.TASK_FAILED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The song could not be made"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{message}The service refunds what a failed task cost. You can start it again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.OFFLINE: Wording(
            QT_TRANSLATE_NOOP("error_text", "No connection"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service can't be reached. Check the network connection, then try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.CERTIFICATE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service's identity is in doubt"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not prove who it is, so nothing was sent to it. Check the "
                "address and this computer's clock; behind a company proxy, ask its administrator.",
            ),
            ErrorAction.CHANGE_PROFILE,
        ),
        FailureCode.TIMED_OUT: Wording(
            QT_TRANSLATE_NOOP("error_text", "No answer in time"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service did not answer in time. Trying again repeats the same request, "
                "so nothing is charged twice.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.MALFORMED_ANSWER: Wording(
            QT_TRANSLATE_NOOP("error_text", "The answer makes no sense"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "What came back is not in the form the service promises; something between here "
                "and there may have changed it. Try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.INCOMPLETE_ANSWER: Wording(
            QT_TRANSLATE_NOOP("error_text", "The answer was cut off"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The connection ended before the answer did. Everything that arrived is kept.",
            ),
            ErrorAction.CONTINUE,
        ),
        FailureCode.NOT_SENT: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not sent"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "You ended the waiting before anything was sent. It is kept here and nothing was "
                "charged. Try again when you want it to go out.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.OUTCOME_UNKNOWN: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not known whether it went through"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The request left, but no answer to it came back, and it is too old to be repeated "
                "safely. It may have been charged. Check your account before you start a new one.",
            ),
            ErrorAction.SHOW_DETAILS,
        ),
        FailureCode.NOT_CREATED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The service never started it"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service's list of tasks does not hold this one, so the request was lost on "
                "its way and nothing was charged. Start it again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.SEVERAL_FIT: Wording(
            QT_TRANSLATE_NOOP("error_text", "More than one could be it"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The request was lost, and the service has several tasks that were asked for the "
                "same. Nothing is sent again. Say which one it is, or that it is none of them.",
            ),
        ),
        FailureCode.NO_LINK_YET: Wording(
            QT_TRANSLATE_NOOP("error_text", "There is no link to it yet"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service has made {subject} but gave no link to download it. It is asked again "
                "from time to time; downloading costs nothing.",
            ),
            ErrorAction.DOWNLOAD_AGAIN,
        ),
        FailureCode.SONGS_NOT_EXPORTED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The list was not exported"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not be written there; nothing in that folder was changed. "
                "Export again and choose a folder you may write to.",
            ),
        ),
        FailureCode.NOT_OFFERED: Wording(
            QT_TRANSLATE_NOOP("error_text", "Not offered by this service"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service of this profile does not offer this, so it did nothing. "
                "Choose another profile for it.",
            ),
            ErrorAction.CHANGE_PROFILE,
        ),
        FailureCode.NOT_A_SERVICE: Wording(
            QT_TRANSLATE_NOOP("error_text", "No service at this address"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "Something answers at this address, but not as a chat service does. Check the base "
                "URL of the profile; it usually ends in /v1.",
            ),
            ErrorAction.CHANGE_PROFILE,
        ),
        FailureCode.LINK_EXPIRED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The download link has expired"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The service did not give a new link for {subject} either. Downloading again asks "
                "once more and costs nothing.",
            ),
            ErrorAction.DOWNLOAD_AGAIN,
        ),
        FailureCode.BROKEN_AUDIO: Wording(
            QT_TRANSLATE_NOOP("error_text", "The download is damaged"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "What arrived of {subject} can't be played, so it was not saved. Downloading again "
                "costs nothing.",
            ),
            ErrorAction.DOWNLOAD_AGAIN,
        ),
        FailureCode.DISK_FULL: Wording(
            QT_TRANSLATE_NOOP("error_text", "The disk is full"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "There is no room left to save {subject}. Free some space, then try again; a song "
                "is saved by itself as soon as there is room. That costs nothing.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.DISK_ERROR: Wording(
            QT_TRANSLATE_NOOP("error_text", "The file can't be saved"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{subject} could not be written to the folder for it. Choose a folder you may "
                "write to, or make this one writable: it is then saved by itself, at no cost.",
            ),
            ErrorAction.CHANGE_FOLDER,
        ),
        FailureCode.STORAGE_ERROR: Wording(
            QT_TRANSLATE_NOOP("error_text", "The app can't save its data"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "Nothing is sent that can't be recorded first. Make sure that the disk is not full "
                "and the app's folder can be written, then try again.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.STORAGE_DAMAGED: Wording(
            QT_TRANSLATE_NOOP("error_text", "The app's data is damaged"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "Part of it can't be read. It is left as it is. Quit and start Beatra Desktop "
                "again: it then offers to save what can be read, or to go back to a copy.",
            ),
        ),
        FailureCode.SANDBOX_DOWN: Wording(
            QT_TRANSLATE_NOOP("error_text", "The sandbox does not run"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "The practice service on this computer stopped or did not start. "
                "Trying again starts it anew.",
            ),
            ErrorAction.RETRY,
        ),
        FailureCode.KEY_STORE: Wording(
            QT_TRANSLATE_NOOP("error_text", "The key store can't be used"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "{detail} What it already holds stays there. Unlock or repair the key store, "
                "then try again.",
            ),
            ErrorAction.ENTER_KEY,
        ),
        FailureCode.PROFILE_GONE: Wording(
            QT_TRANSLATE_NOOP("error_text", "Its profile was removed"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "This was made under a profile that is no longer here, so nothing was sent. "
                "Start it anew under another profile.",
            ),
            ErrorAction.CHANGE_PROFILE,
        ),
        FailureCode.BUG: Wording(
            QT_TRANSLATE_NOOP("error_text", "Something went wrong in the app"),
            QT_TRANSLATE_NOOP(
                "error_text",
                "This is a fault of Beatra Desktop, not yours. What was saved is safe. Try again, "
                "and report the details if it happens twice.",
            ),
            ErrorAction.SHOW_DETAILS,
        ),
    }
)
