"""Profiles on disk; the built-in ones are not stored, keys never."""

from typing import Final

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile
from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.glance import ACTIVE_PROFILE
from beatra_desktop.storage.settings import read_setting, write_setting

PROFILES: Final = Table("profiles", Profile)


class ProfileRepository:
    """Writes are queued; reads see what is committed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Profile]:
        """The profiles that were saved, oldest first."""
        return self._database.records(PROFILES.record, PROFILES.select("ORDER BY seq"))

    def save(self, profile: Profile) -> None:
        row = PROFILES.row(profile)
        self._database.write(lambda connection: PROFILES.put(connection, row))

    def delete(self, profile_id: ProfileId) -> None:
        sql = "DELETE FROM profiles WHERE id = ?"
        self._database.write(lambda connection: connection.execute(sql, (profile_id,)).close())

    def active_id(self) -> ProfileId | None:
        stored = read_setting(self._database, ACTIVE_PROFILE)
        return ProfileId(stored) if isinstance(stored, str) else None

    def set_active(self, profile_id: ProfileId) -> None:
        write_setting(self._database, ACTIVE_PROFILE, profile_id)
