"""The real `openai` SDK gets along with the sandbox (contract §2: OpenAI's SDKs work for chat)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openai
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openai.types.chat import ChatCompletionMessageParam

    from tests.sandbox.conftest import Sandbox

CHAT = "/v1/chat/completions"
HELLO: list[ChatCompletionMessageParam] = [{"role": "user", "content": "echo: one two three"}]


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=sandbox.base_url, api_key=sandbox.api_key) as client:
        yield client


def test_models(client: openai.OpenAI) -> None:
    ids = [model.id for model in client.models.list()]
    assert "sandbox-guide" in ids
    assert "suno-5.5" in ids


def test_chat(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(model="auto", messages=HELLO)
    assert completion.model == "sandbox-echo"
    assert completion.choices[0].message.content == "one two three"
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.completion_tokens == 3


def test_stream_with_usage(client: openai.OpenAI) -> None:
    stream = client.chat.completions.create(
        model="auto", messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    chunks = list(stream)
    text = "".join(c.choices[0].delta.content or "" for c in chunks if c.choices)
    assert text == "one two three"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens == 3


def test_wrong_key(sandbox: Sandbox) -> None:
    with (
        openai.OpenAI(base_url=sandbox.base_url, api_key="sk-wrong") as client,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        client.models.list()
    assert caught.value.code == "invalid_api_key"
    assert caught.value.request_id


def test_busy_is_tried_again(sandbox: Sandbox, client: openai.OpenAI) -> None:
    sandbox.fault(CHAT, error={"code": "rate_limited"}, retry_after=0)
    completion = client.chat.completions.create(model="auto", messages=HELLO)
    assert completion.choices[0].message.content == "one two three"
    assert [entry["status"] for entry in sandbox.journal()] == [429, 200]


def test_busy_for_too_long(sandbox: Sandbox, client: openai.OpenAI) -> None:
    rule = {"path": CHAT, "times": None, "action": {"error": {"code": "rate_limited"}}}
    sandbox.admin("POST", "faults", rule)
    with pytest.raises(openai.RateLimitError) as caught:
        client.with_options(max_retries=1).chat.completions.create(model="auto", messages=HELLO)
    assert caught.value.code == "rate_limited"
    assert len(sandbox.journal()) == 2


def test_unknown_model(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        client.chat.completions.create(model="gpt-9", messages=HELLO)
    assert caught.value.code == "unsupported_model"
    assert caught.value.param == "/model"


def test_invalid_request(client: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError) as caught:
        client.chat.completions.create(model="auto", messages=[])
    assert caught.value.code == "invalid_request"


def test_cut_stream_raises_instead_of_ending(sandbox: Sandbox, client: openai.OpenAI) -> None:
    sandbox.fault(CHAT, cut_after_events=3, cut="close")
    stream = client.chat.completions.create(model="auto", messages=HELLO, stream=True)
    text = ""
    with pytest.raises(openai.APIConnectionError):  # noqa: PT012 - what came before it counts too
        for chunk in stream:
            text += chunk.choices[0].delta.content or ""
    assert text == "one two"


def test_error_in_mid_stream_raises(sandbox: Sandbox, client: openai.OpenAI) -> None:
    sandbox.fault(CHAT, sse={"kind": "error", "at_event": 3})
    with pytest.raises(openai.APIError, match="Something went wrong"):
        list(client.chat.completions.create(model="auto", messages=HELLO, stream=True))
