"""The app ends without a word while something waits for its turn or for the end of a pause."""

import os
from pathlib import Path
from typing import Any

MODEL = "minimax-music-2.6"
HOUR = 3600
SLOW = ("--speed", "0.5", "--seed", "1")
SHORT = {"clip_seconds": 8}


def test_a_song_that_waits_for_its_turn_is_made_once(start: Any) -> None:
    app = start(sandbox=SLOW)
    app.do("connect")
    app.do("admin", method="POST", path="settings", body=SHORT)
    for prompt in ("one", "two", "three"):
        app.do("order_song", prompt=prompt, model=MODEL)
    waiting = app.do("task", status="waiting")
    app.kill()
    app = start(sandbox=SLOW)
    app.do("connect")
    assert app.do("task", status="waiting")["idempotency_key"] == waiting["idempotency_key"]
    app.do("admin", method="POST", path="settings", body={"speed": 20})
    songs = app.do("songs")["tasks"]
    assert [song["status"] for song in songs] == ["succeeded"] * 3
    received = app.do("received", method="POST", path="/text-to-music")
    keys = {entry["idempotency_key"] for entry in received}
    assert keys == {song["idempotency_key"] for song in songs}
    assert [entry["idempotency_key"] for entry in received].count(waiting["idempotency_key"]) == 1
    state = app.do("admin", method="GET", path="state")
    assert sorted(t["task_id"] for t in state["tasks"]) == sorted(s["remote_id"] for s in songs)
    assert app.quit() == 0


def test_an_upload_that_was_paused_on_its_way_arrives_once(start: Any, tmp_path: Path) -> None:
    path = tmp_path / "long.bin"
    path.write_bytes(os.urandom(1024 * 1024))
    app = start()
    app.do("connect")
    fault = {"path": "/v1/uploads", "action": {"delay_seconds": HOUR, "delay_when": "after"}}
    app.do("admin", method="POST", path="faults", body=fault)
    app.do("drop_file", path=str(path), place="chat")
    app.do("until_counted", what="artifacts", number=1)
    app.do("pause")
    app.do("uploads", status="waiting")
    app.kill()
    app = start()
    app.do("connect")
    assert app.do("is_paused")
    [upload] = app.do("uploads", status="waiting")
    assert upload["hold"] == "paused"
    app.do("resume")
    [upload] = app.do("uploads", status="uploaded")
    posts = app.do("received", method="POST", path="/uploads")
    assert [post["idempotency_key"] for post in posts] == [upload["idempotency_key"]] * 2
    assert app.do("admin", method="GET", path="state")["counts"]["artifacts"] == 1
    assert app.quit() == 0
