"""Chat on the real sandbox: what is sent, what is kept, and what is said about it."""

import asyncio
from typing import Any

import pytest

from beatra_desktop.domain.chat import MessageStatus, Role
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ConversationId, MessageId, new_id
from beatra_desktop.domain.records import replace
from beatra_desktop.services.conversations import NEWEST_MESSAGES
from tests.services.talking import answer_of, ask, ended

pytestmark = pytest.mark.asyncio


def _is_complete(bench: Any, conversation_id: ConversationId) -> bool:
    return answer_of(bench, conversation_id).status is MessageStatus.COMPLETE


async def test_an_answer_completes_with_everything_needed_to_trace_it(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "Say hello to the sea")
        answer = await ended(bench, conversation_id)
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
        conversation_id = await ask(bench, "Write 2000 words about rain", model="sandbox-writer")
        await bench.until(lambda: answer_of(bench, conversation_id).text)
        bench.services.chat.stop(conversation_id)
        answer = await ended(bench, conversation_id)
        assert answer.status is MessageStatus.STOPPED
        assert answer.text


async def test_an_answer_cut_before_its_end_is_incomplete(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"path": "/v1/chat/completions", "action": {"cut_after_events": 4}},
        )
        conversation_id = await ask(bench, "one two three four five six seven eight nine ten")
        answer = await ended(bench, conversation_id)
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
        conversation_id = await ask(bench, "one two three four five six seven eight nine ten")
        cut = await ended(bench, conversation_id)
        bench.services.chat.retry(cut.id)
        whole = await ended(bench, conversation_id)
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
        conversation_id = await ask(bench, "Hello", model="no-such-model")
        answer = await ended(bench, conversation_id)
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
        conversation_id = await ask(bench, "Hello")
        messages = bench.services.chat.open(conversation_id)
        messages.changed.connect(lambda row: waits.append(messages[row].wait))
        answer = await ended(bench, conversation_id)
        assert answer.status is MessageStatus.COMPLETE
        assert answer.wait is None
        assert any(wait is not None and wait.attempt == 2 for wait in waits)


