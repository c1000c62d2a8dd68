from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.conversation_model import GROUP_ROLE, Calendar, ConversationModel, Group
from beatra_desktop.ui.search_results import split_marks

NOON = datetime(2026, 5, 13, 12).astimezone()


def _conversation(name: str, *, days: float = 0, pinned: bool = False) -> Conversation:
    moment = datetime.now().astimezone() - timedelta(days=days)
    return Conversation(
        id=ConversationId(name),
        profile_id=ProfileId("sandbox"),
        title=name,
        created_at=moment,
        updated_at=moment,
        is_pinned=pinned,
    )


def _model(records: Records[Conversation]) -> ConversationModel:
    return ConversationModel(records, rename=lambda _conversation, _title: None)


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
    model = ConversationModel(records, rename=lambda _conversation, title: renamed.append(title))
    assert not model.setData(model.index_of("a"), "  ")
    assert model.setData(model.index_of("a"), "Blues")
    assert renamed == ["Blues"]


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
