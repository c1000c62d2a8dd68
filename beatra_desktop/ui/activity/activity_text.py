"""What the activity table says of a row."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.requests import Hold
from beatra_desktop.ui import format
from beatra_desktop.ui.error_text import describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

PERCENT: Final = 100
KINDS: Final[Mapping[ActivityKind, tuple[str, str, Icon]]] = MappingProxyType(
    {
        ActivityKind.ANSWER: (
            QT_TRANSLATE_NOOP("activity_text", "Answer"),
            QT_TRANSLATE_NOOP("activity_text", "Answers"),
            Icon.CHAT,
        ),
        ActivityKind.UPLOAD: (
            QT_TRANSLATE_NOOP("activity_text", "Upload"),
            QT_TRANSLATE_NOOP("activity_text", "Uploads"),
            Icon.UPLOAD,
        ),
        ActivityKind.SONG: (
            QT_TRANSLATE_NOOP("activity_text", "Song"),
            QT_TRANSLATE_NOOP("activity_text", "Songs"),
            Icon.MUSIC,
        ),
        ActivityKind.DOWNLOAD: (
            QT_TRANSLATE_NOOP("activity_text", "Download"),
            QT_TRANSLATE_NOOP("activity_text", "Downloads"),
            Icon.DOWNLOAD,
        ),
    }
)
"""A word for one, a word for several, and the icon."""
_STATES: Final[Mapping[ActivityState, tuple[str, Icon, Tone]]] = MappingProxyType(
    {
        ActivityState.WAITING: (
            QT_TRANSLATE_NOOP("activity_text", "Waiting"), Icon.CLOCK, Tone.SECONDARY
        ),
        ActivityState.RUNNING: (
            QT_TRANSLATE_NOOP("activity_text", "Running"), Icon.RUNNING, Tone.ACCENT
        ),
        ActivityState.NEEDS_YOU: (
            QT_TRANSLATE_NOOP("activity_text", "Needs you"), Icon.WARNING, Tone.WARNING
        ),
        ActivityState.DONE: (
            QT_TRANSLATE_NOOP("activity_text", "Done"), Icon.SUCCESS, Tone.SUCCESS
        ),
        ActivityState.FAILED: (
            QT_TRANSLATE_NOOP("activity_text", "Failed"), Icon.ERROR, Tone.DANGER
        ),
        ActivityState.CANCELED: (
            QT_TRANSLATE_NOOP("activity_text", "Canceled"), Icon.CANCELED, Tone.SECONDARY
        ),
    }
)  # fmt: skip
_HOLDS: Final[Mapping[Hold, tuple[str, Icon, Tone]]] = MappingProxyType(
    {
        Hold.OFFLINE: (
            QT_TRANSLATE_NOOP("activity_text", "Offline"), Icon.OFFLINE, Tone.SECONDARY
        ),
        Hold.PAUSED: (
            QT_TRANSLATE_NOOP("activity_text", "Paused"), Icon.PAUSE, Tone.SECONDARY
        ),
    }
)  # fmt: skip
_STARTS: Final[Mapping[ActivityKind, Step]] = MappingProxyType(
    {
        ActivityKind.ANSWER: Step.SENT,
        ActivityKind.UPLOAD: Step.SENT,
        ActivityKind.SONG: Step.STARTED,
        ActivityKind.DOWNLOAD: Step.WRITTEN,
    }
)
_STEPS: Final[Mapping[Step, str]] = MappingProxyType(
    {
        Step.WRITTEN: QT_TRANSLATE_NOOP("activity_text", "Written"),
        Step.SENT: QT_TRANSLATE_NOOP("activity_text", "Sent"),
        Step.ACCEPTED: QT_TRANSLATE_NOOP("activity_text", "Accepted"),
        Step.STARTED: QT_TRANSLATE_NOOP("activity_text", "Started"),
        Step.DONE: QT_TRANSLATE_NOOP("activity_text", "Done"),
        Step.SAVED: QT_TRANSLATE_NOOP("activity_text", "Saved"),
    }
)


def kind(activity: Activity) -> str:
    return _tr(KINDS[activity.kind][0])


def kinds(of: ActivityKind) -> str:
    return _tr(KINDS[of][1])


def kind_icon(activity: Activity) -> Icon:
    return KINDS[activity.kind][2]


def name(activity: Activity) -> str:
    return activity.title or kind(activity)


def state_name(state: ActivityState) -> str:
    return _tr(_STATES[state][0])


def state(activity: Activity) -> str:
    return _tr(_look(activity)[0])


def state_look(activity: Activity) -> tuple[Icon, Tone]:
    _, icon, tone = _look(activity)
    return icon, tone


def step_name(step: Step) -> str:
    return _tr(_STEPS[step])


def moment(activity: Activity, step: Step) -> datetime | None:
    for each in activity.timeline:
        if each.step is step:
            return each.at
    return None


def progress(activity: Activity, now: datetime) -> str:
    """How far a live one is, or why one failed; the last step it came to otherwise."""
    if activity.wait is not None:
        return _tr("Again in {left}").format(left=format.countdown(activity.wait.until, now))
    if activity.failure is not None and activity.state is not ActivityState.DONE:
        return describe(activity.failure).title
    if not activity.state.is_live:
        is_saved = moment(activity, Step.SAVED) is not None
        return step_name(Step.SAVED) if is_saved else ""
    if asks_for_rights(activity):
        return _tr("Waiting for your answer")
    if shows_share(activity):
        return _tr("{n} %").format(n=int((activity.fraction or 0.0) * PERCENT))
    if activity.kind is ActivityKind.UPLOAD and activity.fraction == 1.0:
        return _tr("Confirming")
    step = activity.timeline[-1].step if activity.timeline else Step.WRITTEN
    return _tr("Not sent yet") if step is Step.WRITTEN else step_name(step)


def asks_for_rights(activity: Activity) -> bool:
    """Whether a recording waits for the user's word that it may be used."""
    is_upload = activity.kind is ActivityKind.UPLOAD
    return is_upload and activity.state is ActivityState.NEEDS_YOU


