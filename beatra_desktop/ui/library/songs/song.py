"""One song as the library shows it: a clip with what is known of it elsewhere."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import is_in_trash
from beatra_desktop.domain.music import Clip, Delivery, MusicTask
from beatra_desktop.domain.titles import numbered
from beatra_desktop.ui import format
from beatra_desktop.ui.drag_out import Piece
from beatra_desktop.ui.music.task_text import clip_line
from beatra_desktop.ui.trash_page import time_left


class Song(Struct, frozen=True):
    """`id` is the clip's; `of` is how many clips its task made."""

    id: str
    clip: Clip
    task: MusicTask
    is_missing: bool
    of: int = 1

    @property
    def title(self) -> str:
        return " ".join(numbered(self.clip.title, self.clip.index, of=self.of).split())

    @property
    def model(self) -> str:
        return self.task.resolved_model or self.task.prompt.model

    @property
    def is_instrumental(self) -> bool:
        return self.task.prompt.instrumental

    @property
    def is_saved(self) -> bool:
        return self.clip.delivery is Delivery.SAVED and self.clip.path is not None

    @property
    def is_playable(self) -> bool:
        """Whether its file is there, as far as anybody looked."""
        return self.is_saved and not self.is_missing

    @property
    def piece(self) -> Piece:
        """What is given to other programs."""
        return Piece(self.id, self.title, self.clip.path if self.is_playable else None)

    @property
    def made_at(self) -> datetime:
        return self.task.completed_at or self.task.created_at

    @property
    def length(self) -> str:
        seconds = self.clip.duration_seconds
        return format.duration(seconds) if seconds is not None else ""

    @property
    def date(self) -> str:
        return format.relative(self.made_at, utc_now())

    @property
    def trouble(self) -> str:
        """Why it can't be played, or how long it can be brought back; empty for all others."""
        if self.clip.deleted_at is not None:
            return time_left(self.clip.deleted_at, utc_now())
        if self.is_missing:
            return _tr("File is missing")
        return "" if self.is_saved else clip_line(self.clip)

    @property
    def facts(self) -> str:
        """The small line below its title."""
        shown = self.trouble or self.model
        return " · ".join(filter(None, (self.length, shown)))


def spoken(song: Song) -> str:
    """The whole song, for a screen reader."""
    clip = song.clip
    stars = _tr("{n} of 5 stars").format(n=clip.rating) if clip.rating else _tr("not rated")
    favourite = _tr("favourite") if clip.is_favourite else ""
    trashed = _tr("in the trash") if is_in_trash(clip) else ""
    parts = (song.title, song.length, song.trouble, song.model, stars, favourite, trashed)
    return format.listed((*parts, song.date))


def song_count(number: int) -> str:
    """Such as "3 songs"."""
    one = _tr("1 song")
    return one if number == 1 else _tr("{n} songs").format(n=format.count(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("song", text)
