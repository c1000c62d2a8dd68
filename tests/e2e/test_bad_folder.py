"""Data folders and databases that can't be used: one clear sentence, nothing lost."""

import os
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.storage.backups import backup
from beatra_desktop.storage.migrations import NEWEST

TRACEBACK = ("^Traceback", "^  File", "^    ", "^sqlite3.DatabaseError")


@pytest.fixture
def read_only_folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "mounted"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "ro", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def used(start: Any, data_dir: Path) -> Path:
    """A database with a conversation in it, left in order."""
    app = start()
    app.do("connect")
    app.do("ask", text="echo: remember me")
    app.do("answer")
    assert app.quit() == 0
    return data_dir / "beatra.db"


def assert_refused(outcome: Any, folder: Path) -> None:
    assert (outcome.code, outcome.output) == (2, "")
    assert str(folder) in outcome.terminal
    assert outcome.terminal.count("\n") == 1
    assert "Traceback" not in outcome.terminal


def test_a_folder_below_a_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    assert_refused(run("--data-dir", str(file / "data")), file / "data")
    assert file.read_text() == "precious"


def test_a_file_in_the_place_of_the_folder(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("precious")
    assert_refused(run("--data-dir", str(file)), file)
    assert file.read_text() == "precious"


def test_a_folder_that_can_only_be_read(run: Any, read_only_folder: Path) -> None:
    assert_refused(run("--data-dir", str(read_only_folder / "data")), read_only_folder)
    assert_refused(run("--data-dir", str(read_only_folder)), read_only_folder)


def test_a_newer_database_is_left_alone(run: Any, used: Path) -> None:
    with closing(sqlite3.connect(used)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = used.read_bytes()
    outcome = run("--data-dir", str(used.parent))
    assert_refused(outcome, used)
    assert "newer version" in outcome.terminal
    assert used.read_bytes() == before


def test_without_a_screen_a_damaged_database_is_left_alone(run: Any, used: Path) -> None:
    damage(used)
    before = used.read_bytes()
    outcome = run("--data-dir", str(used.parent))
    assert_refused(outcome, used)
    assert "on a screen" in outcome.terminal
    assert used.read_bytes() == before


def test_a_damaged_database_is_rebuilt_if_the_user_says_so(
    start: Any, used: Path, display: Mapping[str, str], rows: Any
) -> None:
    damage(used)
    before = used.read_bytes()
    app = start("--answer", "Save what can be read", environment=display)
    app.expected += ["storage.salvage: The table uploads can't be read whole", *TRACEBACK]
    assert str(used) in app.line()["dialog"]
    app.do("connect")
    [notice] = [n for n in app.do("notices") if n["code"] == "database_restored"]
    kept = used.with_name(notice["parameters"]["kept"])
    assert kept.read_bytes() == before
    app.do("ask", text="echo: it works again")
    assert app.do("answer")["text"] == "it works again"
    assert app.quit() == 0
    assert "remember me" in {row["text"] for row in rows("SELECT text FROM messages")}


def test_a_damaged_database_is_left_alone_if_the_user_says_so(
    start: Any, used: Path, display: Mapping[str, str]
) -> None:
    damage(used)
    before = used.read_bytes()
    app = start("--answer", "Quit", environment=display)
    app.expected.append("is damaged")
    assert str(used) in app.line()["dialog"]
    assert app.gone() == 2
    assert app.terminal.count("\n") == 1
    assert used.read_bytes() == before
    assert list(used.parent.glob("*-damaged-*")) == []


def test_a_damaged_database_gives_way_to_a_copy_if_the_user_says_so(
    start: Any, used: Path, display: Mapping[str, str], rows: Any
) -> None:
    made = backup(used)
    damage(used)
    before = used.read_bytes()
    app = start("--answer", "Go back to the copy of", environment=display)
    assert str(used) in app.line()["dialog"]
    app.do("connect")
    [notice] = [n for n in app.do("notices") if n["code"] == "copy_restored"]
    assert notice["parameters"]["when"] == made.made_at.isoformat()
    assert used.with_name(notice["parameters"]["kept"]).read_bytes() == before
    app.do("ask", text="echo: it works again")
    assert app.do("answer")["text"] == "it works again"
    assert app.quit() == 0
    assert "remember me" in {row["text"] for row in rows("SELECT text FROM messages")}


def test_what_hindered_the_start_is_tried_again_if_the_user_says_so(
    start: Any, used: Path, display: Mapping[str, str]
) -> None:
    with closing(sqlite3.connect(used, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        app = start("--answer", "Try again", environment=display)
        assert "Another program" in app.line()["dialog"]
        other.execute("ROLLBACK")
    while "dialog" in (answer := app.do("connect")):
        assert "Another program" in answer["dialog"]
    assert app.quit() == 0


def damage(database: Path) -> None:
    """Overwrite the pages of one table, as a failing disk would."""
    with closing(sqlite3.connect(database)) as connection:
        page = connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'uploads'"
        root = connection.execute(query).fetchone()[0]
    with database.open("r+b") as file:
        file.seek((root - 1) * page)
        file.write(b"\xff" * page)
