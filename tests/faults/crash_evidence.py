"""What is left of a case: both databases, the disk, and what the lives were seen to do."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.faults.crash_witness import Sight

Row = dict[str, Any]


@dataclass(frozen=True)
class Evidence:
    """Read after the app and the sandbox have ended."""

    data_dir: Path
    sandbox_dir: Path
    files: Path
    sights: Sequence[Sight]

    def rows(self, sql: str) -> list[Row]:
        """Of the app's database."""
        return _rows(self.data_dir / "beatra.db", sql)

    def seen(self, what: str) -> list[Sight]:
        return [sight for sight in self.sights if sight.what == what]

    def intents(self, *kinds: str) -> list[Sight]:
        return [sight for sight in self.seen("intent") if sight["kind"] in kinds]

    @cached_property
    def last_ticks(self) -> dict[int, int]:
        """When each life was last seen."""
        return {sight.life: sight.tick for sight in self.sights}

    @cached_property
    def requests(self) -> list[Row]:
        return self.rows("SELECT * FROM requests ORDER BY seq")

    @cached_property
    def messages(self) -> list[Row]:
        return self.rows("SELECT * FROM messages ORDER BY seq")

    @cached_property
    def tasks(self) -> list[Row]:
        return self.rows("SELECT * FROM tasks ORDER BY seq")

    @cached_property
    def clips(self) -> list[Row]:
        """With `file`, the path on disk."""
        rows = self.rows("SELECT * FROM clips ORDER BY seq")
        return [{**row, "file": Path(os.fsdecode(row["path"] or b""))} for row in rows]

    @cached_property
    def uploads(self) -> list[Row]:
        return self.rows("SELECT * FROM uploads ORDER BY seq")

    @cached_property
    def posts(self) -> list[Row]:
        """The billable requests the service received, each with a name for its kind."""
        rows = _rows(self.sandbox_dir / "sandbox.db", "SELECT entry FROM journal ORDER BY n")
        entries = [json.loads(row["entry"]) for row in rows]
        return [{**entry, "kind": _kind(entry)} for entry in entries if entry["method"] == "POST"]

    @cached_property
    def service_tasks(self) -> list[Row]:
        rows = _rows(self.sandbox_dir / "sandbox.db", "SELECT document FROM tasks")
        return [json.loads(row["document"]) for row in rows]

    @cached_property
    def artifacts(self) -> dict[str, Row]:
        """What the service keeps, by id, with `file`."""
        rows = _rows(self.sandbox_dir / "sandbox.db", "SELECT * FROM artifacts")
        folder = self.sandbox_dir / "files"
        return {row["artifact_id"]: {**row, "file": folder / row["file_name"]} for row in rows}

    @cached_property
    def answers(self) -> dict[str, str]:
        """The whole text of each answer the service came to the end of, by key."""
        sql = "SELECT key, body FROM answers WHERE content_type LIKE 'text/event-stream%'"
        rows = _rows(self.sandbox_dir / "sandbox.db", sql)
        return {row["key"]: "".join(_deltas(row["body"])) for row in rows}


def _rows(path: Path, sql: str) -> list[Row]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(sql)]


def _kind(entry: Row) -> str:
    path = entry["path"].removeprefix("/v1/")
    if path.endswith("/cancel"):
        return "cancel"
    return {"chat/completions": "chat", "uploads": "upload"}.get(path, "music")


def _deltas(body: bytes) -> Iterator[str]:
    for line in body.decode().splitlines():
        if line.startswith("data: {"):
            for choice in json.loads(line.removeprefix("data: "))["choices"]:
                yield choice["delta"].get("content") or ""
