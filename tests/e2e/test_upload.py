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
    app.do("until_uploads", number=1)
    [upload] = app.do("uploads")
    assert upload["status"] == "uploaded"
    assert upload["sent_bytes"] == upload["size"] == LIMIT
    [post] = app.do("received", method="POST", path="/uploads")
    assert post["body_bytes"] > LIMIT
    assert app.status("VmHWM") - before < GROWTH
    assert app.quit() == 0


def test_each_file_that_cannot_be_sent_says_why(start: Any, tmp_path: Path, rows: Any) -> None:
    empty, large, gone, pipe = (
        tmp_path / name for name in ("empty.bin", "large.bin", "gone.bin", "pipe.bin")
    )
    empty.touch()
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(LIMIT + 1)
    app = start()
    app.do("connect")
    for path in (empty, large, gone, pipe):
        app.do("drop_file", path=str(path), place="studio")
    refused = app.do("refusals", number=4)
    assert {each["name"]: each["failure"]["code"] for each in refused} == {
        "empty.bin": "file_empty",
        "large.bin": "file_too_large",
        "gone.bin": "file_gone",
        "pipe.bin": "not_a_file",
    }
    words = " ".join(app.do("spoken", within="preflight_card"))
    assert "can't be sent" in words
    journal = app.do("admin", method="GET", path="journal")
    assert [entry for entry in journal["entries"] if entry["method"] == "POST"] == []
    assert app.quit() == 0
    assert rows("SELECT * FROM uploads") == []
