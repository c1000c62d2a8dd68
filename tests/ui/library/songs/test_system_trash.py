"""The computer's trash gets the file, or says that it did not."""

from pathlib import Path

import pytest

from beatra_desktop.ui.library.songs.system_trash import throw_away


def test_a_file_is_gone_from_its_place_but_not_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    file = tmp_path / "Night.mp3"
    file.write_bytes(b"sound")
    throw_away(file)
    assert not file.exists()
    kept = [path for path in tmp_path.rglob("Night.mp3")] + [
        path for path in Path("/").glob(".Trash*/**/Night.mp3")
    ]
    assert kept


def test_what_cannot_be_moved_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="trash"):
        throw_away(tmp_path / "gone.mp3")
