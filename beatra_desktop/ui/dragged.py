"""What is dragged or pasted, told by its description alone: no disk is asked."""

import mimetypes
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QMimeData, QUrl

from beatra_desktop.ui import drag_out

UPLOADS_FORMAT: Final = "application/x-beatra-uploads"
"""Ids of uploads, one a line: what a file of the library is dragged as inside the app."""
_WEB: Final = ("http", "https")


class Dragged(Struct, frozen=True, kw_only=True):
    """`links` are the addresses of what is not on this computer."""

    paths: tuple[Path, ...] = ()
    links: tuple[QUrl, ...] = ()
    upload_ids: tuple[str, ...] = ()
    has_picture: bool = False
    clip_ids: tuple[str, ...] = ()
    """Songs dragged within the app: outside the studio they may go into a playlist."""

    @property
    def is_for_us(self) -> bool:
        """Whether it is anything but text, which is for the fields."""
        ours = self.upload_ids or self.clip_ids
        return bool(self.paths or self.links or ours or self.has_picture)

    @property
    def is_from_the_web(self) -> bool:
        return all(link.scheme() in _WEB for link in self.links)


def read(data: QMimeData) -> Dragged:
    urls = data.urls()
    ids = bytes(data.data(UPLOADS_FORMAT).data()).decode() if data.hasFormat(UPLOADS_FORMAT) else ""
    paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return Dragged(
        paths=paths,
        links=tuple(url for url in urls if not url.isLocalFile()),
        upload_ids=tuple(ids.split()),
        has_picture=data.hasImage() and not paths,
        clip_ids=tuple(drag_out.clip_ids(data)),
    )


def is_audio(path: Path) -> bool:
    """Whether a file's name says that it is a recording."""
    return _kind(path) == "audio"


def is_text(path: Path) -> bool:
    """Whether a file's name says that it can be read as text."""
    return _kind(path) == "text"


def _kind(path: Path) -> str:
    return (mimetypes.guess_type(path.name)[0] or "").partition("/")[0]
