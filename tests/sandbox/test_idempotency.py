"""Same key, same answer (contract §2, §10 U9–U10)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import Launch, Sandbox

DAY_S = 24 * 3600


def test_replay_gives_status_and_body_again(sandbox: Sandbox) -> None:
    first, second = sandbox.music(key="k1"), sandbox.music(key="k1")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.content == second.content
    assert sandbox.balance() == "9920.0000"
    assert [entry["replayed"] for entry in sandbox.journal()] == [False, True]


def test_without_key_each_request_is_new(sandbox: Sandbox) -> None:
    assert sandbox.music().json()["task_id"] != sandbox.music().json()["task_id"]
    assert sandbox.balance() == "9840.0000"


def test_stream_is_replayed_event_by_event(sandbox: Sandbox) -> None:
    first, second = (sandbox.chat("echo: hi", key="k1", stream=True) for _ in range(2))
    assert first.content == second.content
    assert second.headers["content-type"].startswith("text/event-stream")


def test_stream_cut_on_its_way_is_replayed_whole(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/chat/*", cut_after_events=2, cut="end")
    cut = sandbox.chat("echo: a b c d", key="k1", stream=True)
    whole = sandbox.chat("echo: a b c d", key="k1", stream=True)
    assert whole.content.startswith(cut.content)
    assert not cut.text.endswith("[DONE]\n\n")
    assert whole.text.endswith("[DONE]\n\n")


def test_equal_json_written_differently_is_the_same(sandbox: Sandbox) -> None:
    headers = {**sandbox.authorization, "Idempotency-Key": "k1"}
    url = f"{sandbox.base_url}/music/text-to-music"
    bodies = (b'{"prompt":"waltz","instrumental":true}', b'{"instrumental":true, "prompt":"waltz"}')
    first, second = (sandbox.http.post(url, content=body, headers=headers) for body in bodies)
    assert first.json()["task_id"] == second.json()["task_id"]


def test_another_body_conflicts(sandbox: Sandbox) -> None:
    sandbox.music(key="k1")
    answer = sandbox.music(key="k1", prompt="fast polka")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "idempotency_conflict"
    assert answer.json()["error"]["retryable"] is False


def test_another_path_conflicts(sandbox: Sandbox) -> None:
    task_id = sandbox.music().json()["task_id"]
    sandbox.call("POST", f"/tasks/{task_id}/cancel", {}, key="k1")
    other = sandbox.music().json()["task_id"]
    answer = sandbox.call("POST", f"/tasks/{other}/cancel", {}, key="k1")
    assert answer.status_code == 409


def test_key_is_forgotten_after_a_day(sandbox: Sandbox) -> None:
    first = sandbox.music(key="k1").json()["task_id"]
    sandbox.advance(DAY_S - 60)
    assert sandbox.music(key="k1").json()["task_id"] == first
    sandbox.advance(120)
    assert sandbox.music(key="k1").json()["task_id"] != first


def test_refusals_are_not_kept(sandbox: Sandbox) -> None:
    sandbox.set(balance="10.0000")
    assert sandbox.music(key="k1").status_code == 402
    sandbox.set(balance="100.0000")
    assert sandbox.music(key="k1").status_code == 202
    assert sandbox.balance() == "20.0000"


def test_answer_lost_after_the_work_is_found_again(sandbox: Sandbox) -> None:
    sandbox.fault("/v1/music/*", status=502, does_work=True)
    assert sandbox.music(key="k1").status_code == 502
    assert sandbox.balance() == "9920.0000"
    again = sandbox.music(key="k1")
    assert again.status_code == 202
    assert sandbox.balance() == "9920.0000"
    assert len(sandbox.call("GET", "/tasks").json()["data"]) == 1


def test_second_request_waits_for_the_first(sandbox: Sandbox) -> None:
    sandbox.set(speed=4.0)
    with ThreadPoolExecutor(2) as pool:
        text = "echo: " + "word " * 100
        answers = list(pool.map(lambda _: sandbox.chat(text, key="k1"), range(2)))
    assert answers[0].content == answers[1].content
    assert sorted(entry["replayed"] for entry in sandbox.journal()) == [False, True]


def test_upload_compares_file_and_fields(sandbox: Sandbox) -> None:
    first = sandbox.upload(b"RIFFdata", key="k1")
    again = sandbox.upload(b"RIFFdata", key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert sandbox.upload(b"RIFFother", key="k1").status_code == 409
    assert sandbox.upload(b"RIFFdata", key="k1", purpose="reference_audio").status_code == 409
    assert sandbox.upload(b"RIFFdata", key="k1", name="other.wav").status_code == 409


def test_cancel_is_replayed(sandbox: Sandbox) -> None:
    sandbox.set(speed=0.01)
    task_id = sandbox.music().json()["task_id"]
    first = sandbox.call("POST", f"/tasks/{task_id}/cancel", {"reason": "x"}, key="k1")
    again = sandbox.call("POST", f"/tasks/{task_id}/cancel", {"reason": "x"}, key="k1")
    assert first.content == again.content


@pytest.mark.parametrize("key", ["", "x" * 129, "a b"])
def test_bad_key_is_refused(sandbox: Sandbox, key: str) -> None:
    assert sandbox.music(key=key).status_code == 422


def test_replay_survives_a_restart(start: Launch, data_dir: Path) -> None:
    before = start("--data-dir", str(data_dir))
    first = before.music(key="k1")
    stream = before.chat("echo: hi", key="k2", stream=True)
    before.process.kill()
    before.process.wait()
    after = start("--data-dir", str(data_dir))
    assert after.api_key == before.api_key
    assert after.music(key="k1").json()["task_id"] == first.json()["task_id"]
    assert after.chat("echo: hi", key="k2", stream=True).content == stream.content
    assert after.balance() == "9920.0000"
