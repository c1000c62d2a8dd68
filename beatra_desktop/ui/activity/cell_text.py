"""What stands in each cell of the activity table."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from beatra_desktop.domain.activity import Activity
from beatra_desktop.domain.records import replace
from beatra_desktop.ui import format
from beatra_desktop.ui.activity import activity_text
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.error_text import describe


def text(activity: Activity, column: Column, *, now: datetime, names: Mapping[str, str]) -> str:
    """The words of a cell; `names` are those of the profiles by their ids."""
    if column in _OF_TIME:
        return _OF_TIME[column](activity, now)
    if column is Column.PROFILE:
        return names.get(activity.profile_id, activity.profile_id)
    return _TEXTS[column](activity)


def tooltip(activity: Activity, column: Column, now: datetime) -> str:
    """What a cell has no room for; empty where it has."""
    match column:
        case Column.KIND | Column.NAME:
            return activity_text.spoken(activity, now)
        case Column.STATE | Column.PROGRESS if activity.failure is not None:
            return describe(activity.failure).sentence
        case Column.PROGRESS:
            return activity_text.amount(activity)
        case Column.STARTED:
            began = activity_text.start(activity)
            return format.absolute(began) if began is not None else ""
        case Column.MODEL:
            return activity.model
        case Column.REQUEST:
            return activity.request_id or ""
        case _:
            return ""


def has_only_advanced(before: Activity, now: Activity) -> bool:
    """Whether no cell but that of its progress can show something else than before."""
    return replace(before, fraction=now.fraction, done_bytes=now.done_bytes) == now


def _model(activity: Activity) -> str:
    return activity.model


def _request(activity: Activity) -> str:
    return activity.request_id or ""


_OF_TIME: Final[Mapping[Column, Callable[[Activity, datetime], str]]] = MappingProxyType(
    {
        Column.PROGRESS: activity_text.progress,
        Column.STARTED: activity_text.started,
        Column.ELAPSED: activity_text.elapsed,
        Column.ATTEMPT: activity_text.attempt,
    }
)
_TEXTS: Final[Mapping[Column, Callable[[Activity], str]]] = MappingProxyType(
    {
        Column.KIND: activity_text.kind,
        Column.NAME: activity_text.name,
        Column.STATE: activity_text.state,
        Column.COST: activity_text.cost,
        Column.MODEL: _model,
        Column.REQUEST: _request,
    }
)
