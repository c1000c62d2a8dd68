"""Text files as part of a message."""

import os
import sys
from pathlib import Path

import pytest

from beatra_desktop.ui.chat.quoting import MAX_QUOTED_BYTES, quoted_file


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
    assert quote is not None
    fence = quote.splitlines()[1].removesuffix("markdown")
    assert fence == "`" * max(3, run.count("`") + 1)
    assert quote.splitlines()[-1] == fence
    assert fence not in "\n".join(quote.splitlines()[2:-1])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("Grüße".encode("latin-1"), id="not UTF-8"),
        pytest.param("Grüße".encode("utf-16"), id="UTF-16"),
        pytest.param(b"a\0b", id="NUL"),
        pytest.param(b"", id="empty"),
        pytest.param(b" \r\n\t\n", id="blank"),
        pytest.param(b"a" * (MAX_QUOTED_BYTES + 1), id="too big"),
    ],
)
def test_what_is_no_text_is_not_quoted(tmp_path: Path, content: bytes) -> None:
    assert quoted_file(_file(tmp_path, "a.txt", content)) is None


def test_the_limit_is_inclusive_and_can_be_lowered(tmp_path: Path) -> None:
    path = _file(tmp_path, "a.txt", b"a" * MAX_QUOTED_BYTES)
    assert quoted_file(path) is not None
    assert quoted_file(path, limit_bytes=MAX_QUOTED_BYTES - 1) is None


def test_what_is_no_file_is_not_quoted(tmp_path: Path) -> None:
    assert quoted_file(tmp_path / "gone.txt") is None
    assert quoted_file(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert quoted_file(tmp_path / "pipe.txt") is None


def test_line_ends_and_the_mark_at_the_start_are_those_of_a_message(tmp_path: Path) -> None:
    quote = quoted_file(_file(tmp_path, "a.txt", b"\xef\xbb\xbfone\r\ntwo\rthree\x0cfour"))
    assert quote == "a.txt\n```\none\ntwo\nthree\x0cfour\n```\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are no text")
def test_a_name_that_is_no_text_can_be_sent(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    path.write_text("au lait")
    quote = quoted_file(path)
    assert quote is not None
    assert quote.encode() == b"caf?.txt\n```\nau lait\n```\n"
