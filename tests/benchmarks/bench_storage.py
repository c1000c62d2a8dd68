"""Searching and committing in a large history (goals, section 6)."""

import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.search import SearchRepository
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Row

MESSAGES: Final = 50_000
PER_CONVERSATION: Final = 100
COMMITS: Final = 200
QUERIES: Final = ("r", "ri", "riv", "river", "river winter", "quiet")
_WORDS: Final = [
    "river",
    "winter",
    "quiet",
    "lamp",
    "song",
    "piano",
    "street",
    "window",
    "snow",
    "light",
    "morning",
    "key",
]


def rows(_options: Options) -> Iterator[Row]:
    """Figures of one database with 50,000 messages of about 200 characters."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "beatra.db"
        _fill(path)
        begun = time.perf_counter()
        database = Database.open(path)
        repository = ConversationRepository(database)
        repository.messages(ConversationId("c0"))
        search = SearchRepository(database)
        opened_ms = (time.perf_counter() - begun) * 1e3
        searches = [_timed_ms(partial(search.find, query)) for query in QUERIES]
        commits = [_timed_ms(partial(_commit, database, number)) for number in range(COMMITS)]
        database.close()
    yield _timed("open a history, show one conversation", [opened_ms], Goal(at_most=5))
    yield _timed("search, typed letter by letter", searches, Goal(at_most=5))
    yield _timed("commit of one message", commits)
    yield _timed("commit of one message, p99", [quantiles(commits, n=100)[98]], Goal(at_most=8))


def _timed(name: str, ours: list[float], goal: Goal | None = None) -> Row:
    return Row(name=name, unit="ms", ours=ours, goal=goal, needs_quiet=True)


def _fill(path: Path) -> None:
    database = Database.open(path)
    repository = ConversationRepository(database)
    for number in range(MESSAGES // PER_CONVERSATION):
        repository.save(_conversation(number))
    for number in range(MESSAGES):
        repository.save_message(_message(number))
    database.flush()
    database.close()


def _commit(database: Database, number: int) -> None:
    message = replace(_message(number), id=MessageId(f"new{number}"))
    ConversationRepository(database).save_message(message)
    database.flush()


def _conversation(number: int) -> Conversation:
    now = utc_now() - timedelta(minutes=number)
    return Conversation(
        id=ConversationId(f"c{number}"),
        profile_id=ProfileId("sandbox"),
        title=f"Conversation {number}",
        created_at=now,
        updated_at=now,
    )


def _message(number: int) -> Message:
    words = random.Random(number)
    return Message(
        id=MessageId(f"m{number}"),
        conversation_id=ConversationId(f"c{number // PER_CONVERSATION}"),
        parent_id=None,
        role=Role.USER,
        text=" ".join(words.choice(_WORDS) for _ in range(34)),
        status=MessageStatus.COMPLETE,
        created_at=utc_now(),
    )


def _timed_ms(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1e3


BENCHES: Final = (Bench(name="storage", section=Section.STORAGE, budget_s=60, rows=rows),)
