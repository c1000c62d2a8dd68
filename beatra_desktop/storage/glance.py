"""A look at the settings before the database is opened, for the window's first picture.

It changes nothing, waits for nobody and needs little of the app. After an unclean end it shows what
the last clean one left.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

SETTING: Final = "settings."
"""Goes before the name of what the user chose."""
WINDOW: Final = "ui."
"""Goes before the name of what the window remembers."""
ACTIVE_PROFILE: Final = "active_profile"

_log = logging.getLogger(__name__)


class Glance:
    """What the settings' table holds, by name; nothing where there is none that can be read."""

    def __init__(self, path: Path) -> None:
        self._stored = _stored(path)

    def setting(self, name: str) -> str:
        """What the user chose, if that is a text; else empty."""
        return self._text(f"{SETTING}{name}")

    @property
    def active_profile(self) -> str:
        """The id of the profile of the last run; empty when none was chosen yet."""
        return self._text(ACTIVE_PROFILE)

    def ui_state(self, name: str) -> str:
        """What the window remembered under `name`; empty when nothing."""
        return self._text(f"{WINDOW}{name}")

    def _text(self, name: str) -> str:
        stored = self._stored.get(name)
        return stored if isinstance(stored, str) else ""


def _stored(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as file:
            return dict(file.execute("SELECT name, value FROM settings"))
    except (sqlite3.Error, ValueError) as error:  # whoever opens it in order tells the user
        _log.info("The settings could not be looked at: %s", error)
        return {}