async def test_quitting_mid_stream_leaves_an_incomplete_answer(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        conversation_id = await ask(bench, "Write 2000 words about rain", model="sandbox-writer")
        await bench.until(lambda: answer_of(bench, conversation_id).text)
    async with open_bench() as bench:
        answer = answer_of(bench, conversation_id)
        assert answer.status is MessageStatus.INCOMPLETE
        assert answer.text


async def test_continue_asks_below_the_cut_answer(open_bench: Any) -> None:
    async with open_bench() as bench:
        await bench.admin(
            "POST",
            "faults",
            {"path": "/v1/chat/completions", "times": 1, "action": {"cut_after_events": 4}},
        )
        conversation_id = await ask(bench, "one two three four five six seven eight nine ten")
        cut = await ended(bench, conversation_id)
        bench.services.chat.continue_answer(cut.id)
        rest = await ended(bench, conversation_id)
        shown = list(bench.services.chat.open(conversation_id))
        assert [message.id for message in shown[1:]] == [cut.id, rest.id]
        assert rest.status is MessageStatus.COMPLETE


async def test_several_conversations_answer_at_once(open_bench: Any) -> None:
    async with open_bench(speed=5.0) as bench:
        ids = [await ask(bench, f"Question number {number}") for number in range(4)]
        assert bench.services.chat.answering.value == frozenset(ids)
        answers = await asyncio.gather(*(ended(bench, i) for i in ids))
        assert all(answer.status is MessageStatus.COMPLETE for answer in answers)
        assert all(f"number {n}" in a.text for n, a in enumerate(answers))


async def test_delete_can_be_undone(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "Keep me")
        await ended(bench, conversation_id)
        bench.services.history.delete(conversation_id)
        assert conversation_id not in bench.services.chat.conversations
        bench.services.history.restore(conversation_id)
        assert conversation_id in bench.services.chat.conversations


async def test_an_edited_question_starts_a_branch_and_nothing_is_overwritten(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        await ended(bench, conversation_id)
        chat.send(conversation_id, "Second")
        await ended(bench, conversation_id)
        before = list(chat.open(conversation_id))
        assert not chat.edit(before[2].id, "   ")
        assert not chat.edit(before[1].id, "an answer is not edited")
        assert chat.edit(before[2].id, "Another second")
        assert not chat.edit(before[2].id, "while an answer is coming")
        await ended(bench, conversation_id)
        now = list(chat.open(conversation_id))
        assert now[:2] == before[:2]
        assert [message.text for message in now[2:]] != [message.text for message in before[2:]]
        assert chat.siblings(now[2].id) == [before[2].id, now[2].id]
        chat.show_sibling(now[2].id, step=-1)
        assert list(chat.open(conversation_id)) == before
        chat.show_sibling(before[2].id, step=-1)
        assert list(chat.open(conversation_id)) == before
        bench.database.flush()
    async with open_bench() as bench:
        assert list(bench.services.chat.open(conversation_id)) == before
        bench.services.chat.show_sibling(before[2].id, step=1)
        assert list(bench.services.chat.open(conversation_id)) == now


async def test_the_first_question_can_be_edited(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        await ended(bench, conversation_id)
        first = chat.open(conversation_id)[0]
        assert chat.edit(first.id, "Better")
        answer = await ended(bench, conversation_id)
        shown = list(chat.open(conversation_id))
        assert [message.text for message in shown[:1]] == ["Better"]
        assert shown[1:] == [answer]
        assert chat.siblings(shown[0].id) == [first.id, shown[0].id]
        assert chat.siblings(first.id) == chat.siblings(shown[0].id)


async def test_asking_again_keeps_the_old_answer_as_another_version(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "Once more")
        first = await ended(bench, conversation_id)
        bench.services.chat.retry(first.id)
        second = await ended(bench, conversation_id)
        assert bench.services.chat.siblings(second.id) == [first.id, second.id]
        posts = await bench.posts("/chat/completions")
        assert len({post["idempotency_key"] for post in posts}) == 2


async def test_a_queued_message_goes_out_when_the_answer_is_complete(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        chat.queue(conversation_id, "Second")
        chat.queue(conversation_id, "and its rest")
        chat.queue(conversation_id, "  ")
        assert chat.conversations.get(conversation_id).queued == "Second\n\nand its rest"
        assert not chat.send_queued(conversation_id)
        chat.set_draft(conversation_id, "typed meanwhile")
        await bench.until(lambda: len(chat.open(conversation_id)) == 4)
        await ended(bench, conversation_id)
        assert [m.text for m in chat.open(conversation_id)][::2] == [
            "First",
            "Second\n\nand its rest",
        ]
        conversation = chat.conversations.get(conversation_id)
        assert (conversation.queued, conversation.draft) == ("", "typed meanwhile")


async def test_what_is_queued_waits_when_the_answer_is_stopped(open_bench: Any) -> None:
    async with open_bench(speed=1.0) as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "A long story", model="sandbox-writer")
        chat.queue(conversation_id, "Second")
        await bench.until(lambda: answer_of(bench, conversation_id).text)
        chat.stop(conversation_id)
        stopped = await ended(bench, conversation_id)
        assert stopped.status is MessageStatus.STOPPED
        bench.database.flush()
    async with open_bench() as bench:
        chat = bench.services.chat
        assert len(chat.open(conversation_id)) == 2
        assert chat.conversations.get(conversation_id).queued == "Second"
        assert chat.unqueue(conversation_id) == "Second"
        assert chat.unqueue(conversation_id) == ""
        chat.queue(conversation_id, "Third")
        assert chat.send_queued(conversation_id)
        await ended(bench, conversation_id)
        assert chat.open(conversation_id)[2].text == "Third"


async def test_a_model_that_is_gone_gives_way_to_auto_on_demand(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "Hello", model="gone-1")
        failed = await ended(bench, conversation_id)
        assert failed.failure is not None
        assert failed.failure.code is FailureCode.UNSUPPORTED_MODEL
        chat.use_auto(failed.id)
        answer = await ended(bench, conversation_id)
        assert (answer.id, answer.status) == (failed.id, MessageStatus.COMPLETE)
        assert answer.model_asked == "auto"
        assert chat.conversations.get(conversation_id).model == "auto"


async def test_a_model_that_is_gone_gives_way_by_itself_where_that_was_chosen(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        bench.services.settings.change(falls_back_to_auto=True)
        conversation_id = await ask(bench, "Hello", model="gone-1")
        await bench.until(
            lambda: answer_of(bench, conversation_id).status is MessageStatus.COMPLETE
        )
        answer = answer_of(bench, conversation_id)
        assert answer.model_asked == "auto"
        assert answer.model
        posts = await bench.posts("/chat/completions")
        assert len({post["idempotency_key"] for post in posts}) == len(posts) == 2
        assert bench.services.chat.conversations.get(conversation_id).model == "gone-1"


async def test_a_model_that_is_busy_is_not_tried_again_before_falling_back(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        bench.services.settings.change(falls_back_to_auto=True)
        fault = {
            "path": "/v1/chat/completions",
            "times": 1,
            "action": {"error": {"code": "model_unavailable"}},
        }
        await bench.admin("POST", "faults", fault)
        conversation_id = await ask(bench, "Hello")
        await bench.until(
            lambda: answer_of(bench, conversation_id).status is MessageStatus.COMPLETE
        )
        assert answer_of(bench, conversation_id).model_asked == "auto"
        assert len(await bench.posts("/chat/completions")) == 2


async def test_a_long_conversation_is_whole_in_a_moment_and_goes_out_whole(
    open_bench: Any,
) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "The first question")
        last = await ended(bench, conversation_id)
        conversations = bench.services.chat._conversations
        for number in range(NEWEST_MESSAGES):
            said = replace(last, id=MessageId(new_id()), parent_id=last.id, text=f"said {number}")
            last = conversations.put(said)
        conversations.change(conversations.records[0], head_id=last.id)
        bench.database.flush()
    async with open_bench() as bench:
        chat = bench.services.chat
        shown = chat.open(conversation_id)
        assert len(chat.open(conversation_id)) == NEWEST_MESSAGES
        await bench.until(lambda: len(shown) == NEWEST_MESSAGES + 2)
        assert shown[0].text == "The first question"
    async with open_bench() as bench:
        assert bench.services.chat.send(conversation_id, "The last question")
        request = bench.services.chat._outbox.find(
            answer_of(bench, conversation_id).idempotency_key
        )
        assert b"The first question" in request.body
        await ended(bench, conversation_id)


async def test_nothing_is_said_in_a_conversation_that_can_not_be_read(
    open_bench: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "one two three")
        await ended(bench, conversation_id)
        bench.database.write(lambda c: c.execute("UPDATE messages SET usage = '{'").close())
        bench.database.flush()
    async with open_bench() as bench:
        assert not bench.services.chat.send(conversation_id, "four")
        assert len(await bench.posts("/chat/completions")) == 1
        assert bench.database.rows("SELECT count(*) FROM messages") == [(2,)]
    assert "corrupt" in caplog.text
    caplog.clear()
