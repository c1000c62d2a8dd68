"""Chord patterns, pads and arpeggios."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.score import Note
from beatra_desktop.sandbox.synth.structure import Section
from beatra_desktop.sandbox.synth.style import Style

Voicing = tuple[int, ...]

# (onset, length, velocity, voices) in beats; voices: "all", "low", "high" or a voice's index.
Stroke = tuple[float, float, float, str]

PATTERNS: Final[dict[str, dict[int, tuple[Stroke, ...]]]] = {
    "block": {4: ((0, 3.8, 0.7, "all"),), 3: ((0, 2.8, 0.7, "all"),)},
    "ballad": {
        4: (
            (0, 2, 0.72, "all"),
            (1.5, 0.5, 0.4, "high"),
            (2, 2, 0.6, "all"),
            (3.5, 0.5, 0.42, "high"),
        ),
    },
    "waltz": {3: ((1, 0.7, 0.55, "all"), (2, 0.7, 0.48, "all"))},
    "waltz_broken": {
        3: tuple((index / 2, 1.2, 0.62 - 0.04 * (index % 3), str(index)) for index in range(6)),
    },
    "broken": {
        4: tuple(
            (index / 2, 1.5, 0.66 - 0.06 * (index % 2), str((0, 1, 2, 3, 2, 1, 2, 1)[index]))
            for index in range(8)
        ),
        3: tuple(
            (index / 2, 1.2, 0.62 - 0.04 * (index % 3), str((0, 1, 2, 3, 2, 1)[index]))
            for index in range(6)
        ),
    },
    "alberti": {
        4: tuple(
            (index / 2, 0.6, 0.62 - 0.06 * (index % 2), str((0, 2, 1, 2)[index % 4]))
            for index in range(8)
        ),
    },
    "strum": {
        4: (
            (0, 1, 0.78, "down"),
            (1, 0.5, 0.6, "down"),
            (1.5, 1, 0.45, "up"),
            (2.5, 0.5, 0.5, "up"),
            (3, 0.5, 0.66, "down"),
            (3.5, 0.5, 0.42, "up"),
        ),
        3: (
            (0, 1, 0.76, "down"),
            (1, 1, 0.55, "down"),
            (2, 0.5, 0.58, "down"),
            (2.5, 0.5, 0.42, "up"),
        ),
    },
    "boomchick": {4: ((1, 0.5, 0.66, "down"), (3, 0.5, 0.66, "down"), (3.5, 0.4, 0.4, "up"))},
    "eighths": {
        4: tuple((index / 2, 0.46, 0.76 - 0.14 * (index % 2), "all") for index in range(8))
    },
    "offbeat": {4: tuple((beat + 0.5, 0.4, 0.64, "all") for beat in range(4))},
    "skank": {4: ((1, 0.22, 0.72, "all"), (3, 0.22, 0.74, "all"), (3.5, 0.15, 0.4, "all"))},
    "charleston": {4: ((0, 0.7, 0.6, "all"), (1.5, 0.5, 0.66, "all"), (3.5, 0.4, 0.42, "all"))},
    "lazy": {4: ((0, 1.4, 0.66, "all"), (1.75, 1.5, 0.5, "all"), (3.5, 0.5, 0.38, "high"))},
    "bossa": {
        4: (
            (0, 0.5, 0.6, "all"),
            (1, 0.4, 0.5, "all"),
            (1.5, 0.9, 0.66, "all"),
            (2.5, 0.4, 0.52, "all"),
            (3.5, 0.5, 0.62, "all"),
        ),
    },
    "montuno": {
        4: (
            (0, 0.5, 0.72, "all"),
            (1, 0.4, 0.6, "high"),
            (1.5, 0.5, 0.66, "all"),
            (2.5, 0.5, 0.68, "all"),
            (3, 0.4, 0.55, "high"),
            (3.5, 0.5, 0.64, "all"),
        ),
    },
    "house": {
        4: (
            (0, 0.4, 0.75, "all"),
            (0.75, 0.4, 0.68, "all"),
            (1.5, 0.4, 0.72, "all"),
            (2.5, 0.6, 0.7, "all"),
            (3.5, 0.3, 0.5, "all"),
        )
    },
    "stabs": {4: ((0, 0.35, 0.76, "all"), (1.5, 0.35, 0.66, "all"), (3, 0.35, 0.6, "all"))},
    "funk": {
        4: (
            (0, 0.2, 0.7, "all"),
            (0.75, 0.15, 0.45, "high"),
            (1.25, 0.15, 0.6, "all"),
            (1.75, 0.15, 0.4, "high"),
            (2.5, 0.2, 0.66, "all"),
            (3.25, 0.15, 0.5, "high"),
            (3.75, 0.2, 0.55, "all"),
        ),
    },
    "chug": {
        4: tuple(
            (index / 4, 0.22, 0.86 if index in (0, 3, 6, 10, 12) else 0.6, "low")
            for index in range(16)
            if index not in (5, 9, 15)
        ),
    },
    "ostinato": {
        4: tuple((index / 2, 0.4, 0.7 if index % 4 == 0 else 0.52, "all") for index in range(8))
    },
    "sustain": {4: ((0, 3.95, 0.62, "all"),), 3: ((0, 2.95, 0.62, "all"),)},
}
STRUM_BEATS: Final = 0.035


def write_comping(
    section: Section, voicings: Sequence[Voicing], style: Style, rng: np.random.Generator
) -> list[Note]:
    """The style's chord pattern, thinner in quiet sections and loosened now and then."""
    patterns = PATTERNS[style.comp]
    pattern = patterns.get(style.beats) or PATTERNS["block"][style.beats]
    if section.energy < 0.4 and style.comp not in ("broken", "waltz_broken", "sustain", "alberti"):
        pattern = PATTERNS["block"][style.beats]
    notes: list[Note] = []
    for bar, voicing in enumerate(voicings):
        start = float((section.start_bar + bar) * style.beats)
        strokes = [stroke for stroke in pattern if stroke[0] == 0 or rng.random() > 0.06]
        for stroke in strokes:
            notes.extend(_stroke(stroke, voicing, start=start, energy=section.energy, rng=rng))
    return notes


