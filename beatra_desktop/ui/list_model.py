"""The one Qt model: a list of records that services keep up to date."""

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from beatra_desktop.domain.observable import Identified, ReadOnlyRecords
from beatra_desktop.ui.subscriptions import subscribe

RECORD_ROLE: Final = Qt.ItemDataRole.UserRole + 1
FRAME_MS: Final = 16
_TEXT_ROLES: Final = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)
_RECORD_ROLE_NUMBER: Final = int(RECORD_ROLE)

RecordT = TypeVar("RecordT", bound=Identified)


class ListModel(QAbstractListModel, Generic[RecordT]):
    """Rows of `records`, in their order.

    `describe` gives a row's text, also for screen readers; the record itself lies under
    RECORD_ROLE. Changed records are told to the views once per frame, new and removed rows at
    once.
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
        self._dirty: set[int] = set()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._tell_changes)
        for signal, slot in (
            (records.inserting, self._on_inserting),
            (records.inserted, self._on_inserted),
            (records.removing, self._on_removing),
            (records.removed, self._on_removed),
            (records.changed, self._on_changed),
            (records.resetting, self._on_resetting),
            (records.reset, self._on_reset),
        ):
            subscribe(self, signal, slot)

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

    def _on_inserting(self, first: int, last: int) -> None:
        self._tell_changes()
        self.beginInsertRows(QModelIndex(), first, last)

    def _on_inserted(self, _first: int, _last: int) -> None:
        self.endInsertRows()

    def _on_removing(self, first: int, last: int) -> None:
        self._tell_changes()
        self.beginRemoveRows(QModelIndex(), first, last)

    def _on_removed(self, _first: int, _last: int) -> None:
        self.endRemoveRows()

    def _on_changed(self, row: int) -> None:
        self._dirty.add(row)
        if not self._frame.isActive():
            self._frame.start()

    def _on_resetting(self) -> None:
        self._dirty.clear()
        self.beginResetModel()

    def _on_reset(self) -> None:
        self.endResetModel()

    def _tell_changes(self) -> None:
        for row in sorted(self._dirty):
            index = self.index(row)
            self.dataChanged.emit(index, index)
        self._dirty.clear()
        self._frame.stop()


def record_of(index: QModelIndex | QPersistentModelIndex, kind: type[RecordT]) -> RecordT:
    """The record under a valid index, for delegates, which may sit behind a proxy model."""
    record = index.data(RECORD_ROLE)
    assert isinstance(record, kind), f"not a {kind.__name__}"
    return record
