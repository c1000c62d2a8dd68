"""Bass lines: from one long root to a walking line."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.score import Note
from beatra_desktop.sandbox.synth.structure import Section
from beatra_desktop.sandbox.synth.style import Style
from beatra_desktop.sandbox.synth.theory import Chord

LOWEST_PITCH: Final = 29

# (onset, length, velocity, tone) in beats; tones: r root, f fifth, o octave,
# l leading to the next root.
Step = tuple[float, float, float, str]
PATTERNS: Final[dict[str, tuple[Step, ...]]] = {
    "root": ((0, 2.4, 0.8, "r"), (2.5, 0.5, 0.6, "r"), (3, 0.9, 0.68, "r")),
    "sustain": ((0, 3.95, 0.7, "r"),),
    "fifth": ((0, 0.9, 0.8, "r"), (2, 0.9, 0.72, "f")),
    "octaves": tuple(
        (index / 2, 0.42, 0.8 - 0.12 * (index % 2), "ro"[index % 2]) for index in range(8)
    ),
    "eighths": tuple((index / 2, 0.46, 0.8 - 0.08 * (index % 2), "r") for index in range(8)),
    "sixteenths": tuple(
        (index / 4, 0.2, 0.62 + 0.1 * (index % 4 == 2), "r" if index % 8 < 6 else "o")
        for index in range(16)
        if index % 4
    ),
    "offbeat": tuple((beat + 0.5, 0.42, 0.78, "r") for beat in range(4)),
    "lazy": (
        (0, 1.4, 0.8, "r"),
        (1.75, 0.6, 0.6, "f"),
        (2.5, 0.9, 0.7, "r"),
        (3.5, 0.4, 0.55, "l"),
    ),
    "syncopated": (
        (0, 0.7, 0.85, "r"),
        (0.75, 0.2, 0.5, "r"),
        (1.5, 0.6, 0.72, "o"),
        (2.25, 0.25, 0.6, "f"),
        (2.5, 0.8, 0.74, "r"),
        (3.5, 0.4, 0.6, "l"),
    ),
    "tresillo": ((0, 1.3, 0.84, "r"), (1.5, 1.3, 0.74, "f"), (3, 0.9, 0.76, "o")),
    "bossa": (
        (0, 1.3, 0.8, "r"),
        (1.5, 0.45, 0.66, "f"),
        (2, 1.3, 0.76, "f"),
        (3.5, 0.45, 0.62, "l"),
    ),
    "gallop": tuple(
        (beat + part, 0.2, 0.84 if part == 0 else 0.66, "r")
        for beat in range(4)
        for part in (0, 0.5, 0.75)
    ),
}
WALTZ: Final[tuple[Step, ...]] = ((0, 1.1, 0.8, "r"),)
WALTZ_FIFTH: Final[tuple[Step, ...]] = ((0, 1.1, 0.76, "f"),)


def write_bass(
    section: Section,
    chords: Sequence[Chord],
    style: Style,
    rng: np.random.Generator,
    *,
    following: Chord | None,
) -> list[Note]:
    """`following` is the first chord of the next section, towards which the line leads."""
    notes: list[Note] = []
    for bar, chord in enumerate(chords):
        start = float((section.start_bar + bar) * style.beats)
        after = chords[bar + 1] if bar + 1 < len(chords) else following or chord
        pattern = _pattern(style, section, bar, rng)
        if pattern is None:
            notes.extend(_walk(chord, after, start=start, beats=style.beats, rng=rng))
        else:
            notes.extend(_play(pattern, chord, after, start=start, rng=rng))
    return notes


def _pattern(
    style: Style, section: Section, bar: int, rng: np.random.Generator
) -> tuple[Step, ...] | None:
    if section.energy < 0.4 or style.bassline == "sustain":
        return ((0, style.beats * 0.97, 0.66, "r"),)
    if style.beats == 3:
        return WALTZ_FIFTH if bar % 2 and rng.random() < 0.5 else WALTZ
    return None if style.bassline == "walk" else PATTERNS[style.bassline]


def _play(
    pattern: tuple[Step, ...], chord: Chord, after: Chord, *, start: float, rng: np.random.Generator
) -> list[Note]:
    root = low_root(chord)
    tones = {"r": root, "f": _above(root, chord.classes[2:3] or (chord.root,)), "o": root + 12}
    target = low_root(after)
    tones["l"] = target - 1 if target > root else target + 2
    return [
        Note(start + onset, length, tones[tone], velocity + 0.025 * float(rng.normal()))
        for onset, length, velocity, tone in pattern
    ]


def _walk(
    chord: Chord, after: Chord, *, start: float, beats: int, rng: np.random.Generator
) -> list[Note]:
    """Root, chord tones, then a semitone from above or below into the next root."""
    root, target = low_root(chord), low_root(after)
    middle = [_above(root, chord.classes[1:2]), _above(root, chord.classes[2:3] or (chord.root,))]
    if rng.random() < 0.35:
        middle = middle[::-1]
    if rng.random() < 0.25:
        middle[-1] = root + 12
    approach = target + (1 if rng.random() < 0.5 else -1)
    line = [*[root, *middle][: beats - 1], approach]
    notes = [
        Note(start + beat, 0.88, pitch, 0.74 + 0.05 * (beat % 2) + 0.03 * float(rng.normal()))
        for beat, pitch in enumerate(line)
    ]
    if rng.random() < 0.3:
        skip = int(rng.integers(1, beats))
        notes.append(Note(start + skip - 0.5, 0.3, line[skip - 1], 0.42))
    return notes


def low_root(chord: Chord) -> int:
    return LOWEST_PITCH + (chord.root - LOWEST_PITCH) % 12


def _above(root: int, classes: tuple[int, ...]) -> int:
    return root + (classes[0] - root) % 12
