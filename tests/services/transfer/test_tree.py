"""Trees as they may be taken over: nothing hangs, nothing circles, nothing waits to be sent."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.chat import MessageStatus, branch
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.transfer.tree import (
    EARLIEST,
    acyclic,
    derived_id,
    holds,
    printable,
    renamed,
    safe_id,
    settled,
    untangled,
    whole_ms,
)
from tests.services.transfer.trees import NOON, answered, said, tree

KEYS = [MessageId(name) for name in "abcdef"]


@given(st.dictionaries(st.sampled_from(KEYS), st.none() | st.sampled_from(KEYS)))
def test_parents_never_lead_in_a_circle_or_into_nothing(
    parents: dict[MessageId, MessageId | None],
) -> None:
    kept = acyclic(parents)
    assert set(kept) == set(parents)
    for key in parents:
        seen: set[MessageId] = set()
        at: MessageId | None = key
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = kept[at]
        assert kept[key] in (None, parents[key])


def test_parents_in_order_stay_as_they_are() -> None:
    a, b, c = KEYS[:3]
    assert acyclic({c: b, b: a, a: None}) == {c: b, b: a, a: None}


def test_a_message_whose_parent_is_missing_becomes_a_root() -> None:
    [message] = untangled([said("a", after="gone")])
    assert message.parent_id is None


def test_what_was_not_finished_is_incomplete_and_can_be_continued() -> None:
    live = answered("b", "half", after="a", status=MessageStatus.STREAMING)
    done = settled(tree(said("a"), live)).messages[1]
    assert (done.status, done.text) == (MessageStatus.INCOMPLETE, "half")
    assert done.failure is not None


def test_an_answer_that_was_kept_as_it_is_stays_so() -> None:
    cut = answered("b", "half", after="a", status=MessageStatus.INCOMPLETE)
    assert settled(tree(said("a"), cut)).messages[1] == cut


def test_a_queued_message_goes_back_to_the_draft() -> None:
    conversation = settled(tree(queued="next", draft="later")).conversation
    assert (conversation.queued, conversation.draft) == ("", "next\n\nlater")


def test_a_head_that_is_missing_is_found_anew() -> None:
    messages = (said("a"), answered("b", "x", after="a"))
    assert settled(tree(*messages, head_id=MessageId("gone"))).conversation.head_id == "b"
    assert settled(tree(head_id=MessageId("gone"))).conversation.head_id is None


def test_half_characters_become_writable() -> None:
    broken = tree(said("a", "\ud83d!"), title="\udc00", draft="\ud83d", system_prompt="\ud83d")
    clean = printable(broken)
    assert clean.messages[0].text == "\ufffd!"
    assert clean.conversation.title == clean.conversation.draft == "\ufffd"


def test_times_are_whole_milliseconds_in_utc_and_not_before_1970() -> None:
    zone = timezone(timedelta(hours=2))
    assert whole_ms(datetime(2026, 3, 1, 14, 0, 0, 1_999, zone)) == NOON.replace(microsecond=1000)
    assert whole_ms(datetime(2026, 3, 1, 12)) == NOON
    assert whole_ms(datetime(1, 1, 1, tzinfo=UTC)) == EARLIEST


def test_ids_from_a_file_are_taken_only_if_they_look_like_ids() -> None:
    assert safe_id("6a0c7b52-0000") == "6a0c7b52-0000"
    odd = safe_id("../../etc/passwd")
    assert odd == safe_id("../../etc/passwd") != safe_id("")
    assert odd.isalnum()
    assert derived_id("a", "b") != derived_id("ab")


def test_nothing_new_is_seen_in_what_went_on_here() -> None:
    file = (said("a", "hi"), answered("b", "half", after="a", status=MessageStatus.INCOMPLETE))
    here = [file[0], replace(file[1], text="half and more"), said("c", after="b")]
    assert holds(here, file)
    assert not holds(here, (*file, said("d")))
    assert not holds(here, (replace(file[0], text="ho"),))
    assert not holds(here, (replace(file[1], status=MessageStatus.COMPLETE),))
    assert not holds(here, (replace(file[1], parent_id=None),))


def test_new_ids_keep_the_shape_and_are_the_same_each_time() -> None:
    first = tree(said("a"), answered("b", "x", after="a"), head_id=MessageId("a"))
    copy = renamed(first, 1)
    assert copy == renamed(first, 1) != renamed(first, 2)
    assert copy.messages[1].parent_id == copy.messages[0].id == copy.conversation.head_id
    assert {m.conversation_id for m in copy.messages} == {copy.conversation.id} != {"c"}
    assert len(branch(copy.messages, copy.messages[1].id)) == 2
