"""What an end of the app between any two commits leaves of an answer, and what becomes of it."""

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from tests.services.talking import answer_of, ask, ended

pytestmark = pytest.mark.asyncio

WHOLE = "one two three"
_LEFT = "SELECT draft, (SELECT role FROM messages WHERE id = head_id) FROM conversations"


def _request(bench: Any, message: Message) -> Request:
    found: Request = bench.services.chat._outbox.find(message.idempotency_key)
    return found


def _heard(bench: Any, conversation_id: Any, state: RequestState) -> list[MessageStatus]:
    """The answer's status at the moment its request comes to a state."""
    heard: list[MessageStatus] = []

    def on_changed(request: Request) -> None:
        if request.state is state:
            heard.append(answer_of(bench, conversation_id).status)

    bench.services.chat._outbox.changed.connect(on_changed)
    return heard


async def test_a_question_comes_to_the_disk_with_its_answer_on_show_or_not_at_all(
    open_bench: Any, hold_writer: Any
) -> None:
    async with open_bench() as bench:
        conversation = bench.services.chat.new_conversation()
        bench.services.chat.set_draft(conversation.id, WHOLE)
        bench.database.flush()
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            bench.database.read().backup(copy)
            async with hold_writer(bench.database):
                bench.services.chat.send(conversation.id, WHOLE)
                _, *jobs = bench.database._writer._jobs
                left = {copy.execute(_LEFT).fetchone()}
                for job in jobs:
                    job(copy)
                    left.add(copy.execute(_LEFT).fetchone())
        await ended(bench, conversation.id)
    assert left == {(WHOLE, None), ("", "assistant")}


async def test_another_answer_comes_to_the_disk_on_show_or_not_at_all(
    open_bench: Any, hold_writer: Any
) -> None:
    async with open_bench() as bench:
        first = await ended(bench, await ask(bench, WHOLE))
        bench.database.flush()
        async with hold_writer(bench.database):
            bench.services.chat.retry(first.id)
            assert len(bench.database._writer._jobs) == 2  # what holds it, and all of the answer
        await ended(bench, first.conversation_id)


async def test_a_request_is_settled_once_its_answer_is_complete(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, WHOLE)
        heard = _heard(bench, conversation_id, RequestState.CREATED)
        await ended(bench, conversation_id)
        assert heard == [MessageStatus.COMPLETE]


async def test_an_answer_is_stopped_before_its_request_is_given_up(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("half", done=False, hold=True)

    async with chatting(answer) as (bench, _stub):
        conversation_id = await ask(bench, WHOLE)
        heard = _heard(bench, conversation_id, RequestState.ABANDONED)
        await bench.until(lambda: answer_of(bench, conversation_id).text)
        bench.services.chat.stop(conversation_id)
        stopped = await ended(bench, conversation_id)
        assert stopped.status is MessageStatus.STOPPED
        assert heard == [MessageStatus.STOPPED]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (MessageStatus.COMPLETE, RequestState.CREATED),
        (MessageStatus.STOPPED, RequestState.ABANDONED),
        (MessageStatus.INCOMPLETE, RequestState.SENT),
    ],
)
async def test_what_was_left_open_is_closed_unless_it_can_be_asked_for_again(
    open_bench: Any, status: MessageStatus, state: RequestState
) -> None:
    async with open_bench() as bench:
        answer = await ended(bench, await ask(bench, WHOLE))
        chat = bench.services.chat
        chat._conversations.put(replace(answer, status=status))
        chat._outbox._save(replace(_request(bench, answer), state=RequestState.SENT))
        bench.database.flush()
    async with open_bench() as bench:
        assert _request(bench, answer).state is state


async def test_what_belongs_to_no_message_is_given_up(open_bench: Any) -> None:
    async with open_bench() as bench:
        answer = await ended(bench, await ask(bench, WHOLE))
        write = bench.services.chat._outbox.write
        lost = [
            write(kind=RequestKind.CHAT, profile_id="sandbox", owner_id=owner, path="/", body=b"{}")
            for owner in (MessageId("nobody"), answer.id)
        ]
        bench.database.flush()
    async with open_bench() as bench:
        states = {bench.services.chat._outbox.find(request.key).state for request in lost}
        assert states == {RequestState.ABANDONED}
        assert len(await bench.posts("/chat/completions")) == 1


async def test_a_request_is_adopted_once_its_new_answer_is_there(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("half", done=False)

    async with chatting(answer) as (bench, _stub):
        conversation_id = await ask(bench, WHOLE)
        cut = await ended(bench, conversation_id)
        chat, owners = bench.services.chat, []

        def on_changed(request: Request) -> None:
            owners.append(chat._conversations.find_message(request.owner_id))

        chat._outbox.changed.connect(on_changed)
        chat.retry(cut.id)
        await ended(bench, conversation_id)
        assert owners[0] is not None
        assert owners[0].id != cut.id
