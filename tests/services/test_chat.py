"""Chat on the real sandbox: what is sent, what is kept, and what is said about it."""

import asyncio
from typing import Any

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ConversationId

pytestmark = pytest.mark.asyncio


def _answer(bench: Any, conversation_id: ConversationId) -> Message:
    answer: Message = bench.services.chat.open(conversation_id)[-1]
    return answer


async def _ask(bench: Any, text: str, *, model: str = "sandbox-echo") -> ConversationId:
    conversation_id: ConversationId = bench.services.chat.new_conversation().id
    bench.services.chat.set_model(conversation_id, model)
    assert bench.services.chat.send(conversation_id, text)
    return conversation_id


async def _ended(bench: Any, conversation_id: ConversationId) -> Message:
    await bench.until(lambda: not bench.services.chat.is_answering(conversation_id))
    return _answer(bench, conversation_id)


async def test_an_answer_completes_with_everything_needed_to_trace_it(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await _ask(bench, "Say hello to the sea")
        answer = await _ended(bench, conversation_id)
        assert answer.status is MessageStatus.COMPLETE
        assert answer.role is Role.ASSISTANT
        assert "hello to the sea" in answer.text
        assert answer.model == "sandbox-echo"
        assert answer.finish_reason == "stop"
        assert answer.request_id
        assert answer.usage is not None
        assert answer.usage.total_tokens
        [post] = await bench.posts("/chat/completions")
        assert post["idempotency_key"] == answer.idempotency_key
        bench.database.flush()
    async with open_bench() as bench:
        stored = bench.services.chat.open(conversation_id)
        assert [message.status for message in stored] == [MessageStatus.COMPLETE] * 2
        assert stored[-1] == answer
        assert bench.services.chat.conversations[0].title == "Say hello to the sea"


async def test_blank_text_is_not_sent(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation = bench.services.chat.new_conversation()
        assert not bench.services.chat.send(conversation.id, "  \n ")
        assert len(bench.services.chat.open(conversation.id)) == 0


async def test_a_stopped_answer_keeps_its_text(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        conversation_id = await _ask(bench, "Write 2000 words about rain", model="sandbox-writer")
        await bench.until(lambda: _answer(bench, conversation_id).text)
        bench.services.chat.stop(conversation_id)
        answer = await _ended(bench, conversation_id)
        assert answer.status is MessageStatus.STOPPED
        assert answer.text


async def test_an_answer_cut_before_its_end_is_incomplete(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"path": "/v1/chat/completions", "action": {"cut_after_events": 4}},
        )
        conversation_id = await _ask(bench, "one two three four five six seven eight nine ten")
        answer = await _ended(bench, conversation_id)
        assert answer.status is MessageStatus.INCOMPLETE
        assert answer.text
        assert answer.failure is not None
        assert answer.failure.code is FailureCode.INCOMPLETE_ANSWER


async def test_retry_of_a_cut_answer_reuses_its_key_and_keeps_the_first_half(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"path": "/v1/chat/completions", "times": 1, "action": {"cut_after_events": 4}},
        )
        conversation_id = await _ask(bench, "one two three four five six seven eight nine ten")
        cut = await _ended(bench, conversation_id)
        bench.services.chat.retry(cut.id)
        whole = await _ended(bench, conversation_id)
        assert whole.status is MessageStatus.COMPLETE
        assert whole.id != cut.id
        first, second = await bench.posts("/chat/completions")
        assert first["idempotency_key"] == second["idempotency_key"]
        assert first["body_sha256"] == second["body_sha256"]
        bench.services.chat.reveal(conversation_id, cut.id)
        shown = bench.services.chat.open(conversation_id)
        assert shown[-1].text == cut.text
        assert shown[-1].status is MessageStatus.INCOMPLETE


async def test_an_unknown_model_fails_with_the_reason_and_nothing_is_lost(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await _ask(bench, "Hello", model="no-such-model")
        answer = await _ended(bench, conversation_id)
        assert answer.status is MessageStatus.FAILED
        assert answer.failure is not None
        assert answer.failure.code is FailureCode.UNSUPPORTED_MODEL
        assert answer.failure.request_id
        assert bench.services.chat.open(conversation_id)[0].text == "Hello"


async def test_a_busy_service_is_tried_again_with_a_visible_wait(open_bench: Any) -> None:
    async with open_bench() as bench:
        waits = []
        await bench.admin(
            "POST",
            "faults",
            {
                "path": "/v1/chat/completions",
                "times": 1,
                "action": {"error": {"code": "rate_limited"}},
            },
        )
        conversation_id = await _ask(bench, "Hello")
        messages = bench.services.chat.open(conversation_id)
        messages.changed.connect(lambda row: waits.append(messages[row].wait))
        answer = await _ended(bench, conversation_id)
        assert answer.status is MessageStatus.COMPLETE
        assert answer.wait is None
        assert any(wait is not None and wait.attempt == 2 for wait in waits)


async def test_quitting_mid_stream_leaves_an_incomplete_answer(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        conversation_id = await _ask(bench, "Write 2000 words about rain", model="sandbox-writer")
        await bench.until(lambda: _answer(bench, conversation_id).text)
    async with open_bench() as bench:
        answer = _answer(bench, conversation_id)
        assert answer.status is MessageStatus.INCOMPLETE
        assert answer.text


async def test_continue_asks_below_the_cut_answer(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"path": "/v1/chat/completions", "times": 1, "action": {"cut_after_events": 4}},
        )
        conversation_id = await _ask(bench, "one two three four five six seven eight nine ten")
        cut = await _ended(bench, conversation_id)
        bench.services.chat.continue_answer(cut.id)
        rest = await _ended(bench, conversation_id)
        shown = list(bench.services.chat.open(conversation_id))
        assert [message.id for message in shown[1:]] == [cut.id, rest.id]
        assert rest.status is MessageStatus.COMPLETE


async def test_several_conversations_answer_at_once(open_bench: Any) -> None:
    async with open_bench(speed=5.0) as bench:
        ids = [await _ask(bench, f"Question number {number}") for number in range(4)]
        assert bench.services.chat.answering.value == frozenset(ids)
        answers = await asyncio.gather(*(_ended(bench, i) for i in ids))
        assert all(answer.status is MessageStatus.COMPLETE for answer in answers)
        assert all(f"number {n}" in a.text for n, a in enumerate(answers))


async def test_delete_can_be_undone(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await _ask(bench, "Keep me")
        await _ended(bench, conversation_id)
        bench.services.chat.delete(conversation_id)
        assert conversation_id not in bench.services.chat.conversations
        bench.services.chat.undelete(conversation_id)
        assert conversation_id in bench.services.chat.conversations


async def test_resuming_does_not_cut_an_answer_whose_end_is_still_in_the_queue(
    open_bench: Any, hold_writer: Any
) -> None:
    async with open_bench() as bench:
        conversation_id = await _ask(bench, "Hello")
        await bench.until(lambda: _answer(bench, conversation_id).text)
        await bench.database.durable()
        async with hold_writer(bench.database):
            whole = await _ended(bench, conversation_id)
            assert whole.status is MessageStatus.COMPLETE
            bench.services.resume()
            assert _answer(bench, conversation_id) == whole


async def test_what_was_left_unsent_goes_on_and_what_was_deleted_does_not(
    open_bench: Any,
) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        wanted = await _ask(bench, "Wanted")
        bench.services.chat.new_conversation()
        unwanted = await _ask(bench, "Unwanted")
        conversations = bench.services.chat._conversations
        # As a crash leaves it that comes before the answer is stopped.
        conversations.take_out(conversations.records.get(unwanted))
    async with open_bench() as bench:
        answer = await _ended(bench, wanted)
        assert answer.status is MessageStatus.COMPLETE
        assert len(await bench.posts("/chat/completions")) == 1
