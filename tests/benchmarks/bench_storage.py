"""Opening, searching and committing with a million messages (goals, section 6)."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import Final

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.services.conversations import NEWEST_MESSAGES
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.search import SearchRepository
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.long_history import COMMON, PER_CONVERSATION, RARE, history
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

BUILD: Final = Path(__file__).parents[2] / "build"
COMMITS: Final = 200
TYPED: Final = (*COMMON.values(), RARE, "river something", f"{RARE} river")
_RANKED: Final = """
    SELECT rowid FROM messages_fts WHERE messages_fts MATCH ?
    ORDER BY bm25(messages_fts) LIMIT 50
"""
_NEW: Final = ConversationId("new")


@dataclass
class _Samples:
    opened: list[float] = field(default_factory=list)
    searched: list[float] = field(default_factory=list)
    ranked: list[float] = field(default_factory=list)
    committed: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    called: list[float] = field(default_factory=list)


def rows(options: Options) -> Iterator[Row]:
    """The history is made once and used again; what is committed to it is taken out again."""
    path = history(BUILD)
    samples = _Samples()
    for number in range(options.rounds):
        samples.opened.append(_opened_ms(path, number))
        samples.searched.append(_searched_ms(path))
        if options.peers:
            samples.ranked.append(_ranked_ms(path))
        _commit(path, samples)
    yield _timed("open a million messages, show 100 of them", samples.opened, Goal(at_most=5))
    yield Row(
        name="search, slowest letter of seven texts, CPU",
        unit="ms",
        ours=samples.searched,
        naive=Peer("bm25", samples.ranked) if samples.ranked else None,
        goal=Goal(at_most=5),
    )
    # The goal is for where it holds somebody up; the rest is the writer's thread's.
    yield _timed("commit of one message on the GUI thread, p99", samples.called, Goal(at_most=8))
    yield Row(
        name="until the writer's thread has it on disk, p99",
        unit="ms",
        ours=samples.committed,
        limit=Peer("bare SQLite", samples.bare),
    )


def _timed(name: str, ours: list[float], goal: Goal) -> Row:
    return Row(name=name, unit="ms", ours=ours, goal=goal, needs_quiet=True)


def _opened_ms(path: Path, number: int) -> float:
    """As the app does it: it counts first, and reads a conversation of so few messages whole."""
    conversation_id = ConversationId(f"c{number}")
    begun = time.perf_counter()
    database = Database.open(path)
    repository = ConversationRepository(database)
    assert repository.message_count(conversation_id) <= NEWEST_MESSAGES
    shown = repository.messages(conversation_id)
    took_ms = (time.perf_counter() - begun) * 1e3
    database.close()
    assert len(shown) == PER_CONVERSATION
    return took_ms


def _searched_ms(path: Path) -> float:
    """Of this thread; the app searches in one of its own."""
    with closing(Database.open(path)) as database:
        find = SearchRepository(database).find
        find("warm")
        letters = (text[:end] for text in TYPED for end in range(1, len(text) + 1))
        return max(_timed_ms(partial(find, letter), time.thread_time) for letter in letters)


def _ranked_ms(path: Path) -> float:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        ask = partial(connection.execute, _RANKED, (COMMON[20],))
        return _timed_ms(lambda: ask().fetchall(), time.thread_time)


def _commit(path: Path, samples: _Samples) -> None:
    """The app's commits and bare ones, which index nothing, take turns."""
    with closing(Database.open(path)) as database, _bare(path) as bare:
        repository = ConversationRepository(database)
        model = repository.messages(ConversationId("c0"))[0]
        repository.save(_conversation(model))
        database.flush()
        called, whole, others = [], [], []
        for number in range(COMMITS):
            new = replace(model, id=MessageId(f"new{number}"), conversation_id=_NEW)
            called.append(_timed_ms(partial(repository.save_message, new)))
            whole.append(called[-1] + _timed_ms(database.flush))
            others.append(_timed_ms(partial(bare.execute, "INSERT INTO t VALUES (?)", (new.text,))))
        repository.delete_forever(_NEW)
        database.flush()
    for found, times in ((samples.called, called), (samples.committed, whole)):
        found.append(quantiles(times, n=100)[98])
    samples.bare.append(quantiles(others, n=100)[98])


def _bare(path: Path) -> "closing[sqlite3.Connection]":
    connection = sqlite3.connect(path.with_name("history-bare.db"), isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE IF NOT EXISTS t (text TEXT)")
    return closing(connection)


def _conversation(model: Message) -> Conversation:
    return Conversation(
        id=_NEW,
        profile_id=model.profile_id or "sandbox",  # type: ignore[arg-type]  # any will do
        title="New",
        created_at=model.created_at,
        updated_at=model.created_at,
    )


def _timed_ms(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    act()
    return (clock() - begun) * 1e3


BENCHES: Final = (Bench(name="storage", section=Section.STORAGE, budget_s=75, rows=rows),)
