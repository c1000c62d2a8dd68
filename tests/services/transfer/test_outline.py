"""What is written down of a tree, and in which order."""

from hypothesis import given

from beatra_desktop.domain.chat import branch
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.services.transfer.outline import outline
from beatra_desktop.services.transfer.tree import Tree
from tests.services.transfer.trees import answered, said, tree, trees

FORKED = tree(
    said("a"),
    answered("b", "one", after="a"),
    answered("c", "two", after="a"),
    said("d", after="c"),
    said("e", after="b"),
    head_id=MessageId("d"),
)


def _names(found: Tree, *, all_branches: bool) -> list[list[str]]:
    sections = outline(found, all_branches=all_branches)
    return [[message.id for _, message in section.messages] for section in sections]


def test_the_branch_on_show_comes_alone_unless_all_are_wanted() -> None:
    assert _names(FORKED, all_branches=False) == [["a", "c", "d"]]
    assert _names(FORKED, all_branches=True) == [["a", "c", "d"], ["b", "e"]]


def test_a_branch_says_where_it_goes_on_from() -> None:
    first, second = outline(FORKED, all_branches=True)
    assert (first.number, first.fork) == (1, None)
    assert (second.number, second.fork) == (2, 1)
    assert [number for number, _ in second.messages] == [4, 5]


def test_circles_and_lost_parents_are_written_too() -> None:
    broken = tree(said("a", after="b"), said("b", after="a"), said("c", after="gone"))
    sections = _names(broken, all_branches=True)
    assert sorted(name for names in sections for name in names) == ["a", "b", "c"]


def test_nothing_said_is_nothing_written() -> None:
    assert _names(tree(), all_branches=True) == []


@given(trees())
def test_all_branches_hold_every_message_once_and_the_shown_one_first(found: Tree) -> None:
    sections = outline(found, all_branches=True)
    written = [message.id for section in sections for _, message in section.messages]
    assert sorted(written) == sorted(message.id for message in found.messages)
    shown = [message.id for message in branch(found.messages, found.conversation.head_id)]
    assert written[: len(shown)] == shown
