"""The songs on show: clips joined with their tasks, filtered and put in order."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from beatra_desktop.domain.collection import is_in_trash
from beatra_desktop.domain.music import Clip
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.services import Services
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_filter import Order, SongFilter, newest_first, ordered
from beatra_desktop.ui.model_feed import FRAME_MS
from beatra_desktop.ui.subscriptions import subscribe

FEW: Final = 30
"""So many songs leave the list one by one; more are a new list."""


class SongRows(QObject):
    """`rows` follows the services once per frame; `refreshed` when anything about songs changed."""

    refreshed = Signal()

    def __init__(self, services: Services, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips = services.music.clips
        self._tasks = services.music.tasks
        self._task_of = services.collection.task_of
        self._missing = services.collection.missing
        self._filter = SongFilter()
        self._order = Order.NEWEST
        self._songs: dict[str, Song] = {}
        self._of_task: dict[str, set[str]] = {}
        self._newest: list[Song] = []
        self._in_order: list[Song] = []
        self._dirty: set[str] = set()
        self._is_unsorted = False
        self._is_outdated = False
        self._counts: tuple[int, int] | None = None
        self._rows: Records[Song] = Records()
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self.catch_up)
        self._subscribe()
        self._read_all()

    @property
    def rows(self) -> ReadOnlyRecords[Song]:
        return self._rows

    @property
    def counts(self) -> tuple[int, int]:
        """How many songs there are, and how many are in the trash."""
        if self._counts is None:
            clips = [song.clip for song in self._songs.values() if song.clip.deleted_at is not None]
            self._counts = len(self._songs) - len(clips), sum(map(is_in_trash, clips))
        return self._counts

    def models(self) -> list[str]:
        """The models that made them."""
        return sorted({song.model for song in self._songs.values() if song.model})

    def song(self, clip_id: str) -> Song | None:
        return self._songs.get(clip_id)

    def show(self, wanted: SongFilter, order: Order) -> None:
        """Show what fits the filter; a playlist has its own order."""
        if order is not self._order:
            self._order = order
            self._in_order = ordered(self._newest, order)
            self._is_outdated = True
        self._filter = wanted
        self._assign()

    def catch_up(self) -> None:
        """Take what changed since the last frame."""
        self._frame.stop()
        dirty, self._dirty = self._dirty, set()
        if not dirty:
            return
        changed = [song for clip_id in dirty if (song := self._renewed(clip_id)) is not None]
        self._counts = None
        if self._is_unsorted or len(dirty) > FEW:
            self._sort()
            self._assign()
        else:
            self._patch(changed)
        self.refreshed.emit()

    def _subscribe(self) -> None:
        clips, tasks = self._clips, self._tasks
        for signal, slot in (
            (clips.inserted, self._on_clips_inserted),
            (clips.changed, self._on_clip_changed),
            (clips.removed, self._start_over),
            (clips.reset, self._start_over),
            (tasks.changed, self._on_task_changed),
            (self._missing.changed, self._on_missing),
        ):
            subscribe(self, signal, slot)

    def _start_over(self, *_rows: int) -> None:
        self._read_all()
        self._assign()
        self.refreshed.emit()

    def _read_all(self) -> None:
        self._dirty.clear()
        self._of_task.clear()
        for clip in self._clips:
            self._of_task.setdefault(clip.task_id, set()).add(clip.id)
        self._songs = {clip.id: self._made(clip) for clip in self._clips}
        self._counts = None
        self._sort()

    def _made(self, clip: Clip) -> Song:
        siblings = self._of_task[clip.task_id]
        is_missing = clip.id in self._missing.value
        return Song(clip.id, clip, self._task_of(clip), is_missing, len(siblings))

    def _renewed(self, clip_id: str) -> Song | None:
        """Look at a clip again; None when nothing on show can differ."""
        clip = self._clips.get(clip_id)
        if clip is None:
            return None
        self._of_task.setdefault(clip.task_id, set()).add(clip_id)
        song, before = self._made(clip), self._songs.get(clip_id)
        if song == before:
            return None
        self._songs[clip_id] = song
        self._is_outdated = True
        # What has its place by what just changed would jump below the pointer: it stays until the
        # list is sorted again.
        self._is_unsorted |= before is None or before.made_at != song.made_at
        return song

    def _sort(self) -> None:
        self._newest = newest_first(list(self._songs.values()))
        self._in_order = ordered(self._newest, self._order)
        self._is_unsorted = self._is_outdated = False

    def _assign(self) -> None:
        if self._is_outdated:
            self._in_order = [self._songs[song.id] for song in self._in_order]
            self._is_outdated = False
        if self._filter.playlist is None:
            wanted = self._filter.chosen(self._in_order)
        else:
            listed = (self._songs.get(clip_id) for clip_id in self._filter.playlist)
            wanted = self._filter.chosen([song for song in listed if song is not None])
        if wanted != list(self._rows):
            self._rows.assign(wanted)

    def _patch(self, changed: list[Song]) -> None:
        comes = False
        for song in changed:
            fits = self._filter.fits(song)
            if song.id not in self._rows:
                comes |= fits
            elif fits:
                self._rows.replace(song)
            else:
                self._rows.remove(song.id)
        if comes:
            self._assign()

    def _note(self, clip_id: str) -> None:
        self._dirty.add(clip_id)
        if not self._frame.isActive():
            self._frame.start()

    def _on_clips_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            for clip_id in (self._clips[row].id, *self._of_task.get(self._clips[row].task_id, ())):
                self._note(clip_id)

    def _on_clip_changed(self, row: int) -> None:
        self._note(self._clips[row].id)

    def _on_task_changed(self, row: int) -> None:
        task = self._tasks[row]
        if task.status.is_terminal:
            for clip_id in self._of_task.get(task.id, ()):
                self._note(clip_id)

    def _on_missing(self, missing: frozenset[str]) -> None:
        for song in list(self._songs.values()):
            if song.is_missing != (song.id in missing):
                self._note(song.id)
