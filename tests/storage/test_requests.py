from datetime import UTC, datetime, timedelta

import pytest

from beatra_desktop.domain.ids import IdempotencyKey, ProfileId
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.requests import RequestRepository

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def repository(database: Database) -> RequestRepository:
    return RequestRepository(database)


def request_in(state: RequestState, name: str = "") -> Request:
    return Request(
        key=IdempotencyKey(name or state.value),
        kind=RequestKind.MUSIC,
        profile_id=ProfileId("sandbox"),
        owner_id="t",
        path="/music/generations",
        body=b'{"prompt":"\xc3\xa9"}',
        state=state,
        written_at=NOW,
    )


def test_a_request_is_found_by_its_key(database: Database, repository: RequestRepository) -> None:
    stored = request_in(RequestState.WRITTEN)
    repository.save(stored)
    database.flush()
    assert repository.get(stored.key) == stored
    assert repository.get(IdempotencyKey("other")) is None


def test_open_requests_are_listed_oldest_first(
    database: Database, repository: RequestRepository
) -> None:
    for state in RequestState:
        repository.save(request_in(state))
    database.flush()
    assert [each.state.value for each in repository.open()] == ["written", "sent"]


def test_sending_again_keeps_one_row_and_the_first_time(
    database: Database, repository: RequestRepository
) -> None:
    first = request_in(RequestState.WRITTEN).sent(NOW)
    repository.save(first)
    repository.save(first.sent(NOW + timedelta(hours=1)))
    database.flush()
    [stored] = repository.open()
    assert (stored.attempts, stored.sent_at) == (2, NOW)


@pytest.mark.parametrize("state", RequestState)
def test_the_body_is_kept_exactly_as_long_as_it_may_be_sent_again(
    database: Database, repository: RequestRepository, state: RequestState
) -> None:
    stored = request_in(state)
    repository.save(request_in(RequestState.SENT, name=state.value))
    repository.save(stored)
    database.flush()
    found = repository.get(stored.key)
    assert found is not None
    is_done_with = state in (RequestState.CREATED, RequestState.ABANDONED)
    assert found.body == (b"" if is_done_with else stored.body)
