"""Which ids an imported conversation gets."""

from collections.abc import Iterable, Sequence

from beatra_desktop.domain.chat import Message
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.transfer.settling import AlreadyHere, Settler, Shelf
from beatra_desktop.services.transfer.tree import Tree, renamed
from tests.services.transfer.trees import said, tree

C = ConversationId("c")
RAIN = tree(said("a", "rain"))
SNOW = tree(said("a", "snow"))


def _shelf(*stored: Tree) -> Shelf:
    by_id = {each.conversation.id: each.messages for each in stored}

    def taken(ids: Sequence[MessageId]) -> set[str]:
        known: set[str] = {message.id for messages in by_id.values() for message in messages}
        return known & set(ids)

    def messages(conversation_id: ConversationId) -> Iterable[Message]:
        return by_id[conversation_id]

    return Shelf(messages=messages, taken=taken)


def test_what_is_new_keeps_its_ids() -> None:
    assert Settler([]).settle(RAIN, _shelf()) == RAIN


def test_what_is_here_is_left_alone() -> None:
    assert Settler([C]).settle(RAIN, _shelf(RAIN)) == AlreadyHere(C)


def test_a_taken_id_leads_to_a_copy_that_is_found_the_next_time() -> None:
    copy = Settler([C]).settle(SNOW, _shelf(RAIN))
    assert isinstance(copy, Tree)
    assert copy.conversation.id != C
    assert copy.messages[0].text == "snow"
    again = Settler([C, copy.conversation.id]).settle(SNOW, _shelf(RAIN, copy))
    assert again == AlreadyHere(copy.conversation.id)


def test_a_copy_that_was_changed_leads_to_another_copy() -> None:
    copy = renamed(SNOW, 1)
    changed = Tree(copy.conversation, (replace(copy.messages[0], text="sun"),))
    found = Settler([C, copy.conversation.id]).settle(SNOW, _shelf(RAIN, changed))
    assert found == renamed(SNOW, 2)


def test_a_message_id_of_another_conversation_is_not_taken_twice() -> None:
    other = tree(said("a", "rain"))
    other = Tree(replace(other.conversation, id=ConversationId("other")), other.messages)
    found = Settler([ConversationId("other")]).settle(RAIN, _shelf(other))
    assert found == renamed(RAIN, 1)


def test_one_file_may_hold_the_same_id_twice() -> None:
    settler, shelf = Settler([]), _shelf()
    assert settler.settle(RAIN, shelf) == RAIN
    assert settler.settle(RAIN, shelf) == AlreadyHere(C)
    assert settler.settle(SNOW, shelf) == renamed(SNOW, 1)
    settler.stored()
    assert settler.settle(RAIN, _shelf(RAIN)) == AlreadyHere(C)


def test_two_conversations_of_one_batch_may_not_share_a_message_id() -> None:
    settler, shelf = Settler([]), _shelf()
    other = Tree(replace(RAIN.conversation, id=ConversationId("other")), RAIN.messages)
    assert settler.settle(RAIN, shelf) == RAIN
    assert settler.settle(other, shelf) == renamed(other, 1)
