"""Files dropped on the window: large ones, and ones that can't be sent."""

import os
from pathlib import Path
from typing import Any, Final

import pytest

MEGABYTE: Final = 1024 * 1024
LIMIT: Final = 100 * MEGABYTE
GROWTH: Final = 40 * MEGABYTE


@pytest.fixture
def large_file(tmp_path: Path) -> Path:
    path = tmp_path / "large.bin"
    chunk = os.urandom(MEGABYTE)
    with path.open("wb") as file:
        for _ in range(LIMIT // MEGABYTE):
            file.write(chunk)
    return path


def test_the_largest_file_goes_up_with_flat_memory(start: Any, large_file: Path) -> None:
    app = start()
    app.do("connect")
    app.do("drop_file", path=str(large_file.with_name("large.bin")), place="chat")
    before = app.status("VmRSS")
    [upload] = app.do("uploads")
    assert upload["status"] == "uploaded"
    assert upload["sent_bytes"] == upload["size"] == LIMIT
    [post] = app.do("received", method="POST", path="/uploads")
    assert post["body_bytes"] > LIMIT
    assert app.status("VmHWM") - before < GROWTH
    assert app.quit() == 0


def test_each_file_that_cannot_be_sent_says_why(start: Any, tmp_path: Path, rows: Any) -> None:
    empty, large, gone = (tmp_path / name for name in ("empty.bin", "large.bin", "gone.bin"))
    empty.touch()
    with large.open("wb") as file:
        file.truncate(LIMIT + 1)
    app = start()
    app.do("connect")
    for path in (empty, large, gone, tmp_path):
        app.do("drop_file", path=str(path), place="studio")
    uploads = app.do("uploads")
    assert {Path(upload["path"]).name: upload["failure"]["code"] for upload in uploads} == {
        "empty.bin": "file_empty",
        "large.bin": "file_too_large",
        "gone.bin": "file_gone",
        tmp_path.name: "not_a_file",
    }
    words = " ".join(app.do("spoken", within="studio"))
    for name in ("empty.bin", "large.bin", "gone.bin", tmp_path.name):
        assert f"“{name}”" in words
    journal = app.do("admin", method="GET", path="journal")
    assert [entry for entry in journal["entries"] if entry["method"] == "POST"] == []
    assert app.quit() == 0
    assert len(rows("SELECT * FROM uploads")) == 4
