"""Records to rows and back, derived from the records' own types.

Text, numbers and bytes are stored as they are; times as milliseconds since 1970 in UTC; paths as
the bytes the file system knows them by; nested records as JSON. A column has its field's name.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Any, Final, Generic, TypeVar, get_args, get_type_hints

import msgspec

RecordT = TypeVar("RecordT")
Convert = Callable[[Any], Any]

TRANSIENT: Final = frozenset({"wait", "hold", "hashed_bytes"})
"""Fields that mean nothing after a restart."""
NONSENSE: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What `Table.record` raises for a row that was not written by the app, or was damaged since."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


class Table(Generic[RecordT]):
    """The table that holds one kind of record, found by `key`."""

    def __init__(self, name: str, record_type: type[RecordT], *, key: str = "id") -> None:
        self.name = name
        self.key = key
        self._record_type = record_type
        codecs = field_codecs(record_type)
        self.names = tuple(codecs)
        self._encoders = tuple(encode for encode, _ in codecs.values())
        decoders = ((name, decode) for name, (_, decode) in codecs.items())
        self._decoders = tuple((name, decode) for name, decode in decoders if decode is not None)
        self.columns = ", ".join(f'{name}."{column}"' for column in self.names)
        self._insert = _insert(name, self.names)
        self._upsert = _upsert(name, self.names, key)

    def row(self, record: RecordT) -> tuple[Any, ...]:
        """The record's values in the order of the columns."""
        values = zip(self.names, self._encoders, strict=True)
        return tuple(_encoded(getattr(record, name), encode) for name, encode in values)

    def put(self, connection: sqlite3.Connection, row: Sequence[Any]) -> None:
        """Insert the row, or replace the one with its key."""
        connection.execute(self._upsert, row)

    def insert(self, connection: sqlite3.Connection, row: Sequence[Any]) -> None:
        """Insert the row; sqlite3.IntegrityError when there is one with its key."""
        connection.execute(self._insert, row)

    def select(self, rest: str = "") -> str:
        """A query for whole records; `rest` follows the table's name."""
        return f"SELECT {self.columns} FROM {self.name} {rest}"

    def record(self, row: Sequence[Any]) -> RecordT:
        values = dict(zip(self.names, row, strict=True))
        for name, decode in self._decoders:
            if values[name] is not None:
                values[name] = decode(values[name])
        # Faster than the constructor, and it checks the types.
        return msgspec.convert(values, self._record_type)

    def records(self, rows: Iterable[Sequence[Any]]) -> list[RecordT]:
        return [self.record(row) for row in rows]


def field_codecs(record_type: type[Any]) -> dict[str, tuple[Convert | None, Convert | None]]:
    """How each stored field of a record is written and read; None means as it is."""
    hints = get_type_hints(record_type)
    names = (name for name in hints if name not in TRANSIENT)
    return {name: _codec(_plain_type(hints[name])) for name in names}


def valid_text(text: str) -> str:
    """The text with half characters joined or replaced, since SQLite stores real ones only."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def milliseconds(time: datetime) -> int:
    """Whole milliseconds since 1970 in UTC."""
    return (time - _EPOCH) // _MILLISECOND


def time_at(milliseconds: int) -> datetime:
    return _EPOCH + milliseconds * _MILLISECOND


def _encoded(value: Any, encode: Convert | None) -> Any:
    return value if value is None or encode is None else encode(value)


def _plain_type(hint: Any) -> type[Any]:
    """The class behind `X | None` and behind a NewType."""
    choices = [choice for choice in get_args(hint) if choice is not NoneType]
    hint = choices[0] if choices else hint
    plain: type[Any] = getattr(hint, "__supertype__", hint)
    return plain


def _codec(plain: type[Any]) -> tuple[Convert | None, Convert | None]:
    if issubclass(plain, StrEnum):
        return _enum_value, None
    if issubclass(plain, msgspec.Struct):
        return _to_json, msgspec.json.decode
    return _SIMPLE[plain]


def _enum_value(member: StrEnum) -> str:
    return member.value


def _to_json(record: object) -> str:
    return valid_text(json.dumps(msgspec.to_builtins(record), ensure_ascii=False))


_SIMPLE: Final[dict[type[Any], tuple[Convert | None, Convert | None]]] = {
    str: (valid_text, None),
    bool: (int, bool),
    int: (None, None),
    float: (None, None),
    bytes: (None, None),
    datetime: (milliseconds, time_at),
    Path: (os.fsencode, lambda stored: Path(os.fsdecode(stored))),
}


def _insert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"


def _upsert(table: str, columns: Sequence[str], key: str) -> str:
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != key)
    insert = _insert(table, columns)
    return f'{insert} ON CONFLICT ("{key}") DO UPDATE SET {changes}'
