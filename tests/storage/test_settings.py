import logging
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import fields

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository


@pytest.fixture
def repository(database: Database) -> SettingsRepository:
    return SettingsRepository(database)


def put(database: Database, name: str, value: Any) -> None:
    sql = "INSERT OR REPLACE INTO settings VALUES (?, ?)"
    database.write(lambda connection: connection.execute(sql, (name, value)).close())
    database.flush()


def test_nothing_saved_gives_the_defaults(repository: SettingsRepository) -> None:
    assert repository.load() == Settings()


@pytest.mark.parametrize(
    "settings",
    [
        Settings(),
        Settings(
            appearance=Appearance.DARK,
            enter_sends=False,
            clips_folder=Path("/music/beatra"),
            retry_attempts=3,
            parallel_uploads=4,
        ),
    ],
)
def test_settings_come_back_as_they_were(
    database: Database, repository: SettingsRepository, settings: Settings
) -> None:
    repository.save(settings)
    database.flush()
    assert repository.load() == settings
    assert len(database.rows("SELECT * FROM settings")) == len(fields(Settings))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appearance", "neon"),
        ("appearance", 3),
        ("retry_attempts", "many"),
        ("retry_attempts", 2.5),
        ("retry_attempts", None),
        ("clips_folder", 7),
    ],
)
def test_a_value_that_makes_no_sense_gives_its_default_and_costs_no_other(
    database: Database,
    repository: SettingsRepository,
    caplog: pytest.LogCaptureFixture,
    name: str,
    value: Any,
) -> None:
    repository.save(Settings(enter_sends=False))
    put(database, f"settings.{name}", value)
    assert repository.load() == Settings(enter_sends=False)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert name in caplog.text


def test_numbers_out_of_range_are_brought_into_it(
    database: Database, repository: SettingsRepository
) -> None:
    put(database, "settings.retry_attempts", 1000)
    assert repository.load().retry_attempts == 10


def test_names_of_another_version_are_ignored(
    database: Database, repository: SettingsRepository
) -> None:
    put(database, "settings.hologram", 1)
    assert repository.load() == Settings()


def test_the_window_remembers_texts_by_name(
    database: Database, repository: SettingsRepository
) -> None:
    assert repository.get_text("appearance") == ""
    repository.set_text("appearance", "not the setting")
    repository.set_text("splitter", "1,2")
    repository.set_text("splitter", "3,4\ud83d")
    database.flush()
    assert repository.get_text("splitter") == "3,4\ufffd"
    assert repository.load() == Settings()
