"""What must wait waits over restarts, and goes out once, when it may."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

ELSEWHERE = "127.0.0.2"
"""An address that counts as another machine's."""
MODEL = "minimax-music-2.6"


def test_a_pause_outlives_the_app(start: Any) -> None:
    app = start()
    app.do("connect")
    app.do("pause")
    app.do("order_song", prompt="slow piano waltz", model=MODEL)
    app.do("rows", state="waiting")
    app.kill()
    app = start()
    app.do("connect")
    assert app.do("is_paused")
    [row] = app.do("rows", state="waiting")
    assert row["hold"] == "paused"
    journal = app.do("admin", method="GET", path="journal")["entries"]
    assert not [entry for entry in journal if entry["method"] == "POST"]
    app.do("resume")
    [song] = app.do("songs")["tasks"]
    assert song["status"] == "succeeded"
    received = app.do("received", method="POST", path="/text-to-music")
    assert [entry["idempotency_key"] for entry in received] == [row["idempotency_key"]]
    assert app.quit() == 0


def test_a_song_written_offline_asks_before_it_is_paid_for(
    start: Any, service: Any, data_dir: Path
) -> None:
    with socket.create_server((ELSEWHERE, 0)) as free:
        port = free.getsockname()[1]
    app = start()
    app.do("connect")
    assert app.quit() == 0
    _add_profile(data_dir / "beatra.db", f"http://{ELSEWHERE}:{port}/v1")
    app = start("--profile", "Elsewhere")
    app.do("network", state="offline")
    app.do("order_song", prompt="slow piano waltz", model=MODEL)
    [written] = app.do("rows", state="waiting")
    assert written["hold"] == "offline"
    app.kill()
    there = service("--speed", "20", "--seed", "1")
    # No key goes elsewhere in the open: by now the service is on this machine.
    _move_profile(data_dir / "beatra.db", there.base_url)
    app = start("--profile", "Elsewhere", environment={"BEATRA_API_KEY": there.api_key})
    assert app.do("connect")["phase"] == "ready"
    [row] = app.do("rows", state="needs_you")
    assert row["attempts"] == 0
    app.do("send_all")
    [song] = app.do("songs")["tasks"]
    assert song["status"] == "succeeded"
    assert song["idempotency_key"] == written["idempotency_key"]
    assert app.quit() == 0


def _move_profile(database: Path, base_url: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE profiles SET base_url = ? WHERE id = 'elsewhere'", (base_url,))


def _add_profile(database: Path, base_url: str) -> None:
    """As the settings would, but for an address without encryption."""
    row = ("elsewhere", "Elsewhere", "custom", base_url)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO profiles (id, name, kind, base_url) VALUES (?, ?, ?, ?)", row
        )
