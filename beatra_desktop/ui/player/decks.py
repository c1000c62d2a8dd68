"""Two decks, as a disc jockey has them: one is heard, the other is ready or plays along."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from beatra_desktop.domain.playing import LoopRegion
from beatra_desktop.ui.player.playback import Playback

APART_MS: Final = 120
"""So far apart two clips that play together may be before one is put beside the other: Qt tells
positions in steps of about 85 ms."""


class Decks(QObject):
    """Positions and durations are in milliseconds, those of the deck that is heard.

    Alone, the second deck holds the next file so that it can start at once (`cue`,
    `take_cued`). As a pair (`load_pair`) both play at the same place and `hear` says which sounds.
    """

    position_changed = Signal(int)
    state_changed = Signal()
    jumped = Signal(int)
    """The position was changed by somebody, not by playing on."""
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._decks = (Playback(self), Playback(self))
        self._row = 0
        self._is_paired = False
        self._loop: LoopRegion | None = None
        self._end_of_loop = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._end_of_loop.timeout.connect(self._start_over)
        for deck in self._decks:
            self._connect(deck)

    @property
    def front(self) -> Playback:
        """The deck that is heard."""
        return self._decks[self._row]

    @property
    def back(self) -> Playback:
        return self._decks[1 - self._row]

    @property
    def is_paired(self) -> bool:
        return self._is_paired

    @property
    def has_device(self) -> bool:
        return self.front.has_device

    @property
    def is_playing(self) -> bool:
        return self.front.is_playing

    @property
    def is_loaded(self) -> bool:
        """What is to be heard was opened; of a pair, both."""
        return all(deck.is_loaded for deck in self._driven)

    @property
    def duration_ms(self) -> int:
        """Of a pair, of the shorter one: there both can be heard."""
        return min(deck.duration_ms for deck in self._driven)

    @property
    def position_ms(self) -> int:
        return self.front.position_ms

    @property
    def volume(self) -> float:
        return self.front.volume

    @property
    def speed(self) -> float:
        return self.front.speed

    @property
    def loop(self) -> LoopRegion | None:
        return self._loop

    @property
    def cued(self) -> Path | None:
        return None if self._is_paired else self.back.path

    def load(self, path: Path) -> None:
        """Open a file alone; PlaybackMissing when this installation can't play at all."""
        self._part()
        self.front.load(path)

    def load_pair(self, first: Path, second: Path) -> None:
        """Open two files to be played together; the first is heard."""
        self._is_paired, self._loop, self._row = True, None, 0
        self._end_of_loop.stop()
        for deck, path in zip(self._decks, (first, second), strict=True):
            deck.load(path)
        self._silence_back()

    def cue(self, path: Path | None) -> None:
        """Open the file that comes next, if any, without playing it."""
        if self._is_paired or path == self.cued:
            return
        if path is None:
            self.back.close()
        else:
            self.back.load(path)
            self.back.pause()

    def take_cued(self) -> None:
        """Play what was cued and let go of what was heard."""
        self._loop = None
        self._row = 1 - self._row
        self._silence_back()
        self.front.play()
        self.back.close()
        self.state_changed.emit()

    def hear(self, row: int) -> None:
        """Of a pair, let the first (0) or the second (1) sound, at the same place."""
        if not self._is_paired or row == self._row:
            return
        position_ms, is_playing = self.position_ms, self.is_playing
        self._row = row
        if abs(self.front.position_ms - position_ms) > APART_MS or not is_playing:
            self.front.seek(position_ms)
        self._silence_back()
        self.state_changed.emit()

    def set_gains(self, first_db: float, second_db: float) -> None:
        """Turn each of a pair down by so many decibels."""
        for deck, decibels in zip(self._decks, (first_db, second_db), strict=True):
            deck.set_gain(decibels)

    def keep_front(self) -> None:
        """Of a pair, go on with the one that is heard."""
        self._part()
        self.state_changed.emit()

    def play(self) -> None:
        if self._is_paired and self.position_ms >= self.duration_ms:
            self._move(0)
        for deck in self._driven:
            deck.play()

    def pause(self) -> None:
        for deck in self._driven:
            deck.pause()

    def close(self) -> None:
        """Let go of all files."""
        self._part()
        self._decks[0].close()
        self._decks[1].close()

    def seek(self, position_ms: int) -> None:
        place_ms = max(0, min(position_ms, self.duration_ms))
        self._move(place_ms)
        self.jumped.emit(place_ms)

    def set_loop(self, loop: LoopRegion | None) -> None:
        """Play only this part, again and again; None plays on to the end."""
        self._loop = loop
        if loop is not None and not loop.start_ms <= self.position_ms < loop.end_ms:
            self.seek(loop.start_ms)
        self._watch()
        self.state_changed.emit()

    def set_volume(self, share: float) -> None:
        for deck in self._decks:
            deck.set_volume(share)

    def set_speed(self, factor: float) -> None:
        for deck in self._decks:
            deck.set_speed(factor)
        self._watch()

    @property
    def _driven(self) -> tuple[Playback, ...]:
        return self._decks if self._is_paired else (self.front,)

    def _part(self) -> None:
        """Be alone again, without gains, regions or something cued."""
        self._loop = None
        self._end_of_loop.stop()
        self.back.close()
        self._is_paired = False
        for deck in self._decks:
            deck.set_gain(0.0)
        self._silence_back()

    def _silence_back(self) -> None:
        self.front.set_silent(silent=False)
        self.back.set_silent(silent=True)

    def _connect(self, deck: Playback) -> None:
        deck.position_changed.connect(lambda ms: self._on_position(deck, ms))
        deck.state_changed.connect(lambda: self._on_state(deck))
        deck.ended.connect(lambda: self._on_ended(deck))
        deck.failed.connect(lambda text: self._on_failed(deck, text))

    def _move(self, position_ms: int) -> None:
        for deck in self._driven:
            deck.seek(position_ms)

    def _watch(self) -> None:
        """Ask to be woken when the end of the region is reached."""
        if self._loop is None or not self.is_playing:
            self._end_of_loop.stop()
            return
        left_ms = (self._loop.end_ms - self.position_ms) / self.speed
        self._end_of_loop.start(max(0, round(left_ms)))

    def _start_over(self) -> None:
        if self._loop is not None and self.is_playing:
            self._move(self._loop.start_ms)

    def _on_position(self, deck: Playback, position_ms: int) -> None:
        if deck is self.front:
            self._watch()
            self.position_changed.emit(position_ms)

    def _on_state(self, deck: Playback) -> None:
        if deck in self._driven:
            self._watch()
            self.state_changed.emit()

    def _on_ended(self, deck: Playback) -> None:
        if self._loop is not None:
            if deck is self.front:
                self._move(self._loop.start_ms)
                self.play()
        elif self._is_paired:
            self.pause()
        elif deck is self.front:
            self.ended.emit()

    def _on_failed(self, deck: Playback, text: str) -> None:
        if deck in self._driven:
            self.failed.emit(text)
