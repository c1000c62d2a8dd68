"""Tables that begin with records that come with the app: presets of the chat and of music."""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from beatra_desktop.storage.codec import Table
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import read_setting

RecordT = TypeVar("RecordT")


class StarterRepository(Generic[RecordT]):
    """Writes are queued; reads see what is committed.

    `given` is the setting that says that the starters were given: whoever deletes them has none.
    """

    def __init__(self, database: Database, table: Table[RecordT], *, given: str) -> None:
        self._database = database
        self._table = table
        self._given = given

    def all(self) -> list[RecordT]:
        """The records that were saved, oldest first."""
        return self._database.records(self._table.record, self._table.select("ORDER BY seq"))

    def save(self, record: RecordT) -> None:
        row = self._table.row(record)
        self._database.write(lambda connection: self._table.put(connection, row))

    def delete(self, record_id: str) -> None:
        sql = f"DELETE FROM {self._table.name} WHERE id = ?"
        self._database.write(lambda connection: connection.execute(sql, (record_id,)).close())

    def begin(self, read_starters: Callable[[], Sequence[RecordT]]) -> list[RecordT]:
        """All records; where none were ever given nor saved, the starters are given now."""
        stored = self.all()
        if not self.wants_starters():
            return stored
        starters = [] if stored else read_starters()
        self.give_starters(starters)
        return [*stored, *starters]

    def wants_starters(self) -> bool:
        """Whether nobody has been given records to start with yet."""
        return read_setting(self._database, self._given) is None

    def give_starters(self, records: Sequence[RecordT]) -> None:
        """Save the records to start with, and that they were given, or neither."""
        rows = [self._table.row(record) for record in records]

        def job(connection: sqlite3.Connection) -> None:
            for row in rows:
                self._table.put(connection, row)
            sql = "INSERT OR REPLACE INTO settings (name, value) VALUES (?, 1)"
            connection.execute(sql, (self._given,)).close()

        self._database.write(job)
