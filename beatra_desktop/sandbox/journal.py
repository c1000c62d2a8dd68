"""Every request the sandbox received, for tests that count them."""

from typing import Any, Final

import msgspec

from beatra_desktop.sandbox.database import Database

KEPT_ENTRIES: Final = 20_000


class Journal:
    """Entries are numbered from 1; the newest are kept over restarts until a reset."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, entry: dict[str, Any]) -> int:
        """Write an entry at once, so that a request in flight is seen; return its number."""
        n = self._database.run("insert into journal (entry) values (?)", _text(entry))
        self._database.run("delete from journal where n <= ?", n - KEPT_ENTRIES)
        return n

    def finish(self, n: int, entry: dict[str, Any]) -> None:
        self._database.run("update journal set entry = ? where n = ?", _text(entry), n)

    def since(self, n: int) -> list[dict[str, Any]]:
        """Return the entries with a number above `n`, oldest first."""
        rows = self._database.rows("select n, entry from journal where n > ? order by n", n)
        return [{"n": row["n"], **msgspec.json.decode(row["entry"])} for row in rows]


def _text(entry: dict[str, Any]) -> str:
    return msgspec.json.encode(entry).decode()
