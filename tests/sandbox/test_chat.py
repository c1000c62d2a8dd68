"""Chat completions, whole and streamed (contract §3.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox


def events_of(answer: httpx.Response) -> list[Any]:
    """The payloads of a stream, without the sentinel that must be its last."""
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line for line in answer.text.split("\n\n") if line]
    assert lines.pop() == "data: [DONE]"
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def text_of(events: list[Any]) -> str:
    return "".join(e["choices"][0]["delta"].get("content", "") for e in events if e["choices"])


def test_whole_answer(sandbox: Sandbox) -> None:
    answer = sandbox.chat("echo: hi there")
    body = answer.json()
    assert answer.status_code == 200
    assert body["object"] == "chat.completion"
    assert body["model"] == "sandbox-echo"
    assert body["choices"] == [
        {
            "index": 0,
            "message": {"role": "assistant", "content": "hi there"},
            "finish_reason": "stop",
        }
    ]
    usage = body["usage"]
    assert usage["total_tokens"] == usage["prompt_tokens"] + usage["completion_tokens"]
    assert usage["completion_tokens"] == 2


def test_stream_has_role_text_finish_usage_and_sentinel(sandbox: Sandbox) -> None:
    options = {"include_usage": True}
    events = events_of(sandbox.chat("echo: hi there", stream=True, stream_options=options))
    assert events[0]["choices"][0]["delta"] == {"role": "assistant"}
    assert text_of(events) == "hi there"
    assert events[-2]["choices"][0]["finish_reason"] == "stop"
    assert events[-1]["choices"] == []
    assert events[-1]["usage"]["completion_tokens"] == 2
    assert {event["object"] for event in events} == {"chat.completion.chunk"}
    assert len({event["id"] for event in events}) == 1


def test_stream_without_options_has_no_usage(sandbox: Sandbox) -> None:
    events = events_of(sandbox.chat("echo: hi", stream=True))
    assert all("usage" not in event for event in events)
    assert events[-1]["choices"][0]["finish_reason"] == "stop"


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("echo: hello", "sandbox-echo"),
        ("What works today?", "sandbox-guide"),
        ("Write an essay about rain", "sandbox-writer"),
        ("Give me 2000 words, please", "sandbox-writer"),
    ],
)
def test_auto_picks_by_the_message(sandbox: Sandbox, text: str, model: str) -> None:
    assert sandbox.chat(text, max_tokens=5).json()["model"] == model


@pytest.mark.parametrize("model", ["gpt-9", "suno-5.5", ""])
def test_unknown_model_is_refused_with_400(sandbox: Sandbox, model: str) -> None:
    answer = sandbox.chat("hello", model=model)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unsupported_model"
    assert answer.json()["error"]["param"] == "/model"


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_token_limit_ends_with_length(sandbox: Sandbox, limit: str) -> None:
    asked: dict[str, Any] = {limit: 3}
    body = sandbox.chat("echo: one two three four five", **asked).json()
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["choices"][0]["message"]["content"] == "one two three"
    assert body["usage"]["completion_tokens"] == 3


@pytest.mark.parametrize("stop", ["three", ["nowhere", "three"]])
def test_stop_sequence_is_left_out(sandbox: Sandbox, stop: Any) -> None:
    body = sandbox.chat("echo: one two three four", stop=stop).json()
    assert body["choices"][0]["message"]["content"] == "one two "
    assert body["choices"][0]["finish_reason"] == "stop"


def test_temperature_with_top_p_is_accepted(sandbox: Sandbox) -> None:
    assert sandbox.chat(temperature=0.3, top_p=0.9).status_code == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"messages": []}, "/messages"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "/messages/0/role"),
        ({"messages": [{"role": "user", "content": 7}]}, "/messages/0/content"),
        ({"messages": "hello"}, "/messages"),
        ({"messages": None}, "/messages"),
        ({"model": 5}, "/model"),
        ({"temperature": 2.1}, "/temperature"),
        ({"top_p": -0.1}, "/top_p"),
        ({"max_tokens": 0}, "/max_tokens"),
        ({"max_completion_tokens": 1.5}, "/max_completion_tokens"),
        ({"stream": "yes"}, "/stream"),
        ({"stream_options": {"include_usage": 1}}, "/stream_options/include_usage"),
        ({"stop": 5}, "/stop"),
    ],
)
def test_bad_fields_are_named(sandbox: Sandbox, change: dict[str, Any], pointer: str) -> None:
    answer = sandbox.chat(**change)
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert error["code"] == "invalid_request"
    assert error["param"] == pointer
    assert error["details"]["errors"][0]["field"] == pointer
    assert error["retryable"] is False


def test_missing_field_is_named(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", "/chat/completions", {"model": "auto"})
    assert answer.json()["error"]["param"] == "/messages"


def test_more_than_one_choice_is_an_unsupported_option(sandbox: Sandbox) -> None:
    error = sandbox.chat(n=2).json()["error"]
    assert error["code"] == "unsupported_option"
    assert error["details"]["unsupported_fields"] == ["n"]


def test_unknown_fields_are_refused_in_strict_mode_only(sandbox: Sandbox) -> None:
    assert sandbox.chat(colour="blue").status_code == 200
    sandbox.set(strict=True)
    answer = sandbox.chat(colour="blue")
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == "/colour"
    assert sandbox.chat(presence_penalty=0.5).status_code == 200


def test_validation_can_answer_400_instead(sandbox: Sandbox) -> None:
    sandbox.set(invalid_request_status=400)
    assert sandbox.chat(messages=[]).status_code == 400


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"\xff"', b'{"a": NaN}', b"[" * 5000])
def test_what_is_no_json_object_is_refused(sandbox: Sandbox, raw: bytes) -> None:
    answer = sandbox.http.post(
        f"{sandbox.base_url}/chat/completions", content=raw, headers=sandbox.authorization
    )
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"


def test_body_over_ten_megabytes_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.chat("x" * (10 * 1024 * 1024))
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "invalid_request"


def test_content_parts_are_read_as_text(sandbox: Sandbox) -> None:
    parts = [{"type": "text", "text": "echo: from"}, {"type": "text", "text": "parts"}]
    body = sandbox.chat(messages=[{"role": "user", "content": parts}]).json()
    assert body["choices"][0]["message"]["content"] == "from\nparts"


def test_tokens_lose_nothing(sandbox: Sandbox) -> None:
    text = (
        "Tabs\tand  spaces\r\n\n\nünïcode 日本語のテキスト — “quotes” 🎵👩‍🚀 _x_ a_b 1.5e3\u00a0z "
    )
    events = events_of(sandbox.chat(text, model="sandbox-echo", stream=True))
    assert text_of(events) == text


def test_a_fault_can_end_with_content_filter(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/chat/*", finish_reason="content_filter")
    body = sandbox.chat("echo: one two three four").json()
    assert body["choices"][0]["finish_reason"] == "content_filter"
    assert body["choices"][0]["message"]["content"] == "one two"


def test_stream_keeps_the_ordered_pace(sandbox: Sandbox) -> None:
    sandbox.set(speed=1.0, tokens_per_second=0.01)
    body = {"model": "sandbox-echo", "stream": True, "messages": [{"role": "user", "content": "a"}]}
    url = f"{sandbox.base_url}/chat/completions"
    with sandbox.http.stream("POST", url, json=body, headers=sandbox.authorization) as answer:
        assert next(answer.iter_lines()).startswith("data: ")
    assert sandbox.until(lambda: sandbox.journal()[-1]["outcome"] == "disconnected")
