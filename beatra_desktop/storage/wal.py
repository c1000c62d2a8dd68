"""Looking into a write-ahead log that was left behind, before SQLite does.

SQLite takes a log as it is up to the first frame that is damaged, and drops the rest without a
word, since after a power cut that is an unfinished write. What was confirmed may stand behind it.
The format is https://www.sqlite.org/fileformat2.html#walformat.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import Struct

_HEADER: Final = struct.Struct(">8I")
_FRAME: Final = struct.Struct(">6I")
_MAGIC: Final = 0x377F0682
_SUMMED: Final = 8
"""So many bytes of a frame's header, and its page, are part of its sum."""
_PAGE_SIZES: Final = frozenset(1 << bits for bits in range(9, 17))
_USUAL_PAGE: Final = 4096
_MASK: Final = 0xFFFFFFFF
Sum = tuple[int, int]


class Frame(Struct, frozen=True):
    """One page as a transaction left it; `is_commit` when it is the last of one.

    `is_usable` also when the frame before is damaged, so that nothing tells whether this one is.
    """

    page: int
    content: bytes
    is_commit: bool
    is_sound: bool
    is_usable: bool


def is_damaged(log: Path) -> bool:
    """Whether a sound end of a transaction stands behind damage, so that SQLite would drop it."""
    was_damaged = False
    for frame in frames(log):
        if was_damaged and frame.is_sound and frame.is_commit:
            return True
        was_damaged = was_damaged or not frame.is_sound
    return False


def fold(log: Path, database: Path) -> None:
    """Write all usable pages of whole transactions into the database, and delete the log."""
    pages: dict[int, bytes] = {}
    open_ones: dict[int, bytes] = {}
    limit = database.stat().st_size + log.stat().st_size
    for frame in frames(log):
        if frame.is_usable and (frame.is_sound or _has_place(frame, limit)):
            open_ones[frame.page] = frame.content
        if frame.is_commit:
            pages |= open_ones
            open_ones = {}
    with database.open("r+b") as file:
        for page, content in pages.items():
            file.seek((page - 1) * len(content))
            file.write(content)
    log.unlink()


def _has_place(frame: Frame, limit: int) -> bool:
    """Whether it names a page a file of so many bytes can have: its number may be damaged too."""
    return frame.page > 0 and frame.page * len(frame.content) <= limit


def frames(log: Path) -> Iterator[Frame]:
    """The frames of the log's newest generation; those of older ones are left out.

    A damaged header counts as a first, damaged frame.
    """
    data = log.read_bytes()
    if len(data) < _HEADER.size + _FRAME.size:
        return
    magic, _, size, _, *salts, first, second = _HEADER.unpack_from(data)
    order = ">" if magic & 1 else "<"
    sums = {(first, second), _sum(data[: _HEADER.size - 8], order, (0, 0))}
    if magic & ~1 != _MAGIC or size not in _PAGE_SIZES or len(sums) > 1:
        yield Frame(page=1, content=b"", is_commit=False, is_sound=False, is_usable=False)
        size = size if size in _PAGE_SIZES else _USUAL_PAGE
        salts = list(_FRAME.unpack_from(data, _HEADER.size)[2:4])
    yield from _frames(data, size, salts, order, sums)


def _frames(
    data: bytes, size: int, salts: list[int], order: str, sums: set[Sum]
) -> Iterator[Frame]:
    was_sound = True
    for start in range(_HEADER.size, len(data) - _FRAME.size - size + 1, _FRAME.size + size):
        page, pages_after, *own_salts, first, second = _FRAME.unpack_from(data, start)
        content = data[start + _FRAME.size : start + _FRAME.size + size]
        reckoned: set[Sum] = set()
        if own_salts == salts:  # others are left from before the log began anew
            summed = data[start : start + _SUMMED] + content
            reckoned = {_sum(summed, order, before) for before in sums}
        is_sound = (first, second) in reckoned
        # Each sum goes on from the one before, which may be damaged itself.
        sums = {(first, second)} if is_sound else {(first, second), *sorted(reckoned)[:2]}
        yield Frame(
            page=page,
            content=content,
            is_commit=pages_after > 0,
            is_sound=is_sound,
            is_usable=is_sound or (own_salts == salts and not was_sound),
        )
        was_sound = is_sound


def _sum(data: bytes, order: str, start: Sum) -> Sum:
    first, second = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _MASK
        second = (second + other + first) & _MASK
    return first, second
