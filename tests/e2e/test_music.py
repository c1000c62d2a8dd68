"""A song made from a dropped recording, saved, verified and loaded."""

from pathlib import Path
from typing import Any

from beatra_desktop.audio.verify import verify
from beatra_desktop.paths import resources

SHORT = {"clip_seconds": 8}


def test_a_song_is_made_from_a_dropped_recording(start: Any, rows: Any, data_dir: Path) -> None:
    app = start()
    app.do("connect")
    app.do("admin", method="POST", path="settings", body=SHORT)
    app.do("drop_file", path=str(resources() / "samples" / "riverside-sketch.mp3"))
    app.do("uploads", status="asking")
    app.do("press", text="Yes, upload", within="studio")
    app.do("uploads", status="uploaded")
    app.do("compose", prompt="warm folk, 96 bpm", title="Riverside", model="suno-5.5",
           with_reference=True)  # fmt: skip
    app.do("press", text="Generate", within="studio")
    songs = app.do("songs")
    [task] = songs["tasks"]
    assert task["status"] == "succeeded"
    [post] = app.do("received", method="POST", path="/music/reference-audio-to-music")
    assert post["idempotency_key"] == task["idempotency_key"]
    assert [clip["delivery"] for clip in songs["clips"]] == ["saved", "saved"]
    for number, clip in enumerate(songs["clips"], start=1):
        assert (verify(Path(clip["path"])).duration_seconds or 0) > 5
        assert f"Riverside {number}" in app.do("load", clip_id=clip["id"])
    assert app.quit() == 0
    stored = rows("SELECT path FROM clips WHERE delivery = 'saved' ORDER BY \"index\"")
    names = [Path(row["path"].decode()).name for row in stored]
    assert sorted(path.name for path in (data_dir / "clips").glob("*.mp3")) == sorted(names)
    assert rows("SELECT rights_confirmed_at FROM uploads")[0]["rights_confirmed_at"]


def test_a_killed_app_finds_the_form_as_it_was(start: Any, rows: Any) -> None:
    app = start()
    app.do("connect")
    app.do("compose", prompt="a slow waltz", title="Lamps", lyrics="a line worth keeping")
    before = app.do("music_draft")
    wanted = "SELECT value FROM settings WHERE name = 'ui.music_draft' AND value LIKE '%worth%'"
    while not rows(wanted):
        app.do("music_draft")
    app.kill()
    again = start()
    again.do("connect")
    assert again.do("music_draft") == before
    assert again.quit() == 0


def test_an_empty_prompt_is_named_and_nothing_is_sent(start: Any, rows: Any) -> None:
    app = start()
    app.do("connect")
    app.do("compose", prompt="   ", lyrics="a line worth keeping")
    app.do("press", text="Generate", within="studio")
    words = app.do("spoken", within="studio")
    assert any("describe the song" in word.lower() for word in words), words
    journal = app.do("admin", method="GET", path="journal")
    assert [entry for entry in journal["entries"] if entry["method"] == "POST"] == []
    assert app.quit() == 0
    assert rows("SELECT * FROM tasks") == []
    again = start()
    again.do("connect")
    assert "a line worth keeping" in again.do("music_draft")["lyrics"]
    assert again.quit() == 0
