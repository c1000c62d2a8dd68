"""The indexed words that begin like one, because the index has lists for short beginnings only.

SQLite merges the whole lists of all words with a longer beginning before it gives the newest place.
Asked for the words themselves, it reads each list from its end as far as it must.
"""

from collections.abc import Sequence
from typing import Final

from beatra_desktop.storage.database import Readable

MOST_WORDS: Final = 64
"""More are rare each: their lists are merged quickly."""
_TABLE: Final = """
    CREATE VIRTUAL TABLE IF NOT EXISTS temp.message_words
    USING fts5vocab ('main', 'messages_fts', 'instance')
"""
_LAST: Final = "\U0010ffff"
# One word after the other by seeking the next: each has as many rows as places.
_WORDS: Final = """
    WITH RECURSIVE found (word) AS (
        SELECT (SELECT term FROM temp.message_words WHERE term >= ?1 AND term <= ?2 LIMIT 1)
        UNION ALL
        SELECT (
            SELECT term FROM temp.message_words
            WHERE term >= found.word || char(1) AND term <= ?2 LIMIT 1
        )
        FROM found WHERE found.word IS NOT NULL
        LIMIT ?3
    )
    SELECT word FROM found WHERE word IS NOT NULL
"""


def words_of_messages(source: Readable, beginning: str) -> Sequence[str]:
    """Those that begin so, spelled as the index has them; none if they are too many.

    Raises StorageError.
    """
    source.rows(_TABLE)
    found = source.rows(_WORDS, (beginning, beginning + _LAST, MOST_WORDS + 1))
    return [word for (word,) in found] if len(found) <= MOST_WORDS else []
