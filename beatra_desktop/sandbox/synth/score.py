"""What the players read: notes and drum hits in beats from the start of the song."""

from dataclasses import dataclass

from beatra_desktop.sandbox.synth.lyrics import Syllable


@dataclass(frozen=True, slots=True)
class Note:
    """`velocity` is 0-1; `syllable` is set on sung notes."""

    start: float
    beats: float
    pitch: int
    velocity: float
    syllable: Syllable | None = None

    @property
    def end(self) -> float:
        return self.start + self.beats


@dataclass(frozen=True, slots=True)
class Hit:
    start: float
    drum: str
    velocity: float


@dataclass(frozen=True, slots=True)
class Part:
    """One player's notes; `role` decides level, place and effects in the mix."""

    role: str
    instrument: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Everything that is played."""

    parts: tuple[Part, ...]
    hits: tuple[Hit, ...]
