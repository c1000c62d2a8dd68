"""The whole app, started by its command line on a data folder it can't use."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from beatra_desktop.storage.database import Database
from beatra_desktop.storage.migrations import NEWEST
from tests.e2e.app_process import ROOT, home_environment
from tests.faults.campaign import Case
from tests.faults.disk_damage import no_database
from tests.faults.disk_verdicts import Story

REFUSED: Final = 2
PATIENCE_SECONDS: Final = 90.0


def start(case: Case, kind: str) -> Story:
    """One line on the terminal that names what is wrong, exit code 2, and nothing is changed."""
    story = Story(kind=f"starting: {kind}")
    home = case.folder / "home"
    home.mkdir()
    data = case.folder / "data"
    culprit = STARTING[kind](data, case.random)
    before = culprit.read_bytes() if culprit.is_file() else b""
    done = subprocess.run(
        [sys.executable, "-m", "beatra_desktop", "--data-dir", str(data)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
        env=home_environment(home),
        cwd=ROOT,
    )
    said = done.stderr
    is_polite = said.count("\n") == 1 and said.count(". ") > 1 and str(culprit) in said
    if done.returncode != REFUSED or not is_polite:
        story.unexplained.append(f"{done.returncode}: {said[-300:]}")
    if culprit.is_file() and culprit.read_bytes() != before:
        story.lost.append(f"{culprit} was changed")
    return story


def _file_as_folder(data: Path, random: Random) -> Path:
    culprit = random.choice((data, data / "logs", data / "cache", data / "clips", data / "sandbox"))
    culprit.parent.mkdir(exist_ok=True)
    culprit.write_text("precious")
    return culprit


def _dead_link(data: Path, random: Random) -> Path:
    culprit = random.choice((data, data / "logs", data / "cache"))
    culprit.parent.mkdir(exist_ok=True)
    culprit.symlink_to(data.parent / "nowhere" / "drive")
    return culprit


def _newer(data: Path, random: Random) -> Path:
    path = _filled(data)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {NEWEST + random.randint(1, 9)}")
    return path


def _damaged(data: Path, random: Random) -> Path:
    path = _filled(data)
    no_database(path, random)
    return path


def _folder_as_file(data: Path, _random: Random) -> Path:
    path = data / "beatra.db"
    path.mkdir(parents=True)
    return path


STARTING: Final[dict[str, Callable[[Path, Random], Path]]] = {
    "a file in the place of a folder": _file_as_folder,
    "a folder is a dead link": _dead_link,
    "newer schema": _newer,
    "damaged, without a screen": _damaged,
    "a folder in the place of the database": _folder_as_file,
}


def _filled(data: Path) -> Path:
    data.mkdir()
    path = data / "beatra.db"
    Database.open(path).close()
    return path
