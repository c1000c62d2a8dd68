"""What can be wrong with the files of a database when the app starts."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

Damage = Callable[[Path, Random], None]

PAGE: Final = 4096
LOG_HEADER: Final = 32
LOG_FRAME: Final = 24 + PAGE
SIDE_FILES: Final = ("-wal", "-shm")
_NONSENSE: Final = (
    "UPDATE settings SET value = x'ff00' WHERE name LIKE 'ui.%'",
    "INSERT OR REPLACE INTO settings VALUES ('settings.retry_attempts', 'many')",
    "INSERT OR REPLACE INTO settings VALUES ('settings.clip_name_template', 7)",
    "INSERT OR REPLACE INTO settings VALUES ('settings.appearance', 'plaid')",
    "INSERT OR REPLACE INTO settings VALUES ('active_profile', 3.5)",
)


def flip_bytes(path: Path, random: Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(random.randint(1, 4)):
        content[random.randrange(len(content))] ^= random.randrange(1, 256)
    path.write_bytes(content)


def zero_pages(path: Path, random: Random) -> None:
    _overwrite(path, random, bytes(PAGE))


def garbage_pages(path: Path, random: Random) -> None:
    _overwrite(path, random, random.randbytes(PAGE))


def truncate(path: Path, random: Random) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.truncate(random.randrange(size))


def spoil_header(path: Path, random: Random) -> None:
    with path.open("r+b") as file:
        file.write(random.randbytes(random.randint(1, 100)))


def no_database(path: Path, random: Random) -> None:
    path.write_bytes(random.randbytes(random.randint(1, 50_000)))


def flip_log(path: Path, random: Random) -> None:
    flip_bytes(log_of(path), random)


def zero_log(path: Path, random: Random) -> None:
    zero_pages(log_of(path), random)


def truncate_log(path: Path, random: Random) -> None:
    truncate(log_of(path), random)


def remove_log(path: Path, _random: Random) -> None:
    log_of(path).unlink()


def spoil_shared_memory(path: Path, random: Random) -> None:
    path.with_name(f"{path.name}-shm").write_bytes(random.randbytes(32768))


def leave_journal(path: Path, random: Random) -> None:
    path.with_name(f"{path.name}-journal").write_bytes(random.randbytes(random.randint(0, 9000)))


def write_nonsense(path: Path, random: Random) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for sql in random.sample(_NONSENSE[1:], k=2):
            connection.execute(sql)
        connection.commit()


def nothing(_path: Path, _random: Random) -> None:
    """The end was unclean, and that is all."""


RESTING: Final[dict[str, Damage]] = {
    "bytes flipped": flip_bytes,
    "pages zeroed": zero_pages,
    "pages overwritten": garbage_pages,
    "file truncated": truncate,
    "header overwritten": spoil_header,
    "not a database": no_database,
    "bytes of the log flipped": flip_log,
    "pages of the log zeroed": zero_log,
    "log truncated": truncate_log,
    "log removed": remove_log,
    "shared memory damaged": spoil_shared_memory,
    "journal left behind": leave_journal,
    "settings make no sense": write_nonsense,
    "power cut": nothing,
}


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def fold_untouched(before: Path, path: Path) -> None:
    """Write what is left of a damaged log into the database: the frames that are as before.

    That is the most anybody could save who knew which bytes were damaged.
    """
    old = log_of(before).read_bytes()
    new = log_of(path).read_bytes() if log_of(path).exists() else b""
    starts = range(LOG_HEADER, len(old) - LOG_FRAME + 1, LOG_FRAME)
    frames = [old[at : at + LOG_FRAME] if old[at : at + LOG_FRAME] == new[at : at + LOG_FRAME]
              else None for at in starts]  # fmt: skip
    commits = [at for at, frame in enumerate(frames) if frame and any(frame[4:8])]
    with path.open("r+b") as file:
        for frame in filter(None, frames[: max(commits, default=-1) + 1]):
            if frame[8:16] == old[16:24]:
                file.seek((int.from_bytes(frame[:4]) - 1) * PAGE)
                file.write(frame[LOG_FRAME - PAGE :])
    log_of(path).unlink(missing_ok=True)


def crashed_copy(path: Path, folder: Path) -> Path:
    """The files as they lie on the disk at this moment: what a power cut leaves."""
    folder.mkdir()
    for source in (path, *(path.with_name(f"{path.name}{ending}") for ending in SIDE_FILES)):
        if source.exists():
            shutil.copyfile(source, folder / source.name)
    if (path.parent / "backups").exists():
        shutil.copytree(path.parent / "backups", folder / "backups")
    return folder / path.name


def _overwrite(path: Path, random: Random, content: bytes) -> None:
    pages = max(1, path.stat().st_size // PAGE)
    with path.open("r+b") as file:
        for page in random.sample(range(pages), k=min(pages, random.randint(1, 3))):
            file.seek(page * PAGE)
            file.write(content)
