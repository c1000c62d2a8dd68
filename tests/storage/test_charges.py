"""Sums of what services told: exact, apart for what they did not tell, kept beyond the chats."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role, Usage
from beatra_desktop.domain.ids import (
    ConversationId,
    IdempotencyKey,
    MessageId,
    ProfileId,
    TaskId,
    new_id,
)
from beatra_desktop.domain.music import Billing, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.charges import ChargesRepository, amount
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHAT = Conversation(
    id=ConversationId("c"), profile_id=ProfileId("p"), title="", created_at=NOON, updated_at=NOON
)


def _answer(credits: str | None, **fields: object) -> Message:
    message = Message(
        id=MessageId(new_id()),
        conversation_id=CHAT.id,
        parent_id=None,
        role=Role.ASSISTANT,
        text="Hello",
        status=MessageStatus.COMPLETE,
        created_at=NOON,
        model="m",
        profile_id=ProfileId("p"),
        usage=Usage(credits=credits),
        idempotency_key=IdempotencyKey(new_id()),
        first_delta_at=NOON,
    )
    return replace(message, **fields)  # type: ignore[arg-type]  # checked by replace itself


def _song(billing: Billing | None, **fields: object) -> MusicTask:
    task = MusicTask(
        id=TaskId(new_id()),
        profile_id=ProfileId("p"),
        prompt=MusicPrompt(prompt="a", model="asked"),
        status=TaskStatus.SUCCEEDED,
        created_at=NOON,
        remote_id="tsk_1",
        billing=billing,
    )
    return replace(task, **fields)  # type: ignore[arg-type]  # checked by replace itself


@pytest.fixture
def store(database: Database) -> Callable[..., None]:
    chats, songs = ConversationRepository(database), MusicRepository(database)

    def stored(*records: Message | MusicTask) -> None:
        chats.save(CHAT)
        for record in records:
            if isinstance(record, Message):
                chats.save_message(record)
            else:
                songs.save_task(record)
        database.flush()

    return stored


def _sums(database: Database, by: ChargesBy = ChargesBy.PROFILE) -> list[ChargeSum]:
    return ChargesRepository(database).sums(by, since=NOON - timedelta(days=30))


def test_missing_is_not_zero(database: Database, store: Callable[..., None]) -> None:
    store(
        _answer("0.0000"), _answer(None), _answer("free!"), _song(None), _song(Billing()),
        _song(Billing(charged_credits="0")),
    )  # fmt: skip
    [found] = _sums(database)
    assert (found.net, found.priced, found.unpriced) == (Decimal(0), 2, 4)


def test_only_answers_that_came_and_songs_that_arrived_count(
    database: Database, store: Callable[..., None]
) -> None:
    store(
        _answer("1", first_delta_at=None),
        _answer("1", idempotency_key=None),
        _answer("1", role=Role.USER),
        _answer("1", created_at=NOON - timedelta(days=31)),
        _song(Billing(charged_credits="1"), remote_id=None),
        _song(Billing(charged_credits="1"), created_at=NOON - timedelta(days=31)),
    )
    assert _sums(database) == []


def test_songs_tell_charges_refunds_and_what_remained(
    database: Database, store: Callable[..., None]
) -> None:
    store(
        _song(Billing(charged_credits="80.0000")),
        _song(Billing(charged_credits="80.0000", refunded_credits="80.0000")),
        _song(Billing(charged_credits="80", refunded_credits="5", net_charged_credits="70")),
        _song(Billing(net_charged_credits="1.5"), removed_at=NOON),
    )
    [found] = _sums(database)
    assert (found.charged, found.refunded, found.net) == (
        Decimal("241.5"), Decimal(85), Decimal("151.5"),
    )  # fmt: skip


def test_they_are_told_by_day_profile_and_model(
    database: Database, store: Callable[..., None]
) -> None:
    store(
        _answer("1", created_at=NOON - timedelta(days=2), model="b"),
        _answer("2", profile_id=ProfileId("q"), model=None, model_asked="a"),
        _song(Billing(charged_credits="4"), resolved_model="b"),
        _song(Billing(charged_credits="8")),
    )
    assert [found.net for found in _sums(database, ChargesBy.DAY)] == [14, 1]
    by_profile = {found.name: found.net for found in _sums(database)}
    assert by_profile == {"p": 13, "q": 2}
    by_model = {found.name: found.net for found in _sums(database, ChargesBy.MODEL)}
    assert by_model == {"a": 2, "asked": 8, "b": 5}


def test_what_a_deleted_chat_cost_is_not_forgotten(
    database: Database, store: Callable[..., None]
) -> None:
    store(_answer("3.25"))
    ConversationRepository(database).delete_forever(CHAT.id)
    database.flush()
    assert [found.net for found in _sums(database)] == [Decimal("3.25")]


def test_a_figure_that_came_later_takes_the_place_of_none(
    database: Database, store: Callable[..., None]
) -> None:
    early = _answer(None)
    store(early, replace(early, usage=Usage(credits="0.5")))
    [found] = _sums(database)
    assert (found.net, found.priced, found.unpriced) == (Decimal("0.5"), 1, 0)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    figures=st.lists(
        st.decimals(min_value=-1000, max_value=10**6, places=4).map(lambda d: f"{d:f}"), max_size=8
    )
)
def test_sums_are_exact(figures: list[str], database: Database, store: Callable[..., None]) -> None:
    profile = ProfileId(new_id())
    store(*(_answer(figure, profile_id=profile) for figure in figures))
    nets = {found.name: found.net for found in _sums(database)}
    assert nets.get(profile, Decimal(0)) == sum(map(Decimal, figures), Decimal(0))


@pytest.mark.parametrize("text", [None, "", "free", "NaN", "Infinity", "1,5"])
def test_what_is_no_figure_is_none(text: str | None) -> None:
    assert amount(text) is None


@pytest.mark.parametrize("figure", ["9" * 30, "-" + "9" * 19, "9E+999999"])
def test_a_figure_that_is_no_price_counts_as_not_told(
    figure: str, database: Database, store: Callable[..., None]
) -> None:
    billing = Billing(charged_credits=figure)
    store(_answer(figure), _answer(figure), _answer("1"), _song(billing), _song(billing))
    [found] = ChargesRepository(database).sums(ChargesBy.PROFILE, since=NOON)
    assert (found.net, found.priced, found.unpriced) == (Decimal(1), 1, 4)
