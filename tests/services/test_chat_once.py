"""Chat on the real sandbox: paying once, whatever gives way to what in between."""

from datetime import timedelta
from typing import Any

import pytest

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import RequestState
from tests.services.talking import answer_of, ask, ended

pytestmark = pytest.mark.asyncio


async def test_what_a_model_gave_way_to_is_asked_again_under_its_own_key(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        bench.services.settings.change(falls_back_to_auto=True)
        fault = {"path": "/v1/chat/completions", "times": 2, "action": {"cut_after_events": 3}}
        await bench.admin("POST", "faults", fault | {"nth": 2})
        conversation_id = await ask(bench, "one two three four five six", model="gone-1")
        await bench.until(lambda: answer_of(bench, conversation_id).text)
        first = await ended(bench, conversation_id)
        chat.retry(first.id)
        second = await ended(bench, conversation_id)
        assert (second.model_asked, second.status) == ("auto", MessageStatus.INCOMPLETE)
        assert second.id != first.id
        bench.database.flush()
    async with open_bench() as bench:
        chat = bench.services.chat
        chat.open(conversation_id)
        chat.retry(second.id)
        third = await ended(bench, conversation_id)
        assert third.status is MessageStatus.COMPLETE
        keys = [post["idempotency_key"] for post in await bench.posts("/chat/completions")]
        assert keys[1:] == [third.idempotency_key] * 3


async def test_a_stop_in_the_last_moment_sends_nothing_more(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        bench.services.settings.change(falls_back_to_auto=True)
        conversation_id = await ask(bench, "Hello", model="gone-1")
        shown = chat.open(conversation_id)

        def stop_when_refused(row: int) -> None:
            if shown[row].status is MessageStatus.FAILED:
                chat.stop(conversation_id)

        shown.changed.connect(stop_when_refused)
        failed = await ended(bench, conversation_id)
        assert (failed.status, failed.model_asked) == (MessageStatus.FAILED, "gone-1")
        assert len(await bench.posts("/chat/completions")) == 1


async def test_what_was_given_up_does_not_go_out_at_the_next_start(open_bench: Any) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        conversation_id = await ask(bench, "Hello")
        outbox = bench.services.chat._outbox
        # As a crash leaves it that comes between a stop and the message's end.
        outbox.abandon(outbox.find(answer_of(bench, conversation_id).idempotency_key))
    async with open_bench() as bench:
        answer = await ended(bench, conversation_id)
        assert answer.status is MessageStatus.FAILED
        assert not await bench.posts("/chat/completions")


async def test_half_an_answer_of_a_model_that_goes_is_not_mixed_with_another(
    chatting: Any, sse: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        half = sse("One half", done=False)
        gone = b'event: error\ndata: {"error": {"code": "model_unavailable"}}\n\n'
        return replace(half, body=half.body + gone)

    async with chatting(answer) as (bench, stub):
        bench.services.settings.change(falls_back_to_auto=True)
        conversation_id = await ask(bench, "Hello", model="going-1")
        cut = await ended(bench, conversation_id)
        assert (cut.text, cut.status) == ("One half", MessageStatus.INCOMPLETE)
        assert cut.model_asked == "going-1"
        assert len(stub.posts()) == 1


async def test_a_model_that_was_picked_since_is_asked_instead_of_auto(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        bench.services.settings.change(falls_back_to_auto=True)
        fault = {"path": "/v1/chat/completions", "times": 1, "action": {"cut_after_events": 3}}
        await bench.admin("POST", "faults", fault)
        conversation_id = await ask(bench, "one two three four five six", model="auto")
        cut = await ended(bench, conversation_id)
        chat.set_model(conversation_id, "sandbox-echo")
        chat.retry(cut.id)
        answer = await ended(bench, conversation_id)
        assert (answer.model_asked, answer.model) == ("sandbox-echo", "sandbox-echo")
        assert answer.idempotency_key != cut.idempotency_key


async def test_a_question_lost_a_day_ago_is_not_asked_anew_before_that_is_told(
    chatting: Any, sse: Any
) -> None:
    is_lost = True

    async def answer(_heard: Any) -> Any:
        return None if is_lost else sse("Hello")

    async with chatting(answer) as (bench, stub):
        chat = bench.services.chat
        conversation_id = await ask(bench, "Hello")
        failed = await ended(bench, conversation_id)
        assert failed.status is MessageStatus.FAILED
        _age(bench, failed)
        is_lost = False
        chat.retry(failed.id)
        told = await ended(bench, conversation_id)
        assert told.status is MessageStatus.UNKNOWN
        assert told.failure is not None
        assert told.failure.code is FailureCode.OUTCOME_UNKNOWN
        assert len(stub.posts()) == 1
        chat.retry(told.id)
        answered = await ended(bench, conversation_id)
        assert (answered.text, answered.status) == ("Hello", MessageStatus.COMPLETE)
        assert answered.idempotency_key != failed.idempotency_key


async def test_asking_anew_a_day_later_closes_the_request_of_the_cut_answer(
    chatting: Any, sse: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("One half", done=False)

    async with chatting(answer) as (bench, _stub):
        conversation_id = await ask(bench, "Hello")
        cut = await ended(bench, conversation_id)
        _age(bench, cut)
        bench.services.chat.retry(cut.id)
        again = await ended(bench, conversation_id)
        assert again.idempotency_key != cut.idempotency_key
        request = bench.services.chat._outbox.find(cut.idempotency_key)
        assert request.state is RequestState.ABANDONED


def _age(bench: Any, message: Message) -> None:
    """Make the message's request one that left more than a day ago."""
    outbox = bench.services.chat._outbox
    request = outbox.find(message.idempotency_key)
    long_ago = utc_now() - timedelta(hours=25)
    outbox._save(replace(request, sent_at=long_ago, service_sent_at=None))
