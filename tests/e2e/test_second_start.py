"""One window per data folder."""

from pathlib import Path
from signal import SIGCONT, SIGSTOP
from typing import Any


def test_a_second_start_raises_the_first_and_hands_its_files_over(
    start: Any, run: Any, data_dir: Path, tmp_path: Path
) -> None:
    note = tmp_path / "a note.bin"
    note.write_bytes(b"worth keeping")
    app = start()
    app.do("connect")
    app.do("minimise")
    hostile = "beatra:song?prompt=rain"
    second = run("--data-dir", str(data_dir), str(note), hostile)
    assert (second.code, second.output, second.terminal) == (0, "", "")
    assert app.do("raised")
    app.do("until_uploads", number=1)
    [upload] = app.do("uploads")
    assert (upload["path"], upload["status"]) == (str(note), "uploaded")
    assert [notice["code"] for notice in app.do("notices")] == ["link_refused"]
    assert app.do("songs")["tasks"] == []
    assert app.quit() == 0


def test_files_are_found_from_where_the_second_start_stood(
    start: Any, run: Any, data_dir: Path, tmp_path: Path
) -> None:
    app = start()
    app.do("connect")
    run("--data-dir", str(data_dir), "LICENSE")
    app.do("until_uploads", number=1)
    [upload] = app.do("uploads")
    assert Path(upload["path"]).is_absolute()
    assert upload["status"] == "uploaded"
    assert app.quit() == 0


def test_a_first_window_that_hangs_is_told_of(start: Any, run: Any, data_dir: Path) -> None:
    app = start()
    app.do("connect")
    app.signal(SIGSTOP)
    outcome = run("--data-dir", str(data_dir))
    app.signal(SIGCONT)
    assert outcome.code == 2
    assert f"already open with the folder {data_dir}" in outcome.terminal
    assert outcome.terminal.count("\n") == 1
    assert app.quit() == 0


def test_another_data_folder_is_another_window(start: Any, tmp_path: Path) -> None:
    first, second = start(), start(data_dir=tmp_path / "other")
    assert first.do("connect")["phase"] == "ready"
    assert second.do("connect")["phase"] == "ready"
    assert first.quit() == second.quit() == 0


def test_a_killed_window_does_not_stand_in_the_way(start: Any) -> None:
    app = start()
    app.do("connect")
    app.kill()
    again = start()
    assert again.do("connect")["phase"] == "ready"
    assert again.quit() == 0


def test_files_of_the_command_line_are_added(start: Any, tmp_path: Path) -> None:
    note = tmp_path / "note.bin"
    note.write_bytes(b"worth keeping")
    app = start("--file", str(note))
    app.do("connect")
    app.do("until_uploads", number=1)
    [upload] = app.do("uploads")
    assert upload["status"] == "uploaded"
    assert app.quit() == 0
