"""Leaving in the middle of everything: bounded, orderly, nothing lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import SIG_DFL, SIG_IGN, SIGHUP, SIGINT, SIGTERM, Handlers, signal
from typing import Any

import pytest

MEGABYTE = 1024 * 1024
SLOW = ("--speed", "2", "--seed", "1")


@pytest.fixture
def begin_everything(tmp_path: Any) -> Any:
    """Has an app start a stream, an upload and a task, none of which can end soon."""
    path = tmp_path / "long.bin"
    path.write_bytes(bytes(range(256)) * (8 * MEGABYTE // 256))

    def begun(app: Any) -> None:
        app.do("connect")
        app.do("admin", method="POST", path="settings", body={"clip_seconds": 8})
        for pattern in ("/v1/uploads", "/v1/music/*"):
            fault = {"path": pattern, "method": "POST", "action": {"delay_seconds": 3600}}
            app.do("admin", method="POST", path="faults", body=fault)
        app.do("compose", prompt="slow piano waltz", model="minimax-music-2.6")
        app.do("press", text="Generate", within="studio")
        app.do("received", method="POST", path="/text-to-music")
        app.do("drop_file", path=str(path), place="chat")
        app.do("received", method="POST", path="/uploads")
        app.do("ask", text="Write 5000 words about lamps", model="sandbox-writer")
        app.do("streamed", characters=300)

    return begun


@contextmanager
def _hearing_of_terminals(way: Handlers) -> Iterator[None]:
    """What is started meanwhile takes the end of its terminal so."""
    before = signal(SIGHUP, way)
    try:
        yield
    finally:
        signal(SIGHUP, before)


@pytest.mark.parametrize("way", ["signal", "window"])
def test_everything_goes_on_at_the_next_start(
    start: Any, rows: Any, begin_everything: Any, way: str
) -> None:
    with _hearing_of_terminals(SIG_DFL):  # the tests themselves may outlive theirs
        app = start(sandbox=SLOW)
    begin_everything(app)
    shown = app.do("conversation")[1]["text"]
    if way == "signal":
        app.signal(SIGHUP)
    else:
        app.begin("close_window")
    assert app.gone() == 0
    [message] = rows("SELECT * FROM messages WHERE role = 'assistant'")
    assert message["status"] == "incomplete"
    assert message["text"].startswith(shown)

    again = start()
    again.do("connect")
    [upload] = again.do("uploads")
    songs = again.do("songs")
    assert upload["status"] == "uploaded"
    assert [task["status"] for task in songs["tasks"]] == ["succeeded"]
    assert [clip["delivery"] for clip in songs["clips"]] == ["saved"]
    for path, record in (("/uploads", upload), ("/text-to-music", songs["tasks"][0])):
        keys = {e["idempotency_key"] for e in again.do("received", method="POST", path=path)}
        assert keys == {record["idempotency_key"]}
    assert len(again.do("received", method="POST", path="/chat/completions")) == 1
    assert again.quit() == 0


def test_a_terminal_that_closes_does_not_end_what_was_started_with_nohup(start: Any) -> None:
    with _hearing_of_terminals(SIG_IGN):
        app = start()
    app.do("connect")
    app.signal(SIGHUP)
    app.do("connect")
    app.signal(SIGTERM)
    assert app.gone() == 0


def test_each_way_out_is_orderly(start: Any) -> None:
    ways: tuple[Callable[[Any], object], ...] = (
        lambda app: app.do("command", name="quit"),
        lambda app: app.begin("close_window"),
        lambda app: app.signal(SIGINT),
        lambda app: app.signal(SIGTERM),
    )
    for leave in ways:
        app = start()
        app.do("connect")
        leave(app)
        assert app.gone() == 0
