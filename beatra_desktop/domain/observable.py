"""Observables: what services write and views read.

`Records` is a list of records with an `id`; `Value` holds one value. Both tell observers what
changed through psygnal signals. Services hold these classes; everybody else is given the
`ReadOnlyRecords` and `ReadOnlyValue` protocols, so that a write from a view does not type-check.
"""

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from psygnal import Signal, SignalInstance


class Identified(Protocol):
    @property
    def id(self) -> str: ...


RecordT = TypeVar("RecordT", bound=Identified)
RecordT_co = TypeVar("RecordT_co", bound=Identified, covariant=True)
ValueT = TypeVar("ValueT")
ValueT_co = TypeVar("ValueT_co", covariant=True)


class ReadOnlyRecords(Protocol[RecordT_co]):
    """A list of records as a view sees it.

    Signals carry rows: `inserting(first, last)` before and `inserted(first, last)` after rows
    appear, `removing` and `removed` likewise, `changed(row)` after one record was replaced,
    `resetting()` and `reset()` around a change of everything.
    """

    @property
    def inserting(self) -> SignalInstance: ...
    @property
    def inserted(self) -> SignalInstance: ...
    @property
    def removing(self) -> SignalInstance: ...
    @property
    def removed(self) -> SignalInstance: ...
    @property
    def changed(self) -> SignalInstance: ...
    @property
    def resetting(self) -> SignalInstance: ...
    @property
    def reset(self) -> SignalInstance: ...
    def __len__(self) -> int: ...
    def __getitem__(self, row: int) -> RecordT_co: ...
    def __iter__(self) -> Iterator[RecordT_co]: ...
    def __contains__(self, record_id: object) -> bool: ...
    def get(self, record_id: str) -> RecordT_co | None: ...
    def row(self, record_id: str) -> int: ...


class Records(Generic[RecordT]):
    """An ordered list of records, each found by its id in constant time."""

    inserting = Signal(int, int)
    inserted = Signal(int, int)
    removing = Signal(int, int)
    removed = Signal(int, int)
    changed = Signal(int)
    resetting = Signal()
    reset = Signal()

    def __init__(self, records: Iterable[RecordT] = ()) -> None:
        self._records = list(records)
        self._rows: dict[str, int] = {}
        self._reindex(0)

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, row: int) -> RecordT:
        return self._records[row]

    def __iter__(self) -> Iterator[RecordT]:
        return iter(self._records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._rows

    @property
    def is_observed(self) -> bool:
        """Whether somebody listens to what changes."""
        return any(map(len, (self.inserted, self.removed, self.changed, self.reset)))

    def get(self, record_id: str) -> RecordT | None:
        row = self._rows.get(record_id)
        return None if row is None else self._records[row]

    def row(self, record_id: str) -> int:
        """The record's row; KeyError when it is not in the list."""
        return self._rows[record_id]

    def append(self, record: RecordT) -> None:
        self.insert(len(self._records), record)

    def insert(self, row: int, *records: RecordT) -> None:
        """Put one or more records before the one at `row`."""
        if records:
            last = row + len(records) - 1
            self.inserting.emit(row, last)
            self._records[row:row] = records
            self._reindex(row)
            self.inserted.emit(row, last)

    def replace(self, record: RecordT) -> None:
        """Put `record` in the place of the one with its id; KeyError when there is none."""
        row = self._rows[record.id]
        self._records[row] = record
        self.changed.emit(row)

    def remove(self, record_id: str) -> None:
        """Take the record out; KeyError when it is not in the list."""
        row = self._rows[record_id]
        self.removing.emit(row, row)
        del self._records[row]
        del self._rows[record_id]
        self._reindex(row)
        self.removed.emit(row, row)

    def assign(self, records: Iterable[RecordT]) -> None:
        """Change everything at once."""
        self.resetting.emit()
        self._records = list(records)
        self._rows.clear()
        self._reindex(0)
        self.reset.emit()

    def _reindex(self, first: int) -> None:
        for row in range(first, len(self._records)):
            self._rows[self._records[row].id] = row


class ReadOnlyValue(Protocol[ValueT_co]):
    """One value as a view sees it; `changed(value)` after it was set to another one."""

    @property
    def changed(self) -> SignalInstance: ...
    @property
    def value(self) -> ValueT_co: ...


class Value(Generic[ValueT]):
    """One observed value."""

    changed = Signal(object)

    def __init__(self, value: ValueT) -> None:
        self._value = value

    @property
    def value(self) -> ValueT:
        return self._value

    def set(self, value: ValueT) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)
