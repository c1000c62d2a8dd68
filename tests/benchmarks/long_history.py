"""A history of a million messages of about 250 characters, made once and kept under `build`.

The words are made up, and as unevenly common as those of a language.
"""

import hashlib
import itertools
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from beatra_desktop.storage.database import Database

MESSAGES: Final = 1_000_000
PER_CONVERSATION: Final = 100
COMMON: Final = {5: "river", 20: "something", 60: "understanding", 200: "together"}
"""Words by how many are more common than they."""
RARE: Final = "quizzical"
_AT_ONCE: Final = 20_000
_WORDS: Final = 20_000
_SENTENCES: Final = 30_000
_SENTENCE_WORDS: Final = 12
_STARTED_MS: Final = 1_600_000_000_000
_STEP_MS: Final = 60_000
_HASH_BYTES: Final = {"while filling": 32 * 1024 * 1024, "as SQLite has it": 1024 * 1024}
_CONVERSATION: Final = """
    INSERT INTO conversations
        (seq, id, profile_id, title, created_at, updated_at, head_id, model, is_pinned, draft)
    VALUES (?, ?, 'sandbox', ?, ?, ?, ?, 'auto', 0, '')
"""
_MESSAGE: Final = """
    INSERT INTO messages
        (seq, id, conversation_id, parent_id, role, text, status, created_at, is_indexed)
    VALUES (?, ?, ?, ?, ?, ?, 'complete', ?, 1)
"""


def history(folder: Path) -> Path:
    """The database; made anew, in one to two minutes, when what makes it has changed."""
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    path = folder / f"history-{recipe}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("history-*"):
            old.unlink()
        growing = path.with_suffix(".part")
        Database.open(growing).close()
        with closing(sqlite3.connect(growing, isolation_level=None)) as connection:
            _fill(connection)
        growing.rename(path)
    return path


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    _set_hash(connection, _HASH_BYTES["while filling"])
    connection.execute("BEGIN")
    connection.executemany(_CONVERSATION, _conversations())
    connection.execute("COMMIT")
    chooser = random.Random(1)
    sentences = _sentences(chooser)
    for first in range(0, MESSAGES, _AT_ONCE):
        rows = [
            _message(n, chooser.choices(sentences, k=3)) for n in range(first, first + _AT_ONCE)
        ]
        connection.execute("BEGIN")
        connection.executemany(_MESSAGE, rows)
        indexed = ((row[0], row[5]) for row in rows)
        connection.executemany("INSERT INTO messages_fts (rowid, words) VALUES (?, ?)", indexed)
        connection.execute("COMMIT")
    _set_hash(connection, _HASH_BYTES["as SQLite has it"])


def _set_hash(connection: sqlite3.Connection, count: int) -> None:
    """How much of an index FTS5 keeps in memory before it writes."""
    sql = "INSERT INTO messages_fts (messages_fts, rank) VALUES ('hashsize', ?)"
    connection.execute(sql, (count,))


def _conversations() -> Iterator[tuple[Any, ...]]:
    for number in range(MESSAGES // PER_CONVERSATION):
        last = (number + 1) * PER_CONVERSATION - 1
        began = _STARTED_MS + number * PER_CONVERSATION * _STEP_MS
        ended = _STARTED_MS + last * _STEP_MS
        yield number + 1, f"c{number}", f"Conversation {number}", began, ended, f"m{last}"


def _message(number: int, sentences: list[str]) -> tuple[Any, ...]:
    place = number % PER_CONVERSATION
    return (
        number + 1,
        f"m{number}",
        f"c{number // PER_CONVERSATION}",
        f"m{number - 1}" if place else None,
        "assistant" if place % 2 else "user",
        " ".join(sentences),
        _STARTED_MS + number * _STEP_MS,
    )


def _sentences(chooser: random.Random) -> list[str]:
    words = _vocabulary(chooser)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    made = [
        " ".join(chooser.choices(words, cum_weights=weights, k=_SENTENCE_WORDS))
        for _ in range(_SENTENCES)
    ]
    return [*made, f"{made[0]} {RARE}"]


def _vocabulary(chooser: random.Random) -> list[str]:
    """The most common first, which are the shortest."""
    syllables = [a + b for a in "bdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er")]
    words: dict[str, None] = {}
    while len(words) < _WORDS:
        longer = (len(words) > 50) + (len(words) > 1000)
        count = 1 + min(5, int(chooser.expovariate(0.9)) + longer)
        words["".join(chooser.choices(syllables, k=count))] = None
    made = list(words)
    for rank, word in COMMON.items():
        made[rank] = word
    return made
