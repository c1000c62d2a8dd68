"""Faults to order do exactly what was ordered, and once."""

from __future__ import annotations

import json
import socket
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

CHAT = "/v1/chat/completions"


def exchange(sandbox: Sandbox, body: dict[str, Any]) -> tuple[bytes, type[OSError] | None]:
    """Send a chat request by hand; return the raw bytes and how the connection broke, if so."""
    payload = json.dumps(body).encode()
    host = urlsplit(sandbox.base_url)
    head = (
        f"POST {CHAT} HTTP/1.1\r\nHost: {host.netloc}\r\n"
        f"Authorization: Bearer {sandbox.api_key}\r\n"
        f"Content-Length: {len(payload)}\r\nConnection: close\r\n\r\n"
    )
    received = b""
    with socket.create_connection((host.hostname, host.port), timeout=20) as connection:
        connection.sendall(head.encode() + payload)
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError as error:
            return received, type(error)
    return received, None


def echo(text: str = "echo: a b c d", **more: Any) -> dict[str, Any]:
    return {"model": "sandbox-echo", "messages": [{"role": "user", "content": text}], **more}


def test_status_with_envelope(sandbox: Sandbox) -> None:
    error = {"code": "model_unavailable"}
    sandbox.fault(CHAT, error=error, retry_after=7)
    answer = sandbox.chat()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "7"
    assert answer.json()["error"]["code"] == "model_unavailable"
    assert answer.json()["error"]["retryable"] is True
    assert answer.json()["error"]["request_id"] == answer.headers["X-Request-Id"]
    assert sandbox.chat().status_code == 200


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("api_key_region_mismatch", 400),
        ("tenant_disabled", 403),
        ("forbidden", 403),
        ("email_send_failed", 502),
        ("billing_failed", 500),
        ("unsupported_capability", 400),
        ("provider_error", 502),
        ("provider_timeout", 504),
        ("internal_error", 500),
        ("never_heard_of", 400),
    ],
)
def test_any_code_can_be_ordered(sandbox: Sandbox, code: str, status: int) -> None:
    sandbox.fault(CHAT, error={"code": code})
    answer = sandbox.chat()
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_retryable_can_be_forced_or_left_out(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, status=500, error={"code": "internal_error", "retryable": False})
    sandbox.fault(CHAT, nth=2, status=500, error={"code": "internal_error", "retryable": None})
    assert sandbox.chat().json()["error"]["retryable"] is False
    assert "retryable" not in sandbox.chat().json()["error"]


def test_html_instead_of_json(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, status=502, body="<h1>Bad gateway</h1>")
    answer = sandbox.chat()
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text == "<h1>Bad gateway</h1>"


def test_nth_and_times(sandbox: Sandbox) -> None:
    rule = {"path": CHAT, "nth": 2, "times": 2, "action": {"status": 500}}
    sandbox.admin("POST", "faults", [rule])
    assert [sandbox.chat().status_code for _ in range(4)] == [200, 500, 500, 200]
    report = sandbox.admin("GET", "faults")["faults"][0]
    assert (report["seen"], report["hits"]) == (4, 2)


def test_method_and_path_patterns(sandbox: Sandbox) -> None:
    rule = {"method": "GET", "path": "/v1/m*", "times": None, "action": {"status": 500}}
    sandbox.admin("POST", "faults", rule)
    assert sandbox.call("GET", "/models").status_code == 500
    assert sandbox.call("GET", "/tasks").status_code == 200
    assert sandbox.music().status_code == 202
    sandbox.admin("DELETE", "faults")
    assert sandbox.call("GET", "/models").status_code == 200


