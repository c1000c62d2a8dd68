"""Passing chat through to another OpenAI-compatible server: here, a second sandbox."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Launch, Sandbox

CHAT = "/v1/chat/completions"
MODEL = "qwen-tiny"
ANSWER = (
    '{"id":"x","object":"chat.completion","created":1,"model":"qwen-tiny","choices":[{"index":0,'
    '"message":{"role":"assistant","content":"from upstream"},"finish_reason":"stop"}]}'
)
STREAM = (
    'data: {"id":"x","choices":[{"index":0,"delta":{"content":"from upstream"}}]}\n\n'
    "data: [DONE]\n\n"
)


@pytest.fixture
def relay(sandbox: Sandbox, start: Launch) -> Sandbox:
    """A sandbox whose upstream is the session's sandbox, which plays a foreign server."""
    return start("--upstream", sandbox.base_url, "--speed", "100")


def plays(sandbox: Sandbox, body: str, content_type: str, status: int = 200) -> None:
    rule = {
        "path": CHAT,
        "times": None,
        "action": {"status": status, "body": body, "content_type": content_type},
    }
    sandbox.admin("POST", "faults", rule)


def lists(sandbox: Sandbox, *models: str) -> None:
    listed = ",".join(f'{{"id":"{model}"}}' for model in models)
    body = f'{{"data":[{listed}]}}'
    action = {"status": 200, "body": body, "content_type": "application/json"}
    sandbox.admin("POST", "faults", {"path": "/v1/models", "times": None, "action": action})


def test_models_are_added(sandbox: Sandbox, relay: Sandbox) -> None:
    lists(sandbox, MODEL)
    ids = [model["id"] for model in relay.call("GET", "/models").json()["data"]]
    assert MODEL in ids
    assert "sandbox-guide" in ids


def test_whole_answer_passes_and_is_replayed(sandbox: Sandbox, relay: Sandbox) -> None:
    plays(sandbox, ANSWER, "application/json")
    first, again = (relay.chat(model=MODEL, key="k1") for _ in range(2))
    assert first.json()["choices"][0]["message"]["content"] == "from upstream"
    assert first.content == again.content
    assert len([entry for entry in sandbox.journal() if entry["path"] == CHAT]) == 1


def test_stream_passes_and_is_replayed(sandbox: Sandbox, relay: Sandbox) -> None:
    plays(sandbox, STREAM, "text/event-stream")
    first, again = (relay.chat(model=MODEL, stream=True, key="k1") for _ in range(2))
    assert first.text == again.text == STREAM
    assert len([entry for entry in sandbox.journal() if entry["path"] == CHAT]) == 1


def test_unfinished_stream_is_not_kept(sandbox: Sandbox, relay: Sandbox) -> None:
    plays(sandbox, STREAM.partition("data: [DONE]")[0], "text/event-stream")
    for _ in range(2):
        assert "[DONE]" not in relay.chat(model=MODEL, stream=True, key="k1").text
    assert len([entry for entry in sandbox.journal() if entry["path"] == CHAT]) == 2


def test_auto_means_the_first_upstream_model(sandbox: Sandbox, relay: Sandbox) -> None:
    lists(sandbox, "sandbox-echo")
    # Without a key the other sandbox refuses: that it was asked at all is what counts.
    assert relay.chat(model="auto").status_code == 502
    assert sandbox.journal()[-1]["path"] == CHAT


def test_own_models_stay_at_home(sandbox: Sandbox, relay: Sandbox) -> None:
    assert relay.chat("hi", model="sandbox-echo").status_code == 200
    assert sandbox.journal() == []


@pytest.mark.parametrize(
    ("status", "code"), [(429, "rate_limited"), (404, "unsupported_model"), (500, "provider_error")]
)
def test_refusals_are_translated(sandbox: Sandbox, relay: Sandbox, status: int, code: str) -> None:
    plays(sandbox, "{}", "application/json", status)
    answer: Any = relay.chat(model=MODEL, stream=True)
    assert answer.json()["error"]["code"] == code


def test_upstream_that_is_down(start: Launch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    relay = start("--upstream", f"http://127.0.0.1:{port}/v1")
    answer = relay.chat(model=MODEL)
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "model_unavailable"
    assert relay.call("GET", "/models").status_code == 200