def write_pad(section: Section, voicings: Sequence[Voicing], style: Style) -> list[Note]:
    """Held chords; tones shared by neighbouring chords stay down instead of being struck again."""
    notes: list[Note] = []
    held: dict[int, Note] = {}
    for bar, voicing in enumerate(voicings):
        start = float((section.start_bar + bar) * style.beats)
        fresh = {pitch: held.get(pitch, Note(start, 0.0, pitch, 0.6)) for pitch in voicing}
        notes.extend(note for pitch, note in held.items() if pitch not in fresh)
        held = {
            pitch: Note(note.start, start + style.beats - note.start, pitch, note.velocity)
            for pitch, note in fresh.items()
        }
    return [*notes, *held.values()]


def write_arpeggio(
    section: Section, voicings: Sequence[Voicing], style: Style, rng: np.random.Generator
) -> list[Note]:
    """Runs through the chord in sixteenths or eighths, in one direction for the section."""
    quick = style.tempo_bpm < 132 and style.genre.density > 0.3 and style.beats == 4
    unit = 0.25 if quick else 0.5
    order = [(0, 1, 2, 3), (0, 2, 1, 3), (3, 2, 1, 0), (0, 1, 2, 1)][int(rng.integers(4))]
    gaps = rng.random(16) < (0.12 if quick else 0.2)
    notes: list[Note] = []
    for bar, voicing in enumerate(voicings):
        start = float((section.start_bar + bar) * style.beats)
        tones = (*voicing[:3], *(pitch + 12 for pitch in voicing[:3]))
        for index in range(int(style.beats / unit)):
            if gaps[index % 16]:
                continue
            pitch = tones[order[index % 4]] + (12 if (index // 4) % 2 and rng.random() < 0.5 else 0)
            velocity = 0.62 + (0.12 if index % 4 == 0 else 0.0) + 0.04 * float(rng.normal())
            notes.append(Note(start + index * unit, unit * 1.1, pitch, velocity))
    return notes


def _stroke(
    stroke: Stroke, voicing: Voicing, *, start: float, energy: float, rng: np.random.Generator
) -> list[Note]:
    onset, length, velocity, voices = stroke
    pitches, spread = _voices(voices, voicing), 0.0
    if voices in ("down", "up"):
        spread = STRUM_BEATS if voices == "down" else 0.6 * STRUM_BEATS
        pitches = pitches if voices == "down" else pitches[::-1]
    loudness = velocity * (0.82 + 0.24 * energy)
    return [
        Note(start + onset + index * spread, length, pitch, loudness + 0.025 * float(rng.normal()))
        for index, pitch in enumerate(pitches)
    ]


def _voices(voices: str, voicing: Voicing) -> Voicing:
    if voices.isdigit():
        octave, index = divmod(int(voices), len(voicing))
        return (voicing[index] + 12 * octave,)
    if voices == "high":
        return voicing[-2:]
    if voices == "low":
        return tuple(pitch - 12 for pitch in voicing[:2])
    if voices in ("down", "up"):
        return (voicing[0] - 12, *voicing, voicing[0] + 12)
    return voicing
