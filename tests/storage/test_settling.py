"""Having everything on the disk soon, or being told that it is not."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository


def test_whoever_can_not_wait_is_told_whether_all_is_on_the_disk(
    database: Database, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        SettingsRepository(database).set_text("x", "kept")
        assert not database.settle(patience_seconds=0.05)
        assert "Not everything was saved in time" in caplog.text
        caplog.clear()
        other.rollback()
    assert database.settle(patience_seconds=20)
    assert SettingsRepository(database).get_text("x") == "kept"
