"""Sums of charges as a table, and as text to take elsewhere."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import IntEnum
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.records import replace
from beatra_desktop.ui import format
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

Index = QModelIndex | QPersistentModelIndex
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class ChargeColumn(IntEnum):
    NAME = 0
    CHARGED = 1
    REFUNDED = 2
    NET = 3
    PRICED = 4
    UNPRICED = 5


_TITLES: Final[Mapping[ChargeColumn, str]] = MappingProxyType(
    {
        ChargeColumn.CHARGED: QT_TRANSLATE_NOOP("charges", "Charged"),
        ChargeColumn.REFUNDED: QT_TRANSLATE_NOOP("charges", "Given back"),
        ChargeColumn.NET: QT_TRANSLATE_NOOP("charges", "Cost"),
        ChargeColumn.PRICED: QT_TRANSLATE_NOOP("charges", "With a price"),
        ChargeColumn.UNPRICED: QT_TRANSLATE_NOOP("charges", "Not reported"),
    }
)
_NAMES: Final[Mapping[ChargesBy, str]] = MappingProxyType(
    {
        ChargesBy.DAY: QT_TRANSLATE_NOOP("charges", "Day"),
        ChargesBy.PROFILE: QT_TRANSLATE_NOOP("charges", "Profile"),
        ChargesBy.MODEL: QT_TRANSLATE_NOOP("charges", "Model"),
    }
)


class ChargesModel(QAbstractTableModel):
    """The sums in an order, and all of them together in the last row."""

    def __init__(
        self, *, profile_names: Callable[[], Mapping[str, str]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._profile_names = profile_names
        self._by = ChargesBy.DAY
        self._sums: list[ChargeSum] = []
        self._total = ChargeSum(name="")
        self._order = (ChargeColumn.NAME, Qt.SortOrder.DescendingOrder)

    @property
    def total(self) -> ChargeSum:
        return self._total

    def show_sums(self, by: ChargesBy, sums: Sequence[ChargeSum]) -> None:
        self.beginResetModel()
        self._by = by
        self._total = _added(sums)
        self._sums = self._sorted(sums)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (ChargeColumn(column), order)
        self.beginResetModel()
        self._sums = self._sorted(self._sums)
        self.endResetModel()

    def as_text(self, *, delimiter: str = ",") -> str:
        """Everything with its head, as programs read it: plain numbers, ISO days."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow([self._title(column) for column in ChargeColumn])
        for each in (*self._sums, replace(self._total, name=_tr("All together"))):
            name = each.name if self._by is ChargesBy.DAY else self._name(each)
            amounts = (each.charged, each.refunded, each.net)
            plain = [f"{amount:f}" for amount in amounts] if each.priced else ["", "", ""]
            writer.writerow([_harmless(name), *plain, each.priced, each.unpriced])
        return out.getvalue()

    def is_total(self, row: int) -> bool:
        return row == len(self._sums)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() or not self._sums else len(self._sums) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(ChargeColumn)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), ChargeColumn(index.column())
        if role == _DISPLAY:
            return self.text(row, column)
        return self._spoken(row, column) if role == _ACCESSIBLE else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and role in (_DISPLAY, _ACCESSIBLE)
        return self._title(ChargeColumn(section)) if is_title else None

    def text(self, row: int, column: ChargeColumn) -> str:
        """An amount is empty where the service told none at all."""
        each = self._total if self.is_total(row) else self._sums[row]
        match column:
            case ChargeColumn.NAME:
                return _tr("All together") if self.is_total(row) else self._shown_name(each)
            case ChargeColumn.PRICED:
                return format.count(each.priced)
            case ChargeColumn.UNPRICED:
                return format.count(each.unpriced) if each.unpriced else ""
            case _:
                return _amount(each, column)

    def _spoken(self, row: int, column: ChargeColumn) -> str:
        """The first cell tells of the whole row, the others of themselves."""
        if column is not ChargeColumn.NAME:
            return f"{self._title(column)}: {self.text(row, column)}"
        rest = (each for each in ChargeColumn if each is not column and self.text(row, each))
        return format.listed((self.text(row, column), *(self._spoken(row, each) for each in rest)))

    def _title(self, column: ChargeColumn) -> str:
        return _tr(_NAMES[self._by] if column is ChargeColumn.NAME else _TITLES[column])

    def _shown_name(self, each: ChargeSum) -> str:
        if self._by is not ChargesBy.DAY:
            return self._name(each)
        return format.day(date.fromisoformat(each.name))

    def _name(self, each: ChargeSum) -> str:
        if self._by is ChargesBy.PROFILE:
            return self._profile_names().get(each.name, each.name)
        return each.name or _tr("Not known")

    def _sorted(self, sums: Sequence[ChargeSum]) -> list[ChargeSum]:
        column, order = self._order
        is_descending = order is Qt.SortOrder.DescendingOrder
        return sorted(sums, key=lambda each: self._key(each, column), reverse=is_descending)

    def _key(self, each: ChargeSum, column: ChargeColumn) -> Any:
        match column:
            case ChargeColumn.NAME:
                return each.name if self._by is ChargesBy.DAY else self._name(each).casefold()
            case ChargeColumn.CHARGED:
                return each.charged
            case ChargeColumn.REFUNDED:
                return each.refunded
            case ChargeColumn.NET:
                return each.net
            case ChargeColumn.PRICED:
                return each.priced
            case ChargeColumn.UNPRICED:
                return each.unpriced


def _added(sums: Sequence[ChargeSum]) -> ChargeSum:
    return ChargeSum(
        name="",
        charged=sum((each.charged for each in sums), Decimal(0)),
        refunded=sum((each.refunded for each in sums), Decimal(0)),
        net=sum((each.net for each in sums), Decimal(0)),
        priced=sum(each.priced for each in sums),
        unpriced=sum(each.unpriced for each in sums),
    )


def _amount(each: ChargeSum, column: ChargeColumn) -> str:
    if not each.priced:
        return ""
    amounts = {
        ChargeColumn.CHARGED: each.charged,
        ChargeColumn.REFUNDED: each.refunded,
        ChargeColumn.NET: each.net,
    }
    amount = amounts[column]
    return format.credits(f"{amount:f}") if amount or column is not ChargeColumn.REFUNDED else ""


def _harmless(name: str) -> str:
    """A name no spreadsheet takes for a formula or a new row: models are named by services."""
    line = " ".join(name.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line


def _tr(text: str) -> str:
    return QCoreApplication.translate("charges", text)
