"""The controls: journal, clock, settings, state, reset."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import Launch, Sandbox


def test_journal_tells_of_each_request(sandbox: Sandbox) -> None:
    body = b'{"model":"sandbox-echo","messages":[{"role":"user","content":"hi"}]}'
    headers = {**sandbox.authorization, "Idempotency-Key": "k1", "X-Request-Id": "r1"}
    sandbox.http.post(f"{sandbox.base_url}/chat/completions?x=1", content=body, headers=headers)
    entry = sandbox.journal()[0]
    assert entry["method"] == "POST"
    assert entry["path"] == "/v1/chat/completions"
    assert entry["query"] == "x=1"
    assert entry["idempotency_key"] == "k1"
    assert entry["request_id"] == "r1"
    assert entry["body_sha256"] == hashlib.sha256(body).hexdigest()
    assert entry["body_bytes"] == len(body)
    assert entry["status"] == 200
    assert entry["outcome"] == "answered"
    assert entry["replayed"] is False
    assert entry["authorized"] is True
    assert sandbox.api_key not in str(entry)


def test_journal_since(sandbox: Sandbox) -> None:
    sandbox.chat()
    last = sandbox.admin("GET", "journal")["last"]
    sandbox.call("GET", "/models")
    entries = sandbox.admin("GET", f"journal?since={last}")["entries"]
    assert [entry["path"] for entry in entries] == ["/v1/models"]


def test_journal_shows_a_request_in_flight(sandbox: Sandbox) -> None:
    sandbox.set(tokens_per_second=0.01)
    body = {"model": "sandbox-echo", "stream": True, "messages": [{"role": "user", "content": "a"}]}
    url = f"{sandbox.base_url}/chat/completions"
    with sandbox.http.stream("POST", url, json=body, headers=sandbox.authorization):
        assert sandbox.journal()[0]["outcome"] == "in_progress"
    sandbox.until(lambda: sandbox.journal()[0]["outcome"] == "disconnected")


def test_clock_advances(sandbox: Sandbox) -> None:
    before = sandbox.admin("GET", "state")["clock"]["now"]
    after = sandbox.admin("POST", "clock", {"advance_seconds": 3600})
    assert after["now"] - before >= 3600
    assert after["offset_seconds"] == 3600
    assert sandbox.chat().json()["created"] >= int(before) + 3600


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("clock", {"advance_seconds": "1"}),
        ("clock", {"advance_seconds": True}),
        ("clock", {}),
        ("settings", {"speed": 0}),
        ("settings", {"colour": "blue"}),
        ("settings", {"balance": "much"}),
        ("settings", {"balance": "NaN"}),
        ("settings", {"cancel_scenario": "maybe"}),
    ],
)
def test_bad_orders_are_refused(sandbox: Sandbox, path: str, body: dict[str, Any]) -> None:
    before = sandbox.admin("GET", "settings")
    answer = sandbox.http.post(f"{sandbox.admin_url}/{path}", json=body)
    assert answer.status_code == 422
    assert sandbox.admin("GET", "settings") == before


def test_reset_forgets_everything_but_the_key(sandbox: Sandbox) -> None:
    sandbox.finished(sandbox.music(key="k1").json()["task_id"])
    sandbox.upload(b"data")
    sandbox.fault(status=500, delay_seconds=0)
    sandbox.set(balance="1.0000", strict=True)
    sandbox.advance(100)
    sandbox.admin("POST", "reset")
    state = sandbox.admin("GET", "state")
    assert state["counts"] == {"tasks": 0, "artifacts": 0, "answers": 0, "journal": 0}
    assert state["faults"] == []
    assert state["clock"]["offset_seconds"] == 0
    assert state["settings"]["balance"] == "10000.0000"
    assert state["settings"]["strict"] is False
    assert sandbox.call("GET", "/models").status_code == 200


def test_reset_stops_running_tasks(sandbox: Sandbox) -> None:
    sandbox.set(task_outcome="never_ends")
    sandbox.in_status(sandbox.music().json()["task_id"], "running")
    sandbox.admin("POST", "reset")
    sandbox.set(clip_seconds=2.0)
    assert sandbox.finished(sandbox.music().json()["task_id"])["status"] == "succeeded"


def test_settings_clock_and_journal_survive_a_restart(start: Launch, data_dir: Path) -> None:
    before = start("--data-dir", str(data_dir))
    before.set(balance="5.0000", strict=True)
    before.advance(500)
    before.chat()
    assert before.stop() == 0
    after = start("--data-dir", str(data_dir), "--speed", "3")
    state = after.admin("GET", "state")
    assert state["settings"]["balance"] == "5.0000"
    assert state["settings"]["strict"] is True
    assert state["settings"]["speed"] == 3
    assert state["clock"]["offset_seconds"] == 500
    assert [entry["path"] for entry in after.journal()] == ["/v1/chat/completions"]
