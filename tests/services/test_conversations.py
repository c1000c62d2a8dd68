"""Conversations in memory: what is shown is what was said, however far the disk is behind."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId, new_id
from beatra_desktop.domain.records import replace
from beatra_desktop.services.conversations import (
    NEWEST_MESSAGES,
    OPEN_CONVERSATIONS,
    Conversations,
    OpenConversation,
)
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database

PROFILE = ProfileId("sandbox")


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(ConversationRepository(database))


def _message(
    conversation_id: str,
    *,
    parent: Message | None = None,
    status: MessageStatus = MessageStatus.COMPLETE,
    text: str = "said",
) -> Message:
    return Message(
        id=MessageId(new_id()),
        conversation_id=ConversationId(conversation_id),
        parent_id=None if parent is None else parent.id,
        role=Role.USER,
        text=text,
        status=status,
        created_at=utc_now(),
    )


def _used(conversations: Conversations, text: str = "said") -> tuple[Conversation, Message]:
    """A conversation with one message."""
    conversation = conversations.create(PROFILE)
    message = conversations.put(_message(conversation.id, text=text))
    return conversations.touch(conversation, head_id=message.id), message


def test_an_untouched_conversation_is_used_again(conversations: Conversations) -> None:
    first = conversations.create(PROFILE)
    again = conversations.create(ProfileId("beatra"))
    assert (again.id, again.profile_id) == (first.id, "beatra")
    conversations.change(again, draft="half a thought")
    assert conversations.create(PROFILE).id != first.id


def test_trouble_is_known_as_soon_as_it_is_there_and_after_a_restart(
    conversations: Conversations, database: Database
) -> None:
    conversation, question = _used(conversations)
    failure = Failure(code=FailureCode.OFFLINE)
    answer = replace(_message(conversation.id, parent=question), failure=failure)
    conversations.put(replace(answer, status=MessageStatus.SENDING))
    assert conversations.troubled.value == set()
    conversations.put(replace(answer, status=MessageStatus.FAILED))
    conversations.touch(conversation, head_id=answer.id)
    assert conversations.troubled.value == {conversation.id}
    database.flush()
    later = Conversations(ConversationRepository(database))
    assert later.troubled.value == {conversation.id}
    later.put(_message(conversation.id, parent=answer))
    assert later.troubled.value == set()


def test_a_change_starts_from_the_newest_state(conversations: Conversations) -> None:
    stale = conversations.create(PROFILE)
    conversations.change(stale, title="Named")
    changed = conversations.change(stale, is_pinned=True)
    assert (changed.title, changed.is_pinned) == ("Named", True)


def test_touching_brings_to_the_top_and_undo_puts_back_in_place(
    conversations: Conversations,
) -> None:
    first, _ = _used(conversations)
    second, _ = _used(conversations)
    assert [c.id for c in conversations.records] == [second.id, first.id]
    conversations.take_out(first)
    conversations.change(second, updated_at=second.updated_at + timedelta(minutes=1))
    conversations.put_back(first)
    assert [c.id for c in conversations.records] == [second.id, first.id]


def test_what_comes_back_from_the_trash_is_shown_though_it_was_settled_there(
    conversations: Conversations, database: Database
) -> None:
    conversation, question = _used(conversations)
    left = _message(conversation.id, parent=question, status=MessageStatus.STREAMING)
    conversations.put(left)
    conversations.take_out(conversations.change(conversation, head_id=left.id))
    database.flush()
    later = Conversations(ConversationRepository(database))
    cut = later.put(replace(later.take_unfinished()[0], status=MessageStatus.INCOMPLETE))
    later.put_back(later.trash[0])
    assert list(later.open(conversation.id).shown) == [question, cut]


def test_a_new_answer_extends_the_branch_on_show_and_a_sibling_does_not(
    conversations: Conversations,
) -> None:
    conversation, question = _used(conversations)
    shown = conversations.open(conversation.id).shown
    answer = conversations.put(_message(conversation.id, parent=question))
    sibling = conversations.put(_message(conversation.id, parent=question))
    assert [message.id for message in shown] == [question.id, answer.id]
    conversations.open(conversation.id).show(sibling.id)
    assert [message.id for message in shown] == [question.id, sibling.id]


@pytest.mark.asyncio
async def test_idle_conversations_are_closed_only_when_they_can_be_read_back(
    conversations: Conversations, database: Database, hold_writer: Any
) -> None:
    async with hold_writer(database):
        first, message = _used(conversations, "still in the queue")
        for _ in range(OPEN_CONVERSATIONS + 3):
            _used(conversations)
        assert list(conversations.open(first.id).shown) == [message]
    for other in list(conversations.records)[:OPEN_CONVERSATIONS]:
        conversations.open(other.id)
    assert conversations.find_message(message.id) is None, "closed by now"
    assert list(conversations.open(first.id).shown) == [message]


def test_a_conversation_that_is_answering_stays_open(
    conversations: Conversations, database: Database
) -> None:
    conversation, question = _used(conversations)
    live = _message(conversation.id, parent=question, status=MessageStatus.STREAMING)
    conversations.put(live)
    others = [_used(conversations)[0] for _ in range(OPEN_CONVERSATIONS + 3)]
    database.flush()
    for other in others:
        conversations.open(other.id)
    assert conversations.find_message(live.id) == live


def test_a_conversation_on_show_stays_the_one_that_changes(
    conversations: Conversations, database: Database
) -> None:
    conversation, question = _used(conversations)
    shown = conversations.open(conversation.id).shown
    seen: list[str] = []
    on_show = shown.inserted.connect(lambda row, _: seen.append(shown[row].text))
    others = [_used(conversations)[0] for _ in range(OPEN_CONVERSATIONS + 3)]
    database.flush()
    for other in others:
        conversations.open(other.id)
    conversations.put(_message(conversation.id, parent=question, text="the next"))
    assert seen == ["the next"]
    shown.inserted.disconnect(on_show)
    database.flush()
    for other in others:
        conversations.open(other.id)
    assert conversations.find_message(question.id) is None, "closed by now"


def test_unfinished_messages_are_those_of_an_earlier_run(
    conversations: Conversations, database: Database
) -> None:
    conversation, question = _used(conversations)
    left = conversations.put(
        _message(conversation.id, parent=question, status=MessageStatus.SENDING)
    )
    database.flush()
    assert conversations.take_unfinished() == [], "that one is of this run"
    later = Conversations(ConversationRepository(database))
    assert later.take_unfinished() == [left]
    assert later.take_unfinished() == [], "told once"


def _long(conversations: Conversations, database: Database) -> tuple[Conversation, list[Message]]:
    """A conversation longer than what is read at once, as a later run finds it."""
    conversation, question = _used(conversations, "the first words")
    messages = [question]
    for number in range(NEWEST_MESSAGES + 20):
        said = _message(conversation.id, parent=messages[-1], text=f"said {number}")
        messages.append(conversations.put(said))
    database.flush()
    return conversations.change(conversation, head_id=messages[-1].id), messages


@pytest.mark.asyncio
async def test_a_long_conversation_opens_with_its_newest_messages_and_is_completed(
    conversations: Conversations, database: Database
) -> None:
    conversation, messages = _long(conversations, database)
    database.flush()
    later = Conversations(ConversationRepository(database))
    shown = later.open(conversation.id).shown
    assert list(shown) == messages[-NEWEST_MESSAGES:]
    added: list[tuple[int, int]] = []
    shown.inserted.connect(lambda first, last: added.append((first, last)))
    said = later.put(_message(conversation.id, parent=messages[-1], text="said meanwhile"))
    await later.complete(conversation.id)
    assert list(shown) == [*messages, said]
    assert added == [(NEWEST_MESSAGES, NEWEST_MESSAGES), (0, 20)]
    assert later.open(conversation.id).shown is shown
    await later.complete(conversation.id)
    assert len(shown) == len(messages) + 1


@pytest.mark.asyncio
@pytest.mark.parametrize("needs_all", [False, True])
async def test_earlier_messages_are_shown_in_turns_unless_all_are_needed(
    conversations: Conversations,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    *,
    needs_all: bool,
) -> None:
    monkeypatch.setattr("beatra_desktop.services.conversations.SHOWN_AT_ONCE", 8)
    conversation, messages = _long(conversations, database)
    database.flush()
    later = Conversations(ConversationRepository(database))
    opened = later.open(conversation.id)
    added: list[tuple[int, int]] = []
    opened.shown.inserted.connect(lambda first, last: added.append((first, last)))

    async def look_between() -> None:
        while not added:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0)
        assert not opened.is_whole
        if needs_all:
            later.whole(conversation.id)

    await asyncio.gather(later.complete(conversation.id), look_between())
    assert added == ([(0, 7), (0, 12)] if needs_all else [(0, 7), (0, 7), (0, 4)])
    assert list(opened.shown) == messages
    assert opened.is_whole


def test_messages_in_a_circle_are_shown_once() -> None:
    ids = [MessageId(name) for name in "abc"]
    circle = [
        replace(_message(ConversationId("x"), parent=None), id=own, parent_id=parent)
        for own, parent in zip(ids, [*ids[-1:], *ids[:-1]], strict=True)
    ]
    opened = OpenConversation(circle[-1:], ids[-1], is_whole=False)
    opened.take_in(circle)
    for _ in opened.show_earlier(1):
        assert len(opened.shown) <= len(circle)
    assert list(opened.shown) == circle


def test_what_needs_the_whole_tree_has_it_at_once(
    conversations: Conversations, database: Database
) -> None:
    conversation, messages = _long(conversations, database)
    database.flush()
    later = Conversations(ConversationRepository(database))
    changed = replace(messages[-1], text="changed since")
    later.open(conversation.id).put(changed)
    first_shown = later.open(conversation.id).shown[0]
    assert later.parent(first_shown) == messages[20]
    assert list(later.open(conversation.id).shown) == [*messages[:-1], changed]


def test_a_message_knows_its_versions_as_soon_as_there_are_any(
    conversations: Conversations, database: Database
) -> None:
    _, question = _used(conversations)
    first = conversations.put(_message(question.conversation_id, parent=question))
    assert conversations.siblings(first) == [first.id]
    second = conversations.put(_message(question.conversation_id, parent=question))
    conversations.put(second)
    assert conversations.siblings(first) == [first.id, second.id]
    assert conversations.siblings(question) == [question.id]
    database.flush()
    read_back = Conversations(ConversationRepository(database))
    assert read_back.siblings(second) == [first.id, second.id]


def test_the_versions_in_a_long_conversation_are_known_before_and_after_it_is_whole(
    conversations: Conversations, database: Database
) -> None:
    conversation, messages = _long(conversations, database)
    other = conversations.put(_message(conversation.id, parent=messages[5]))
    late = conversations.put(_message(conversation.id, parent=messages[-2]))
    database.flush()
    later = Conversations(ConversationRepository(database))
    later.open(conversation.id)
    assert later.siblings(messages[-1]) == [messages[-1].id, late.id]
    later.whole(conversation.id)
    assert later.siblings(messages[-1]) == [messages[-1].id, late.id]
    assert later.siblings(messages[6]) == [messages[6].id, other.id]


def test_adopted_conversations_are_listed_by_their_dates_in_one_change(
    conversations: Conversations,
) -> None:
    first, _ = _used(conversations)
    older = replace(first, id=ConversationId("older"), updated_at=first.updated_at - timedelta(1))
    newer = replace(first, id=ConversationId("newer"), updated_at=first.updated_at + timedelta(1))
    resets: list[str] = []
    conversations.records.reset.connect(lambda: resets.append("reset"))
    conversations.adopt([older, newer])
    assert [c.id for c in conversations.records] == ["newer", first.id, "older"]
    assert resets == ["reset"]


def test_what_is_open_is_held_as_it_is_now(conversations: Conversations) -> None:
    conversation, message = _used(conversations)
    live = _message(conversation.id, parent=message, status=MessageStatus.STREAMING)
    conversations.show(live)
    assert conversations.held() == {conversation.id: [message, live]}


def test_one_that_was_filed_is_not_used_again(conversations: Conversations) -> None:
    first = conversations.create(PROFILE)
    conversations.file([first.id], "Work")
    assert conversations.in_folder("Work") == {first.id}
    assert conversations.create(PROFILE).id != first.id


def test_filing_many_is_one_change_of_the_list(conversations: Conversations) -> None:
    made = []
    for number in range(3):
        made.append(conversations.create(PROFILE))
        conversations.change(made[-1], draft=str(number))
    changes: list[str] = []
    conversations.records.changed.connect(lambda _row: changes.append("changed"))
    conversations.records.reset.connect(lambda: changes.append("reset"))
    conversations.file({made[0].id, made[2].id}, "Work")
    assert changes == ["reset"]
    assert [c.folder for c in conversations.records] == ["Work", "", "Work"]


def test_what_can_not_be_read_is_shown_empty_until_it_can(
    database: Database, conversations: Conversations, caplog: pytest.LogCaptureFixture
) -> None:
    conversation, message = _used(conversations)
    database.write(lambda c: c.execute("UPDATE messages SET usage = '{'").close())
    database.flush()
    again = Conversations(ConversationRepository(database))
    assert list(again.open(conversation.id).shown) == []
    assert again.is_damaged(conversation.id)
    assert "corrupt" in caplog.text
    database.write(lambda c: c.execute("UPDATE messages SET usage = NULL").close())
    database.flush()
    assert list(again.open(conversation.id).shown) == [message]
    assert not again.is_damaged(conversation.id)
    caplog.clear()


def test_details_that_can_not_be_read_are_left_out(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    conversation, _ = _used(Conversations(ConversationRepository(database)))
    database.flush()
    again = Conversations(ConversationRepository(database))
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [(page,)] = other.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'")
        [(size,)] = other.execute("PRAGMA page_size")
    with database.path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    database.read().execute("PRAGMA cache_size = 0")
    assert again.first_words(conversation) == ""
    assert not again.has_branches(conversation.id)
    assert "corrupt" in caplog.text
    caplog.clear()
