"""What plays, and how it goes on; the bar, the panels and the desktop's media keys show it."""

from collections.abc import Container
from itertools import islice
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.playing import Comparison, LoopRegion, Side
from beatra_desktop.services import Services
from beatra_desktop.services.comparing import ComparingService
from beatra_desktop.services.playing import PlayingService
from beatra_desktop.ui.player.decks import Decks
from beatra_desktop.ui.player.playback import PlaybackMissing
from beatra_desktop.ui.player.titles import Titles
from beatra_desktop.ui.subscriptions import subscribe

CUE_MS: Final = 5000
"""So long before the end the next clip is opened, so that it can start without a gap."""
SMALLEST_LOOP_MS: Final = 50


class Player(QObject):
    """Plays clips alone, one after the other as the queue says, or two as a pair."""

    opened = Signal()
    """Another clip is the loaded one, or none is."""
    changed = Signal()
    """It plays or stands, can or can't be played, repeats a part or not."""
    failed = Signal(str)
    """The loaded clip can't be played; the text is technical."""

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips = services.music.clips
        self._tasks = services.music.tasks
        self._playing = services.playing
        self._comparing = services.comparing
        self._clip: Clip | None = None
        self._pair: tuple[ClipId, ClipId] | None = None
        self._loop_start_ms: int | None = None
        self._place_ms: int | None = None
        self.titles = Titles(services.music.clips)
        self.decks = Decks(self)
        self.decks.state_changed.connect(self._on_state)
        self.decks.position_changed.connect(self._on_position)
        self.decks.ended.connect(self._on_ended)
        self.decks.failed.connect(self.failed)
        subscribe(self, self._comparing.comparison.changed, self._on_comparison)

    @property
    def clip(self) -> Clip | None:
        """The clip that is loaded, of a pair the one that is heard, as it is now."""
        return None if self._clip is None else self._clips.get(self._clip.id) or self._clip

    @property
    def title(self) -> str:
        """Of the loaded clip; empty where there is none, or where it is hidden."""
        return "" if self.clip is None or self.hides_names else self.titles.of(self.clip)

    @property
    def hides_names(self) -> bool:
        """Two clips are compared blind: nothing may tell which one is heard."""
        return self.comparison is not None and self.comparison.hides_names

    @property
    def words(self) -> str:
        """The lyrics of the loaded clip, else those that were asked for."""
        clip = self.clip
        if clip is None or self.hides_names:
            return ""
        task = self._tasks.get(clip.task_id)
        return clip.lyrics or ("" if task is None else task.prompt.lyrics)

    @property
    def queue(self) -> PlayingService:
        return self._playing

    @property
    def comparing(self) -> ComparingService:
        return self._comparing

    @property
    def comparison(self) -> Comparison | None:
        return self._comparing.comparison.value

    @property
    def is_loaded(self) -> bool:
        return self.decks.is_loaded

    @property
    def is_playing(self) -> bool:
        return self.decks.is_playing

    @property
    def loop_start_ms(self) -> int | None:
        """Where a part begins whose end was not set yet."""
        return self._loop_start_ms

    def clip_of(self, clip_id: str) -> Clip | None:
        return self._clips.get(clip_id)

    def newest(self, count: int, *, but: Container[str]) -> list[Clip]:
        """Saved clips whose ids are not in `but`, the newest first."""
        fresh = (
            clip
            for clip in reversed(list(self._clips))
            if clip.id not in but and clip.delivery is Delivery.SAVED and clip.deleted_at is None
        )
        return list(islice(fresh, count))

    def load(self, clip_id: str, *, play: bool) -> None:
        """Open a clip alone; what is not on this disk is shown without being opened."""
        clip = self._clips.get(clip_id)
        if clip is None:
            return
        self._leave_pair()
        self._take(clip)
        if clip.path is None or not is_on_disk(clip):
            self.decks.close()
        else:
            self._open(clip.path, play=play)
        self.opened.emit()

    def compare(self, first: str, second: str) -> None:
        """Play two saved clips as a pair, from the place the loaded one is at."""
        clips = [self._clips.get(clip_id) for clip_id in (first, second)]
        paths = [clip.path for clip in clips if clip is not None and is_on_disk(clip)]
        if first == second or None in paths or len(paths) != 2:
            return
        was_playing, place_ms = self.is_playing, self.decks.position_ms
        self._pair = (ClipId(first), ClipId(second))
        self._loop_start_ms = None
        try:
            self.decks.load_pair(*(path for path in paths if path is not None))
        except PlaybackMissing as error:
            self._pair = None
            self.failed.emit(str(error))
            return
        self._place_ms = place_ms
        if was_playing:
            self.decks.play()
        self._comparing.start(*self._pair)

    def rivals(self, clip: Clip, count: int) -> list[Clip]:
        """Saved clips to compare one with: those of its own task first, then the newest."""
        others = [each for each in self.newest(count + 1, but=()) if each.id != clip.id]
        songs = (each for each in self._clips if each.deleted_at is None and each.id != clip.id)
        kin = [each for each in songs if each.task_id == clip.task_id]
        found = {each.id: each for each in (*filter(is_on_disk, kin), *others)}
        return list(found.values())[:count]

    def finish_comparing(self) -> None:
        """Go on with the one that is heard, alone."""
        if self._pair is not None:
            self._pair = None
            self.decks.keep_front()
            self._comparing.finish()
            if self._clip is not None:
                self._playing.open(self._clip.id)
            self.opened.emit()

    def hear(self, side: Side) -> None:
        self._comparing.hear(side)

    def toggle(self) -> None:
        """Play or pause what is loaded; with nothing loaded, go on with the queue of before."""
        if self.decks.is_playing:
            self.decks.pause()
        elif self.decks.is_loaded:
            self.decks.play()
        elif self._clip is None:
            self.load(self._playing.current.value, play=True)

    def step(self, by: int) -> None:
        """Load and play the next (1) or previous (-1) clip of the queue."""
        if clip_id := self._playing.neighbour(by):
            self.load(clip_id, play=True)

    def seek_by(self, offset_ms: int) -> None:
        if self.decks.is_loaded:
            self.decks.seek(self.decks.position_ms + offset_ms)

    def mark_loop(self) -> None:
        """Set the start of the part to be repeated, then its end, then take it away."""
        now_ms = self.decks.position_ms
        if self.decks.loop is not None:
            self.set_loop(None)
        elif self._loop_start_ms is None:
            self._loop_start_ms = now_ms
            self.changed.emit()
        else:
            self.set_loop(LoopRegion(*sorted((self._loop_start_ms, now_ms))))

    def set_loop(self, loop: LoopRegion | None) -> None:
        """Repeat a part from now on; parts too short to be heard are none."""
        if loop is not None and loop.end_ms - loop.start_ms < SMALLEST_LOOP_MS:
            loop = None
        self._loop_start_ms = None
        self.decks.cue(None)
        self.decks.set_loop(loop)

    def close(self) -> None:
        self._leave_pair()
        self.decks.close()
        self._playing.close()
        self._clip = None
        self.opened.emit()

    def _take(self, clip: Clip) -> None:
        self._clip = clip
        self._loop_start_ms = None
        self._playing.open(clip.id)

    def _open(self, path: Path, *, play: bool) -> None:
        try:
            self.decks.load(path)
        except PlaybackMissing as error:
            self.failed.emit(str(error))
            return
        if play:
            self.decks.play()

    def _leave_pair(self) -> None:
        if self._pair is not None:
            self._pair = None
            self._comparing.finish()

    def _cue(self) -> None:
        """Open what comes next shortly before it is needed."""
        left_ms = (self.decks.duration_ms - self.decks.position_ms) / self.decks.speed
        if self._pair is None and self.decks.loop is None and 0 < left_ms < CUE_MS:
            following = self._clips.get(self._playing.after_end())
            self.decks.cue(following.path if following and is_on_disk(following) else None)

    def _on_position(self, _position_ms: int) -> None:
        if self.decks.is_playing:
            self._cue()

    def _on_state(self) -> None:
        if self._place_ms is not None and self.decks.is_loaded and self.decks.duration_ms:
            place_ms, self._place_ms = self._place_ms, None
            self.decks.seek(place_ms)
        self.changed.emit()

    def _on_ended(self) -> None:
        clip = self._clips.get(self._playing.after_end())
        if clip is None:
            self.changed.emit()
        elif clip.path is not None and clip.path == self.decks.cued:
            self._take(clip)
            self.decks.take_cued()
            self.opened.emit()
        else:
            self.load(clip.id, play=True)

    def _on_comparison(self, comparison: Comparison | None) -> None:
        if comparison is None or self._pair is None:
            return
        first, second = (self._side_of(comparison, clip_id) for clip_id in self._pair)
        heard = self._clips.get(comparison.clip_of(comparison.heard))
        levels = comparison.levels
        if levels is not None:
            decibels = {Side.FIRST: levels.first_db, Side.SECOND: levels.second_db}
            self.decks.set_gains(decibels[first], decibels[second])
        self.decks.hear(self._pair.index(comparison.clip_of(comparison.heard)))
        if heard is not None:
            self._clip = heard
            self.opened.emit()

    def _side_of(self, comparison: Comparison, clip_id: ClipId) -> Side:
        return Side.FIRST if comparison.first == clip_id else Side.SECOND


def is_on_disk(clip: Clip) -> bool:
    """Whether there is a file to be played."""
    return clip.delivery is Delivery.SAVED and clip.path is not None and clip.path.exists()
