import math
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.ids import ProfileId, UploadId
from beatra_desktop.domain.music import Clip, MusicTask
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.storage.codec import (
    TRANSIENT,
    Table,
    field_codecs,
    milliseconds,
    time_at,
    valid_text,
)
from beatra_desktop.storage.migrations import migrate

TIMES = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
).map(lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000))
PATHS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
st.register_type_strategy(datetime, TIMES)
st.register_type_strategy(Path, PATHS.map(Path))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def records(record_type: type[Any]) -> st.SearchStrategy[Any]:
    """Records with any value in each stored field."""
    hints = get_type_hints(record_type)
    names = [name for name in hints if name not in TRANSIENT]
    return st.builds(record_type, **{name: st.from_type(hints[name]) for name in names})


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "beatra.db", isolation_level=None)
        migrate(connection)
        yield connection
        connection.close()


def round_trip(connection: sqlite3.Connection, table: Table[Any], record: Any) -> Any:
    connection.execute("BEGIN")
    table.put(connection, table.row(record))
    [stored] = table.records(connection.execute(table.select()))
    connection.execute("ROLLBACK")
    return stored


@given(record=records(Conversation))
def test_conversations_come_back_as_they_were(
    connection: sqlite3.Connection, record: Conversation
) -> None:
    assert round_trip(connection, Table("conversations", Conversation), record) == record


@given(record=records(Message))
def test_messages_come_back_as_they_were(connection: sqlite3.Connection, record: Message) -> None:
    assert round_trip(connection, Table("messages", Message), record) == record


@given(record=records(Upload))
def test_uploads_come_back_as_they_were(connection: sqlite3.Connection, record: Upload) -> None:
    assert round_trip(connection, Table("uploads", Upload), record) == record


@given(record=records(MusicTask))
def test_tasks_come_back_as_they_were(connection: sqlite3.Connection, record: MusicTask) -> None:
    assert round_trip(connection, Table("tasks", MusicTask), record) == record


@given(record=records(Clip))
def test_clips_come_back_as_they_were(connection: sqlite3.Connection, record: Clip) -> None:
    assert round_trip(connection, Table("clips", Clip), record) == record


@given(record=records(Request))
def test_requests_come_back_as_they_were(connection: sqlite3.Connection, record: Request) -> None:
    assert round_trip(connection, Table("requests", Request, key="key"), record) == record


@given(record=records(Profile))
def test_profiles_come_back_as_they_were(connection: sqlite3.Connection, record: Profile) -> None:
    assert round_trip(connection, Table("profiles", Profile), record) == record


def test_saving_again_replaces_and_keeps_the_place(connection: sqlite3.Connection) -> None:
    table = Table("profiles", Profile)
    first = Profile(id=ProfileId("1"), name="a", kind=ProfileKind.CUSTOM)
    second = Profile(id=ProfileId("2"), name="b", kind=ProfileKind.CUSTOM)
    connection.execute("BEGIN")
    for profile in (first, second, replace(first, name="c")):
        table.put(connection, table.row(profile))
    rows = connection.execute(table.select("ORDER BY seq"))
    assert table.records(rows) == [replace(first, name="c"), second]
    connection.execute("ROLLBACK")


def test_a_back_off_is_not_stored() -> None:
    assert "wait" not in field_codecs(Message)


@pytest.mark.skipif(sys.platform != "linux", reason="names that are no text exist on Linux only")
def test_a_path_that_is_no_text_is_stored_exactly(connection: sqlite3.Connection) -> None:
    upload = Upload(
        id=UploadId("u"),
        profile_id=ProfileId("p"),
        path=Path(os.fsdecode(b"/music/caf\xe9.mp3")),
        name=os.fsdecode(b"caf\xe9.mp3"),
        purpose=Purpose.MEDIA_INPUT,
        mime_type="audio/mpeg",
        size=1,
        modified_ns=1,
        status=UploadStatus.WAITING,
        created_at=time_at(0),
    )
    stored = round_trip(connection, Table("uploads", Upload), upload)
    assert stored.path == upload.path
    assert stored.name == "caf\ufffd.mp3"


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("plain", "plain"),
        ("\ud83d\ude00 joined", "😀 joined"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("😀 stays", "😀 stays"),
    ],
)
def test_half_characters_do_not_cost_the_text(text: str, valid: str) -> None:
    assert valid_text(text) == valid


@given(text=st.text(st.characters()))
def test_any_text_can_be_made_storable(text: str) -> None:
    valid_text(text).encode()


@given(time=TIMES)
def test_times_keep_their_milliseconds(time: datetime) -> None:
    assert time_at(milliseconds(time)) == time


def test_times_of_other_zones_are_the_same_moment() -> None:
    time = datetime(2026, 3, 1, 12, 0, 0, 1999, tzinfo=timezone(timedelta(hours=5)))
    assert time_at(milliseconds(time)).isoformat() == "2026-03-01T07:00:00.001000+00:00"


def test_a_number_sqlite_has_no_room_for_is_refused(connection: sqlite3.Connection) -> None:
    table = Table("profiles", Profile)
    with pytest.raises(sqlite3.IntegrityError):
        table.put(connection, ("id", math.inf, "custom", None))
