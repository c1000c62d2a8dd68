"""Settings and the window's memory: one row per name."""

import logging
import sqlite3
from collections.abc import Mapping
from typing import Any, Final, get_type_hints

import msgspec

from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.codec import field_codecs, valid_text
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.glance import SETTING, WINDOW

_CODECS: Final = field_codecs(Settings)
_TYPES: Final = get_type_hints(Settings)
_UPSERT: Final = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)"

_log = logging.getLogger(__name__)


class SettingsRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Settings:
        """What was saved; the default for what was not or makes no sense."""
        stored = dict(self._database.rows("SELECT name, value FROM settings"))
        return Settings(**_usable(stored)).within_limits()

    def save(self, settings: Settings) -> None:
        rows = [(f"{SETTING}{name}", _encode(name, getattr(settings, name))) for name in _CODECS]

        def job(connection: sqlite3.Connection) -> None:
            connection.executemany(_UPSERT, rows)

        self._database.write(job)

    def get_text(self, name: str) -> str:
        """What the window remembered under `name`; empty when nothing."""
        stored = read_setting(self._database, f"{WINDOW}{name}")
        return stored if isinstance(stored, str) else ""

    def set_text(self, name: str, text: str) -> None:
        write_setting(self._database, f"{WINDOW}{name}", text)


def read_setting(database: Database, name: str) -> Any:
    """The stored value; None when there is none."""
    rows = database.rows("SELECT value FROM settings WHERE name = ?", (name,))
    return rows[0][0] if rows else None


def write_setting(database: Database, name: str, text: str) -> None:
    row = (name, valid_text(text))
    database.write(lambda connection: connection.execute(_UPSERT, row).close())


def _encode(name: str, value: Any) -> Any:
    encode, _ = _CODECS[name]
    return value if value is None or encode is None else encode(value)


def _usable(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The stored fields that still mean something; another version may have written them."""
    values: dict[str, Any] = {}
    for name in _CODECS:
        if f"{SETTING}{name}" in stored:
            try:
                values[name] = _decode(name, stored[f"{SETTING}{name}"])
            except (TypeError, ValueError):
                _log.warning("The setting %s is not usable; its default is used", name)
    return values


def _decode(name: str, value: Any) -> Any:
    _, decode = _CODECS[name]
    decoded = value if value is None or decode is None else decode(value)
    return msgspec.convert(decoded, _TYPES[name])
