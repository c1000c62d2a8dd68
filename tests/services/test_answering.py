"""One answer on a scripted service: every way it can end is told as it was."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.api.chat_events import Delta
from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId, new_id
from beatra_desktop.domain.requests import RequestState
from beatra_desktop.services.answering import Reply
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.journal import JOURNAL_CHARACTERS
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database

pytestmark = pytest.mark.asyncio

LONG = "x" * JOURNAL_CHARACTERS


def _send(bench: Any, text: str = "Hello") -> ConversationId:
    conversation_id: ConversationId = bench.services.chat.new_conversation().id
    assert bench.services.chat.send(conversation_id, text)
    return conversation_id


def _answer(bench: Any, conversation_id: ConversationId) -> Message:
    answer: Message = bench.services.chat.open(conversation_id)[-1]
    return answer


async def _ended(bench: Any, conversation_id: ConversationId) -> Message:
    await bench.until(lambda: not bench.services.chat.is_answering(conversation_id))
    return _answer(bench, conversation_id)


def _request_state(bench: Any, answer: Message) -> RequestState:
    state: RequestState = bench.services.chat._outbox.find(answer.idempotency_key).state
    return state


def _stored_text(path: Path, message: Message) -> str:
    connection = sqlite3.connect(path)
    try:
        found = connection.execute("SELECT text FROM messages WHERE id = ?", (message.id,))
        text: str = found.fetchone()[0]
        return text
    finally:
        connection.close()


async def test_only_done_completes(chatting: Any, sse: Any) -> None:
    done = True

    async def answer(_heard: Any) -> Any:
        return sse("half", " whole", done=done)

    async with chatting(answer) as (bench, _stub):
        whole = await _ended(bench, _send(bench))
        assert (whole.status, whole.text) == (MessageStatus.COMPLETE, "half whole")
        assert _request_state(bench, whole) is RequestState.CREATED
        done = False
        cut = await _ended(bench, _send(bench))
        assert (cut.status, cut.text) == (MessageStatus.INCOMPLETE, "half whole")
        assert cut.failure is not None
        assert cut.failure.code is FailureCode.INCOMPLETE_ANSWER
        assert _request_state(bench, cut) is RequestState.SENT, "it can be asked for again"


async def test_a_cut_answer_is_asked_for_again_after_a_restart_with_the_same_bytes(
    serving: Any, open_bench: Any, sse: Any
) -> None:
    is_whole = False

    async def answer(_heard: Any) -> Any:
        return sse("half", done=is_whole)

    async with serving(answer) as stub:
        async with open_bench(profile=stub.profile) as bench:
            conversation_id = _send(bench)
            cut = await _ended(bench, conversation_id)
        is_whole = True
        async with open_bench(profile=stub.profile) as later:
            later.services.chat.open(conversation_id)
            later.services.chat.retry(cut.id)
            again = await _ended(later, conversation_id)
            assert again.status is MessageStatus.COMPLETE
            assert again.id != cut.id
            first, second = stub.posts()
            assert first.body == second.body
            assert first.headers["idempotency-key"] == second.headers["idempotency-key"]


async def test_a_failure_before_the_stream_keeps_no_text_and_one_key(
    chatting: Any, say: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return say(503, {"error": {"code": "model_unavailable", "message": "Busy"}})

    async with chatting(answer) as (bench, stub):
        conversation_id = _send(bench)
        failed = await _ended(bench, conversation_id)
        assert failed.status is MessageStatus.FAILED
        assert failed.failure is not None
        assert failed.failure.code is FailureCode.MODEL_UNAVAILABLE
        bench.services.chat.retry(failed.id)
        again = await _ended(bench, conversation_id)
        assert again.id == failed.id
        first, second = stub.posts()
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
        bench.services.chat.set_model(conversation_id, "llama")
        bench.services.chat.retry(failed.id)
        other = await _ended(bench, conversation_id)
        assert other.model_asked == "llama"
        third = stub.posts()[-1]
        assert third.headers["idempotency-key"] != first.headers["idempotency-key"]
        assert b'"llama"' in third.body


async def test_text_is_on_disk_while_the_answer_still_comes(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse(LONG, "tail", done=False, hold=True)

    async with chatting(answer) as (bench, _stub):
        conversation_id = _send(bench)
        await bench.until(lambda: _answer(bench, conversation_id).text)
        path, message = bench.database.path, _answer(bench, conversation_id)
        await bench.until(lambda: _stored_text(path, message) == f"{LONG}tail")
        assert message.status is MessageStatus.STREAMING


async def test_the_final_record_is_not_overtaken_by_the_journal(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse(LONG, LONG, "end")

    async with chatting(answer) as (bench, _stub):
        whole = await _ended(bench, _send(bench))
        await bench.database.durable()
        assert _stored_text(bench.database.path, whole) == f"{LONG}{LONG}end"


async def test_stop_keeps_what_came_and_gives_the_request_up(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("so far", done=False, hold=True)

    async with chatting(answer) as (bench, _stub):
        conversation_id = _send(bench)
        await bench.until(lambda: _answer(bench, conversation_id).text)
        bench.services.chat.stop(conversation_id)
        bench.services.chat.stop(conversation_id)
        stopped = await _ended(bench, conversation_id)
        assert (stopped.status, stopped.text) == (MessageStatus.STOPPED, "so far")
        assert _request_state(bench, stopped) is RequestState.ABANDONED


async def test_stop_before_it_began_sends_nothing(serving: Any, open_bench: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("never wanted")

    async with serving(answer) as stub:
        async with open_bench(profile=stub.profile) as bench:
            conversation_id = _send(bench)
            bench.services.chat.stop(conversation_id)
            stopped = await _ended(bench, conversation_id)
            assert stopped.status is MessageStatus.STOPPED
            assert _request_state(bench, stopped) is RequestState.ABANDONED
        async with open_bench(profile=stub.profile):
            assert stub.posts() == []


async def test_deleting_a_conversation_stops_its_answer_for_good(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("so far", done=False, hold=True)

    async with chatting(answer) as (bench, stub):
        chat = bench.services.chat
        conversation_id = _send(bench)
        await bench.until(lambda: _answer(bench, conversation_id).text)
        answer_id = _answer(bench, conversation_id).id
        bench.services.history.delete(conversation_id)
        await bench.until(lambda: not chat.is_answering(conversation_id))
        chat.retry(answer_id)
        chat.continue_answer(answer_id)
        assert not chat.send(conversation_id, "More")
        bench.services.history.restore(conversation_id)
        assert _answer(bench, conversation_id).status is MessageStatus.STOPPED
        assert len(stub.posts()) == 1


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 5, 8, 13, 30, 60])
async def test_quitting_at_any_moment_pays_once_and_loses_nothing(
    turns: int, serving: Any, open_bench: Any, sse: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return sse(LONG, "the end")

    async with serving(answer) as stub:
        async with open_bench(profile=stub.profile) as first:
            conversation_id = _send(first)
            for _ in range(turns):
                await asyncio.sleep(0)
        async with open_bench(profile=stub.profile) as second:
            ended = await _ended(second, conversation_id)
            if ended.status is MessageStatus.INCOMPLETE:
                second.services.chat.retry(ended.id)
                ended = await _ended(second, conversation_id)
            assert (ended.status, ended.text) == (MessageStatus.COMPLETE, f"{LONG}the end")
        assert len({heard.headers["idempotency-key"] for heard in stub.posts()}) == 1
        assert len({heard.body for heard in stub.posts()}) == 1


async def test_a_removed_profile_sends_nothing_elsewhere(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("cut", done=False)

    async with chatting(answer) as (bench, stub):
        profiles = bench.services.profiles
        profile = profiles.add("Mine", stub.base_url)
        profiles.activate(profile.id)
        conversation_id = _send(bench)
        cut = await _ended(bench, conversation_id)
        profiles.remove(profile.id)
        bench.services.chat.continue_answer(cut.id)
        failed = await _ended(bench, conversation_id)
        assert failed.status is MessageStatus.FAILED
        assert failed.failure is not None
        assert failed.failure.code is FailureCode.PROFILE_GONE
        assert len(stub.posts()) == 1


async def test_no_more_is_shown_than_may_be_lost_while_the_disk_is_slow(
    database: Database,
) -> None:
    conversations = Conversations(ConversationRepository(database))
    asked = conversations.create(ProfileId("sandbox"))
    reply = Reply(_begun(asked.id), conversations)
    reply.begin("req_1")
    await database.durable()
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        reply.take(Delta(LONG))
        await asyncio.sleep(0)
        async with asyncio.TaskGroup() as group:
            ready = group.create_task(reply.keep_up())
            await asyncio.wait({ready}, timeout=0.1)
            assert not ready.done()
            other.rollback()
    assert _stored_text(database.path, reply.message) == LONG
    reply.close()


def _begun(conversation_id: ConversationId) -> Message:
    return Message(
        id=MessageId(new_id()),
        conversation_id=conversation_id,
        parent_id=None,
        role=Role.ASSISTANT,
        text="",
        status=MessageStatus.SENDING,
        created_at=utc_now(),
    )
