"""The conversations as the sidebar lists them: pinned first, then by folder, then by age."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
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
    Signal,
)

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import format
from beatra_desktop.ui.conversation_groups import (
    Calendar,
    Group,
    Heading,
    Row,
    folder_id,
    listing,
)
from beatra_desktop.ui.list_model import RECORD_ROLE
from beatra_desktop.ui.model_feed import FRAME_MS
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tips import tip
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

DAY_CHECK_MS: Final = 60_000
GROUP_ROLE: Final = Qt.ItemDataRole.UserRole + 2
"""The `Group` whose heading a row is; None for conversations."""
MARKS_ROLE: Final = Qt.ItemDataRole.UserRole + 3
"""The `Mark`s of a conversation, as a tuple."""
FOLDER_ROLE: Final = Qt.ItemDataRole.UserRole + 4
"""The `Heading` of a folder; None for every other row."""

Index = QModelIndex | QPersistentModelIndex
_RECORD: Final = int(RECORD_ROLE)
_GROUP: Final = int(GROUP_ROLE)
_MARKS: Final = int(MARKS_ROLE)
_FOLDER: Final = int(FOLDER_ROLE)
_EDIT: Final = int(Qt.ItemDataRole.EditRole)
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_FOLDER_FLAGS: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class Mark(StrEnum):
    """What a row tells beside its title."""

    ANSWERING = "answering"
    QUEUED = "queued"
    TROUBLED = "troubled"
    PINNED = "pinned"


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


class ConversationModel(QAbstractListModel):
    """Conversations and the headings of their groups, of which only folders can be selected.

    It follows the records a frame behind, so that a row that moves keeps its selection. Archived
    conversations are not listed, nor is what a closed folder holds.
    """

    closed_changed = Signal()
    """A folder was opened or closed."""

    def __init__(
        self,
        records: ReadOnlyRecords[Conversation],
        *,
        rename: Callable[[Conversation, str], None],
        marks: Marks,
        closed: Iterable[str] = (),
        now: Callable[[], datetime] = utc_now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._records = records
        self._rename = rename
        self._marks = marks
        self._now = now
        self._calendar = Calendar(now())
        self._closed = set(closed)
        self._hidden: dict[str, str] = {}
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
        """The first conversation, below its group's heading; a folder where all are closed."""
        if not self._rows:
            return QModelIndex()
        rows = enumerate(self._rows)
        return self.index(next((n for n, row in rows if isinstance(row, Conversation)), 0))

    @property
    def closed_folders(self) -> list[str]:
        """The names of those that are closed."""
        return sorted(self._closed)

    def folder_index(self, name: str) -> QModelIndex:
        """The heading of a folder; an invalid one when no such folder is listed."""
        return self.index_of(folder_id(name))

    def set_folder_open(self, name: str, *, is_open: bool) -> None:
        """Show or hide what a folder holds."""
        if is_open is (name not in self._closed):
            return
        self._closed ^= {name}
        self._is_stale = True
        self.catch_up()
        self.closed_changed.emit()

    def reveal(self, conversation_id: str) -> None:
        """Open the folder a conversation is hidden in."""
        self.catch_up()
        conversation = self._records.get(conversation_id)
        if conversation is not None and conversation_id in self._hidden:
            self.set_folder_open(conversation.folder, is_open=True)

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
        row = self._rows[index.row()] if index.isValid() else None
        if row is None or isinstance(row, Heading):
            is_folder = row is not None and row.group is Group.FOLDER
            return _FOLDER_FLAGS if is_folder else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Heading):
            return self._heading_data(row, role)
        if role == _MARKS:
            return self._marks(row)
        if role == _ACCESSIBLE:
            return self._spoken(row)
        if role == _TOOLTIP:
            return tip(self._spoken(row))
        return {_RECORD: row, _EDIT: row.title, _DISPLAY: self._title(row)}.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self._rows[index.row()]
        if role != _EDIT or isinstance(row, Heading) or not str(value).strip():
            return False
        self._rename(row, str(value))
        return True

    def _heading_data(self, heading: Heading, role: int) -> Any:
        if role == _GROUP:
            return heading.group
        if heading.group is not Group.FOLDER:
            return self.tr(_GROUP_NAMES[heading.group]) if role == _DISPLAY else None
        if role == _ACCESSIBLE:
            return self._spoken_folder(heading)
        folder = heading.folder
        return {_FOLDER: heading, _DISPLAY: folder, _TOOLTIP: tip(folder)}.get(role)

    def _spoken_folder(self, heading: Heading) -> str:
        one = heading.count == 1
        count = self.tr("one chat") if one else self.tr("%n chats", "", heading.count)
        state = self.tr("open") if heading.is_open else self.tr("closed")
        return format.listed([self.tr("Folder {name}").format(name=heading.folder), count, state])

    def _title(self, conversation: Conversation) -> str:
        return conversation.title or self.tr("New chat")

    def _spoken(self, conversation: Conversation) -> str:
        marks = [self.tr(_MARK_NAMES[mark]) for mark in self._marks(conversation)]
        return format.listed([self._title(conversation), *marks])

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
        return self._listed_under(conversation_id) == self._belongs_under(conversation_id)

    def _listed_under(self, conversation_id: str) -> str | None:
        place = self._places.get(conversation_id)
        if place is None:
            return self._hidden.get(conversation_id)
        before = self._rows[place]
        assert isinstance(before, Conversation), "headings have other ids"
        return self._calendar.heading_id(before)

    def _belongs_under(self, conversation_id: str) -> str | None:
        after = self._records.get(conversation_id)
        if after is None or after.is_archived:
            return None
        return self._calendar.heading_id(after)

    def _wanted(self) -> list[Row]:
        self._calendar = Calendar(self._now())
        found = listing(self._records, self._calendar, closed=self._closed)
        self._hidden = found.hidden
        return found.rows

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
        for first, last in _runs(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
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
            if row is not None and self._rows[place] is not row and self._rows[place] != row:
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


def _runs(falling: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of numbers that follow each other, the highest first."""
    runs: list[tuple[int, int]] = []
    for number in falling:
        if runs and runs[-1][0] == number + 1:
            runs[-1] = (number, runs[-1][1])
        else:
            runs.append((number, number))
    return runs
