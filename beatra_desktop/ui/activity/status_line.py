"""Why an activity is where it is: the countdown, what holds it, or what went wrong."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.requests import Hold
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.activity.activity_text import asks_for_rights
from beatra_desktop.ui.activity.deeds import is_draft
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.format import countdown
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_HOLDS: Final[Mapping[Hold, str]] = MappingProxyType(
    {
        Hold.OFFLINE: QT_TRANSLATE_NOOP(
            "status_line", "The service can’t be reached. It goes on by itself when it can."
        ),
        Hold.PAUSED: QT_TRANSLATE_NOOP(
            "status_line", "Everything new is paused. It goes on when you resume."
        ),
    }
)
_KEPT: Final[Mapping[ActivityKind, Kept]] = MappingProxyType(
    {
        ActivityKind.ANSWER: Kept.MESSAGE,
        ActivityKind.UPLOAD: Kept.FILE,
        ActivityKind.SONG: Kept.PROMPT,
        ActivityKind.DOWNLOAD: Kept.CLIP,
    }
)


def status_line(activity: Activity, now: datetime) -> tuple[str, Tone]:
    """A sentence, empty where all goes its way, and its tone."""
    if activity.wait is not None:
        wait = activity.wait
        words = _tr("Attempt {n} of {of} in {left}, as the same request: {reason}")
        if not wait.reason:
            words = _tr("Attempt {n} of {of} in {left}, as the same request.")
        left = countdown(wait.until, now)
        said = words.format(n=wait.attempt, of=wait.of, left=left, reason=wait.reason)
        return said, Tone.SECONDARY
    if activity.hold is not None and activity.state.is_live:
        return _held(activity, activity.hold), Tone.SECONDARY
    if asks_for_rights(activity):
        said = _tr("It waits for your word that you may use this recording. Go to it to answer.")
        return said, Tone.WARNING
    if is_draft(activity):
        return _tr("Written while offline. It costs credits, so it waits for you."), Tone.WARNING
    if activity.failure is not None and activity.state is not ActivityState.DONE:
        sentence = describe(activity.failure, _KEPT[activity.kind]).sentence
        is_failed = activity.state is ActivityState.FAILED
        return sentence, Tone.DANGER if is_failed else Tone.WARNING
    return "", Tone.SECONDARY


def _held(activity: Activity, hold: Hold) -> str:
    """A song that was written meanwhile asks before it costs anything."""
    is_song = activity.kind is ActivityKind.SONG
    if hold is Hold.OFFLINE and is_song and activity_text.moment(activity, Step.SENT) is None:
        return _tr("The service can’t be reached. When it can, it goes on, or asks first.")
    return _tr(_HOLDS[hold])


def _tr(text: str) -> str:
    return QCoreApplication.translate("status_line", text)
