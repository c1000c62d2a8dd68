from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.ids import IdempotencyKey, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import (
    DEDUP_WINDOW,
    MENDABLE_STATUSES,
    RESEND_WINDOW,
    Request,
    RequestKind,
    RequestState,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
WRITTEN = Request(
    key=IdempotencyKey("k"),
    kind=RequestKind.CHAT,
    profile_id=ProfileId("sandbox"),
    owner_id="m",
    path="/chat/completions",
    body=b"{}",
    state=RequestState.WRITTEN,
    written_at=NOW,
)
DELAYS = st.lists(st.timedeltas(timedelta(0), timedelta(hours=30)), min_size=1)


def test_a_request_is_known_by_its_key() -> None:
    assert WRITTEN.id == "k"


def test_only_written_and_sent_requests_are_open() -> None:
    assert {state for state in RequestState if state.is_open} == {
        RequestState.WRITTEN,
        RequestState.SENT,
    }


@given(delays=DELAYS)
def test_the_window_counts_from_the_first_send(delays: list[timedelta]) -> None:
    request = WRITTEN
    for delay in sorted(delays):
        request = request.sent(NOW + delay)
    first = NOW + min(delays)
    assert (request.attempts, request.sent_at, request.body) == (len(delays), first, b"{}")
    assert request.state is RequestState.SENT
    assert request.may_be_resent(first + RESEND_WINDOW - timedelta(microseconds=1))
    assert not request.may_be_resent(first + RESEND_WINDOW)


def test_a_request_on_its_way_arrives_before_its_key_is_forgotten() -> None:
    assert timedelta(0) < DEDUP_WINDOW - RESEND_WINDOW < timedelta(hours=1)


def test_what_was_never_sent_may_always_be_sent() -> None:
    assert WRITTEN.may_be_resent(NOW + timedelta(days=365))
    assert WRITTEN.keeps_key(NOW + timedelta(days=365))


def test_an_attempt_that_never_left_changes_nothing_but_the_count() -> None:
    sent_once = WRITTEN.sent(NOW)
    again = sent_once.sent(NOW + timedelta(hours=1))
    assert again.unsent(sent_once) == replace(sent_once, attempts=2)
    assert sent_once.unsent(WRITTEN) == replace(WRITTEN, attempts=1)


def test_settling_notes_how_the_service_answered() -> None:
    settled = WRITTEN.sent(NOW).settled(RequestState.CREATED, NOW, request_id="req_1", status=202)
    assert settled.state is RequestState.CREATED
    assert (settled.settled_at, settled.request_id, settled.status) == (NOW, "req_1", 202)
    assert settled.key == WRITTEN.key


@pytest.mark.parametrize("status", sorted(MENDABLE_STATUSES))
def test_a_refusal_that_can_be_mended_keeps_its_key_for_a_day(status: int) -> None:
    refused = WRITTEN.sent(NOW).settled(RequestState.REFUSED, NOW, request_id=None, status=status)
    assert refused.keeps_key(NOW)
    assert not refused.keeps_key(NOW + DEDUP_WINDOW)


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (RequestState.REFUSED, 422),
        (RequestState.REFUSED, None),
        (RequestState.CREATED, 402),
        (RequestState.ABANDONED, None),
    ],
)
def test_any_other_end_means_a_new_intent(state: RequestState, status: int | None) -> None:
    ended = WRITTEN.sent(NOW).settled(state, NOW, request_id=None, status=status)
    assert not ended.keeps_key(NOW)


def test_what_was_held_to_be_too_old_keeps_its_key_if_it_is_not() -> None:
    lost = WRITTEN.sent(NOW).settled(RequestState.UNKNOWN, NOW, request_id=None, status=None)
    assert lost.keeps_key(NOW)
    assert not lost.keeps_key(NOW + DEDUP_WINDOW)
    assert not replace(lost, body=b"").keeps_key(NOW)


@given(delays=DELAYS)
def test_a_key_once_lost_is_never_kept_again(delays: list[timedelta]) -> None:
    request = WRITTEN.sent(NOW)
    kept = [request.keeps_key(NOW + delay) for delay in sorted(delays)]
    assert all(earlier or not later for earlier, later in pairwise(kept))


def test_the_service_forgets_a_key_by_its_own_clock() -> None:
    """This machine's was a day ahead when the request left, and was put right since."""
    ahead = NOW + timedelta(days=1)
    request = WRITTEN.sent(ahead, NOW).sent(ahead, NOW + timedelta(hours=1))
    assert (request.sent_at, request.service_sent_at) == (ahead, NOW)
    later = NOW + timedelta(hours=25)
    assert request.may_be_resent(later)
    assert not request.may_be_resent(later, later)
    assert not request.keeps_key(later, later)
    assert request.may_be_resent(NOW + timedelta(days=9), NOW + timedelta(hours=23))


def test_this_machines_clock_tells_where_the_service_was_not_heard_before() -> None:
    request = WRITTEN.sent(NOW)
    assert request.service_sent_at is None
    assert not request.may_be_resent(NOW + DEDUP_WINDOW, NOW)
