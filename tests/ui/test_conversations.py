from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.conversation_groups import Calendar, Group, Heading, in_order
from beatra_desktop.ui.conversation_model import (
    DAY_CHECK_MS,
    FOLDER_ROLE,
    GROUP_ROLE,
    MARKS_ROLE,
    ConversationModel,
    Mark,
)
from beatra_desktop.ui.search_results import found_words, split_marks

NOON = datetime(2026, 5, 13, 12).astimezone()


def _conversation(
    name: str, *, days: float = 0, pinned: bool = False, folder: str = ""
) -> Conversation:
    moment = datetime.now().astimezone() - timedelta(days=days)
    return Conversation(
        id=ConversationId(name),
        profile_id=ProfileId("sandbox"),
        title=name,
        created_at=moment,
        updated_at=moment,
        is_pinned=pinned,
        folder=folder,
    )


def _model(
    records: Records[Conversation],
    *,
    closed: Iterable[str] = (),
    now: Callable[[], datetime] = utc_now,
) -> ConversationModel:
    return ConversationModel(
        records,
        rename=lambda _conversation, _title: None,
        marks=lambda conversation: (Mark.PINNED,) if conversation.is_pinned else (),
        closed=closed,
        now=now,
    )


class CountedRecords(Records[Conversation]):
    """Counts how many records are looked at."""

    looks = 0

    def __iter__(self) -> Iterator[Conversation]:
        for record in super().__iter__():
            self.looks += 1
            yield record

    def __getitem__(self, row: int) -> Conversation:
        self.looks += 1
        return super().__getitem__(row)

    def get(self, record_id: str) -> Conversation | None:
        self.looks += 1
        return super().get(record_id)


def _rows(model: ConversationModel) -> list[str]:
    return [model.index(row).data() for row in range(model.rowCount())]


def _titles(model: ConversationModel) -> list[str]:
    indexes = [model.index(row) for row in range(model.rowCount())]
    return [index.data() for index in indexes if index.data(GROUP_ROLE) is None]


@pytest.mark.parametrize(
    ("ago", "group"),
    [
        (timedelta(), Group.TODAY),
        (timedelta(hours=11), Group.TODAY),
        (timedelta(hours=13), Group.YESTERDAY),
        (timedelta(days=2), Group.LAST_DAYS),
        (timedelta(days=6), Group.LAST_DAYS),
        (timedelta(days=7), Group.OLDER),
        (timedelta(hours=-13), Group.TODAY),
    ],
)
def test_groups_go_by_the_local_calendar(ago: timedelta, group: Group) -> None:
    conversation = replace(_conversation("c"), updated_at=NOON - ago)
    assert Calendar(NOON).group(conversation) is group


def test_pinned_ones_come_first_and_each_group_has_its_heading(qapp: object) -> None:
    records = Records(
        [_conversation("a"), _conversation("b", days=40, pinned=True), _conversation("c", days=40)]
    )
    model = _model(records)
    rows = [model.index(row).data() for row in range(model.rowCount())]
    assert rows == ["Pinned", "b", "Today", "a", "Older", "c"]


def test_folders_stand_between_the_pinned_ones_and_the_rest(qapp: object) -> None:
    records = Records(
        [
            _conversation("a"),
            _conversation("b", folder="work"),
            _conversation("c", folder="Ärzte"),
            _conversation("d", days=3, folder="work", pinned=True),
            _conversation("e", days=90, folder="work"),
        ]
    )
    model = _model(records)
    assert _rows(model) == ["Pinned", "d", "Ärzte", "c", "work", "b", "e", "Today", "a"]
    closed = _model(records, closed=["work", "gone"])
    assert _rows(closed) == ["Pinned", "d", "Ärzte", "c", "work", "Today", "a"]
    heading = closed.folder_index("work")
    assert heading.data(FOLDER_ROLE) == Heading("folder work", Group.FOLDER, "work", 2, False)
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert heading.data(spoken) == "Folder work, 2 chats, closed"
    assert closed.folder_index("Ärzte").data(spoken) == "Folder Ärzte, one chat, open"
    assert closed.index(0).data(FOLDER_ROLE) is None


def test_names_are_in_the_order_readers_expect() -> None:
    names = ["b", "Zoo", "ärger", "Chat 10", "Chat 9", "apple", "B"]
    assert in_order(names) == ["apple", "ärger", "B", "b", "Chat 9", "Chat 10", "Zoo"]


def test_a_folder_can_be_selected_but_not_renamed_in_place(qapp: object) -> None:
    model = _model(Records([_conversation("a", folder="work")]))
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.folder_index("work")) == flags
    assert not model.setData(model.folder_index("work"), "Blues")


