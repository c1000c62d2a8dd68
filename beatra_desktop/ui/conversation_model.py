"""The conversations as the sidebar lists them: pinned first, then by age."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.list_model import FRAME_MS, RECORD_ROLE
from beatra_desktop.ui.subscriptions import subscribe

LAST_DAYS: Final = 7
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The group a row is the first of; None for all other rows."""

Index = QModelIndex | QPersistentModelIndex
_RECORD: Final = int(RECORD_ROLE)
_GROUP: Final = int(GROUP_ROLE)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_TEXTS: Final = (
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
    int(Qt.ItemDataRole.ToolTipRole),
)


class Group(StrEnum):
    PINNED = "pinned"
    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_DAYS = "last_days"
    OLDER = "older"


def group_of(conversation: Conversation, today: date) -> Group:
    """Where a conversation belongs on a day, by the local date of its last change."""
    if conversation.is_pinned:
        return Group.PINNED
    age = today - conversation.updated_at.astimezone().date()
    if age < timedelta(days=1):
        return Group.TODAY
    if age < timedelta(days=2):
        return Group.YESTERDAY
    return Group.LAST_DAYS if age < timedelta(days=LAST_DAYS) else Group.OLDER


class ConversationModel(QAbstractListModel):
    """Follows the records a frame behind, so that a row that moves keeps its selection."""

    def __init__(
        self,
        records: ReadOnlyRecords[Conversation],
        *,
        rename: Callable[[Conversation, str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._rename = rename
        self._rows = self._wanted()
        self._today = datetime.now().astimezone().date()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.catch_up)
        for signal in (records.inserted, records.removed, records.changed, records.reset):
            subscribe(self, signal, self._on_change)

    def index_of(self, conversation_id: str) -> QModelIndex:
        """The conversation's index; an invalid one when it is not listed."""
        rows = enumerate(self._rows)
        row = next((i for i, shown in rows if shown.id == conversation_id), None)
        return QModelIndex() if row is None else self.index(row)

    def catch_up(self) -> None:
        """Bring the rows up to date now."""
        self._frame.stop()
        self._today = datetime.now().astimezone().date()
        wanted = self._wanted()
        self._take_out({conversation.id for conversation in wanted})
        known = {conversation.id for conversation in self._rows}
        self._add([conversation for conversation in wanted if conversation.id not in known])
        self._arrange(wanted)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if index.isValid() else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        conversation = self._rows[index.row()]
        if role == _RECORD:
            return conversation
        if role == _GROUP:
            return self._opened_group(index.row())
        if role == _EDIT:
            return conversation.title
        return self._title(conversation) if role in _TEXTS else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != _EDIT or not str(value).strip():
            return False
        self._rename(self._rows[index.row()], str(value))
        return True

    def _title(self, conversation: Conversation) -> str:
        return conversation.title or self.tr("New chat")

    def _opened_group(self, row: int) -> Group | None:
        group = group_of(self._rows[row], self._today)
        before = group_of(self._rows[row - 1], self._today) if row else None
        return None if group is before else group

    def _on_change(self, *_rows: int) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _wanted(self) -> list[Conversation]:
        return sorted(self._records, key=lambda conversation: not conversation.is_pinned)

    def _take_out(self, wanted: set[str]) -> None:
        for row in reversed(range(len(self._rows))):
            if self._rows[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()

    def _add(self, conversations: list[Conversation]) -> None:
        if conversations:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(conversations) - 1)
            self._rows.extend(conversations)
            self.endInsertRows()

    def _arrange(self, wanted: list[Conversation]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = {conversation.id: row for row, conversation in enumerate(wanted)}
        new = [self.index(places[self._rows[index.row()].id]) for index in old]
        self._rows = wanted
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
