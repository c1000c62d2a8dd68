"""The schema, as the steps that lead to it.

Each step and its number in `user_version` are committed together. A step is never edited once it
was released: add the next one, and a dump of the schema before it to `tests/storage/fixtures`.
A new value of a stored enum needs a step too, so that older versions refuse the file instead of
stumbling over the value.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final

_CONVERSATIONS: Final = (
    """
    CREATE TABLE conversations (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        profile_id TEXT NOT NULL,
        title TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        head_id TEXT,
        model TEXT NOT NULL,
        draft TEXT NOT NULL,
        is_pinned INTEGER NOT NULL,
        deleted_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX conversations_by_update ON conversations (updated_at)",
    """
    CREATE TABLE messages (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        parent_id TEXT,
        role TEXT NOT NULL,
        text TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        model_asked TEXT,
        model TEXT,
        finish_reason TEXT,
        usage TEXT,
        request_id TEXT,
        idempotency_key TEXT,
        first_delta_at INTEGER,
        finished_at INTEGER,
        failure TEXT,
        is_indexed INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX messages_by_conversation ON messages (conversation_id)",
    """
    CREATE INDEX messages_unfinished ON messages (status)
    WHERE status IN ('sending', 'streaming')
    """,
)
# Without own content, so that no text is stored twice: entries are taken out by handing in the
# text that was put in (contentless_delete would need SQLite 3.43). Beginnings of up to five letters
# have lists of their own: those of common words are too long to be merged while somebody types.
_SEARCH: Final = (
    """
    CREATE VIRTUAL TABLE messages_fts USING fts5 (
        words, content = '', columnsize = 0, prefix = '2 3 4 5',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE titles_fts USING fts5 (
        words, content = '', columnsize = 0, prefix = '2 3 4 5',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
)
_UPLOADS: Final = (
    """
    CREATE TABLE uploads (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        profile_id TEXT NOT NULL,
        path BLOB NOT NULL,
        name TEXT NOT NULL,
        purpose TEXT NOT NULL,
        mime_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        sha256 TEXT,
        sent_bytes INTEGER NOT NULL,
        bytes_per_second REAL,
        artifact_id TEXT,
        url TEXT,
        reused INTEGER NOT NULL,
        idempotency_key TEXT,
        request_id TEXT,
        uploaded_at INTEGER,
        rights_confirmed_at INTEGER,
        failure TEXT
    ) STRICT
    """,
    "CREATE INDEX uploads_by_content ON uploads (sha256)",
    "CREATE INDEX uploads_by_status ON uploads (status)",
)
_MUSIC: Final = (
    """
    CREATE TABLE tasks (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        profile_id TEXT NOT NULL,
        prompt TEXT NOT NULL,
        status TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        idempotency_key TEXT,
        remote_id TEXT,
        request_id TEXT,
        server_status TEXT NOT NULL,
        resolved_model TEXT,
        progress TEXT,
        billing TEXT,
        submitted_at INTEGER,
        started_at INTEGER,
        completed_at INTEGER,
        cancel_requested_at INTEGER,
        checked_at INTEGER,
        deadline_at INTEGER,
        failure TEXT,
        removed_at INTEGER
    ) STRICT
    """,
    "CREATE INDEX tasks_by_status ON tasks (status)",
    """
    CREATE TABLE clips (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
        "index" INTEGER NOT NULL,
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        delivery TEXT NOT NULL,
        artifact_id TEXT,
        lyrics TEXT,
        tags TEXT NOT NULL,
        mime_type TEXT NOT NULL,
        duration_seconds REAL,
        size_bytes INTEGER,
        received_bytes INTEGER NOT NULL,
        path BLOB,
        sha256 TEXT,
        saved_at INTEGER,
        failure TEXT
    ) STRICT
    """,
    "CREATE INDEX clips_by_task ON clips (task_id)",
    "CREATE INDEX clips_by_delivery ON clips (delivery)",
)
_REQUESTS: Final = (
    """
    CREATE TABLE requests (
        seq INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        profile_id TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        path TEXT NOT NULL,
        body BLOB NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        written_at INTEGER NOT NULL,
        sent_at INTEGER,
        settled_at INTEGER,
        request_id TEXT,
        status INTEGER
    ) STRICT
    """,
    "CREATE INDEX requests_by_state ON requests (state)",
    "CREATE INDEX requests_by_owner ON requests (owner_id)",
)
_CHOICES: Final = (
    """
    CREATE TABLE profiles (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        base_url TEXT NOT NULL
    ) STRICT
    """,
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID",
)

_WAYS_OF_WORKING: Final = (
    "ALTER TABLE conversations ADD COLUMN queued TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN edit TEXT",
    "ALTER TABLE conversations ADD COLUMN system_prompt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE conversations ADD COLUMN parameters TEXT",
    "ALTER TABLE conversations ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE conversations ADD COLUMN folder TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX messages_by_parent ON messages (parent_id)",
    """
    CREATE TABLE presets (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        system_prompt TEXT NOT NULL,
        model TEXT NOT NULL,
        parameters TEXT
    ) STRICT
    """,
    # Filled by `index.catch_up`: the fewer rows a step reads, the more damage it can be taken with.
    """
    CREATE VIRTUAL TABLE tasks_fts USING fts5 (
        words, content = '', columnsize = 0, prefix = '2 3 4 5',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
)
_IS_ANSWERED: Final = (
    "new.role = 'assistant' AND new.idempotency_key IS NOT NULL AND new.first_delta_at IS NOT NULL"
)
_CHARGE: Final = """
    new.id, new.created_at, ifnull(new.profile_id, ''), coalesce(new.model, new.model_asked, ''),
    CASE WHEN json_valid(new.usage) THEN CAST(json_extract(new.usage, '$.credits') AS TEXT) END
"""
_WHEN_ANSWERED: Final = f"WHEN {_IS_ANSWERED} BEGIN"
# Not "or replace": what a trigger does in a conflict is decided by the statement it runs for.
_NOTE_CHARGE: Final = f"""
    INSERT INTO answer_charges SELECT {_CHARGE} WHERE true
    ON CONFLICT (message_id) DO UPDATE SET model = excluded.model, credits = excluded.credits
"""
# `rank` orders what has not left yet: at first the moment it was added.
_ORDER_AND_COLLECTION: Final = (
    "ALTER TABLE uploads ADD COLUMN rank REAL NOT NULL DEFAULT 0",
    "ALTER TABLE uploads ADD COLUMN gone_at INTEGER",
    "ALTER TABLE uploads ADD COLUMN removed_at INTEGER",
    "CREATE INDEX uploads_by_artifact ON uploads (artifact_id)",
    "ALTER TABLE tasks ADD COLUMN rank REAL NOT NULL DEFAULT 0",
    "ALTER TABLE tasks ADD COLUMN batch_id TEXT",
    "ALTER TABLE tasks ADD COLUMN estimated_credits TEXT",
    "ALTER TABLE tasks ADD COLUMN expected_clips INTEGER",
    "ALTER TABLE tasks ADD COLUMN remarks TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tasks ADD COLUMN cancel_failure TEXT",
    "ALTER TABLE clips ADD COLUMN rating INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE clips ADD COLUMN is_favourite INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE clips ADD COLUMN deleted_at INTEGER",
    "ALTER TABLE clips ADD COLUMN expires_at INTEGER",
    "ALTER TABLE messages ADD COLUMN profile_id TEXT",
    "ALTER TABLE requests ADD COLUMN service_sent_at INTEGER",
    """
    CREATE INDEX messages_failed ON messages (conversation_id, id)
    WHERE failure IS NOT NULL
    """,
    # What answers cost, apart from their texts: it is summed often, and outlives its chats.
    """
    CREATE TABLE answer_charges (
        message_id TEXT PRIMARY KEY,
        asked_at INTEGER NOT NULL,
        profile_id TEXT NOT NULL,
        model TEXT NOT NULL,
        credits TEXT
    ) STRICT, WITHOUT ROWID
    """,
    f"CREATE TRIGGER charge_of_new AFTER INSERT ON messages {_WHEN_ANSWERED} {_NOTE_CHARGE}; END",
    f"""
    CREATE TRIGGER charge_of_changed AFTER UPDATE OF usage, model, first_delta_at ON messages
    {_WHEN_ANSWERED} {_NOTE_CHARGE}; END
    """,
    f"""
    INSERT INTO answer_charges SELECT {_CHARGE} FROM messages AS new
    WHERE {_IS_ANSWERED}
    """,
    """
    CREATE TABLE playlists (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        created_at INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE playlist_clips (
        seq INTEGER PRIMARY KEY,
        playlist_id TEXT NOT NULL REFERENCES playlists (id) ON DELETE CASCADE,
        clip_id TEXT NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        UNIQUE (playlist_id, clip_id)
    ) STRICT
    """,
    "CREATE INDEX playlist_clips_by_clip ON playlist_clips (clip_id)",
    """
    CREATE TABLE music_presets (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        prompt TEXT NOT NULL
    ) STRICT
    """,
)


def m001_initial(connection: sqlite3.Connection) -> None:
    statements = (*_CONVERSATIONS, *_SEARCH, *_UPLOADS, *_MUSIC, *_REQUESTS, *_CHOICES)
    _execute(connection, statements)


def m002_ways_of_working(connection: sqlite3.Connection) -> None:
    _execute(connection, _WAYS_OF_WORKING)


def m003_order_and_collection(connection: sqlite3.Connection) -> None:
    _execute(connection, _ORDER_AND_COLLECTION)


MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (
    m001_initial,
    m002_ways_of_working,
    m003_order_and_collection,
)
NEWEST: Final = len(MIGRATIONS)
"""The schema this version of the app writes."""


def version(connection: sqlite3.Connection) -> int:
    """The schema's number; 0 for a file nothing was written to."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing; an error leaves the schema of the last whole step."""
    while (done := version(connection)) < NEWEST:
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[done](connection)
            connection.execute(f"PRAGMA user_version = {done + 1}")
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _execute(connection: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement)
