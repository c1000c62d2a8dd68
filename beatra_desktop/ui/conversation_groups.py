"""In which groups the sidebar lists conversations: pinned, by folder, by age."""

from collections.abc import Iterable, Iterator, Set
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cmp_to_key
from typing import Final

from msgspec import Struct, field
from PySide6.QtCore import QCollator, QLocale, Qt

from beatra_desktop.domain.chat import Conversation

LAST_DAYS: Final = 7


class Group(StrEnum):
    PINNED = "pinned"
    FOLDER = "folder"
    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_DAYS = "last_days"
    OLDER = "older"


class Heading(Struct, frozen=True):
    """What stands above a group. `folder` is a folder's name, `count` what it holds."""

    id: str
    group: Group
    folder: str = ""
    count: int = 0
    is_open: bool = True


Row = Heading | Conversation


class Listing(Struct):
    """`rows` as they are shown; `hidden` tells the group of what a closed folder holds."""

    rows: list[Row] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)


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
        if conversation.folder:
            return Group.FOLDER
        for start, group in self._starts:
            if conversation.updated_at >= start:
                return group
        return Group.OLDER

    def grouped(self, newest_first: Iterable[Conversation]) -> Iterator[tuple[Group, Conversation]]:
        """Conversations that go by their age, each with its group; no group comes twice."""
        starts = iter((*self._starts, (datetime.min.replace(tzinfo=UTC), Group.OLDER)))
        start, group = next(starts)
        for conversation in newest_first:
            while conversation.updated_at < start:
                start, group = next(starts)
            yield group, conversation

    def heading_id(self, conversation: Conversation) -> str:
        """Which heading a conversation is listed under."""
        group = self.group(conversation)
        return folder_id(conversation.folder) if group is Group.FOLDER else _group_id(group)


def folder_id(name: str) -> str:
    """The id of a folder's heading; with a blank in it, as no conversation's has."""
    return f"folder {name}"


def listing(
    newest_first: Iterable[Conversation], calendar: Calendar, *, closed: Set[str]
) -> Listing:
    """Conversations and headings in their order; those in `closed` folders are hidden."""
    listed = [record for record in newest_first if not record.is_archived]
    pinned = [record for record in listed if record.is_pinned]
    others = [record for record in listed if not record.is_pinned] if pinned else listed
    filed = [record for record in others if record.folder]
    dated = [record for record in others if not record.folder] if filed else others
    found = Listing([_heading(Group.PINNED), *pinned] if pinned else [])
    _add_folders(found, filed, closed)
    opened: Group | None = None
    for group, conversation in calendar.grouped(dated):
        if group is not opened:
            found.rows.append(_heading(group))
            opened = group
        found.rows.append(conversation)
    return found


def in_order(names: Iterable[str]) -> list[str]:
    """Names as a reader of the user's language expects them."""
    locale = QLocale().collation()
    plain = locale.language() is QLocale.Language.C  # would put all capitals first
    collator = QCollator(QLocale(QLocale.Language.English) if plain else locale)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    collator.setNumericMode(True)
    return sorted(sorted(names), key=cmp_to_key(collator.compare))


def _add_folders(found: Listing, filed: Iterable[Conversation], closed: Set[str]) -> None:
    folders: dict[str, list[Conversation]] = {}
    for conversation in filed:
        folders.setdefault(conversation.folder, []).append(conversation)
    for name in in_order(folders):
        within, is_open = folders[name], name not in closed
        heading = Heading(folder_id(name), Group.FOLDER, name, len(within), is_open)
        found.rows.append(heading)
        if is_open:
            found.rows += within
        else:
            found.hidden.update((conversation.id, heading.id) for conversation in within)


def _heading(group: Group) -> Heading:
    return Heading(_group_id(group), group)


def _group_id(group: Group) -> str:
    return f"group {group.value}"
