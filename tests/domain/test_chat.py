from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.chat import (
    FOLDER_CHARACTERS,
    TITLE_CHARACTERS,
    Conversation,
    Message,
    MessageStatus,
    Parameters,
    Preset,
    Role,
    branch,
    folder_name,
    newest_leaf,
    siblings,
    title_from,
)
from beatra_desktop.domain.ids import ConversationId, MessageId, PresetId, ProfileId
from beatra_desktop.domain.records import replace

TALK = Conversation(
    id=ConversationId("c"),
    profile_id=ProfileId("p"),
    title="",
    created_at=datetime(2026, 3, 1, tzinfo=UTC),
    updated_at=datetime(2026, 3, 1, tzinfo=UTC),
)
BRIEF = Preset(
    id=PresetId("b"), name="Brief", system_prompt="Be brief.", parameters=Parameters(seed=1)
)


def message(name: int, parent: int | None) -> Message:
    return Message(
        id=MessageId(str(name)),
        conversation_id=ConversationId("c"),
        parent_id=None if parent is None else MessageId(str(parent)),
        role=Role.USER,
        text="",
        status=MessageStatus.COMPLETE,
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


@st.composite
def trees(draw: st.DrawFn) -> list[Message]:
    """Messages whose parents were written before them, in any order."""
    count = draw(st.integers(1, 30))
    parents = [draw(st.none() | st.integers(0, number - 1)) for number in range(1, count)]
    messages = [message(0, None)]
    messages += [message(number, parent) for number, parent in enumerate(parents, start=1)]
    return draw(st.permutations(messages))


@given(tree=trees(), data=st.data())
def test_a_branch_leads_from_a_root_to_its_head(tree: list[Message], data: st.DataObject) -> None:
    head = data.draw(st.sampled_from(tree))
    path = branch(tree, head.id)
    assert path[-1] == head
    assert path[0].parent_id is None
    assert [each.parent_id for each in path[1:]] == [each.id for each in path[:-1]]


@given(parents=st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=10))
def test_a_branch_of_broken_data_ends(parents: list[int | None]) -> None:
    messages = [message(number, parent) for number, parent in enumerate(parents)]
    path = branch(messages, messages[0].id)
    assert len({each.id for each in path}) == len(path)


def test_a_branch_without_a_known_head_is_empty() -> None:
    assert branch([message(0, None)], None) == []
    assert branch([message(0, None)], MessageId("gone")) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("What is beatra?", "What is beatra?"),
        ("\n\n  # A heading  \nmore", "A heading"),
        ("***\nreal words", "real words"),
        ("- one, two", "one, two"),
        ("", ""),
        (" \n\t", ""),
        ("word, " * 20, "word, " * 9 + "word…"),
        ("x" * 100, "x" * 59 + "…"),
    ],
)
def test_titles_come_from_the_first_line_with_words(text: str, title: str) -> None:
    assert title_from(text) == title


@given(text=st.text())
def test_titles_are_short_and_on_one_line(text: str) -> None:
    title = title_from(text)
    assert len(title) <= TITLE_CHARACTERS
    assert len(title.splitlines()) <= 1


def test_live_messages_are_those_still_growing() -> None:
    live = {status for status in MessageStatus if status.is_live}
    assert live == {MessageStatus.SENDING, MessageStatus.STREAMING}


@given(tree=trees(), data=st.data())
def test_the_newest_leaf_ends_a_branch_through_the_message(
    tree: list[Message], data: st.DataObject
) -> None:
    through = data.draw(st.sampled_from(tree))
    leaf = newest_leaf(tree, through.id)
    assert through in branch(tree, leaf)
    assert leaf not in {each.parent_id for each in tree}


def test_of_several_answers_the_newest_goes_on_wherever_it_stands() -> None:
    def later(name: int, parent: int | None, minute: int) -> Message:
        moment = datetime(2026, 3, 1, 0, minute, tzinfo=UTC)
        return replace(message(name, parent), created_at=moment)

    tree = [later(2, 0, 5), later(3, 0, 9), later(4, 0, 1), later(5, 3, 10), message(0, None)]
    assert newest_leaf(tree, MessageId("0")) == "5"
    assert newest_leaf(tree, MessageId("4")) == "4"


@pytest.mark.timeout(10)
def test_a_circle_in_broken_data_ends_somewhere() -> None:
    circle = [message(0, 2), message(1, 0), message(2, 1)]
    assert newest_leaf(circle, MessageId("0")) == "2"


def test_parameters_are_brought_into_their_limits() -> None:
    wild = Parameters(temperature=9.0, top_p=0.5, max_tokens=0, stop=("", "a", "b", "c", "d", "e"))
    assert wild.within_limits() == Parameters(
        temperature=2.0, max_tokens=1, stop=("a", "b", "c", "d")
    )
    assert Parameters(top_p=-1.0).within_limits() == Parameters(top_p=0.0)
    assert Parameters(top_p=1.5).within_limits() == Parameters(top_p=1.0)
    assert Parameters().within_limits() == Parameters()


def test_siblings_answer_the_same_message() -> None:
    tree = [message(0, None), message(1, 0), message(2, 0), message(3, 1)]
    assert siblings(tree, tree[2].id) == [tree[1].id, tree[2].id]
    assert siblings(tree, tree[0].id) == [tree[0].id]
    assert siblings(tree, MessageId("nobody")) == []


def test_a_conversation_has_ways_once_something_is_said_of_them() -> None:
    assert not TALK.has_ways
    assert not replace(TALK, model="m").has_ways
    assert replace(TALK, system_prompt="Be brief.").has_ways
    assert replace(TALK, parameters=Parameters(seed=1)).has_ways


def test_a_preset_is_the_way_of_a_conversation_in_all_it_names() -> None:
    talk = replace(TALK, model="m", system_prompt="Be brief.", parameters=Parameters(seed=1))
    assert BRIEF.is_way_of(talk)
    assert replace(BRIEF, model="m").is_way_of(talk)
    assert not replace(BRIEF, model="n").is_way_of(talk)
    assert not BRIEF.is_way_of(replace(talk, system_prompt="Be brief"))
    assert not BRIEF.is_way_of(replace(talk, parameters=None))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("  Work \n notes ", "Work notes"), ("\u202eevil", "evil"), (" \t\n", ""), ("\u200b", "")],
)
def test_a_folder_is_called_by_what_can_be_seen(typed: str, name: str) -> None:
    assert folder_name(typed) == name


@given(st.text())
def test_a_folder_has_a_short_name_on_one_line(typed: str) -> None:
    name = folder_name(typed)
    assert len(name) <= FOLDER_CHARACTERS
    assert "\n" not in name
    assert folder_name(name) == name
