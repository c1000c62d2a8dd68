"""Ended answers in pages, and what the ledger knows of uploads and songs."""

from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, MessageId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.storage.activity import ActivityRepository, Sending
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.requests import RequestRepository

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHAT = Conversation(
    id=ConversationId("c"),
    profile_id=ProfileId("p"),
    title="Lamps",
    created_at=NOON,
    updated_at=NOON,
)


def _answer(number: int, **fields: object) -> Message:
    message = Message(
        id=MessageId(str(number)),
        conversation_id=CHAT.id,
        parent_id=None,
        role=Role.ASSISTANT,
        text="a long text",
        status=MessageStatus.COMPLETE,
        created_at=NOON,
        idempotency_key=IdempotencyKey(f"key-{number}"),
    )
    return replace(message, **fields)  # type: ignore[arg-type]  # checked by replace itself


def _request(number: int, kind: RequestKind) -> Request:
    return Request(
        key=IdempotencyKey(f"key-{number}"),
        kind=kind,
        profile_id=ProfileId("p"),
        owner_id=str(number),
        path="/x",
        body=b"{}",
        state=RequestState.SENT,
        attempts=2,
        written_at=NOON,
        sent_at=NOON + timedelta(seconds=1),
    )


@pytest.fixture
def repository(database: Database) -> ActivityRepository:
    chats, ledger = ConversationRepository(database), RequestRepository(database)
    chats.save(CHAT)
    for number in range(5):
        chats.save_message(_answer(number))
    ledger.save(_request(3, RequestKind.CHAT))
    ledger.save(_request(8, RequestKind.UPLOAD))
    ledger.save(_request(9, RequestKind.MUSIC))
    chats.save_message(_answer(5, status=MessageStatus.STREAMING))
    chats.save_message(_answer(6, role=Role.USER))
    chats.save_message(_answer(7, idempotency_key=None))
    database.flush()
    return ActivityRepository(database)


def test_ended_answers_come_in_pages_newest_first_without_their_texts(
    repository: ActivityRepository,
) -> None:
    first = repository.answers(limit=3)
    rest = repository.answers(before=first[-1].seq, limit=3)
    assert [found.message.id for found in (*first, *rest)] == ["4", "3", "2", "1", "0"]
    assert {found.title for found in first} == {"Lamps"}
    assert not any(found.message.text for found in first)
    sending = Sending(written_at=NOON, sent_at=NOON + timedelta(seconds=1), attempts=2)
    assert [found.sending for found in first] == [Sending(), sending, Sending()]


def test_answers_of_chats_in_the_trash_are_left_out(
    repository: ActivityRepository, database: Database
) -> None:
    ConversationRepository(database).save(replace(CHAT, deleted_at=NOON))
    database.flush()
    assert repository.answers(limit=3) == []


def test_the_ledger_is_read_for_uploads_and_songs(repository: ActivityRepository) -> None:
    sendings = repository.sendings()
    assert set(sendings) == {"key-8", "key-9"}
    assert Sending.of(_request(9, RequestKind.MUSIC)) == sendings[IdempotencyKey("key-9")]
