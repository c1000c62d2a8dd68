"""Reading, listing and canceling tasks (contract §3.6–3.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.conftest import Launch, Sandbox


def ids(page: dict[str, Any]) -> list[str]:
    return [task["task_id"] for task in page["data"]]


def make(sandbox: Sandbox, count: int) -> list[str]:
    return [sandbox.music(prompt=f"song {number}").json()["task_id"] for number in range(count)]


def test_unknown_task(sandbox: Sandbox) -> None:
    for method, path in (("GET", "/tasks/tsk_none"), ("POST", "/tasks/tsk_none/cancel")):
        answer = sandbox.call(method, path)
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "task_not_found"


def test_list_is_newest_first_and_short(sandbox: Sandbox) -> None:
    made = make(sandbox, 3)
    page = sandbox.call("GET", "/tasks").json()
    assert ids(page) == made[::-1]
    assert page["next_cursor"] is None
    assert page["has_more"] is False
    assert not {"input", "output", "usage", "billing", "callback"} & page["data"][0].keys()


@pytest.mark.parametrize("order", ["asc", "desc"])
def test_pages_follow_each_other_without_gaps(sandbox: Sandbox, order: str) -> None:
    made = make(sandbox, 5)
    found: list[str] = []
    query = f"/tasks?limit=2&order={order}"
    page = sandbox.call("GET", query).json()
    found += ids(page)
    make(sandbox, 1)
    while page["has_more"] and len(found) < 5:
        page = sandbox.call("GET", f"{query}&cursor={page['next_cursor']}").json()
        found += ids(page)
    assert found[:5] == (made if order == "asc" else made[::-1])


def test_filters(sandbox: Sandbox) -> None:
    sandbox.set(task_outcome="never_ends")
    first = sandbox.music().json()
    sandbox.in_status(first["task_id"], "running")
    sandbox.advance(3600)
    second = sandbox.music().json()
    sandbox.in_status(second["task_id"], "running")
    third = make(sandbox, 1)[0]

    def listed(query: str) -> list[str]:
        return ids(sandbox.call("GET", f"/tasks?order=asc&{query}").json())

    assert listed("status=queued") == [third]
    assert listed("status=running,queued") == [first["task_id"], second["task_id"], third]
    assert listed("capability=text_to_music")[0] == first["task_id"]
    assert listed("capability=text_to_image") == []
    assert listed(f"created_before={first['created_at']}") == [first["task_id"]]
    assert listed(f"created_after={second['created_at']}") == [second["task_id"], third]


@pytest.mark.parametrize("part", ["input", "output", "usage", "billing", "callback"])
def test_expand_adds_a_part(sandbox: Sandbox, part: str) -> None:
    make(sandbox, 1)
    assert part in sandbox.call("GET", f"/tasks?expand={part}").json()["data"][0]


def test_expand_all_is_the_envelope(sandbox: Sandbox) -> None:
    task = sandbox.finished(make(sandbox, 1)[0])
    listed = sandbox.call("GET", "/tasks?expand=all").json()["data"][0]
    assert listed.keys() == task.keys()
    assert listed["billing"] == task["billing"]


@pytest.mark.parametrize(
    "query",
    [
        *("limit=0", "limit=101", "limit=x", "limit=٣", "limit=", "order=up", "status=done"),
        *("status=", "expand=everything", "created_after=yesterday", "cursor=c_!!", "cursor=x"),
    ],
)
def test_bad_query_is_refused(sandbox: Sandbox, query: str) -> None:
    answer = sandbox.call("GET", f"/tasks?{query}")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid_request"


def test_queued_task_is_canceled_at_once(sandbox: Sandbox) -> None:
    sandbox.set(speed=0.01)
    task_id = make(sandbox, 1)[0]
    answer = sandbox.call("POST", f"/tasks/{task_id}/cancel", {"reason": "changed my mind"})
    task = answer.json()
    assert answer.status_code == 200
    assert task["status"] == "canceled"
    assert task["cancel_requested_at"] is not None
    assert task["billing"]["refunded_credits"] == "80.0000"
    assert sandbox.balance() == "10000.0000"


def test_running_task_is_canceled_soon(sandbox: Sandbox) -> None:
    sandbox.set(task_outcome="never_ends")
    task_id = make(sandbox, 1)[0]
    sandbox.in_status(task_id, "running")
    answer = sandbox.call("POST", f"/tasks/{task_id}/cancel")
    assert answer.status_code == 202
    assert answer.json()["status"] == "running"
    assert answer.json()["cancel_requested_at"] is not None
    assert sandbox.finished(task_id)["status"] == "canceled"
    assert sandbox.balance() == "10000.0000"


def test_what_was_rendered_for_a_canceled_task_is_deleted(start: Launch, data_dir: Path) -> None:
    sandbox = start("--data-dir", str(data_dir), "--speed", "20")
    sandbox.set(task_outcome="never_ends", clip_seconds=2)
    task_id = make(sandbox, 1)[0]
    files = data_dir / "files"
    sandbox.until(lambda: list(files.iterdir()))
    sandbox.call("POST", f"/tasks/{task_id}/cancel")
    assert sandbox.finished(task_id)["status"] == "canceled"
    sandbox.until(lambda: not list(files.iterdir()))


def test_canceled_task_may_succeed_anyway(sandbox: Sandbox) -> None:
    sandbox.set(cancel_scenario="completes", speed=20.0)
    task_id = make(sandbox, 1)[0]
    sandbox.in_status(task_id, "running")
    assert sandbox.call("POST", f"/tasks/{task_id}/cancel").status_code == 202
    task = sandbox.finished(task_id)
    assert task["status"] == "succeeded"
    assert task["cancel_requested_at"] is not None
    assert sandbox.balance() == "9920.0000"


def test_cancel_can_conflict(sandbox: Sandbox) -> None:
    sandbox.set(cancel_scenario="conflict", task_outcome="never_ends")
    task_id = make(sandbox, 1)[0]
    answer = sandbox.call("POST", f"/tasks/{task_id}/cancel")
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "task_not_cancelable"
    assert sandbox.task(task_id)["cancel_requested_at"] is None


def test_ended_task_is_returned_unchanged(sandbox: Sandbox) -> None:
    task = sandbox.finished(make(sandbox, 1)[0])
    answer = sandbox.call("POST", f"/tasks/{task['task_id']}/cancel")
    assert answer.status_code == 200
    assert answer.json()["status"] == "succeeded"
    assert answer.json()["completed_at"] == task["completed_at"]
    assert answer.json()["cancel_requested_at"] is None


def test_cancel_body_is_checked(sandbox: Sandbox) -> None:
    task_id = make(sandbox, 1)[0]
    answer = sandbox.call("POST", f"/tasks/{task_id}/cancel", {"reason": 5})
    assert answer.json()["error"]["param"] == "/reason"


def test_tasks_go_on_after_a_restart(start: Launch, data_dir: Path) -> None:
    before = start("--data-dir", str(data_dir), "--speed", "0.5")
    before.set(clip_seconds=2.0, task_outcome="never_ends")
    ids = make(before, 3)
    for task_id in ids[:2]:
        before.in_status(task_id, "running")
    before.set(task_outcome="succeeds")
    assert before.call("POST", f"/tasks/{ids[1]}/cancel").json()["status"] == "running"
    started_at = before.task(ids[0])["started_at"]
    before.process.kill()
    before.process.wait()
    after = start("--data-dir", str(data_dir), "--speed", "20")
    assert after.finished(ids[0])["status"] == "succeeded"
    assert after.finished(ids[1])["status"] == "canceled"
    assert after.finished(ids[2])["status"] == "succeeded"
    assert after.task(ids[0])["started_at"] == started_at
    assert after.balance() == "9840.0000"


def test_progress_never_falls_back_after_a_restart(start: Launch, data_dir: Path) -> None:
    before = start("--data-dir", str(data_dir), "--speed", "20")
    before.set(task_outcome="never_ends")
    task_id = make(before, 1)[0]
    before.until(lambda: before.task(task_id)["progress"]["stage"] == "generating")
    percent = before.task(task_id)["progress"]["percent"]
    before.process.kill()
    before.process.wait()
    after = start("--data-dir", str(data_dir), "--speed", "2")
    after.set(task_outcome="provider_error")
    seen: list[float] = []

    def ended() -> bool:
        task = after.task(task_id)
        seen.append(task["progress"]["percent"])
        return bool(task["status"] == "failed")

    after.until(ended)
    assert min(seen) >= percent


def test_same_seed_gives_the_same_bytes(start: Launch) -> None:
    def clip(seed: str) -> bytes:
        running = start("--speed", "100", "--seed", seed)
        running.set(clip_seconds=2.0)
        task = running.finished(running.music(model="minimax-music-2.6").json()["task_id"])
        return running.http.get(task["output"]["clips"][0]["audio"]["url"]).content

    first = clip("7")
    assert clip("7") == first
    assert clip("8") != first
