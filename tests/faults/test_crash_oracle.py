"""The crash campaign's oracle sees what it is there for, in cases that are written by hand."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.sandbox.database import SCHEMA
from beatra_desktop.storage.database import Database
from tests.faults import crash_oracle
from tests.faults.crash_evidence import Evidence
from tests.faults.crash_oracle import TEXT_TICKS
from tests.faults.crash_witness import Sight


@dataclass
class Scene:
    """A case that ended, told row by row; what a row does not say is empty."""

    folder: Path
    sights: list[Sight] = field(default_factory=list)

    def see(self, what: str, tick: int, **facts: Any) -> None:
        self.sights.append(Sight(what, tick, 0, facts))

    def store(self, table: str, **fields: Any) -> None:
        with closing(sqlite3.connect(self.folder / "beatra.db")) as connection, connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
            blank = {
                name: "" if kind == "TEXT" else b"" if kind == "BLOB" else 0
                for _, name, kind, is_needed, default, key in columns
                if is_needed and default is None and not key
            }
            row = {**blank, **fields}
            marks = ", ".join("?" for _ in row)
            names = ", ".join(f'"{name}"' for name in row)
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
            connection.execute(sql, tuple(row.values()))

    def receive(self, path: str, key: str, body: str, status: int | None = 200) -> None:
        entry = {
            "method": "POST",
            "path": f"/v1/{path}",
            "idempotency_key": key,
            "body_sha256": body,
            "body_bytes": len(body),
            "status": status,
        }
        self._at_service("insert into journal (entry) values (?)", json.dumps(entry))

    def make(self, task_id: str, prompt: str) -> None:
        document = {"task_id": task_id, "status": "succeeded", "input": {"prompt": prompt}}
        self._at_service(
            "insert into tasks (task_id, status, capability, created_at, document)"
            " values (?, 'succeeded', '', 0, ?)",
            *(task_id, json.dumps({**document, "clips": []})),
        )

    def _at_service(self, sql: str, *values: Any) -> None:
        with closing(sqlite3.connect(self.folder / "sandbox" / "sandbox.db")) as connection:
            connection.execute(sql, values)
            connection.commit()

    def found(self, check: Callable[[Evidence], Iterator[str]]) -> list[str]:
        evidence = Evidence(self.folder, self.folder / "sandbox", self.folder, self.sights)
        return list(check(evidence))


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    Database.open(tmp_path / "beatra.db").close()
    (tmp_path / "sandbox").mkdir()
    with closing(sqlite3.connect(tmp_path / "sandbox" / "sandbox.db")) as connection:
        connection.executescript(SCHEMA)
    return Scene(tmp_path)


def test_a_second_key_another_body_and_a_key_nobody_knows_are_seen(scene: Scene) -> None:
    for key in ("k1", "k2"):
        scene.store("requests", key=key, kind="upload", owner_id="u1")
        scene.receive("uploads", key, "body")
    assert scene.found(crash_oracle.check_keys) == ["upload u1 was sent under ['k1', 'k2']"]
    scene.receive("uploads", "k2", "bodx")
    scene.receive("uploads", "k3", "body")
    assert len(scene.found(crash_oracle.check_keys)) == 3


def test_a_body_that_was_cut_on_its_way_is_no_other_body(scene: Scene) -> None:
    scene.store("requests", key="k1", kind="upload", owner_id="u1")
    scene.receive("uploads", "k1", "bo", status=499)
    scene.receive("uploads", "k1", "body")
    assert scene.found(crash_oracle.check_keys) == []


def test_more_keys_than_wishes_and_more_songs_than_orders_are_seen(scene: Scene) -> None:
    scene.see("intent", 1, kind="music", text="waltz")
    for number in (1, 2):
        scene.receive("music/text-to-music", f"k{number}", "body")
        scene.make(f"tsk{number}", "waltz")
    assert len(scene.found(crash_oracle.check_counts)) == 1
    assert len(scene.found(crash_oracle.check_tasks_once)) == 1
    assert len(scene.found(crash_oracle.check_tasks_known)) == 2


@pytest.mark.parametrize(("status", "is_fine"), [("complete", True), ("incomplete", False)])
def test_a_request_that_is_settled_before_its_answer_is_seen(
    scene: Scene, status: str, is_fine: bool
) -> None:
    scene.store("requests", key="k1", kind="chat", owner_id="m1", state="created")
    scene.store("messages", id="m1", role="assistant", status=status, idempotency_key="k1")
    assert (scene.found(crash_oracle.check_requests_settled) == []) is is_fine


@pytest.mark.parametrize(("age", "kept", "is_fine"), [
    (TEXT_TICKS, "One", True),
    (TEXT_TICKS, "On", False),
    (TEXT_TICKS - 1, "", True),
    (TEXT_TICKS - 1, "Two", False),
])  # fmt: skip
def test_text_that_was_on_show_for_a_second_and_is_gone_is_seen(
    scene: Scene, age: int, kept: str, is_fine: bool
) -> None:
    scene.see("shown", 1, message="m1", more="One")
    scene.see("rest", 1 + age)
    scene.store("messages", id="m1", role="assistant", text=kept)
    assert (scene.found(crash_oracle.check_text) == []) is is_fine


def test_more_than_two_kilobytes_that_are_gone_are_seen_sooner(scene: Scene) -> None:
    scene.see("shown", 1, message="m1", more="x" * 3000)
    scene.see("rest", 1 + crash_oracle.BURST_TICKS)
    scene.store("messages", id="m1", role="assistant", text="x" * 900)
    assert len(scene.found(crash_oracle.check_text)) == 1


@pytest.mark.parametrize(("draft", "is_fine"), [("half a thought", True), ("half", False)])
def test_what_was_typed_and_is_nowhere_is_seen(scene: Scene, draft: str, is_fine: bool) -> None:
    for tick, text in enumerate(("half", "half a th", "half a tho")):
        scene.see("typed", tick, text=text)
    scene.see("rest", TEXT_TICKS + 1)
    scene.store("conversations", id="c1", draft=draft)
    assert (scene.found(crash_oracle.check_typed) == []) is is_fine


def test_a_change_that_was_undone_by_the_end_is_seen(scene: Scene) -> None:
    scene.see("changed", 1, subject="title of c1", value="Lamps")
    scene.see("changed", TEXT_TICKS + 1, subject="title of c1", value="Wicks")
    scene.see("rest", TEXT_TICKS + 2)
    scene.store("conversations", id="c1", title="Lanterns")
    assert len(scene.found(crash_oracle.check_changes)) == 1
    scene.store("conversations", id="c2", title="")
    with closing(sqlite3.connect(scene.folder / "beatra.db")) as connection, connection:
        connection.execute("UPDATE conversations SET title = 'Lamps'")
    assert scene.found(crash_oracle.check_changes) == []


def test_half_an_answer_that_is_called_complete_is_seen(scene: Scene) -> None:
    events = "".join(
        f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n"
        for text in ("One ", "two")
    )
    scene._at_service(
        "insert into answers values ('k1', '', 200, 'text/event-stream', ?, 0)", events.encode()
    )
    row = {"role": "assistant", "idempotency_key": "k1", "text": "One "}
    scene.store("messages", id="m1", status="incomplete", **row)
    assert scene.found(crash_oracle.check_answers) == []
    scene.store("messages", id="m2", status="complete", **row)
    assert len(scene.found(crash_oracle.check_answers)) == 1


def test_what_is_under_way_for_ever_is_seen(scene: Scene) -> None:
    scene.store("messages", id="m1", role="assistant", status="streaming")
    scene.store("uploads", id="u1", status="sending")
    scene.store("tasks", id="t1", status="queued")
    assert len(scene.found(crash_oracle.check_rest)) == 3
