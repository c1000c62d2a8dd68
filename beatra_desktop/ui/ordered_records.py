"""Another order of some of an observable's records, kept as they change."""

from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct
from PySide6.QtCore import QObject

from beatra_desktop.domain.observable import Identified, ReadOnlyRecords, Records
from beatra_desktop.ui.subscriptions import subscribe

RecordT = TypeVar("RecordT", bound=Identified)
AT_ONCE: Final = 32
"""More new records than that are ordered together with all others."""


class OrderedRecords(QObject, Generic[RecordT]):
    """`rows` holds the records that `keep` keeps, ordered by `key`.

    A key must tell any two records apart, for instance by ending in their ids. A record that
    changed stays in its row unless its key says otherwise.
    """

    def __init__(
        self,
        source: ReadOnlyRecords[RecordT],
        *,
        key: Callable[[RecordT], Any],
        keep: Callable[[RecordT], bool] = lambda _record: True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._key, self._keep = key, keep
        self._is_descending = False
        self._keys: list[Any] = []
        self._rows: Records[RecordT] = Records()
        for signal, slot in (
            (source.inserted, self._on_inserted),
            (source.removing, self._on_removing),
            (source.changed, self._on_changed),
            (source.reset, self.start_over),
        ):
            subscribe(self, signal, slot)
        self.start_over()

    @property
    def rows(self) -> ReadOnlyRecords[RecordT]:
        return self._rows

    def arrange(
        self,
        *,
        key: Callable[[RecordT], Any] | None = None,
        keep: Callable[[RecordT], bool] | None = None,
        descending: bool = False,
    ) -> None:
        """Order or choose otherwise from now on; `rows` are reset."""
        self._key, self._keep = key or self._key, keep or self._keep
        self._is_descending = descending
        self.start_over()

    def start_over(self) -> None:
        """Look at all records anew."""
        kept = [(self._key(record), record) for record in self._source if self._keep(record)]
        kept.sort(key=itemgetter(0), reverse=self._is_descending)
        self._keys = [key for key, _ in kept]
        self._rows.assign(record for _, record in kept)

    def _on_inserted(self, first: int, last: int) -> None:
        if last - first >= AT_ONCE:
            self.start_over()
            return
        for row in range(first, last + 1):
            if self._keep(self._source[row]):
                self._put_in(self._source[row])

    def _on_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._take_out(self._source[row].id)

    def _on_changed(self, row: int) -> None:
        record = self._source[row]
        if not self._keep(record):
            self._take_out(record.id)
        elif record.id not in self._rows:
            self._put_in(record)
        elif self._keys[self._rows.row(record.id)] == self._key(record):
            self._rows.replace(record)
        else:
            self._take_out(record.id)
            self._put_in(record)

    def _put_in(self, record: RecordT) -> None:
        key = self._key(record)
        row = (
            bisect_left(self._keys, Backwards(key), key=Backwards)
            if self._is_descending
            else bisect_left(self._keys, key)
        )
        self._keys.insert(row, key)
        self._rows.insert(row, record)

    def _take_out(self, record_id: str) -> None:
        if record_id in self._rows:
            del self._keys[self._rows.row(record_id)]
            self._rows.remove(record_id)


class Backwards(Struct, frozen=True):
    """A key in the order from the last to the first."""

    key: Any

    def __lt__(self, other: "Backwards") -> bool:
        return bool(other.key < self.key)
