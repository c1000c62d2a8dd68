"""What a disk and other programs do to a database that is in use."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Final

Fault = Callable[[Path, Random], AbstractContextManager[None]]

_LOCK: Final = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""
DISK_BYTES: Final = 1024 * 1024


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own where one may be mounted, else a plain folder."""
    folder.mkdir(exist_ok=True)
    size = f"size={8 * DISK_BYTES}"
    mounted = os.geteuid() == 0 and not _run("mount", "-t", "tmpfs", "-o", size, "none", folder)
    try:
        yield folder
    finally:
        if mounted:
            _run("umount", "-l", folder)


@contextmanager
def full_disk(path: Path, random: Random) -> Iterator[None]:
    """Other files take the room, but for some bytes; a limit of files does where none was mounted.

    Both are met in the middle of whatever is written then.
    """
    if not path.parent.parent.is_mount():
        with file_limit(path, random):
            yield
        return
    filler = path.with_name("filler")
    room = shutil.disk_usage(path.parent).free - random.randrange(0, 80_000)
    with filler.open("wb") as file:
        file.write(b"x" * max(0, room))
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def file_limit(path: Path, random: Random, *, at_most: int | None = None) -> Iterator[None]:
    """No file may grow past a drawn byte, as with a quota."""
    sizes = [each.stat().st_size for each in path.parent.iterdir() if each.is_file()]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    drawn = max(sizes, default=0) + random.randrange(0, 60_000)
    limit = drawn if at_most is None else at_most
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked(path: Path, _random: Random) -> Iterator[None]:
    """Another process holds the database."""
    with subprocess.Popen(
        [sys.executable, "-c", _LOCK, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None, "opened as a pipe"
        assert process.stdout.readline() == b"locked\n"
        yield
        process.kill()


@contextmanager
def log_removed(path: Path, random: Random) -> Iterator[None]:
    """A tidy program removes the files beside the database."""
    for ending in random.choice((("-wal",), ("-shm",), ("-wal", "-shm"))):
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").unlink()
    yield


@contextmanager
def folder_moved(path: Path, _random: Random) -> Iterator[None]:
    """The folder has another name for a while; it comes back by itself."""
    away = path.parent.with_name("away")
    path.parent.rename(away)
    try:
        yield
    finally:
        if not path.parent.exists():
            away.rename(path.parent)


@contextmanager
def rights_lost(path: Path, random: Random) -> Iterator[None]:
    """Nothing may be written to the files, or to the folder, any more."""
    targets = [path.parent, *path.parent.glob(f"{path.name}*")]
    chosen = random.sample(targets, k=random.randint(1, len(targets)))
    before = {target: target.stat().st_mode for target in chosen}
    for target in chosen:
        target.chmod(0o500 if target.is_dir() else 0o400)
    try:
        yield
    finally:
        for target, mode in before.items():
            if target.exists():
                target.chmod(mode)


RUNNING: Final[dict[str, Fault]] = {
    "disk full": full_disk,
    "no file may grow": file_limit,
    "locked by another process": locked,
    "log removed while running": log_removed,
    "folder moved while running": folder_moved,
    "rights lost while running": rights_lost,
}


def _run(*command: str | Path) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode
