"""Keys, request ids, unknown addresses, budgets, catalogue (contract §2, §3.2–3.4, §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

PLANNED = [
    ("POST", "/images/generations"),
    ("POST", "/images/image-to-image"),
    ("POST", "/videos"),
    ("POST", "/audio/speech"),
    ("POST", "/audio/transcriptions"),
    ("GET", "/voices"),
    ("POST", "/embeddings"),
]


def test_health_needs_no_key(sandbox: Sandbox) -> None:
    answer = sandbox.http.get(f"{sandbox.base_url}/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}


@pytest.mark.parametrize(
    ("authorization", "code"),
    [
        (None, "unauthorized"),
        ("", "unauthorized"),
        ("Bearer", "unauthorized"),
        ("Bearer sk-wrong", "invalid_api_key"),
        ("Basic c2s6", "invalid_api_key"),
        ("Bearer sk-ü", "invalid_api_key"),
    ],
)
def test_keys_are_checked(sandbox: Sandbox, authorization: str | None, code: str) -> None:
    headers = [] if authorization is None else [(b"Authorization", authorization.encode())]
    answer = sandbox.http.get(f"{sandbox.base_url}/models", headers=headers)
    error = answer.json()["error"]
    assert answer.status_code == 401
    assert error["code"] == code
    assert error["retryable"] is False
    assert error["request_id"] == answer.headers["X-Request-Id"]


def test_request_id_is_echoed(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/models", x_request_id="my-id-1")
    assert answer.headers["X-Request-Id"] == "my-id-1"
    assert sandbox.journal()[-1]["request_id"] == "my-id-1"


def test_request_id_is_made_when_absent(sandbox: Sandbox) -> None:
    first, second = (sandbox.call("GET", "/models") for _ in range(2))
    assert first.headers["X-Request-Id"] != second.headers["X-Request-Id"]


@pytest.mark.parametrize("request_id", ["x" * 129, "a b", "a\tb"])
def test_bad_request_id_is_refused(sandbox: Sandbox, request_id: str) -> None:
    answer = sandbox.call("GET", "/models", x_request_id=request_id)
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"
    assert answer.headers["X-Request-Id"] != request_id


@pytest.mark.parametrize(("method", "path"), [*PLANNED, ("GET", "/nowhere"), ("GET", "")])
def test_planned_and_unknown_addresses_are_not_found(
    sandbox: Sandbox, method: str, path: str
) -> None:
    answer = sandbox.call(method, path, {} if method == "POST" else None)
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"


def test_wrong_method_has_the_envelope(sandbox: Sandbox) -> None:
    answer = sandbox.call("DELETE", "/models")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json()["error"]["request_id"] == answer.headers["X-Request-Id"]


def test_rate_limit_is_off_until_switched_on(sandbox: Sandbox) -> None:
    for _ in range(4):
        assert sandbox.call("GET", "/models").status_code == 200
    sandbox.set(rate_limit_per_minute=4)
    answer = sandbox.call("GET", "/models")
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "rate_limited"
    assert answer.json()["error"]["retryable"] is True
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    sandbox.advance(61)
    assert sandbox.call("GET", "/models").status_code == 200


def test_reset_gives_a_fresh_budget(sandbox: Sandbox) -> None:
    sandbox.advance(86400)
    sandbox.call("GET", "/models")
    sandbox.admin("POST", "reset")
    sandbox.set(rate_limit_per_minute=1)
    assert sandbox.call("GET", "/models").status_code == 200


def test_models_lists_chat_and_music(sandbox: Sandbox) -> None:
    body = sandbox.call("GET", "/models").json()
    ids = {model["id"] for model in body["data"]}
    assert {"sandbox-guide", "sandbox-writer", "sandbox-echo", "suno-5.5"} <= ids
    assert {"minimax-music-2.6", "minimax-music-3.0"} <= ids
    assert all(model["object"] == "model" for model in body["data"])


def test_catalogue_has_prices_and_limits(sandbox: Sandbox) -> None:
    entries = {
        entry["id"]: entry for entry in sandbox.call("GET", "/catalog/models").json()["data"]
    }
    suno = entries["suno-5.5"]
    assert suno["pricing"]["unit_credits"] == "80.0000"
    assert suno["pricing"]["unit_credits_usd_reference"] == "0.0800"
    assert suno["limits"]["clips_per_task"] == 2
    assert entries["minimax-music-2.6"]["pricing"]["unit_credits"] == "50.0000"
    assert entries["sandbox-guide"]["status"] == "available"


def test_catalogue_can_be_filtered(sandbox: Sandbox) -> None:
    found = sandbox.call("GET", "/catalog/models?capability=text_to_music").json()["data"]
    assert {entry["id"] for entry in found} == {
        "suno-5.5",
        "minimax-music-2.6",
        "minimax-music-3.0",
    }


def test_capabilities_name_their_endpoints(sandbox: Sandbox) -> None:
    found = sandbox.call("GET", "/catalog/capabilities").json()["data"]
    routes = {entry["id"]: (entry["endpoint"], entry["status"], entry["async"]) for entry in found}
    assert routes == {
        "chat": ("/v1/chat/completions", "available", False),
        "text_to_music": ("/v1/music/text-to-music", "preview", True),
        "reference_audio_to_music": ("/v1/music/reference-audio-to-music", "preview", True),
    }


def test_pages_of_any_origin_may_read_the_api(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/models", origin="https://example.org")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert "X-Request-Id" in exposed


def test_no_foreign_page_may_control_the_sandbox(sandbox: Sandbox) -> None:
    answer = sandbox.http.post(
        f"{sandbox.admin_url}/reset", headers={"Origin": "https://example.org"}
    )
    assert answer.status_code == 403


def test_a_foreign_host_name_is_refused(sandbox: Sandbox) -> None:
    answer = sandbox.call("GET", "/models", host="evil.example")
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "forbidden"
