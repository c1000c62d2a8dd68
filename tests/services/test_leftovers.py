"""Half written files in the user's folders: deleted at the next start, and nothing else is."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from beatra_desktop.storage.database import Database
from tests.services.songs import leftovers_in

pytestmark = pytest.mark.asyncio

KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from beatra_desktop.storage.database import Database
from tests.services.songs import leftovers_in

async def write(database, path):
    async with leftovers_in(Database.open(database)).growing(path):
        path.write_bytes(b"half of it")
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(write(*map(Path, sys.argv[1:])))
"""


async def test_what_a_killed_app_left_is_deleted_at_the_next_start(tmp_path: Path) -> None:
    part, database = tmp_path / "ä\n.part", tmp_path / "beatra.db"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, str(database), str(part), env=environment
    )
    assert await killed.wait() == -9
    assert part.exists()
    reopened = Database.open(database)
    await leftovers_in(reopened).clear()
    assert not part.exists()
    reopened.flush()
    part.write_bytes(b"another's")
    await leftovers_in(reopened).clear()
    assert part.exists(), "it was forgotten"
    reopened.close()


async def test_what_came_to_its_end_is_left_alone(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    async with leftovers_in(database).growing(path):
        path.write_bytes(b"whole")
    database.flush()
    await leftovers_in(database).clear()
    assert path.read_bytes() == b"whole"


async def test_what_was_left_is_gone_before_a_file_grows_in_its_place(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "song.part"
    async with leftovers_in(database).growing(path):
        path.write_bytes(b"old")
        database.flush()
        again = leftovers_in(database)  # as after a crash
    async with again.growing(path):
        assert not path.exists()
        path.write_bytes(b"new")
        await again.clear()
        assert path.read_bytes() == b"new"


async def test_a_folder_that_can_not_be_written_keeps_nothing_from_starting(
    database: Database, tmp_path: Path
) -> None:
    folder = tmp_path / "folder.part"
    folder.mkdir()
    leftovers = leftovers_in(database)
    leftovers._left = [folder]
    await leftovers.clear()
    assert folder.exists()
    assert leftovers._left == []