def test_a_folder_opens_for_what_is_revealed_in_it(qapp: object) -> None:
    records = Records([_conversation("a", folder="work"), _conversation("b")])
    model = _model(records, closed=["work"])
    told: list[list[str]] = []
    model.closed_changed.connect(lambda: told.append(model.closed_folders))
    model.reveal("b")
    model.reveal("gone")
    assert not model.index_of("a").isValid()
    assert model.first() == model.index_of("b")
    model.reveal("a")
    assert model.first() == model.index_of("a")
    model.set_folder_open("work", is_open=True)
    model.set_folder_open("work", is_open=False)
    assert told == [[], ["work"]]
    records.remove("b")
    model.catch_up()
    assert model.first() == model.folder_index("work")
    records.remove("a")
    model.catch_up()
    assert not model.first().isValid()


def test_what_changes_in_a_closed_folder_is_counted(qapp: object) -> None:
    records = Records([_conversation("a", folder="work"), _conversation("b", folder="work")])
    model = _model(records, closed=["work"])

    def count() -> int:
        model.catch_up()
        heading: Heading = model.folder_index("work").data(FOLDER_ROLE)
        return heading.count

    records.insert(0, _conversation("c", folder="work"))
    assert count() == 3
    records.replace(replace(records[0], is_archived=True))
    assert count() == 2
    records.replace(replace(records[0], is_archived=False))
    assert count() == 3
    records.replace(replace(records[0], folder=""))
    assert count() == 2
    assert _rows(model) == ["work", "Today", "c"]


def test_a_heading_can_be_neither_selected_nor_renamed(qapp: object) -> None:
    model = _model(Records([_conversation("a")]))
    assert model.index(0).data(GROUP_ROLE) == Group.TODAY
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert not model.setData(model.index(0), "Blues")


def test_a_conversation_that_moves_up_stays_selected(qtbot: QtBot) -> None:
    records = Records([_conversation("a"), _conversation("b"), _conversation("c")])
    model = _model(records)
    selected = QPersistentModelIndex(model.index_of("c"))
    moved = records[2]
    records.remove("c")
    records.insert(0, moved)
    qtbot.waitUntil(lambda: _titles(model) == ["c", "a", "b"])
    assert selected.data() == "c"
    assert selected.row() == 1


def test_a_deleted_conversation_goes_and_comes_back_in_its_place(qtbot: QtBot) -> None:
    records = Records([_conversation("a"), _conversation("b"), _conversation("c")])
    model = _model(records)
    deleted = records[1]
    records.remove("b")
    qtbot.waitUntil(lambda: _titles(model) == ["a", "c"])
    records.insert(1, deleted)
    qtbot.waitUntil(lambda: _titles(model) == ["a", "b", "c"])


def test_a_new_title_is_shown_and_a_blank_one_refused(qtbot: QtBot) -> None:
    renamed: list[str] = []
    records = Records([_conversation("a")])
    model = ConversationModel(
        records, rename=lambda _conversation, title: renamed.append(title), marks=lambda _: ()
    )
    assert not model.setData(model.index_of("a"), "  ")
    assert model.setData(model.index_of("a"), "Blues")
    assert renamed == ["Blues"]


def test_archived_ones_are_not_listed_until_they_come_back(qapp: object) -> None:
    records = Records([_conversation("a"), _conversation("b")])
    model = _model(records)
    records.replace(replace(records[1], is_archived=True))
    model.catch_up()
    assert _titles(model) == ["a"]
    records.replace(replace(records[1], title="still away"))
    model.catch_up()
    assert _titles(model) == ["a"]
    records.replace(replace(records[1], is_archived=False))
    model.catch_up()
    assert _titles(model) == ["a", "still away"]


def test_groups_move_on_at_midnight(qapp: object) -> None:
    clock = [NOON]
    records = Records([replace(_conversation("a"), updated_at=NOON)])
    model = _model(records, now=lambda: clock[0])
    [minute] = [t for t in model.findChildren(QTimer) if t.interval() == DAY_CHECK_MS]
    assert minute.isActive()
    for later, heading in [(11, "Today"), (13, "Yesterday"), (37, "Last 7 days"), (400, "Older")]:
        clock[0] = NOON + timedelta(hours=later)
        minute.timeout.emit()
        assert model.index(0).data() == heading


def test_marks_are_told_to_eyes_and_ears(qapp: object) -> None:
    model = _model(Records([_conversation("a", pinned=True), _conversation("b")]))
    pinned, plain = model.index_of("a"), model.index_of("b")
    assert (pinned.data(MARKS_ROLE), plain.data(MARKS_ROLE)) == ((Mark.PINNED,), ())
    assert pinned.data(Qt.ItemDataRole.AccessibleTextRole) == "a, pinned"
    assert (pinned.data(), plain.data(Qt.ItemDataRole.ToolTipRole)) == ("a", "b")


