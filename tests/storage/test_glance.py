"""The settings can be looked at before anything is opened, and nothing is changed by it."""

from pathlib import Path

import pytest

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.glance import Glance
from beatra_desktop.storage.profiles import ProfileRepository
from beatra_desktop.storage.settings import SettingsRepository


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a database that was closed in order."""
    path = tmp_path / "beatra #1?.db"
    database = Database.open(path)
    settings = SettingsRepository(database)
    settings.save(Settings(appearance=Appearance.DARK, retry_attempts=3))
    settings.set_text("panes", "wide")
    ProfileRepository(database).set_active(ProfileId("mine"))
    database.close()
    return path


def test_it_sees_what_the_last_run_left_and_touches_nothing(path: Path) -> None:
    before = path.read_bytes()
    glance = Glance(path)
    assert glance.setting("appearance") == "dark"
    assert glance.setting("retry_attempts") == ""
    assert glance.ui_state("panes") == "wide"
    assert glance.ui_state("appearance") == ""
    assert glance.active_profile == "mine"
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_it_waits_for_nobody(path: Path) -> None:
    database = Database.open(path)
    SettingsRepository(database).set_text("panes", "narrow")
    database.flush()
    assert Glance(path).ui_state("panes") == "wide"
    database.close()
    assert Glance(path).ui_state("panes") == "narrow"


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0" + bytes(4096)])
def test_where_nothing_can_be_read_nothing_is_known(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "beatra.db"
    if content is not None:
        path.write_bytes(content)
    assert Glance(path).ui_state("panes") == ""
