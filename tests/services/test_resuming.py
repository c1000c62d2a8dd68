"""What an earlier run left of its answers: ended where it can't go on, else gone on with."""

from typing import Any

import pytest

from beatra_desktop.domain.chat import MessageStatus
from tests.services.talking import answer_of, ask, ended

pytestmark = pytest.mark.asyncio


async def test_resuming_does_not_cut_an_answer_whose_end_is_still_in_the_queue(
    open_bench: Any, hold_writer: Any
) -> None:
    async with open_bench() as bench:
        conversation_id = await ask(bench, "Hello")
        await bench.until(lambda: answer_of(bench, conversation_id).text)
        await bench.database.durable()
        async with hold_writer(bench.database):
            whole = await ended(bench, conversation_id)
            assert whole.status is MessageStatus.COMPLETE
            bench.services.resume()
            assert answer_of(bench, conversation_id) == whole


async def test_what_was_left_unsent_goes_on_and_what_was_deleted_does_not(
    open_bench: Any,
) -> None:
    async with open_bench(command=["/nowhere"], ready=False) as bench:
        wanted = await ask(bench, "Wanted")
        bench.services.chat.new_conversation()
        unwanted = await ask(bench, "Unwanted")
        conversations = bench.services.chat._conversations
        # As a crash leaves it that comes before the answer is stopped.
        conversations.take_out(conversations.records.get(unwanted))
    async with open_bench() as bench:
        answer = await ended(bench, wanted)
        assert answer.status is MessageStatus.COMPLETE
        assert len(await bench.posts("/chat/completions")) == 1