def test_what_is_hidden_costs_nothing_when_it_changes(qapp: object) -> None:
    records = CountedRecords(_conversation(str(n), folder="work") for n in range(1_000))
    model = _model(records, closed=["work"])
    told: list[int] = []
    model.layoutChanged.connect(lambda: told.append(1))
    model.dataChanged.connect(lambda *_: told.append(2))
    records.looks = 0
    records.replace(replace(_conversation("700", folder="work"), title="Blues"))
    model.catch_up()
    assert records.looks < 10
    assert told == []


def test_a_closing_folder_goes_in_one_piece(qapp: object) -> None:
    records = Records(_conversation(str(n), folder="work" if n % 2 else "") for n in range(1_000))
    model = _model(records)
    gone: list[tuple[int, int]] = []
    model.rowsRemoved.connect(lambda _parent, first, last: gone.append((first, last)))
    model.set_folder_open("work", is_open=False)
    assert gone == [(1, 500)]
    assert model.rowCount() == 502


def test_a_new_name_costs_the_same_in_a_list_ten_times_as_long(qapp: object) -> None:
    looks, told = [], []
    for count in (1_000, 10_000):
        records = CountedRecords(_conversation(str(n), days=n / 20) for n in range(count))
        model = _model(records)
        model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
        records.looks = 0
        records.replace(replace(_conversation("700", days=35), title="Blues"))
        model.catch_up()
        looks.append(records.looks)
        assert model.index_of("700").data() == "Blues"
        assert told.pop() == (model.index_of("700").row(),) * 2
    assert looks[0] == looks[1] < 10
    assert told == []


FOLDERS = ("", "work", "music")
CHANGES = ("is_pinned", "is_archived", "title", "updated_at", "folder", "remove", "add", "toggle")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 6)), max_size=4)))
def test_rows_are_those_of_a_list_made_anew(
    qapp: object, frames: list[list[tuple[str, int]]]
) -> None:
    records = Records(_conversation(str(number), days=number) for number in range(5))
    model = _model(records)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for frame in frames:
        for change, number in frame:
            if change == "toggle":
                name = FOLDERS[number % 3]
                model.set_folder_open(name, is_open=name in model.closed_folders)
            else:
                _change(records, change, number)
        model.catch_up()
        fresh = _model(records, closed=model.closed_folders)
        indexes = [model.index(row) for row in range(model.rowCount())]
        headings = [index.data() for index in indexes if index.data(GROUP_ROLE)]
        assert len(set(headings)) == len(headings)
        assert [model.index(row).data() for row in range(model.rowCount())] == [
            fresh.index(row).data() for row in range(fresh.rowCount())
        ]
        assert all(
            model.index_of(record.id).row() == fresh.index_of(record.id).row() for record in records
        )
        assert [model.folder_index(name).data(FOLDER_ROLE) for name in FOLDERS] == [
            fresh.folder_index(name).data(FOLDER_ROLE) for name in FOLDERS
        ]
    tester.deleteLater()


def _change(records: Records[Conversation], change: str, number: int) -> None:
    known = records.get(str(number))
    if known is None:
        if change == "add":
            records.insert(0, _conversation(str(number)))
    elif change == "remove":
        records.remove(known.id)
    elif change != "add":
        records.replace(_changed(known, change, number))


def _changed(known: Conversation, change: str, number: int) -> Conversation:
    match change:
        case "title":
            return replace(known, title=known.title + "x")
        case "updated_at":
            return replace(known, updated_at=known.updated_at - timedelta(days=1))
        case "folder":
            return replace(known, folder=FOLDERS[(FOLDERS.index(known.folder) + number) % 3])
        case "is_pinned":
            return replace(known, is_pinned=not known.is_pinned)
    return replace(known, is_archived=not known.is_archived)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.lists(st.tuples(st.integers(0, 8), st.booleans()), unique_by=lambda pair: pair[0]))
)
def test_rows_follow_any_change(qapp: object, steps: list[list[tuple[int, bool]]]) -> None:
    records: Records[Conversation] = Records()
    model = _model(records)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for step in steps:
        records.assign(_conversation(str(number), pinned=pinned) for number, pinned in step)
        model.catch_up()
        pinned_first = sorted(step, key=lambda pair: not pair[1])
        assert _titles(model) == [str(number) for number, _pinned in pinned_first]
    tester.deleteLater()


@pytest.mark.parametrize(
    ("snippet", "words", "matches"),
    [
        ("a \x02blue\x03 moon", "a blue moon", [(2, 4)]),
        ("\x02a\x03 and\n \x02b\x03", "a and b", [(0, 1), (6, 1)]),
        ("plain", "plain", []),
    ],
)
def test_marks_are_taken_out_of_a_snippet(
    snippet: str, words: str, matches: list[tuple[int, int]]
) -> None:
    assert split_marks(snippet) == (words, matches)


@pytest.mark.parametrize(("snippet", "words"), [("a \x02blue\x03 \x02moon\x03", "blue"), ("x", "")])
def test_the_first_of_the_marked_words_is_looked_for_in_the_chat(snippet: str, words: str) -> None:
    assert found_words(snippet) == words
