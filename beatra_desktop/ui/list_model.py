"""The one Qt model: a list of records that services keep up to date."""

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from beatra_desktop.domain.observable import Identified, ReadOnlyRecords
from beatra_desktop.ui.model_feed import ModelFeed

RECORD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_TEXT_ROLES: Final = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)
_RECORD_ROLE_NUMBER: Final = int(RECORD_ROLE)

RecordT = TypeVar("RecordT", bound=Identified)


class ListModel(QAbstractListModel, Generic[RecordT]):
    """Rows of `records`, in their order.

    `describe` gives a row's text, also for screen readers; the record itself lies under
    RECORD_ROLE.
    """

    def __init__(
        self,
        records: ReadOnlyRecords[RecordT],
        *,
        describe: Callable[[RecordT], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._describe = describe
        self._feed = ModelFeed(self, records)

    def record(self, index: QModelIndex | QPersistentModelIndex) -> RecordT:
        """The record of a valid index of this model."""
        return self._records[index.row()]

    def index_of(self, record_id: str) -> QModelIndex:
        """The record's index; an invalid one when it is not in the list."""
        return (
            self.index(self._records.row(record_id))
            if record_id in self._records
            else QModelIndex()
        )

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._records)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role == _RECORD_ROLE_NUMBER:
            return self._records[index.row()]
        if role in _TEXT_ROLES:
            return self._describe(self._records[index.row()])
        return None


def record_of(index: QModelIndex | QPersistentModelIndex, kind: type[RecordT]) -> RecordT:
    """The record under a valid index, for delegates, which may sit behind a proxy model."""
    record = index.data(RECORD_ROLE)
    assert isinstance(record, kind), f"not a {kind.__name__}"
    return record