def test_reset_before_the_work(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/music/*", reset="before")
    with pytest.raises(httpx.ReadError):
        sandbox.music(key="k1")
    assert sandbox.balance() == "10000.0000"
    assert sandbox.journal()[0]["outcome"] == "reset_before"


def test_reset_after_the_work(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/music/*", reset="after")
    with pytest.raises(httpx.ReadError):
        sandbox.music(key="k1")
    assert sandbox.balance() == "9920.0000"
    assert sandbox.journal()[0]["outcome"] == "reset_after"
    assert sandbox.journal()[0]["task_id"] == sandbox.music(key="k1").json()["task_id"]
    assert sandbox.balance() == "9920.0000"


def test_reset_is_a_true_reset(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, reset="before")
    assert exchange(sandbox, echo()) == (b"", ConnectionResetError)


def test_reset_while_the_request_arrives(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/uploads", reset_after_request_bytes=200_000)
    with pytest.raises(httpx.TransportError):
        sandbox.upload(bytes(3_000_000), key="k1")
    entry = sandbox.until(lambda: sandbox.journal()[0])
    assert entry["outcome"] == "reset_in_request"
    assert 200_000 <= entry["body_bytes"] < 3_000_000
    assert sandbox.admin("GET", "state")["counts"]["artifacts"] == 0


@pytest.mark.parametrize(
    ("cut", "error", "is_ended"),
    [("end", None, True), ("close", None, False), ("reset", ConnectionResetError, False)],
)
def test_stream_cut_after_events(
    sandbox: Sandbox, cut: str, error: type[OSError] | None, *, is_ended: bool
) -> None:
    sandbox.fault(CHAT, cut_after_events=3, cut=cut)
    received, broke = exchange(sandbox, echo(stream=True))
    assert received.count(b"data: ") == 3
    assert b"[DONE]" not in received
    assert received.endswith(b"0\r\n\r\n") is is_ended
    assert broke is error
    assert sandbox.journal()[0]["outcome"] == "cut"


def test_body_cut_after_bytes(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, cut_after_bytes=20)
    received, _ = exchange(sandbox, echo())
    assert len(received.partition(b"\r\n\r\n")[2]) == 20


def test_body_cut_after_bytes_but_properly_ended(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, cut_after_bytes=20, cut="end")
    answer = sandbox.chat()
    assert len(answer.content) == 20


def test_malformed_event_in_a_stream(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, sse={"kind": "malformed", "at_event": 3})
    lines = [line for line in sandbox.chat(stream=True).text.split("\n\n") if line]
    assert json.loads(lines[1].removeprefix("data: "))
    with pytest.raises(json.JSONDecodeError):
        json.loads(lines[2].removeprefix("data: "))
    assert lines[-1] == "data: [DONE]"


def test_oversized_event_in_a_stream(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, sse={"kind": "oversized", "size_bytes": 3_000_000})
    assert len(sandbox.chat(stream=True).content) > 3_000_000


def test_error_object_in_mid_stream(sandbox: Sandbox) -> None:
    error = {"code": "provider_error", "retryable": False}
    sandbox.fault(CHAT, sse={"kind": "error", "at_event": 4, "error": error})
    answer = sandbox.chat(stream=True)
    lines = [line for line in answer.text.split("\n\n") if line]
    told = json.loads(lines[-1].removeprefix("data: "))["error"]
    assert len(lines) == 4
    assert told["code"] == "provider_error"
    assert told["retryable"] is False
    assert told["request_id"] == answer.headers["X-Request-Id"]


def test_raw_text_in_a_stream(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, sse={"kind": "raw", "raw": ": ping\n\n", "at_event": 2})
    text = sandbox.chat(stream=True).text
    assert text.split("\n\n")[1] == ": ping"
    assert text.endswith("[DONE]\n\n")


def test_raw_end_of_a_stream(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, sse={"kind": "raw", "raw": "", "at_event": 3, "ends": True})
    assert sandbox.chat(stream=True).text.count("data: ") == 2


def test_length_that_promises_too_much(sandbox: Sandbox) -> None:
    sandbox.fault(CHAT, content_length_delta=10)
    with pytest.raises(httpx.RemoteProtocolError):
        sandbox.chat()
    assert sandbox.chat().status_code == 200


def test_length_that_promises_too_little(sandbox: Sandbox) -> None:
    whole = len(sandbox.chat().content)
    sandbox.fault(CHAT, content_length_delta=-10)
    assert len(sandbox.chat().content) == whole - 10


def test_truncated_audio(sandbox: Sandbox) -> None:
    task = sandbox.finished(sandbox.music().json()["task_id"])
    url = task["output"]["clips"][0]["audio"]["url"]
    sandbox.fault("/media/*", keep_bytes=1000)
    answer = sandbox.http.get(url)
    assert answer.status_code == 200
    assert len(answer.content) == 1000
    assert answer.headers["Content-Length"] == "1000"
    assert len(sandbox.http.get(url).content) > 1000


@pytest.mark.parametrize("when", ["before", "after"])
def test_delay(sandbox: Sandbox, when: str) -> None:
    sandbox.fault(CHAT, delay_seconds=0.5, delay_when=when)
    began = time.monotonic()
    assert sandbox.chat().status_code == 200
    # At least so long: this is what was ordered, not how fast the machine is.
    assert time.monotonic() - began >= 0.5


def test_drip(sandbox: Sandbox) -> None:
    plain = sandbox.chat("echo: hi", key="k1").content
    sandbox.fault(CHAT, drip={"bytes": 7, "seconds": 0.001})
    assert sandbox.chat("echo: hi", key="k1").content == plain


def test_extra_headers(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/models", headers={"X-Odd": "yes"})
    assert sandbox.call("GET", "/models").headers["X-Odd"] == "yes"


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"action": {"colour": "blue"}},
        {"action": {}, "where": "/v1"},
        {"action": {"status": 99}},
        {"action": {"reset": "maybe"}},
        {"action": {}, "nth": 0},
    ],
)
def test_misspelt_rules_are_refused(sandbox: Sandbox, rule: dict[str, Any]) -> None:
    answer = sandbox.http.post(f"{sandbox.admin_url}/faults", json=rule)
    assert answer.status_code == 422
