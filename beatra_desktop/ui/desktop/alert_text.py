"""What a notification says, of one thing or of several of a kind."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.alerts import Alert, AlertKind
from beatra_desktop.ui import format
from beatra_desktop.ui.desktop.notifications import Notification
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

OPEN: Final = "open"
PLAY: Final = "play"
_TITLES: Final[Mapping[AlertKind, tuple[str, str]]] = MappingProxyType(
    {
        AlertKind.SONG_SAVED: (
            QT_TRANSLATE_NOOP("alert_text", "Song saved"),
            QT_TRANSLATE_NOOP("alert_text", "Songs saved"),
        ),
        AlertKind.SONG_FAILED: (
            QT_TRANSLATE_NOOP("alert_text", "A song needs you"),
            QT_TRANSLATE_NOOP("alert_text", "Songs need you"),
        ),
        AlertKind.ANSWER_COMPLETE: (
            QT_TRANSLATE_NOOP("alert_text", "Answer complete"),
            QT_TRANSLATE_NOOP("alert_text", "Answers complete"),
        ),
        AlertKind.ANSWER_CUT: (
            QT_TRANSLATE_NOOP("alert_text", "Answer incomplete"),
            QT_TRANSLATE_NOOP("alert_text", "Answers incomplete"),
        ),
        AlertKind.UPLOAD_FAILED: (
            QT_TRANSLATE_NOOP("alert_text", "Upload failed"),
            QT_TRANSLATE_NOOP("alert_text", "Uploads failed"),
        ),
        AlertKind.QUESTION: (
            QT_TRANSLATE_NOOP("alert_text", "Your limit for today"),
            QT_TRANSLATE_NOOP("alert_text", "Your limit for today"),
        ),
    }
)
"""Of one, and of several."""
_SENTENCES: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.SONG_SAVED: QT_TRANSLATE_NOOP("alert_text", "{name} is on this computer."),
        AlertKind.SONG_FAILED: QT_TRANSLATE_NOOP(
            "alert_text", "{name} was not made or not saved. The app says why."
        ),
        AlertKind.ANSWER_COMPLETE: QT_TRANSLATE_NOOP("alert_text", "{name} has an answer."),
        AlertKind.ANSWER_CUT: QT_TRANSLATE_NOOP(
            "alert_text", "{name}: what came is kept, and can be continued."
        ),
        AlertKind.UPLOAD_FAILED: QT_TRANSLATE_NOOP(
            "alert_text", "{name} was not uploaded. The file is untouched."
        ),
        AlertKind.QUESTION: QT_TRANSLATE_NOOP(
            "alert_text", "Going on would pass it. Nothing is sent before you decide."
        ),
    }
)
_UNTITLED: Final[Mapping[AlertKind, str]] = MappingProxyType(
    {
        AlertKind.SONG_SAVED: QT_TRANSLATE_NOOP("alert_text", "A new song"),
        AlertKind.SONG_FAILED: QT_TRANSLATE_NOOP("alert_text", "A song"),
        AlertKind.ANSWER_COMPLETE: QT_TRANSLATE_NOOP("alert_text", "A chat"),
        AlertKind.ANSWER_CUT: QT_TRANSLATE_NOOP("alert_text", "A chat"),
        AlertKind.UPLOAD_FAILED: QT_TRANSLATE_NOOP("alert_text", "A file"),
        AlertKind.QUESTION: "",
    }
)


def notification_of(kind: AlertKind, alerts: Sequence[Alert]) -> Notification:
    """One for all alerts of a kind; the newest is the last of `alerts`, which are not empty."""
    title, titles = _TITLES[kind]
    newest = alerts[-1]
    actions = {OPEN: _tr(QT_TRANSLATE_NOOP("alert_text", "Open"))}
    if len(alerts) == 1 and newest.clip_id:
        actions[PLAY] = _tr(QT_TRANSLATE_NOOP("alert_text", "Play"))
    name = format.isolated(f"“{newest.title}”") if newest.title else _tr(_UNTITLED[kind])
    sentence = _tr(_SENTENCES[kind]).format(name=name)
    if len(alerts) > 1:
        sentence = QCoreApplication.translate(
            "alert_text", "%n of them; the last is {name}.", "", len(alerts)
        ).format(name=name)
    return Notification(
        key=kind.value,
        title=_tr(title if len(alerts) == 1 else titles),
        sentence=sentence,
        actions=actions,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("alert_text", text) if text else ""
