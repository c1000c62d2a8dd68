"""The rows of the activity table, sorted and sifted without ever going through all of them again
because one of them changed.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from beatra_desktop.domain.activity import Activity, ActivityState
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.activity import activity_text, cell_text, columns
from beatra_desktop.ui.activity.arrangement import Arrangement
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.sifting import Sieve, words_of
from beatra_desktop.ui.activity.sorting import Order, Rank
from beatra_desktop.ui.model_feed import NEWS_MS
from beatra_desktop.ui.slices import Slices
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tips import tip

BULK: Final = 48
"""From so many rows that come, go or move in one frame on, all of them are laid out anew."""
AT_ONCE: Final = 1000
"""So few rows are put in order in one go, within a frame."""
AT_FIRST: Final = 200
"""So many of the newest are shown until all are in order."""
LAST_COLUMN: Final = len(Column) - 1
Index = QModelIndex | QPersistentModelIndex
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class ActivityModel(QAbstractTableModel):
    """Follows `records`; what changed in them is taken over at every other frame."""

    counts_changed = Signal()
    touched = Signal(object)
    """Ids of the activities that were changed, or are gone, in this frame."""
    rearranging = Signal()
    rearranged = Signal()
    """Around a change of all rows, which takes the selection away."""

    def __init__(
        self,
        records: ReadOnlyRecords[Activity],
        *,
        names: Callable[[], Mapping[str, str]],
        clock: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        """`names` gives those of the profiles by their ids; `records` are as a service lists them,
        the newest first.
        """
        super().__init__(parent)
        self._records, self._names, self._clock = records, names, clock
        order = Order(column=Column.STARTED, is_descending=True, at=clock(), names=names())
        self._rows = self._wanted = Arrangement(Sieve(), order, self._words)
        """On show, and on its way to be."""
        self._found_by: dict[str, str] = {}
        self._dirty: set[str] = set()
        self._missed: set[str] = set()
        """What changed while the wanted rows were put in order."""
        self._slices = Slices(self)
        self._frame = QTimer(self, singleShot=True, interval=NEWS_MS)
        self._frame.timeout.connect(self.catch_up)
        for signal, slot in (
            (records.inserted, self._on_rows),
            (records.removing, self._on_rows),
            (records.changed, self._on_changed),
            (records.reset, self._on_reset),
        ):
            subscribe(self, signal, slot)
        self._on_reset()

    @property
    def counts(self) -> Mapping[ActivityState, int]:
        """How many there are of each state among those that kind and words let through."""
        return self._rows.counts

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def sieve(self) -> Sieve:
        return self._rows.sieve

    @property
    def order(self) -> Order:
        return self._rows.order

    def id_of(self, row: int) -> str:
        return self._rows.id_at(row)

    def activity(self, row: int) -> Activity:
        return self._rows.activity_at(row)

    def row_of(self, activity_id: str) -> int | None:
        is_there = self._rows.rank(activity_id) is not None
        return self._rows.row(activity_id) if is_there else None

    def sift(self, sieve: Sieve) -> None:
        """Show other rows: at once, or some frames later where they are many."""
        self.catch_up()
        if sieve != self._wanted.sieve:
            self._rearrange(sieve=sieve)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the rows in another order: at once, or some frames later where they are many."""
        self.catch_up()
        is_descending, wanted = order is Qt.SortOrder.DescendingOrder, self._wanted.order
        if (column, is_descending) != (wanted.column, wanted.is_descending):
            by_column = self._order(Column(column), is_descending=is_descending)
            self._rearrange(order=by_column, like=None if self.is_arranging else self._rows)

    @property
    def is_arranging(self) -> bool:
        """Whether what was asked for is not on show yet."""
        return self._slices.are_left

    def finish(self) -> None:
        """Show now what was asked for, whatever that takes."""
        self._slices.finish()

    def refresh_names(self) -> None:
        """Profiles were added, renamed or removed."""
        before = self._wanted.order
        self._found_by.clear()
        self._rearrange(order=self._order(before.column, is_descending=before.is_descending))

    def catch_up(self) -> None:
        """Take over what changed since the last time."""
        self._frame.stop()
        ids, self._dirty = self._dirty, set()
        if not ids:
            return
        if self._slices.are_left:
            self._missed |= ids
        counts = Counter(self.counts)
        advanced = {activity_id for activity_id in ids if self._has_only_advanced(activity_id)}
        moves = [move for activity_id in ids if (move := self._renewed(activity_id)) is not None]
        if len(moves) <= BULK:
            for activity_id, rank in moves:
                self._place(activity_id, rank)
            self._tell_changed(ids - advanced, 0, LAST_COLUMN)
            self._tell_changed(advanced, Column.PROGRESS, Column.PROGRESS)
        elif not self._slices.are_left:
            self._rearrange()
        if counts != self.counts:
            self.counts_changed.emit()
        self.touched.emit(ids)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else LAST_COLUMN + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == _DISPLAY:
            return self.text(index.row(), Column(index.column()))
        if role == _ACCESSIBLE:
            return self._spoken(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole:
            column, now = Column(index.column()), self._clock()
            return tip(cell_text.tooltip(self.activity(index.row()), column, now)) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and role in (_DISPLAY, _ACCESSIBLE)
        return columns.title(Column(section)) if is_title else None

    def text(self, row: int, column: Column) -> str:
        names = self.order.names
        return cell_text.text(self.activity(row), column, now=self._clock(), names=names)

    def _spoken(self, row: int, column: Column) -> str:
        """The first cells tell of the whole row, the others of themselves."""
        if column in (Column.KIND, Column.NAME):
            return activity_text.spoken(self.activity(row), self._clock())
        return f"{columns.title(column)}: {self.text(row, column)}"

    def _order(self, column: Column, *, is_descending: bool) -> Order:
        return Order(
            column=column, is_descending=is_descending, at=self._clock(), names=self._names()
        )

    def _renewed(self, activity_id: str) -> tuple[str, Rank | None] | None:
        """Bring one up to date; gives the rank it is to have where that is another one."""
        self._found_by.pop(activity_id, None)
        rank = self._rows.renew(activity_id, self._records.get(activity_id))
        return None if rank == self._rows.rank(activity_id) else (activity_id, rank)

    def _place(self, activity_id: str, rank: Rank | None) -> None:
        """Show, move or hide one row."""
        if rank is None:
            self._hide(activity_id)
        elif self._rows.rank(activity_id) is None:
            self._show(activity_id, rank)
        else:
            self._move(activity_id, rank)

    def _show(self, activity_id: str, rank: Rank) -> None:
        activity = self._records[self._records.row(activity_id)]
        row = self._rows.row_for(activity, rank)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, activity, rank)
        self.endInsertRows()

    def _hide(self, activity_id: str) -> None:
        row = self._rows.row(activity_id)
        self.beginRemoveRows(QModelIndex(), row, row)
        self._rows.remove(row)
        self.endRemoveRows()

    def _move(self, activity_id: str, rank: Rank) -> None:
        before = self._rows.row(activity_id)
        activity = self._rows.activity_at(before)
        target = self._rows.row_for(activity, rank)
        if target in (before, before + 1):
            self._rows.rerank(activity_id, rank)
            return
        self.beginMoveRows(QModelIndex(), before, before, QModelIndex(), target)
        self._rows.remove(before)
        self._rows.insert(target - (target > before), activity, rank)
        self.endMoveRows()

    def _has_only_advanced(self, activity_id: str) -> bool:
        """Whether nothing but its progress is another than when it was told last."""
        before, now = self._rows.known(activity_id), self._records.get(activity_id)
        return before is not None and now is not None and cell_text.has_only_advanced(before, now)

    def _tell_changed(self, ids: Iterable[str], left: int, right: int) -> None:
        rows = sorted(row for each in ids if (row := self.row_of(each)) is not None)
        starts = [b for a, b in pairwise([-2, *rows]) if b != a + 1]
        ends = [a for a, b in pairwise([*rows, len(self._rows) + 1]) if b != a + 1]
        for first, last in zip(starts, ends, strict=True):
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def _rearrange(
        self,
        *,
        sieve: Sieve | None = None,
        order: Order | None = None,
        like: Arrangement | None = None,
    ) -> None:
        """Put everything in order, by another sieve or order where one is given."""
        sieve, order = sieve or self._wanted.sieve, order or self._wanted.order
        self._wanted = Arrangement(sieve, order, self._words)
        self._missed.clear()
        steps = self._wanted.fill(list(self._records), like=like)
        self._slices.start(steps, done=self._on_arranged)
        if len(self._records) <= AT_ONCE:
            self._slices.finish()

    def _on_arranged(self) -> None:
        self._exchange(self._wanted)
        self._dirty |= self._missed
        self._missed.clear()
        self.catch_up()

    def _exchange(self, rows: Arrangement) -> None:
        """Show other rows, or in another order."""
        counts = self.counts
        self.rearranging.emit()
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        self.rearranged.emit()
        if counts != self.counts:
            self.counts_changed.emit()

    def _show_newest(self) -> None:
        """Something to look at until all are in order."""
        newest = Arrangement(self._wanted.sieve, self._wanted.order, self._words)
        few = range(min(AT_FIRST, len(self._records)))
        for _ in newest.fill([self._records[row] for row in few]):
            pass
        self._exchange(newest)

    def _words(self, activity: Activity) -> str:
        """Kept from when they are first looked for."""
        known = self._found_by.get(activity.id)
        if known is None:
            profile = self._wanted.order.names.get(activity.profile_id, "")
            known = self._found_by[activity.id] = words_of(activity, profile)
        return known

    def _note(self, activity_id: str) -> None:
        self._dirty.add(activity_id)
        if not self._frame.isActive():
            self._frame.start()

    def _on_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._note(self._records[row].id)

    def _on_changed(self, row: int) -> None:
        self._note(self._records[row].id)

    def _on_reset(self) -> None:
        self._dirty.clear()
        self._frame.stop()
        self._found_by.clear()
        self._rearrange()
        if self._slices.are_left:
            self._show_newest()
