"""Keys, scales and chords as plain numbers: pitches are MIDI numbers, pitch classes 0-11."""

import re
from dataclasses import dataclass
from typing import Final

SCALES: Final = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
}
MINOR_MODES: Final = frozenset({"minor", "dorian", "phrygian"})
NOTE_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
LETTERS: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
DEGREES: Final = {"i": 0, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11}
MIDDLE_C: Final = 60

_NUMERAL: Final = re.compile(r"^([b#]?)([ivIV]+)(°|\+|sus4|sus2|7|maj7)?$")


@dataclass(frozen=True, slots=True)
class Key:
    tonic: int
    mode: str

    @property
    def scale(self) -> tuple[int, ...]:
        return SCALES[self.mode]

    @property
    def is_minor(self) -> bool:
        return self.mode in MINOR_MODES

    @property
    def name(self) -> str:
        return f"{NOTE_NAMES[self.tonic]} {self.mode}"

    def pitch(self, step: int) -> int:
        """The MIDI pitch of a scale step; step 0 is the tonic nearest to middle C."""
        base = MIDDLE_C + (self.tonic if self.tonic <= 6 else self.tonic - 12)
        octave, degree = divmod(step, len(self.scale))
        return base + 12 * octave + self.scale[degree]

    def nearest_step(self, pitch: float) -> int:
        return min(range(-21, 29), key=lambda step: abs(self.pitch(step) - pitch))

    def contains(self, pitch: int) -> bool:
        return (pitch - self.tonic) % 12 in self.scale


@dataclass(frozen=True, slots=True)
class Chord:
    """`classes` starts with the root."""

    root: int
    classes: tuple[int, ...]

    def holds(self, pitch: int) -> bool:
        return pitch % 12 in self.classes

    def nearest(self, pitch: float, *, classes: tuple[int, ...] | None = None) -> int:
        """The chord tone (of `classes` when given) closest to `pitch`."""
        wanted = self.classes[:4] if classes is None else classes
        low = round(pitch) - 7
        candidates = [p for p in range(low, low + 15) if p % 12 in wanted]
        return min(candidates, key=lambda p: (abs(p - pitch), p))


def chord_from_numeral(numeral: str, *, key: Key, colour: str) -> Chord:
    """Reads "vi", "bVII", "V7", "ii°"; `colour` is triad, seventh, ninth, power or sus.

    Degrees count from the major scale of the tonic, so a minor key writes "bVI", not "VI".
    """
    match = _NUMERAL.match(numeral)
    if match is None:
        raise ValueError(f"{numeral!r} is not a chord numeral")
    accidental, degree, suffix = match.groups()
    shift = {"b": -1, "#": 1, "": 0}[accidental]
    root = (key.tonic + DEGREES[degree.lower()] + shift) % 12
    intervals = _intervals(
        root, minor=degree.islower(), suffix=suffix or "", key=key, colour=colour
    )
    return Chord(root, tuple((root + interval) % 12 for interval in intervals))


def _intervals(root: int, *, minor: bool, suffix: str, key: Key, colour: str) -> tuple[int, ...]:
    if colour == "power":
        return (0, 7)
    third = {"sus4": 5, "sus2": 2}.get(suffix, 3 if minor else 4)
    fifth = {"°": 6, "+": 8}.get(suffix, 7)
    intervals = [0, third, fifth]
    if suffix == "7" or (colour in ("seventh", "ninth") and suffix not in ("sus2", "sus4")):
        plain = suffix == "7" or minor or not key.contains(root + 11)
        intervals.append(10 if plain else 11)
    if suffix == "maj7":
        intervals.append(11)
    if colour in ("ninth", "sus") and key.contains(root + 14) and third != 2:
        intervals.append(14)
    return tuple(intervals)
