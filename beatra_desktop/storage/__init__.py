"""SQLite: SQL in, records out. Nothing else knows sqlite3."""
