"""The conversations as the sidebar lists them: pinned first, then by age."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.list_model import FRAME_MS, RECORD_ROLE
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

LAST_DAYS: Final = 7
DAY_CHECK_MS: Final = 60_000
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The `Group` whose heading a row is; None for conversations."""
MARKS_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""The `Mark`s of a conversation, as a tuple."""

Index = QModelIndex | QPersistentModelIndex
_RECORD: Final = int(RECORD_ROLE)
_GROUP: Final = int(GROUP_ROLE)
_MARKS: Final = int(MARKS_ROLE)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN: Final = (int(Qt.ItemDataRole.AccessibleTextRole), int(Qt.ItemDataRole.ToolTipRole))


class Group(StrEnum):
    PINNED = "pinned"
    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_DAYS = "last_days"
    OLDER = "older"


class Mark(StrEnum):
    """What a row tells beside its title."""

    ANSWERING = "answering"
    QUEUED = "queued"
    TROUBLED = "troubled"
    PINNED = "pinned"


@dataclass(frozen=True, slots=True)
class Heading:
    id: str
    group: Group


Row = Heading | Conversation
Marks = Callable[[Conversation], tuple[Mark, ...]]
_GROUP_NAMES: Final[Mapping[Group, str]] = MappingProxyType(
    {
        Group.PINNED: QT_TRANSLATE_NOOP("ConversationModel", "Pinned"),
        Group.TODAY: QT_TRANSLATE_NOOP("ConversationModel", "Today"),
        Group.YESTERDAY: QT_TRANSLATE_NOOP("ConversationModel", "Yesterday"),
        Group.LAST_DAYS: QT_TRANSLATE_NOOP("ConversationModel", "Last 7 days"),
        Group.OLDER: QT_TRANSLATE_NOOP("ConversationModel", "Older"),
    }
)
_MARK_NAMES: Final[Mapping[Mark, str]] = MappingProxyType(
    {
        Mark.ANSWERING: QT_TRANSLATE_NOOP("ConversationModel", "an answer is coming"),
        Mark.QUEUED: QT_TRANSLATE_NOOP("ConversationModel", "a message is waiting"),
        Mark.TROUBLED: QT_TRANSLATE_NOOP("ConversationModel", "the last answer is not whole"),
        Mark.PINNED: QT_TRANSLATE_NOOP("ConversationModel", "pinned"),
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
        self.day = today.date()

    def group(self, conversation: Conversation) -> Group:
        if conversation.is_pinned:
            return Group.PINNED
        for start, group in self._starts:
            if conversation.updated_at >= start:
                return group
        return Group.OLDER

    def grouped(self, newest_first: Iterable[Conversation]) -> Iterator[tuple[Group, Conversation]]:
        """Conversations that are not pinned, each with its group; no group comes twice."""
        starts = iter((*self._starts, (datetime.min.replace(tzinfo=UTC), Group.OLDER)))
        start, group = next(starts)
        for conversation in newest_first:
            while conversation.updated_at < start:
                start, group = next(starts)
            yield group, conversation


class ConversationModel(QAbstractListModel):
    """Conversations and, as rows nobody can select, the headings of their groups.

    It follows the records a frame behind, so that a row that moves keeps its selection. Archived
    conversations are not listed.
    """

    def __init__(
        self,
        records: ReadOnlyRecords[Conversation],
        *,
        rename: Callable[[Conversation, str], None],
        marks: Marks,
        now: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._rename = rename
        self._marks = marks
        self._now = now
        self._calendar = Calendar(now())
        self._rows: list[Row] = []
        self._places: dict[str, int] = {}
        self._changed: set[str] = set()
        self._is_stale = False
        self._set_rows(self._wanted())
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.catch_up)
        self._minute = QTimer(self, interval=DAY_CHECK_MS)
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        subscribe(self, records.changed, self._on_changed)
        for signal in (records.inserted, records.removed, records.reset):
            subscribe(self, signal, self._on_moved)

    def index_of(self, conversation_id: str) -> QModelIndex:
        """The conversation's index; an invalid one when it is not listed."""
        row = self._places.get(conversation_id)
        return QModelIndex() if row is None else self.index(row)

    def first(self) -> QModelIndex:
        """The first conversation, below its group's heading."""
        return self.index(1) if len(self._rows) > 1 else QModelIndex()

    def refresh_marks(self, conversation_ids: frozenset[str]) -> None:
        """Show anew what these conversations are marked with."""
        for conversation_id in conversation_ids:
            index = self.index_of(conversation_id)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def catch_up(self) -> None:
        """Bring the rows up to date now."""
        self._frame.stop()
        changed, self._changed = self._changed, set()
        if self._is_stale or not all(self._stays(conversation_id) for conversation_id in changed):
            self._is_stale = False
            self._follow(self._wanted())
        else:
            listed = (known for known in changed if known in self._places)
            self._replace({self._places[known]: self._records.get(known) for known in listed})

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
        if isinstance(row, Heading):
            words = self.tr(_GROUP_NAMES[row.group])
            return row.group if role == _GROUP else words if role == _DISPLAY else None
        if role == _MARKS:
            return self._marks(row)
        if role in _SPOKEN:
            return self._spoken(row)
        return {_RECORD: row, _EDIT: row.title, _DISPLAY: self._title(row)}.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != _EDIT or isinstance(row, Heading) or not str(value).strip():
            return False
        self._rename(row, str(value))
        return True

    def _title(self, conversation: Conversation) -> str:
        return conversation.title or self.tr("New chat")

    def _spoken(self, conversation: Conversation) -> str:
        marks = [self.tr(_MARK_NAMES[mark]) for mark in self._marks(conversation)]
        return ", ".join([self._title(conversation), *marks])

    def _on_changed(self, row: int) -> None:
        self._changed.add(self._records[row].id)
        if not self._frame.isActive():
            self._frame.start()

    def _on_moved(self, *_rows: int) -> None:
        self._is_stale = True
        if not self._frame.isActive():
            self._frame.start()

    def _on_minute(self) -> None:
        """Looked at each minute: a timer that waits for midnight sleeps with the computer."""
        if Calendar(self._now()).day != self._calendar.day:
            self._is_stale = True
            self.catch_up()

    def _stays(self, conversation_id: str) -> bool:
        """Whether a conversation that changed is still where it is listed."""
        place = self._places.get(conversation_id)
        after = self._records.get(conversation_id)
        if place is None or after is None:
            return place is None and (after is None or after.is_archived)
        before = self._rows[place]
        assert isinstance(before, Conversation), "headings have other ids"
        same = self._calendar.group(before) is self._calendar.group(after)
        return same and not after.is_archived

    def _wanted(self) -> list[Row]:
        self._calendar = Calendar(self._now())
        listed = [record for record in self._records if not record.is_archived]
        pinned = [record for record in listed if record.is_pinned]
        others = [record for record in listed if not record.is_pinned] if pinned else listed
        rows: list[Row] = [_heading(Group.PINNED), *pinned] if pinned else []
        opened: Group | None = None
        for group, conversation in self._calendar.grouped(others):
            if group is not opened:
                rows.append(_heading(group))
                opened = group
            rows.append(conversation)
        return rows

    def _set_rows(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.id: place for place, row in enumerate(rows)}

    def _follow(self, wanted: list[Row]) -> None:
        if [row.id for row in self._rows] == [row.id for row in wanted]:
            self._replace(dict(enumerate(wanted)))
            return
        self._take_out({row.id for row in wanted})
        self._add([row for row in wanted if row.id not in self._places])
        self._arrange(wanted)

    def _take_out(self, wanted: set[str]) -> None:
        gone = sorted((self._places[known] for known in self._places.keys() - wanted), reverse=True)
        for place in gone:
            self.beginRemoveRows(QModelIndex(), place, place)
            del self._rows[place]
            self.endRemoveRows()
        if gone:
            self._set_rows(self._rows)

    def _add(self, rows: list[Row]) -> None:
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._set_rows([*self._rows, *rows])
            self.endInsertRows()

    def _replace(self, rows: Mapping[int, Row | None]) -> None:
        for place, row in rows.items():
            if isinstance(row, Conversation) and self._rows[place] is not row:
                self._rows[place] = row
                self.dataChanged.emit(self.index(place), self.index(place))

    def _arrange(self, wanted: list[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        shown = self._rows
        self._set_rows(wanted)
        new = [self.index(self._places[shown[index.row()].id]) for index in old]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()


def _heading(group: Group) -> Heading:
    return Heading(f"group {group.value}", group)
