"""What goes out with a question, and to whom."""

import json
from typing import Any

import pytest

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.ids import ConversationId, PresetId

pytestmark = pytest.mark.asyncio

CHOSEN = Parameters(temperature=0.3, max_tokens=200, seed=7, stop=("END",))


async def _asked(bench: Any, conversation_id: ConversationId, text: str = "Hello") -> None:
    assert bench.services.chat.send(conversation_id, text)
    await bench.until(lambda: not bench.services.chat.is_answering(conversation_id))


async def test_parameters_and_instructions_go_with_every_request(chatting: Any, sse: Any) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("Yes.")

    async with chatting(answer) as (bench, stub):
        conversation_id = bench.services.chat.new_conversation().id
        await _asked(bench, conversation_id)
        bench.services.chat.set_parameters(conversation_id, CHOSEN)
        bench.services.chat.set_system_prompt(conversation_id, "Be brief.")
        await _asked(bench, conversation_id, "And now?")
        plain, chosen = (json.loads(post.body) for post in stub.posts())
        assert not {"temperature", "top_p", "max_tokens", "seed", "stop"} & set(plain)
        assert plain["messages"] == [{"role": "user", "content": "Hello"}]
        # what servers other than beatra know the limit by
        assert chosen["max_tokens"] == 200
        assert (chosen["temperature"], chosen["seed"], chosen["stop"]) == (0.3, 7, ["END"])
        assert chosen["messages"][0] == {"role": "system", "content": "Be brief."}
        assert [said["role"] for said in chosen["messages"]] == [
            "system", "user", "assistant", "user",
        ]  # fmt: skip


async def test_beatra_gets_the_limit_under_its_own_name(open_bench: Any) -> None:
    async with open_bench() as bench:
        conversation_id = bench.services.chat.new_conversation().id
        bench.services.chat.set_model(conversation_id, "sandbox-echo")
        bench.services.chat.set_parameters(conversation_id, Parameters(max_tokens=2))
        await _asked(bench, conversation_id, "one two three four five six")
        answer = bench.services.chat.open(conversation_id)[-1]
        assert answer.finish_reason == "length"
        request = bench.services.chat._outbox.find(answer.idempotency_key)
        assert b"max_tokens" not in request.body


async def test_a_preset_sets_everything_but_a_model_it_does_not_name(open_bench: Any) -> None:
    async with open_bench() as bench:
        chat = bench.services.chat
        conversation_id = chat.new_conversation().id
        chat.set_model(conversation_id, "sandbox-echo")
        preset = Preset(
            id=PresetId("p"), name="Brief", system_prompt="Be brief.", parameters=CHOSEN
        )
        chat.apply_preset(conversation_id, preset)
        conversation = chat.conversations.get(conversation_id)
        assert conversation.system_prompt == "Be brief."
        assert conversation.parameters == CHOSEN
        assert conversation.model == "sandbox-echo"
        chat.set_parameters(conversation_id, Parameters())
        assert chat.conversations.get(conversation_id).parameters is None
        assert chat.new_conversation().id != conversation_id


async def test_a_service_that_knows_no_auto_is_asked_for_its_first_model(
    chatting: Any, sse: Any
) -> None:
    async def answer(_heard: Any) -> Any:
        return sse("Yes.")

    async with chatting(answer) as (bench, stub):
        chat = bench.services.chat
        conversation_id = chat.new_conversation().id
        await _asked(bench, conversation_id)
        chat.set_model(conversation_id, "mistral")
        await _asked(bench, conversation_id)
        assert [json.loads(post.body)["model"] for post in stub.posts()] == ["llama", "mistral"]
        assert chat.open(conversation_id)[1].model_asked == "auto"
