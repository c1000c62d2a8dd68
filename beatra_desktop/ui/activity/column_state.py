"""What is remembered of the columns of the activity table."""

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from beatra_desktop.ui.activity.columns import MAXIMUM_WIDTH_PX, MINIMUM_WIDTH_PX, Column


class ColumnState(Struct, frozen=True, kw_only=True):
    """`widths_px` are those the user gave; `hidden` is what the user took out."""

    order: tuple[Column, ...] = tuple(Column)
    hidden: frozenset[Column] = frozenset()
    widths_px: Mapping[Column, int] = field(default_factory=dict)
    sorted_by: Column = Column.STARTED
    is_descending: bool = True

    def dumped(self) -> str:
        return json.dumps(
            {
                "order": [column.name for column in self.order],
                "hidden": sorted(column.name for column in self.hidden),
                "widths": {column.name: width for column, width in self.widths_px.items()},
                "sorted_by": self.sorted_by.name,
                "is_descending": self.is_descending,
            }
        )


def loaded(text: str) -> ColumnState:
    """What was dumped; of anything else the parts that make sense."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        found = {}
    usual = ColumnState()
    sorted_by = _columns([found.get("sorted_by")])
    return ColumnState(
        order=tuple(dict.fromkeys((*_columns(found.get("order")), *usual.order))),
        hidden=frozenset(_columns(found.get("hidden"))) - {Column.NAME},
        widths_px=_widths(found.get("widths")),
        sorted_by=sorted_by[0] if sorted_by else usual.sorted_by,
        is_descending=bool(found.get("is_descending", usual.is_descending)),
    )


def _columns(names: Any) -> list[Column]:
    known = Column.__members__
    if not isinstance(names, list):
        return []
    return [known[name] for name in names if isinstance(name, str) and name in known]


def _widths(widths: Any) -> dict[Column, int]:
    known = Column.__members__
    return {
        known[name]: max(MINIMUM_WIDTH_PX, min(MAXIMUM_WIDTH_PX, width))
        for name, width in (widths if isinstance(widths, dict) else {}).items()
        if name in known and isinstance(width, int)
    }
