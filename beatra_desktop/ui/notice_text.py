"""What a notice says, and what can be done about it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.notices import Notice, NoticeCode
from beatra_desktop.ui import format
from beatra_desktop.ui.error_text import ErrorAction, describe
from beatra_desktop.ui.key_store_text import happened
from beatra_desktop.ui.transfer.imported_text import imported_text
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_SENTENCES: Final[Mapping[NoticeCode, str]] = MappingProxyType(
    {
        NoticeCode.KEY_SESSION_ONLY: QT_TRANSLATE_NOOP(
            "notice_text",
            "{reason} The key works until you quit and is written nowhere. "
            "Settings say how to keep it.",
        ),
        NoticeCode.CONVERSATION_ARCHIVED: QT_TRANSLATE_NOOP(
            "notice_text", "“{title}” is archived."
        ),
        NoticeCode.CONVERSATION_DELETED: QT_TRANSLATE_NOOP("notice_text", "“{title}” is deleted."),
        NoticeCode.FOLDER_RENAMED: QT_TRANSLATE_NOOP(
            "notice_text", "The chats of “{title}” are in “{name}” now."
        ),
        NoticeCode.FOLDER_EMPTIED: QT_TRANSLATE_NOOP(
            "notice_text", "The chats of “{title}” are in no folder now."
        ),
        NoticeCode.CLIPS_AT_RISK: QT_TRANSLATE_NOOP(
            "notice_text",
            "Songs not saved yet: {count}. The service may keep them only for a limited time. "
            "Saving them costs nothing.",
        ),
        NoticeCode.LINK_REFUSED: QT_TRANSLATE_NOOP(
            "notice_text",
            "A link into the app was not followed: it names nothing that can be opened. Nothing "
            "was changed.",
        ),
        NoticeCode.LINK_LEADS_NOWHERE: QT_TRANSLATE_NOOP(
            "notice_text",
            "A link into the app leads to something that is not on this computer, or in the trash.",
        ),
        NoticeCode.EXPORTED: QT_TRANSLATE_NOOP("notice_text", "“{name}” is saved."),
        NoticeCode.UPDATE_AVAILABLE: QT_TRANSLATE_NOOP(
            "notice_text", "Version {version} of Beatra Desktop is there. You have an older one."
        ),
        NoticeCode.DATABASE_RESTORED: QT_TRANSLATE_NOOP(
            "notice_text",
            "The app's data was damaged. {rows} entries were saved into a new file; the damaged "
            "one is kept as {kept}.",
        ),
        NoticeCode.COPY_RESTORED: QT_TRANSLATE_NOOP(
            "notice_text",
            "The app's data is as it was {when}: the copy of then took the place of the damaged "
            "file, which is kept as {kept}.",
        ),
    }
)
_PARAMETERS: Final = ("title", "name", "rows", "kept", "reason", "count", "when", "version")
_UNTITLED: Final = QT_TRANSLATE_NOOP("notice_text", "New chat")


class NoticeText(Struct, frozen=True, kw_only=True):
    title: str
    sentence: str
    action: ErrorAction
    action_label: str


def describe_notice(notice: Notice) -> NoticeText:
    """The words of a notice; `title` is empty where one sentence says it all."""
    if notice.failure is not None:
        words = describe(notice.failure)
        return NoticeText(
            title=words.title,
            sentence=words.sentence,
            action=words.action,
            action_label=words.action_label,
        )
    if notice.code is NoticeCode.IMPORTED:
        return NoticeText(
            title="",
            sentence=imported_text(notice.parameters),
            action=ErrorAction.NONE,
            action_label="",
        )
    parameters = dict.fromkeys(_PARAMETERS, "")
    parameters |= {name: text for name, text in notice.parameters.items() if text}
    if parameters["when"]:
        moment = datetime.fromisoformat(parameters["when"])
        parameters["when"] = format.day_and_time(moment, utc_now())
    parameters["title"] = format.isolated(parameters["title"]) or _tr(_UNTITLED)
    if notice.code in (NoticeCode.FOLDER_RENAMED, NoticeCode.FOLDER_EMPTIED):
        parameters["name"] = format.isolated(parameters["name"])
    if notice.code is NoticeCode.KEY_SESSION_ONLY:
        parameters["reason"] = happened(parameters["reason"])
    sentence = _tr(_SENTENCES[notice.code]).format(**parameters)
    action, label = _action(notice)
    return NoticeText(title="", sentence=sentence, action=action, action_label=label)


def _action(notice: Notice) -> tuple[ErrorAction, str]:
    match notice.code:
        case (
            NoticeCode.CONVERSATION_ARCHIVED
            | NoticeCode.CONVERSATION_DELETED
            | NoticeCode.FOLDER_RENAMED
            | NoticeCode.FOLDER_EMPTIED
        ):
            return ErrorAction.UNDO, _tr(QT_TRANSLATE_NOOP("notice_text", "Undo"))
        case NoticeCode.EXPORTED:
            label = _tr(QT_TRANSLATE_NOOP("notice_text", "Show in folder"))
            return ErrorAction.SHOW_FOLDER, label
        case NoticeCode.CLIPS_AT_RISK:
            return ErrorAction.SHOW_SONGS, _tr(QT_TRANSLATE_NOOP("notice_text", "Show songs"))
        case NoticeCode.UPDATE_AVAILABLE if notice.parameters.get("url"):
            label = _tr(QT_TRANSLATE_NOOP("notice_text", "Show release notes"))
            return ErrorAction.SHOW_NOTES, label
        case NoticeCode.KEY_SESSION_ONLY:
            return ErrorAction.ENTER_KEY, _tr(QT_TRANSLATE_NOOP("notice_text", "Settings…"))
    return ErrorAction.NONE, ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("notice_text", text)
