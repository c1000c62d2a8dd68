"""Settings: effective at once, kept, within their limits."""

from pathlib import Path

import pytest

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository


def _service(database: Database) -> SettingsService:
    return SettingsService(SettingsRepository(database))


def test_a_change_is_seen_and_kept(database: Database) -> None:
    service = _service(database)
    seen: list[Settings] = []
    service.settings.changed.connect(seen.append)
    service.change(appearance=Appearance.DARK, clips_folder=Path("/music"))
    assert seen == [service.settings.value]
    database.flush()
    kept = _service(database).settings.value
    assert (kept.appearance, kept.clips_folder) == (Appearance.DARK, Path("/music"))
    service.change(clips_folder=None)
    database.flush()
    assert _service(database).settings.value.clips_folder is None


def test_numbers_stay_within_their_limits_and_unknown_names_are_refused(
    database: Database,
) -> None:
    service = _service(database)
    service.change(retry_attempts=99, parallel_uploads=0)
    assert service.settings.value.retry_attempts == 10
    assert service.settings.value.parallel_uploads == 1
    with pytest.raises(TypeError):
        service.change(no_such_setting=1)


def test_the_window_is_remembered(database: Database) -> None:
    service = _service(database)
    assert service.ui_state("panes") == ""
    service.set_ui_state("panes", "260,380")
    database.flush()
    assert service.ui_state("panes") == "260,380"
