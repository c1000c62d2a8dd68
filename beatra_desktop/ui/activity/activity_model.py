"""The rows of the activity table, sorted and sifted without ever going through all of them again
because one of them changed.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
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
from beatra_desktop.ui.activity import cell_text, columns
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.sifting import Sieve, words_of
from beatra_desktop.ui.activity.sorting import VOLATILE, Key, Order
from beatra_desktop.ui.model_feed import FRAME_MS
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tips import tip

BULK: Final = 48
"""From so many rows that come, go or move in one frame on, all of them are laid out anew."""
LAST_COLUMN: Final = len(Column) - 1
Index = QModelIndex | QPersistentModelIndex
_TEXT_ROLES: Final = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)


class _Entry:
    """A row: its record, its words, and its key while it is on show."""

    __slots__ = ("activity", "is_counted", "key", "words")

    def __init__(self, activity: Activity, words: str) -> None:
        self.activity = activity
        self.words = words
        self.is_counted = False
        self.key: Key | None = None

    def placed(self, key: Key) -> Key:
        self.key = key
        return key


class ActivityModel(QAbstractTableModel):
    """Follows `records`; what changed in them is taken over once per frame."""

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
        """`names` gives those of the profiles by their ids."""
        super().__init__(parent)
        self._records, self._names, self._clock = records, names, clock
        self._sieve = Sieve()
        self._order = Order(column=Column.STARTED, is_descending=True, at=clock(), names=names())
        self._entries: dict[str, _Entry] = {}
        self._keys: list[Key] = []
        """Of the rows on show, ascending."""
        self._dirty: set[str] = set()
        self._counts: Counter[ActivityState] = Counter()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
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
        return self._counts

    @property
    def total(self) -> int:
        return sum(self._counts.values())

    @property
    def sieve(self) -> Sieve:
        return self._sieve

    @property
    def order(self) -> Order:
        return self._order

    def id_of(self, row: int) -> str:
        return str(self._key(row)[-1])

    def activity(self, row: int) -> Activity:
        return self._entries[self.id_of(row)].activity

    def row_of(self, activity_id: str) -> int | None:
        entry = self._entries.get(activity_id)
        if entry is None or entry.key is None:
            return None
        return self._row(bisect_left(self._keys, entry.key))

    def sift(self, sieve: Sieve) -> None:
        self.catch_up()
        if sieve != self._sieve:
            self._rearrange(sieve=sieve)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.catch_up()
        is_descending = order is Qt.SortOrder.DescendingOrder
        if (column, is_descending) != (self._order.column, self._order.is_descending):
            wanted = Order(
                column=Column(column),
                is_descending=is_descending,
                at=self._clock(),
                names=self._names(),
            )
            self._rearrange(order=wanted)

    def refresh_names(self) -> None:
        """Profiles were added, renamed or removed."""
        self._order = replace(self._order, names=self._names())
        self._on_reset()

    def catch_up(self) -> None:
        """Take over what changed since the last frame."""
        self._frame.stop()
        ids, self._dirty = self._dirty, set()
        if not ids:
            return
        counts = Counter(self._counts)
        moves = [move for activity_id in ids if (move := self._renewed(activity_id)) is not None]
        if len(moves) > BULK:
            self._forget_gone(ids)
            self._rearrange()
        else:
            for entry, key in moves:
                self._place(entry, key)
            self._tell_changed(ids)
            self._forget_gone(ids)
        if counts != self._counts:
            self.counts_changed.emit()
        self.touched.emit(ids)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in _TEXT_ROLES:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            column, now = Column(index.column()), self._clock()
            return tip(cell_text.tooltip(self.activity(index.row()), column, now)) or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        is_title = orientation is Qt.Orientation.Horizontal and role in _TEXT_ROLES
        return columns.title(Column(section)) if is_title else None

    def text(self, row: int, column: int) -> str:
        names = self._order.names
        return cell_text.text(self.activity(row), Column(column), now=self._clock(), names=names)

    def _key(self, row: int) -> Key:
        return self._keys[self._row(row)]

    def _row(self, place: int) -> int:
        """The row of a place in the order, and the other way round."""
        return len(self._keys) - 1 - place if self._order.is_descending else place

    def _renewed(self, activity_id: str) -> tuple[_Entry, Key | None] | None:
        """Bring one entry up to date; gives the key it is to have where that is another one."""
        activity = self._records.get(activity_id)
        entry = self._entries.get(activity_id)
        if activity is None:
            return None if entry is None else self._recounted(entry, None)
        if entry is None:
            entry = self._entries[activity_id] = _Entry(activity, self._words(activity))
            return self._recounted(entry, activity)
        return self._recounted(entry, activity)

    def _recounted(
        self, entry: _Entry, activity: Activity | None
    ) -> tuple[_Entry, Key | None] | None:
        before = entry.activity
        if entry.is_counted:
            self._counts[before.state] -= 1
        entry.is_counted = False
        key = None
        if activity is not None:
            if activity is not before:
                entry.activity, entry.words = activity, self._words(activity)
            key = self._counted_key(entry, before)
        return None if key == entry.key else (entry, key)

    def _counted_key(self, entry: _Entry, before: Activity) -> Key | None:
        activity = entry.activity
        if not self._sieve.takes(activity, entry.words):
            return None
        entry.is_counted = True
        self._counts[activity.state] += 1
        if not self._sieve.shows(activity):
            return None
        stays = self._order.column in VOLATILE and activity.state is before.state
        return entry.key if stays and entry.key is not None else self._order.key(activity)

    def _place(self, entry: _Entry, key: Key | None) -> None:
        """Show, move or hide one row."""
        if entry.key is None:
            assert key is not None, "neither was nor is on show"
            self._show(entry, key)
        elif key is None:
            self._hide(entry)
        else:
            self._move(entry, key)

    def _show(self, entry: _Entry, key: Key) -> None:
        place = bisect_left(self._keys, key)
        row = len(self._keys) - place if self._order.is_descending else place
        self.beginInsertRows(QModelIndex(), row, row)
        self._keys.insert(place, key)
        entry.key = key
        self.endInsertRows()

    def _hide(self, entry: _Entry) -> None:
        place = self._place_of(entry)
        row = self._row(place)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._keys[place]
        entry.key = None
        self.endRemoveRows()

    def _move(self, entry: _Entry, key: Key) -> None:
        old = self._place_of(entry)
        new = bisect_left(self._keys, key)
        place = new - 1 if new > old else new
        if place == old:
            self._keys[old] = entry.key = key
            return
        before, after = self._row(old), self._row(place)
        target = after + 1 if after > before else after
        self.beginMoveRows(QModelIndex(), before, before, QModelIndex(), target)
        del self._keys[old]
        self._keys.insert(place, key)
        entry.key = key
        self.endMoveRows()

    def _place_of(self, entry: _Entry) -> int:
        assert entry.key is not None, "on show"
        return bisect_left(self._keys, entry.key)

    def _tell_changed(self, ids: Iterable[str]) -> None:
        rows = sorted(row for each in ids if (row := self.row_of(each)) is not None)
        starts = [b for a, b in pairwise([-2, *rows]) if b != a + 1]
        ends = [a for a, b in pairwise([*rows, len(self._keys) + 1]) if b != a + 1]
        for first, last in zip(starts, ends, strict=True):
            self.dataChanged.emit(self.index(first, 0), self.index(last, LAST_COLUMN))

    def _forget_gone(self, ids: Iterable[str]) -> None:
        for activity_id in ids:
            if activity_id not in self._records:
                self._entries.pop(activity_id, None)

    def _rearrange(self, *, sieve: Sieve | None = None, order: Order | None = None) -> None:
        """Everything in one pass, by another sieve or order where one is given."""
        counts = Counter(self._counts)
        self.rearranging.emit()
        self.beginResetModel()
        self._sieve, self._order = sieve or self._sieve, order or self._order
        self._counts.clear()
        counted = [each for each in self._entries.values() if self._is_counted_now(each)]
        self._counts.update(each.activity.state for each in counted)
        shown, key_of = filter(self._is_shown, counted), self._order.key
        self._keys = sorted(entry.placed(key_of(entry.activity)) for entry in shown)
        self.endResetModel()
        self.rearranged.emit()
        if counts != self._counts:
            self.counts_changed.emit()

    def _is_counted_now(self, entry: _Entry) -> bool:
        entry.key = None
        entry.is_counted = self._sieve.takes(entry.activity, entry.words)
        return entry.is_counted

    def _is_shown(self, entry: _Entry) -> bool:
        return self._sieve.shows(entry.activity)

    def _words(self, activity: Activity) -> str:
        return words_of(activity, self._order.names.get(activity.profile_id, ""))

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
        self._entries = {each.id: _Entry(each, self._words(each)) for each in self._records}
        self._rearrange()
        self.touched.emit(set(self._entries))
