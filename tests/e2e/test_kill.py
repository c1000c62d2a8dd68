"""The app ends without a word, at the worst moments, and is started again."""

import os
from pathlib import Path
from typing import Any, Final

import pytest

from beatra_desktop.audio.verify import verify

CREATE: Final = "/v1/music/text-to-music"
HOUR: Final = 3600
SHORT: Final = {"clip_seconds": 8}
JOURNAL_BYTES: Final = 2048
SLOW: Final = ("--speed", "2", "--seed", "1")


def order_song(app: Any, **fault: Any) -> None:
    """Have a song of one clip made, with a fault on the way."""
    app.do("connect")
    app.do("admin", method="POST", path="settings", body=SHORT)
    if fault:
        app.do("admin", method="POST", path="faults", body=fault)
    app.do("compose", prompt="slow piano waltz", title="Lamps", model="minimax-music-2.6")
    app.do("press", text="Generate", within="studio")


def file_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".json")


def assert_one_song(app: Any, data_dir: Path, *, posts: int) -> None:
    """Exactly one task, under one key, at the sandbox; its clip saved once; nothing left over."""
    app.do("connect")
    songs = app.do("songs")
    [task], [clip] = songs["tasks"], songs["clips"]
    assert task["status"] == "succeeded"
    assert clip["delivery"] == "saved"
    received = app.do("received", method="POST", path="/text-to-music")
    assert [entry["idempotency_key"] for entry in received] == [task["idempotency_key"]] * posts
    state = app.do("admin", method="GET", path="state")
    assert [known["task_id"] for known in state["tasks"]] == [task["remote_id"]]
    assert file_names(data_dir / "clips") == ["Lamps.mp3"]
    assert (verify(Path(clip["path"])).duration_seconds or 0) > 5
    assert app.quit() == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_create_call_in_flight_makes_one_task(start: Any, data_dir: Path, when: str) -> None:
    app = start()
    delay = {"delay_seconds": HOUR, "delay_when": when}
    order_song(app, method="POST", path=CREATE, action=delay)
    app.do("received", method="POST", path="/text-to-music")
    if when == "after":
        app.do("until_counted", what="tasks", number=1)
    app.kill()
    assert_one_song(start(), data_dir, posts=2)


def test_a_song_in_the_making_is_followed(start: Any, data_dir: Path) -> None:
    app = start(sandbox=SLOW)
    order_song(app)
    app.do("task", status="running")
    app.kill()
    again = start()
    again.do("connect")
    again.do("admin", method="POST", path="settings", body={"speed": 20})
    assert_one_song(again, data_dir, posts=1)


def test_a_clip_half_downloaded_is_saved_once(start: Any, data_dir: Path) -> None:
    app = start()
    app.do("connect")
    app.do("die_at_delivery", delivery="downloading", received_bytes=8192)
    drip = {"drip": {"bytes": 4096, "seconds": 0.2}}
    order_then_die(app, method="GET", path="/media/*", action=drip)
    assert [name.startswith(".") for name in file_names(data_dir / "clips")] == [True]
    assert_one_song(start(), data_dir, posts=1)


@pytest.mark.parametrize(
    ("delivery", "has_name"), [("downloading", False), ("verifying", False), ("saved", True)]
)
def test_a_clip_on_its_way_to_its_name_is_saved_once(
    start: Any, data_dir: Path, delivery: str, has_name: bool
) -> None:
    app = start()
    app.do("connect")
    app.do("die_at_delivery", delivery=delivery)
    order_then_die(app)
    assert ("Lamps.mp3" in file_names(data_dir / "clips")) is has_name
    assert_one_song(start(), data_dir, posts=1)


def order_then_die(app: Any, **fault: Any) -> None:
    order_song(app, **fault)
    app.begin("songs")
    assert app.gone() == -9


def test_streamed_text_survives(start: Any, rows: Any) -> None:
    app = start(sandbox=("--speed", "100"))
    app.do("connect")
    app.do("ask", text="Write 9000 words about lamps", model="sandbox-writer")
    app.begin("die_mid_answer", characters=9000)
    shown = app.line()["result"]
    assert app.gone() == -9
    assert_kept_as_incomplete(start(), rows, at_least=len(shown.encode()) - JOURNAL_BYTES)


def test_slowly_streamed_text_survives(start: Any, rows: Any, data_dir: Path) -> None:
    app = start(sandbox=("--speed", "0.5"))
    app.do("connect")
    app.do("ask", text="Write 9000 words about lamps", model="sandbox-writer")
    app.begin("die_mid_answer", characters=1, database=str(data_dir / "beatra.db"))
    shown = app.line()["result"]
    assert len(shown) < 512, "too fast to tell the second from the two kilobytes"
    assert app.gone() == -9
    assert_kept_as_incomplete(start(), rows, at_least=1)


def assert_kept_as_incomplete(app: Any, rows: Any, *, at_least: int) -> None:
    app.do("connect")
    [_, message] = app.do("conversation")
    assert message["status"] == "incomplete"
    assert len(message["text"].encode()) >= at_least
    assert len(app.do("received", method="POST", path="/chat/completions")) == 1
    assert app.quit() == 0
    [stored] = rows("SELECT * FROM messages WHERE role = 'assistant'")
    assert (stored["status"], stored["text"]) == ("incomplete", message["text"])


def test_a_question_not_yet_answered_is_asked_again_under_its_key(start: Any) -> None:
    app = start()
    app.do("connect")
    fault = {"path": "/v1/chat/*", "action": {"delay_seconds": HOUR}}
    app.do("admin", method="POST", path="faults", body=fault)
    app.do("ask", text="echo: hello")
    app.do("received", method="POST", path="/chat/completions")
    app.kill()
    again = start()
    again.do("connect")
    assert again.do("answer")["text"] == "hello"
    posts = again.do("received", method="POST", path="/chat/completions")
    assert len({post["idempotency_key"] for post in posts}) == 1
    assert again.quit() == 0


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_upload_in_flight_arrives_once_under_its_key(
    start: Any, tmp_path: Path, when: str
) -> None:
    path = tmp_path / "long.bin"
    path.write_bytes(os.urandom(8 * 1024 * 1024))
    app = start()
    app.do("connect")
    fault = {"path": "/v1/uploads", "action": {"delay_seconds": HOUR, "delay_when": when}}
    app.do("admin", method="POST", path="faults", body=fault)
    app.do("drop_file", path=str(path), place="chat")
    app.do("received", method="POST", path="/uploads")
    if when == "after":
        app.do("until_counted", what="artifacts", number=1)
    app.kill()
    again = start()
    again.do("connect")
    [upload] = again.do("uploads")
    assert upload["status"] == "uploaded"
    posts = again.do("received", method="POST", path="/uploads")
    assert [post["idempotency_key"] for post in posts] == [upload["idempotency_key"]] * 2
    assert again.do("admin", method="GET", path="state")["counts"]["artifacts"] == 1
    assert again.quit() == 0


def test_what_was_being_written_survives(start: Any) -> None:
    app = start()
    app.do("connect")
    app.do("type_draft", text="half a tho")
    app.do("until_draft_stored")
    app.kill()
    again = start()
    again.do("connect")
    assert again.do("draft") == "half a tho"
    assert again.quit() == 0
