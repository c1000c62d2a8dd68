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
        # Numbers grow with the rows, but begin with any: so only the shorter end is counted anew.
        self._numbers: dict[str, int] = {}
        self._first_number = 0
        self._number(0, len(self._records))

    def __len__(self) -> int:
        return len(self._records)

    def __getitem__(self, row: int) -> RecordT:
        return self._records[row]

    def __iter__(self) -> Iterator[RecordT]:
        return iter(self._records)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._numbers

    @property
    def is_observed(self) -> bool:
        """Whether somebody listens to what changes."""
        return any(map(len, (self.inserted, self.removed, self.changed, self.reset)))

    def get(self, record_id: str) -> RecordT | None:
        number = self._numbers.get(record_id)
        return None if number is None else self._records[number - self._first_number]

    def row(self, record_id: str) -> int:
        """The record's row; KeyError when it is not in the list."""
        return self._numbers[record_id] - self._first_number

    def append(self, record: RecordT) -> None:
        self.insert(len(self._records), record)

    def insert(self, row: int, *records: RecordT) -> None:
        """Put one or more records before the one at `row`."""
        if records:
            last = row + len(records) - 1
            self.inserting.emit(row, last)
            self._records[row:row] = records
            self._renumber(row, len(records))
            self.inserted.emit(row, last)

    def replace(self, record: RecordT) -> None:
        """Put `record` in the place of the one with its id; KeyError when there is none."""
        row = self.row(record.id)
        self._records[row] = record
        self.changed.emit(row)

    def remove(self, record_id: str) -> None:
        """Take the record out; KeyError when it is not in the list."""
        row = self.row(record_id)
        self.removing.emit(row, row)
        del self._records[row]
        del self._numbers[record_id]
        self._renumber(row, -1)
        self.removed.emit(row, row)

    def assign(self, records: Iterable[RecordT]) -> None:
        """Change everything at once."""
        self.resetting.emit()
        self._records = list(records)
        self._numbers.clear()
        self._number(0, len(self._records))
        self.reset.emit()

    def _renumber(self, row: int, more: int) -> None:
        """After so many more records, or fewer, at a row."""
        if row < len(self._records) // 2:
            self._first_number -= more
            self._number(0, row + max(more, 0))
        else:
            self._number(row, len(self._records))

    def _number(self, first: int, end: int) -> None:
        for row in range(first, end):
            self._numbers[self._records[row].id] = self._first_number + row


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
