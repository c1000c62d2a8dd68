"""The conversations as the sidebar lists them: pinned first, then by age."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
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
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

LAST_DAYS: Final = 7
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The `Group` whose heading a row is; None for conversations."""

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


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    group: Group


Row = Heading | Conversation
_GROUP_NAMES: Final[Mapping[Group, str]] = MappingProxyType(
    {
        Group.PINNED: QT_TRANSLATE_NOOP("ConversationModel", "Pinned"),
        Group.TODAY: QT_TRANSLATE_NOOP("ConversationModel", "Today"),
        Group.YESTERDAY: QT_TRANSLATE_NOOP("ConversationModel", "Yesterday"),
        Group.LAST_DAYS: QT_TRANSLATE_NOOP("ConversationModel", "Last 7 days"),
        Group.OLDER: QT_TRANSLATE_NOOP("ConversationModel", "Older"),
    }
)


class Calendar:
    """Which group a conversation belongs to, by the local date of its last change."""

    def __init__(self, now: datetime) -> None:
        today = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
        days = ((0, Group.TODAY), (1, Group.YESTERDAY), (LAST_DAYS - 1, Group.LAST_DAYS))
        # In UTC, as records are: Python compares times of one zone ten times faster.
        self._starts = [
            ((today - timedelta(days=ago)).astimezone(UTC), group) for ago, group in days
        ]

    def group(self, conversation: Conversation) -> Group:
        if conversation.is_pinned:
            return Group.PINNED
        for start, group in self._starts:
            if conversation.updated_at >= start:
                return group
        return Group.OLDER


class ConversationModel(QAbstractListModel):
    """Conversations and, as rows nobody can select, the headings of their groups.

    It follows the records a frame behind, so that a row that moves keeps its selection.
    """

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
        wanted = self._wanted()
        if [row.id for row in self._rows] == [row.id for row in wanted]:
            self._replace(wanted)
            return
        self._take_out({row.id for row in wanted})
        known = {row.id for row in self._rows}
        self._add([row for row in wanted if row.id not in known])
        self._arrange(wanted)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _GROUP:
            return row.group if isinstance(row, Heading) else None
        if role in _TEXTS:
            return self._words(row)
        if isinstance(row, Conversation):
            return {_RECORD: row, _EDIT: row.title}.get(role)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != _EDIT or isinstance(row, Heading) or not str(value).strip():
            return False
        self._rename(row, str(value))
        return True

    def _words(self, row: Row) -> str:
        if isinstance(row, Heading):
            return self.tr(_GROUP_NAMES[row.group])
        return row.title or self.tr("New chat")

    def _on_change(self, *_rows: int) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _wanted(self) -> list[Row]:
        calendar = Calendar(datetime.now().astimezone())
        rows: list[Row] = []
        opened: Group | None = None
        for conversation in sorted(self._records, key=lambda record: not record.is_pinned):
            group = calendar.group(conversation)
            if group is not opened:
                rows.append(Heading(f"group {group.value}", group))
                opened = group
            rows.append(conversation)
        return rows

    def _take_out(self, wanted: set[str]) -> None:
        for row in reversed(range(len(self._rows))):
            if self._rows[row].id not in wanted:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._rows[row]
                self.endRemoveRows()

    def _add(self, rows: list[Row]) -> None:
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def _replace(self, wanted: list[Row]) -> None:
        old, self._rows = self._rows, wanted
        for row, (before, after) in enumerate(zip(old, wanted, strict=True)):
            if before is not after and isinstance(after, Conversation):
                self.dataChanged.emit(self.index(row), self.index(row))

    def _arrange(self, wanted: list[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = {row.id: number for number, row in enumerate(wanted)}
        new = [self.index(places[self._rows[index.row()].id]) for index in old]
        self._rows = wanted
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
