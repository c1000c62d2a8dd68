"""Folders that were dropped."""

from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.services.uploading import walking
from beatra_desktop.services.uploading.walking import Walk


def _fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def _walked(*paths: Path) -> Walk:
    walk = Walk()
    walk.run(paths)
    return walk


def _names(walk: Walk, folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in walk.files]


def test_folders_are_opened_in_order_down_to_the_last(tmp_path: Path) -> None:
    _fill(tmp_path, "b.txt", "A.txt", "deep/er/c.txt", "deep/d.txt", "also/e.txt")
    walk = _walked(tmp_path)
    assert _names(walk, tmp_path) == [
        "A.txt",
        "b.txt",
        "also/e.txt",
        "deep/d.txt",
        "deep/er/c.txt",
    ]
    assert (walk.skipped, walk.left_out, walk.refusals) == (0, 0, [])


def test_hidden_and_system_files_below_folders_are_counted(tmp_path: Path) -> None:
    _fill(tmp_path, "a.txt", ".hidden", ".git/config", "Thumbs.db", "~$a.docx", "__MACOSX/a.txt")
    walk = _walked(tmp_path)
    assert _names(walk, tmp_path) == ["a.txt"]
    assert walk.skipped == 5
    assert _walked(tmp_path / ".hidden").files == [tmp_path / ".hidden"], "it was meant"


def test_links_to_folders_are_not_followed_and_links_to_files_are(tmp_path: Path) -> None:
    _fill(tmp_path, "real/a.txt")
    (tmp_path / "real" / "round").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "b.txt").symlink_to(tmp_path / "real" / "a.txt")
    (tmp_path / "real" / "dead.txt").symlink_to(tmp_path / "nowhere")
    walk = _walked(tmp_path / "real")
    assert _names(walk, tmp_path / "real") == ["a.txt", "b.txt", "dead.txt"]
    assert walk.skipped == 1


def test_a_file_is_taken_once_though_its_folder_came_with_it(tmp_path: Path) -> None:
    _fill(tmp_path, "a.txt", "b.txt")
    walk = _walked(tmp_path / "b.txt", tmp_path, tmp_path / "." / "a.txt")
    assert _names(walk, tmp_path) == ["b.txt", "a.txt"]


def test_no_more_than_one_drop_may_bring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MAX_FILES", 2)
    _fill(tmp_path, "a", "b", "c", "d")
    walk = _walked(tmp_path)
    assert _names(walk, tmp_path) == ["a", "b"]
    assert walk.left_out == 2


def test_what_is_not_there_is_left_for_the_look_to_tell(tmp_path: Path) -> None:
    assert _walked(tmp_path / "gone").files == [tmp_path / "gone"]


def test_a_closed_folder_is_named(open_folder: Path, as_nobody: Any) -> None:
    _fill(open_folder, "closed/a.txt", "b.txt")
    (open_folder / "closed").chmod(0)
    with as_nobody():
        walk = _walked(open_folder)
    (open_folder / "closed").chmod(0o700)
    [refusal] = walk.refusals
    assert (refusal.name, refusal.failure.code) == ("closed", FailureCode.FILE_FORBIDDEN)
    assert _names(walk, open_folder) == ["b.txt"]


def test_a_walk_that_is_stopped_opens_no_more_folders(tmp_path: Path) -> None:
    _fill(tmp_path, "a.txt")
    walk = Walk()
    walk.is_stopped = True
    walk.run([tmp_path])
    assert walk.files == []
