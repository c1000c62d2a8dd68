"""What can be done with chosen activities, one or many."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.requests import Hold
from beatra_desktop.services import Services
from beatra_desktop.ui import format
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.cap_question import NO_MORE, ask_if_needed
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP


class Deed(StrEnum):
    """What is done with rows that allow it; the others are left as they are."""

    SEND_NOW = "send_now"
    TRY_NOW = "try_now"
    STOP_RETRYING = "stop_retrying"
    TRY_AGAIN = "try_again"
    CANCEL = "cancel"


_NAMES: Final[Mapping[Deed, str]] = MappingProxyType(
    {
        Deed.SEND_NOW: QT_TRANSLATE_NOOP("deeds", "Send now"),
        Deed.TRY_NOW: QT_TRANSLATE_NOOP("deeds", "Try now"),
        Deed.STOP_RETRYING: QT_TRANSLATE_NOOP("deeds", "Stop retrying"),
        Deed.TRY_AGAIN: QT_TRANSLATE_NOOP("deeds", "Try again"),
        Deed.CANCEL: QT_TRANSLATE_NOOP("deeds", "Cancel"),
    }
)


class Deeds:
    def __init__(self, services: Services, *, parent: QWidget) -> None:
        """Questions are asked over `parent`."""
        self._services = services
        self._parent = parent

    def fitting(self, deed: Deed, activities: Iterable[Activity]) -> list[Activity]:
        """Those it can be done with."""
        allows = _ALLOWS[deed]
        return [activity for activity in activities if allows(activity)]

    def do(self, deed: Deed, activities: Iterable[Activity]) -> None:
        chosen = self.fitting(deed, activities)
        if deed is Deed.SEND_NOW:
            self._send(chosen)
            return
        service = self._services.activity
        act = {
            Deed.TRY_NOW: service.try_now,
            Deed.STOP_RETRYING: service.stop_retrying,
            Deed.TRY_AGAIN: service.retry,
            Deed.CANCEL: service.cancel,
        }[deed]
        for activity in chosen:
            act(activity.id)

    def _send(self, drafts: Sequence[Activity]) -> None:
        """In the order they were written, once the daily limit is no question."""
        ids = [draft.id for draft in sorted(drafts, key=lambda each: each.created_at)]

        def send() -> None:
            for activity_id in ids:
                self._services.activity.send_now(activity_id)

        ask_if_needed(self._services, NO_MORE, then=send, parent=self._parent)


def name(deed: Deed, count: int = 1) -> str:
    """The words on its button; the count is told where it is more than one."""
    words = _tr(_NAMES[deed])
    return words if count == 1 else f"{words} ({format.count(count)})"


def copy_ids(activities: Sequence[Activity]) -> None:
    """Request id and idempotency key of each, tab between, one a line."""
    lines = (
        "\t".join((activity.request_id or "", activity.idempotency_key or ""))
        for activity in activities
    )
    QGuiApplication.clipboard().setText("\n".join(lines))


def is_draft(activity: Activity) -> bool:
    """Written while offline, and only waiting for a word."""
    is_song = activity.kind is ActivityKind.SONG
    needs_you = activity.state is ActivityState.NEEDS_YOU
    return is_song and needs_you and activity_text.moment(activity, Step.SENT) is None


def _is_waiting(activity: Activity) -> bool:
    return activity.wait is not None


def _can_hurry(activity: Activity) -> bool:
    """Waits for its next attempt, or for a service that is out of reach."""
    return _is_waiting(activity) or activity.hold is Hold.OFFLINE


def _can_be_tried_again(activity: Activity) -> bool:
    """A song only while the service has none: making another one is another song."""
    if activity.kind is not ActivityKind.SONG:
        return activity.state is ActivityState.FAILED
    is_open = activity.state in (ActivityState.FAILED, ActivityState.NEEDS_YOU)
    never_arrived = activity_text.moment(activity, Step.ACCEPTED) is None
    return is_open and never_arrived and not is_draft(activity)


def _can_be_canceled(activity: Activity) -> bool:
    return activity.state.is_live and activity.kind is not ActivityKind.DOWNLOAD


_ALLOWS: Final[Mapping[Deed, Callable[[Activity], bool]]] = MappingProxyType(
    {
        Deed.SEND_NOW: is_draft,
        Deed.TRY_NOW: _can_hurry,
        Deed.STOP_RETRYING: _is_waiting,
        Deed.TRY_AGAIN: _can_be_tried_again,
        Deed.CANCEL: _can_be_canceled,
    }
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("deeds", text)
