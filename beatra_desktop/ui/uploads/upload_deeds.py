"""What can be done with an upload where it stands: one list for menu, buttons and keys."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP
from beatra_desktop.ui.uploads.upload_order import ENDED_BADLY, can_move


class Deed(StrEnum):
    USE = "use"
    RETRY = "retry"
    TRY_NOW = "try_now"
    STOP_RETRYING = "stop_retrying"
    SEND_FIRST = "send_first"
    MOVE_UP = "move_up"
    MOVE_DOWN = "move_down"
    CANCEL = "cancel"
    REVEAL = "reveal"
    COPY_ID = "copy_id"
    DETAILS = "details"
    REMOVE = "remove"


class _Look(Struct, frozen=True):
    text: str
    icon: Icon
    keys: str = ""


_LOOKS: Final[Mapping[Deed, _Look]] = MappingProxyType(
    {
        Deed.USE: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Use as reference"), Icon.MUSIC),
        Deed.RETRY: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Try again"), Icon.RETRY),
        Deed.TRY_NOW: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Try now"), Icon.RETRY),
        Deed.STOP_RETRYING: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Stop retrying"), Icon.STOP),
        Deed.SEND_FIRST: _Look(
            QT_TRANSLATE_NOOP("upload_deeds", "Send first"), Icon.ARROW_UP, "Alt+Home"
        ),
        Deed.MOVE_UP: _Look(
            QT_TRANSLATE_NOOP("upload_deeds", "Send earlier"), Icon.ARROW_UP, "Alt+Up"
        ),
        Deed.MOVE_DOWN: _Look(
            QT_TRANSLATE_NOOP("upload_deeds", "Send later"), Icon.ARROW_DOWN, "Alt+Down"
        ),
        Deed.CANCEL: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Cancel"), Icon.CLOSE, "Del"),
        Deed.REVEAL: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Show in folder"), Icon.FOLDER),
        Deed.COPY_ID: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Copy artifact id"), Icon.COPY),
        Deed.DETAILS: _Look(QT_TRANSLATE_NOOP("upload_deeds", "Details"), Icon.INFO),
        Deed.REMOVE: _Look(
            QT_TRANSLATE_NOOP("upload_deeds", "Take off the list"), Icon.DELETE, "Del"
        ),
    }
)
_AGAIN: Final = (*ENDED_BADLY, UploadStatus.CANCELED)
_TESTS: Final[Mapping[Deed, Callable[[Upload], bool]]] = MappingProxyType(
    {
        Deed.USE: lambda upload: (
            upload.status is UploadStatus.UPLOADED and upload.purpose is Purpose.REFERENCE_AUDIO
        ),
        Deed.RETRY: lambda upload: upload.status in _AGAIN,
        Deed.TRY_NOW: lambda upload: upload.wait is not None and upload.hold is None,
        Deed.STOP_RETRYING: lambda upload: upload.wait is not None,
        Deed.SEND_FIRST: can_move,
        Deed.MOVE_UP: can_move,
        Deed.MOVE_DOWN: can_move,
        Deed.CANCEL: lambda upload: upload.status.is_live,
        Deed.COPY_ID: lambda upload: upload.artifact_id is not None,
        Deed.REMOVE: lambda upload: not upload.status.is_live,
    }
)


def deeds(upload: Upload) -> list[Deed]:
    """All that makes sense now, in the order of the menu."""
    return [deed for deed in Deed if _TESTS.get(deed, _always)(upload)]


def main_deed(upload: Upload) -> Deed | None:
    """What Enter does with the row, if anything."""
    wanted = (Deed.USE, Deed.RETRY, Deed.TRY_NOW)
    return next((deed for deed in wanted if deed in deeds(upload)), None)


def end_deed(upload: Upload) -> Deed:
    """What Delete does with the row."""
    return Deed.CANCEL if upload.status.is_live else Deed.REMOVE


def quick_deed(upload: Upload) -> Deed:
    """What the button in the row itself does."""
    return main_deed(upload) or end_deed(upload)


def text(deed: Deed) -> str:
    return QCoreApplication.translate("upload_deeds", _LOOKS[deed].text)


def icon(deed: Deed) -> Icon:
    return _LOOKS[deed].icon


def keys(deed: Deed) -> str:
    return _LOOKS[deed].keys


def _always(_upload: Upload) -> bool:
    return True
