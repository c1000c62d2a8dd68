"""Records that people give names to: playlists and presets, kept in the order of their names."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from beatra_desktop.domain.observable import Identified, Records


class Named(Identified, Protocol):
    @property
    def name(self) -> str: ...


NamedT = TypeVar("NamedT", bound=Named)


def by_name(records: Iterable[NamedT]) -> list[NamedT]:
    return sorted(records, key=_key)


def free_name(name: str, records: Iterable[Named]) -> str:
    """The name, with a number behind it when one of the records has it."""
    taken = {record.name.casefold() for record in records}
    wanted = free = name.strip()
    number = 1
    while free.casefold() in taken:
        number += 1
        free = f"{wanted} {number}"
    return free


def put(records: Records[NamedT], record: NamedT) -> None:
    """Show a record, new or changed, in its place."""
    known = records.get(record.id)
    if known is None:
        before = sum(_key(other) <= _key(record) for other in records)
        records.insert(before, record)
    elif known.name == record.name:
        records.replace(record)
    else:
        others = (other for other in records if other.id != record.id)
        records.assign(by_name((*others, record)))


def _key(record: Named) -> tuple[str, str]:
    return record.name.casefold(), record.id
