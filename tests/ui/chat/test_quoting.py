"""Text files as part of a message."""

import codecs
import os
import sys
from pathlib import Path

import pytest

from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES
from beatra_desktop.ui.chat.quoting import (
    MAX_QUOTED_BYTES,
    SNIFFED_BYTES,
    Obstacle,
    quoted_file,
    quoted_text,
)


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_is_fenced_under_its_name(tmp_path: Path) -> None:
    assert quoted_file(_file(tmp_path, "song.PY", b"print('la')\n\n")) == (
        "song.PY\n```python\nprint('la')\n```\n"
    )
    assert quoted_file(_file(tmp_path, "notes", b"rain")) == "notes\n```\nrain\n```\n"


@pytest.mark.parametrize("run", ["```", "`````", "``", "~~~"])
def test_the_fence_is_longer_than_any_run_of_backticks_inside(tmp_path: Path, run: str) -> None:
    quote = quoted_file(_file(tmp_path, "a.md", f"x\n{run}py\ny\n{run}\n".encode()))
    assert not isinstance(quote, Obstacle)
    fence = quote.splitlines()[1].removesuffix("markdown")
    assert fence == "`" * max(3, run.count("`") + 1)
    assert quote.splitlines()[-1] == fence
    assert fence not in "\n".join(quote.splitlines()[2:-1])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Grüße".encode("latin-1"), id="not UTF-8"),
        pytest.param("Grüße".encode("utf-16-le"), id="UTF-16 without its mark"),
        pytest.param("Grüße".encode("utf-32"), id="UTF-32"),
        pytest.param("Grüße".encode("utf-16")[:-1], id="half a character"),
        pytest.param(b"a" * SNIFFED_BYTES + b"\xff", id="not to its end"),
        pytest.param(b"a\0b", id="NUL"),
        pytest.param(b"", id="empty"),
        pytest.param(b" \r\n\t\n", id="blank"),
        pytest.param(b"\x89PNG\r\n" + bytes(MAX_QUOTED_BYTES), id="big and no text"),
    ],
)
def test_what_is_no_text_is_not_quoted(tmp_path: Path, content: bytes) -> None:
    assert quoted_file(_file(tmp_path, "a.txt", content)) is Obstacle.NO_TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_marked_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    content = mark + "Grüße 雨\r\n🎵".encode(encoding)
    assert quoted_file(_file(tmp_path, "a.txt", content)) == "a.txt\n```\nGrüße 雨\n🎵\n```\n"


def test_a_character_across_the_end_of_what_is_looked_at_first_is_text(tmp_path: Path) -> None:
    text = "a" * (SNIFFED_BYTES - 1) + "雨"
    assert quoted_file(_file(tmp_path, "a.txt", text.encode())) == f"a.txt\n```\n{text}\n```\n"


def test_a_long_line_stays_one_line(tmp_path: Path) -> None:
    line = "x " * 60_000
    quote = quoted_file(_file(tmp_path, "a.min.js", line.encode()))
    assert quote == f"a.min.js\n```javascript\n{line.rstrip()}\n```\n"


def test_what_is_too_long_says_so_unless_it_could_not_be_uploaded_either(tmp_path: Path) -> None:
    long = _file(tmp_path, "long.txt", b"a" * (MAX_QUOTED_BYTES + 1))
    assert quoted_file(long) is Obstacle.NO_ROOM
    huge = _file(tmp_path, "huge.txt", b"a")
    os.truncate(huge, MAX_UPLOAD_BYTES + 1)
    assert quoted_file(huge) is Obstacle.TOO_LARGE


def test_the_limit_is_inclusive_and_can_be_lowered(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", b"a" * MAX_QUOTED_BYTES)
    assert not isinstance(quoted_file(path), Obstacle)
    assert quoted_file(path, limit_bytes=MAX_QUOTED_BYTES - 1) is Obstacle.NO_ROOM
    assert quoted_file(path, limit_bytes=0) is Obstacle.NO_ROOM


def test_what_is_no_file_is_not_quoted(tmp_path: Path) -> None:
    assert quoted_file(tmp_path / "gone.txt") is Obstacle.NO_TEXT
    assert quoted_file(tmp_path) is Obstacle.NO_TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert quoted_file(tmp_path / "pipe.txt") is Obstacle.NO_TEXT


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("```.txt", "'''.txt"),
        ("a`b`.txt", "a'b'.txt"),
        ("one\ntwo.txt", "one two.txt"),
        ("    indented.txt", "indented.txt"),
    ],
)
def test_no_name_can_open_a_fence_or_take_two_lines(name: str, shown: str) -> None:
    assert quoted_text(name, "rain") == f"{shown}\n```\nrain\n```\n"


def test_line_ends_and_the_mark_at_the_start_are_those_of_a_message(tmp_path: Path) -> None:
    quote = quoted_file(_file(tmp_path, "a.txt", b"\xef\xbb\xbfone\r\ntwo\rthree\x0cfour"))
    assert quote == "a.txt\n```\none\ntwo\nthree\x0cfour\n```\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are no text")
def test_a_name_that_is_no_text_can_be_sent(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("au lait")
    quote = quoted_file(path)
    assert not isinstance(quote, Obstacle)
    assert quote.encode() == b"caf?.txt\n```\nau lait\n```\n"