def shows_share(activity: Activity) -> bool:
    """Whether it is on its way and known how much of it is done."""
    is_moving = activity.state is ActivityState.RUNNING and activity.failure is None
    return is_moving and activity.fraction is not None and activity.fraction < 1.0


def amount(activity: Activity) -> str:
    """Bytes moved of all of them; empty where none are."""
    if not activity.total_bytes:
        return ""
    if not activity.state.is_live or activity.done_bytes is None:
        return format.size(activity.total_bytes)
    done, whole = format.size(activity.done_bytes), format.size(activity.total_bytes)
    return _tr("{done} of {all}").format(done=done, all=whole)


def start(activity: Activity) -> datetime | None:
    """From when on it counts: for a song not before the service began to make it."""
    return moment(activity, _STARTS[activity.kind])


def started(activity: Activity, now: datetime) -> str:
    began = start(activity)
    return format.relative(began, now) if began is not None else ""


def taken(activity: Activity, now: datetime) -> timedelta | None:
    """How long it runs or ran, counted from its start; None before that."""
    began = None if activity.state is ActivityState.WAITING else start(activity)
    if began is None or (not activity.state.is_live and activity.ended_at is None):
        return None
    return max(timedelta(), (activity.ended_at or now) - began)


def elapsed(activity: Activity, now: datetime) -> str:
    time = taken(activity, now)
    return format.duration(time.total_seconds()) if time is not None else ""


def attempt(activity: Activity, now: datetime) -> str:
    """Which attempt comes when, or how many there were where it was not the first alone."""
    wait = activity.wait
    if wait is not None:
        left = format.countdown(wait.until, now)
        return _tr("{n} of {of} in {left}").format(n=wait.attempt, of=wait.of, left=left)
    return format.count(activity.attempts) if activity.attempts > 1 else ""


def cost(activity: Activity) -> str:
    """What the service said it charged; empty while it has said nothing."""
    return format.credits(activity.credits) if activity.credits is not None else ""


def spoken(activity: Activity, now: datetime) -> str:
    """The whole row, for a screen reader."""
    trouble = describe(activity.failure).sentence if activity.failure is not None else ""
    return format.heard(
        kind(activity), name(activity), state(activity), progress(activity, now), amount(activity),
        elapsed(activity, now), attempt(activity, now), cost(activity), trouble,
    )  # fmt: skip


def _look(activity: Activity) -> tuple[str, Icon, Tone]:
    if activity.hold is not None and activity.state.is_live:
        return _HOLDS[activity.hold]
    return _STATES[activity.state]


def _tr(text: str) -> str:
    return QCoreApplication.translate("activity_text", text)
