"""Hears what changes in a list of records, record by record."""

from collections.abc import Callable
from typing import Generic, TypeVar

from beatra_desktop.domain.observable import Identified, ReadOnlyRecords

RecordT = TypeVar("RecordT", bound=Identified)


class Feed(Generic[RecordT]):
    """`put(record)` is called for each that is new or changed, `gone(id)` for each that is not."""

    def __init__(
        self,
        records: ReadOnlyRecords[RecordT],
        *,
        put: Callable[[RecordT], None],
        gone: Callable[[str], None],
    ) -> None:
        self._records = records
        self._put = put
        self._gone = gone
        records.inserted.connect(self._on_inserted)
        records.changed.connect(self._on_changed)
        records.removing.connect(self._on_removing)
        records.resetting.connect(self._on_resetting)
        records.reset.connect(self._on_reset)
        self._before: set[str] = set()

    def _on_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._put(self._records[row])

    def _on_changed(self, row: int) -> None:
        self._put(self._records[row])

    def _on_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._gone(self._records[row].id)

    def _on_resetting(self) -> None:
        self._before = {record.id for record in self._records}

    def _on_reset(self) -> None:
        for record_id in self._before - {record.id for record in self._records}:
            self._gone(record_id)
        for record in self._records:
            self._put(record)
        self._before = set()
