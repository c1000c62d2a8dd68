"""The archive, which follows all conversations."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.ids import ConversationId, ProfileId
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.archive import Archive

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _conversation(number: int, *, archived: bool = False) -> Conversation:
    """The higher the number, the older."""
    at = NOON - timedelta(minutes=number)
    return Conversation(
        id=ConversationId(str(number)),
        profile_id=ProfileId("sandbox"),
        title="",
        created_at=at,
        updated_at=at,
        is_archived=archived,
    )


def _expected(records: Records[Conversation]) -> list[Conversation]:
    return [conversation for conversation in records if conversation.is_archived]


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["archive", "unarchive", "rename", "remove", "add", "reset"]),
            st.integers(0, 7),
        )
    )
)
def test_it_holds_what_is_archived_in_the_same_order(steps: list[tuple[str, int]]) -> None:
    records = Records(_conversation(number, archived=number % 2 == 0) for number in range(6))
    archive = Archive(records)
    for step, number in steps:
        known = records.get(str(number))
        if step == "add" and known is None:
            row = sum(int(c.id) < number for c in records)
            records.insert(row, _conversation(number, archived=True))
        elif known is not None and step == "remove":
            records.remove(known.id)
        elif known is not None and step in ("archive", "unarchive"):
            records.replace(replace(known, is_archived=step == "archive"))
        elif known is not None and step == "rename":
            records.replace(replace(known, title=known.title + "x"))
        elif step == "reset":
            records.assign(list(records)[number // 4 :])
        assert list(archive.records) == _expected(records)


def test_it_tells_nothing_when_nothing_of_it_changed() -> None:
    records = Records([_conversation(1), _conversation(2, archived=True)])
    archive = Archive(records)
    for signal in (archive.records.reset, archive.records.changed, archive.records.inserted):
        signal.connect(lambda *_rows: pytest.fail("nothing changed"))
    records.replace(replace(records[0], title="x"))
    records.assign(list(records))
