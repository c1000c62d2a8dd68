"""Finding titles and messages.

Results come newest first, which the index yields without ranking: the first 50 of a common word
cost as little as those of a rare one.
"""

from collections.abc import Sequence
from typing import Any, Final

from beatra_desktop.domain.chat import Hit
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.storage.codec import time_at, valid_text
from beatra_desktop.storage.database import Database, StorageError, StorageProblem
from beatra_desktop.storage.index import rebuild
from beatra_desktop.storage.words import excerpt, match_expression, terms

_FIND_MESSAGES: Final = """
    SELECT m.conversation_id, m.id, c.title, m.text, m.created_at
    FROM messages_fts AS f
    CROSS JOIN messages AS m ON m.seq = f.rowid
    CROSS JOIN conversations AS c ON c.id = m.conversation_id
    WHERE messages_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""
_FIND_TITLES: Final = """
    SELECT c.id, NULL, c.title, c.title, c.updated_at
    FROM titles_fts AS f
    CROSS JOIN conversations AS c ON c.seq = f.rowid
    WHERE titles_fts MATCH ? AND c.deleted_at IS NULL
    ORDER BY f.rowid DESC LIMIT ?
"""


def find(database: Database, query: str, limit: int) -> list[Hit]:
    """The newest places that have all words of the query, or words that begin like them.

    A hit in a title has no message and bears the time of the conversation's last change.
    """
    found = terms(valid_text(query))
    if not found:
        return []
    parameters = (match_expression(found), limit)
    try:
        rows = database.rows(_FIND_TITLES, parameters) + database.rows(_FIND_MESSAGES, parameters)
    except StorageError as error:
        if error.reason is StorageProblem.CORRUPT:
            database.write(rebuild)
        raise
    newest = sorted(rows, key=lambda row: row[-1], reverse=True)[:limit]
    return [_hit(row, found) for row in newest]


def _hit(row: Sequence[Any], found: list[str]) -> Hit:
    conversation_id, message_id, title, text, created_at = row
    return Hit(
        conversation_id=ConversationId(conversation_id),
        message_id=None if message_id is None else MessageId(message_id),
        title=title,
        snippet=excerpt(text, found),
        created_at=time_at(created_at),
    )
