"""All conversations in one zip: a manifest, and the JSON of each conversation."""

import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from beatra_desktop import __version__
from beatra_desktop.services.filenames import safe_stem
from beatra_desktop.services.transfer import schema
from beatra_desktop.services.transfer.tree import Tree

FORMAT: Final = "beatra-archive"
VERSION: Final = 1
MANIFEST: Final = "manifest.json"
FOLDER: Final = "conversations/"
ENDING: Final = ".json"
_OLDEST_YEAR: Final = 1980
"""Zip files know no earlier time."""


class Manifest(msgspec.Struct, kw_only=True):
    """`conversations` is how many there are; readers go by the files themselves."""

    format: str = FORMAT
    version: int = VERSION
    app: str = f"Beatra Desktop {__version__}"
    created_at: datetime
    conversations: int


def write(
    path: Path, trees: Iterable[Tree], *, created_at: datetime, on_done: Callable[[int], None]
) -> int:
    """Write the archive, one conversation in memory at a time; returns how many.

    Raises OSError when the file can't be written.
    """
    count = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for count, tree in enumerate(trees, start=1):
            archive.writestr(_member(count, tree), schema.encode(tree))
            on_done(count)
        manifest = Manifest(created_at=created_at, conversations=count)
        archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return count


def _member(number: int, tree: Tree) -> zipfile.ZipInfo:
    """Named by number and title for people who look inside."""
    title = safe_stem(tree.conversation.title)
    changed_at = tree.conversation.updated_at.astimezone()
    date = (max(_OLDEST_YEAR, changed_at.year), *changed_at.timetuple()[1:6])
    info = zipfile.ZipInfo(f"{FOLDER}{number:05d} {title}{ENDING}", date)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info
