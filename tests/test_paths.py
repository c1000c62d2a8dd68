"""Locations: defaults, --data-dir, and folders that can't be used."""

import sys
from pathlib import Path

import pytest

from beatra_desktop.paths import DataDirUnusable, Paths, resources


def test_everything_lies_under_a_given_data_dir(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "here")
    paths.ensure()
    for folder in (paths.clips, paths.logs, paths.cache, paths.sandbox):
        assert folder.is_dir()
        assert folder.is_relative_to(tmp_path / "here")
    assert paths.database == tmp_path / "here" / "beatra.db"
    assert list(paths.data_dir.rglob("*.*")) == []


def test_a_relative_data_dir_stays_where_it_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths.under(Path("mine"))
    monkeypatch.chdir("/")
    assert paths.data_dir == tmp_path / "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG variables are Linux's")
def test_defaults_follow_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_MUSIC_DIR"):
        monkeypatch.delenv(name, raising=False)
    paths = Paths.default()
    assert paths.data_dir == tmp_path / ".local/share/beatra-desktop"
    assert paths.clips == tmp_path / "Music/Beatra"
    paths.ensure()
    assert paths.logs.is_dir()
    assert not paths.clips.exists()


def test_only_the_user_can_read_the_folders(tmp_path: Path) -> None:
    paths = Paths.under(tmp_path / "private")
    paths.ensure()
    if sys.platform != "win32":
        assert paths.data_dir.stat().st_mode & 0o077 == 0


def test_a_file_in_the_way_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("mine")
    with pytest.raises(DataDirUnusable) as caught:
        Paths.under(blocked).ensure()
    assert caught.value.path == blocked
    assert blocked.read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc refuses files even to root")
def test_a_folder_that_takes_no_files_is_refused() -> None:
    with pytest.raises(DataDirUnusable):
        Paths.under(Path("/proc/self")).ensure()


def test_resources_are_found() -> None:
    assert resources().is_dir()
    assert resources().name == "resources"
