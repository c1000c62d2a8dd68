"""Files that are either whole or not there."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from beatra_desktop.audio.atomic import give_name, part_of, replacing

KILLED = """
import os, signal, sys
from pathlib import Path
from beatra_desktop.audio.atomic import replacing
with replacing(Path(sys.argv[1])) as part:
    part.write_bytes(b"half of it")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_what_a_crash_leaves_is_taken_up_by_the_next_try(tmp_path: Path) -> None:
    target = tmp_path / "song.mp3"
    assert subprocess.run([sys.executable, "-c", KILLED, target], check=False).returncode == -9
    assert _names(tmp_path) == [part_of(target).name]
    with replacing(target) as part:
        assert not part.exists()
        part.write_bytes(b"all of it")
    assert _names(tmp_path) == ["song.mp3"]
    assert target.read_bytes() == b"all of it"


def test_two_that_write_the_same_file_do_not_meet(tmp_path: Path) -> None:
    target = tmp_path / "song.mp3"
    with replacing(target) as first:
        first.write_bytes(b"first")
        with replacing(target) as second:
            second.write_bytes(b"second")
        assert first.read_bytes() == b"first"
    assert target.read_bytes() == b"first"
    assert _names(tmp_path) == ["song.mp3"]


def test_a_failure_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 255)
    target.write_bytes(b"old")

    def fail() -> None:
        with replacing(target) as part:
            part.write_bytes(b"new")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == [target.name]


def test_where_folders_can_not_be_flushed_a_file_gets_its_name_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on many disks of the network."""
    fsync = os.fsync

    def refuse_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Invalid argument")
        fsync(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    part, target = tmp_path / "part", tmp_path / "song"
    part.write_bytes(b"whole")
    give_name(part, target)
    with replacing(target) as fresh:
        fresh.write_bytes(target.read_bytes() + b" again")
    assert target.read_bytes() == b"whole again"
