"""Chat on the real sandbox: what is written and not sent yet, over restarts and profiles."""

from typing import Any

import pytest

from beatra_desktop.domain.chat import Edit, MessageStatus
from beatra_desktop.domain.profiles import BEATRA_PROFILE_ID
from tests.services.talking import ask, ended

pytestmark = pytest.mark.asyncio


async def test_a_start_sends_nothing_by_itself_that_was_queued_before(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        slow = {"path": "/v1/chat/completions", "action": {"delay_seconds": 60}}
        await bench.admin("POST", "faults", slow)
        conversation_id = await ask(bench, "First")
        chat.queue(conversation_id, "Second")
        assert chat.follows_by_itself(conversation_id)
        # Sent and not answered: the next start sends the same request again.
        await bench.until(lambda: not bench.database.pending())
    async with open_bench() as bench:
        chat = bench.services.chat
        await bench.until(lambda: not chat.answering.value)
        assert (await ended(bench, conversation_id)).status is MessageStatus.COMPLETE
        assert not chat.follows_by_itself(conversation_id)
        assert chat.conversations.get(conversation_id).queued == "Second"
        assert len(chat.open(conversation_id)) == 2


async def test_what_goes_out_waits_no_longer_in_the_same_step(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        await ended(bench, conversation_id)
        chat.queue(conversation_id, "Second")
        chat.set_draft(conversation_id, "Third")
        before = chat.conversations.get(conversation_id).head_id
        stored: list[tuple[str, str]] = []

        def note(row: int) -> None:
            now = chat.conversations[row]
            if now.head_id != before:
                stored.append((now.queued, now.draft))

        chat.conversations.changed.connect(note)
        assert chat.send_queued(conversation_id)
        await ended(bench, conversation_id)
        assert set(stored) == {("", "Third")}


async def test_what_is_queued_does_not_go_below_another_version(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        first = await ended(bench, conversation_id)
        chat.retry(first.id)
        second = chat.open(conversation_id)[-1]
        chat.queue(conversation_id, "Second")
        assert chat.follows_by_itself(conversation_id)
        chat.show_sibling(second.id, step=-1)
        assert not chat.follows_by_itself(conversation_id)
        await ended(bench, conversation_id)
        assert not chat.answering.value
        assert chat.conversations.get(conversation_id).queued == "Second"
        assert list(chat.open(conversation_id))[1:] == [first]


async def test_what_is_queued_does_not_go_to_another_service(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat, profiles = bench.services.chat, bench.services.profiles
        conversation_id = await ask(bench, "First")
        chat.queue(conversation_id, "Second")
        profiles.activate(BEATRA_PROFILE_ID)
        assert not chat.follows_by_itself(conversation_id)
        await ended(bench, conversation_id)
        assert chat.conversations.get(conversation_id).queued == "Second"


async def test_another_version_goes_where_the_next_message_would(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat, profiles = bench.services.chat, bench.services.profiles
        conversation_id = await ask(bench, "First")
        await ended(bench, conversation_id)
        await ended(bench, await ask(bench, "Elsewhere"))
        bench.services.history.set_archived(conversation_id, archived=True)
        profiles.activate(BEATRA_PROFILE_ID)
        assert chat.edit(chat.open(conversation_id)[0].id, "Better")
        conversation = chat.conversations[0]
        assert (conversation.id, conversation.is_archived) == (conversation_id, False)
        answer = await ended(bench, conversation_id)
        sent = chat._outbox.find(answer.idempotency_key)
        assert (conversation.profile_id, sent.profile_id) == (BEATRA_PROFILE_ID, BEATRA_PROFILE_ID)


async def test_a_half_written_version_survives_and_ends_when_it_is_sent(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = await ask(bench, "First")
        await ended(bench, conversation_id)
        question = chat.open(conversation_id)[0]
        chat.set_draft(conversation_id, "next", edit=Edit(message_id=question.id, text="Fir"))
        bench.database.flush()
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation = chat.conversations.get(conversation_id)
        assert (conversation.draft, conversation.edit.text) == ("next", "Fir")
        chat.open(conversation_id)
        assert chat.edit(conversation.edit.message_id, "Firs")
        await ended(bench, conversation_id)
        conversation = chat.conversations.get(conversation_id)
        assert (conversation.draft, conversation.edit) == ("next", None)
