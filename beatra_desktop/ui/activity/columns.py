"""The columns of the activity table: their names, widths, and which give way first."""

from collections.abc import Collection, Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.ui import theme
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

MINIMUM_WIDTH_PX: Final = 36
MAXIMUM_WIDTH_PX: Final = 800
NAME_WIDTH_PX: Final = 160
NAME_PERCENT: Final = 24


class Column(IntEnum):
    """In the order they have at first."""

    KIND = 0
    NAME = 1
    STATE = 2
    PROGRESS = 3
    STARTED = 4
    ELAPSED = 5
    ATTEMPT = 6
    COST = 7
    MODEL = 8
    PROFILE = 9
    REQUEST = 10


class _Entry(Struct, frozen=True):
    text: str
    width_px: int
    is_number: bool = False


_ENTRIES: Final[Mapping[Column, _Entry]] = MappingProxyType(
    {
        Column.KIND: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Kind"), MINIMUM_WIDTH_PX),
        Column.NAME: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Name"), NAME_WIDTH_PX),
        Column.STATE: _Entry(QT_TRANSLATE_NOOP("activity_columns", "State"), 136),
        Column.PROGRESS: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Progress"), 124),
        Column.STARTED: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Started"), 116),
        Column.ELAPSED: _Entry(
            QT_TRANSLATE_NOOP("activity_columns", "Elapsed"), 76, is_number=True
        ),
        Column.ATTEMPT: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Attempt"), 104),
        Column.COST: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Cost"), 88, is_number=True),
        Column.MODEL: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Model"), 128),
        Column.PROFILE: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Profile"), 88),
        Column.REQUEST: _Entry(QT_TRANSLATE_NOOP("activity_columns", "Request id"), 148),
    }
)
GIVE_WAY: Final = (
    Column.REQUEST, Column.PROFILE, Column.ATTEMPT, Column.MODEL, Column.STARTED,
    Column.PROGRESS, Column.COST, Column.ELAPSED,
)  # fmt: skip
"""In this order, where there is no room for all; the others always stay."""


def title(column: Column) -> str:
    return QCoreApplication.translate("activity_columns", _ENTRIES[column].text)


def usual_width_px(column: Column) -> int:
    """Wider where text is larger."""
    return theme.scaled(_ENTRIES[column].width_px)


def least_name_width_px(room_px: int) -> int:
    """What names keep before other columns are shown: more where there is more room."""
    return max(theme.scaled(NAME_WIDTH_PX), room_px * NAME_PERCENT // 100)


def is_number(column: Column) -> bool:
    """Whether what it shows stands at the right."""
    return _ENTRIES[column].is_number


def fitting(
    wanted: Collection[Column], widths_px: Mapping[Column, int], room_px: int
) -> list[Column]:
    """Those of the wanted columns that there is room for; `widths_px` knows all of them."""
    shown = [column for column in Column if column in wanted]
    needed = sum(widths_px[column] for column in shown)
    for column in GIVE_WAY:
        if needed <= room_px:
            break
        if column in shown:
            shown.remove(column)
            needed -= widths_px[column]
    return shown
