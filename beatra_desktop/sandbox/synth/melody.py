"""Melodies from motifs that return, vary and resolve."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.score import Note
from beatra_desktop.sandbox.synth.structure import Form, Section
from beatra_desktop.sandbox.synth.style import Style
from beatra_desktop.sandbox.synth.theory import Chord, Key

PENTATONIC_MAJOR: Final = (0, 2, 4, 7, 9)
PENTATONIC_MINOR: Final = (0, 3, 5, 7, 10)

# Onsets on an eighth-note grid, from sparse to busy.
RHYTHMS: Final = {
    4: (
        ("x.......", "x...x...", "..x.x...", "x.....x."),
        ("x..x..x.", "x.x.x...", "x...x.x.", "..x.x.x.", "x..xx...", "x.xxx..."),
        ("x.xxx.x.", "x.x.x.xx", "xxx.x.x.", "x..xx.xx", ".xx.x.x.", "x.xx.xx."),
        ("xxxxx.x.", "x.xxxxx.", "xx.xx.xx", "x.xxxxxx", ".xxxxxx."),
    ),
    3: (
        ("x.....", "x...x.", "..x.x."),
        ("x...x.", "x.x.x.", "x..xx.", "x.x..."),
        ("x.xxx.", "xxx.x.", "x.x.xx", "x..xxx"),
        ("xxxxx.", "xxxx.x", "x.xxxx", "xxxxxx"),
    ),
}
CADENCES: Final = {
    4: ("x.x.x...", "x...x...", "x.......", "xxx.x..."),
    3: ("x.x...", "x.....", "x.x.x."),
}

LARGEST_LEAP: Final = 7

# How far a section's melody lies above the verse, in scale steps.
LIFTS: Final = {"intro": 1, "verse": 0, "pre": 2, "chorus": 3, "bridge": 2, "solo": 4, "outro": 1}


@dataclass(frozen=True, slots=True)
class Motif:
    """`onsets` and `lengths` in beats; `steps` are scale steps from the first note."""

    onsets: tuple[float, ...]
    lengths: tuple[float, ...]
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a kind of section repeats: two motifs, a cadence and a home step."""

    first: Motif
    second: Motif
    cadence: Motif
    home: int


@dataclass(frozen=True, slots=True)
class Line:
    """A melody under construction: where it lies and what it sang last."""

    style: Style
    home: int
    rng: np.random.Generator


def write_themes(
    form: Form, style: Style, rng: np.random.Generator, *, register: int
) -> dict[str, Theme]:
    """One theme for each kind of section; the outro recalls the chorus or verse.

    `register` is the MIDI pitch around which a verse lies.
    """
    kinds = dict.fromkeys(section.kind for section in form.sections)
    themes = {kind: _theme(kind, form.beats, style, rng, register=register) for kind in kinds}
    source = themes.get("chorus", themes.get("verse"))
    for kind in ("outro", "intro"):
        if kind in themes and source is not None:
            themes[kind] = replace(source, home=themes[kind].home)
    return themes


def write_melody(
    section: Section,
    chords: Sequence[Chord],
    theme: Theme,
    style: Style,
    rng: np.random.Generator,
    *,
    final: bool,
) -> list[Note]:
    """Four-bar phrases: motif, answer, motif again, cadence; the last cadence comes home."""
    line = Line(style, theme.home, rng)
    notes: list[Note] = []
    for bar in range(section.bars):
        place = bar % 4
        closing = bar == section.bars - 1
        motif = theme.cadence if place == 3 or closing else (theme.first, theme.second)[place % 2]
        if section.turn and place == 2:
            motif = _varied(motif, rng)
        start = float((section.start_bar + bar) * style.beats)
        bar_notes = _sing_bar(line, motif, chords[bar], start=start, before=notes[-1:] or None)
        if motif is theme.cadence and bar_notes:
            home = closing and final
            bar_notes[-1] = resolved(bar_notes[-1], chords[bar], style.key, home=home)
        notes.extend(bar_notes)
    return shaped(_breathing(notes, style), section, style)


def _theme(
    kind: str, beats: int, style: Style, rng: np.random.Generator, *, register: int
) -> Theme:
    busy = float(np.clip(style.genre.density + 0.25 * style.energy, 0.1, 0.95))
    if kind in ("chorus", "bridge"):
        busy -= 0.12
    if kind == "solo":
        busy += 0.2
    home = style.key.nearest_step(register) + LIFTS[kind]
    first = _motif(_rhythm(beats, busy, rng), beats, style, rng)
    second = _motif(_rhythm(beats, busy, rng), beats, style, rng)
    if rng.random() < 0.5:
        second = replace(first, steps=_answer(first.steps))
    cadence = _motif(str(rng.choice(CADENCES[beats])), beats, style, rng)
    return Theme(first, second, cadence, home)


def _answer(steps: tuple[int, ...]) -> tuple[int, ...]:
    """The same figure upside down from its middle: a question's answer."""
    middle = len(steps) // 2
    return steps[:middle] + tuple(2 * steps[middle] - step for step in steps[middle:])


def _rhythm(beats: int, busy: float, rng: np.random.Generator) -> str:
    levels = RHYTHMS[beats]
    level = int(np.clip(round(busy * 3.2 + 0.1 + rng.normal(0, 0.4)), 0, len(levels) - 1))
    return str(rng.choice(levels[level]))


def _motif(rhythm: str, beats: int, style: Style, rng: np.random.Generator) -> Motif:
    onsets = [index / 2 for index, mark in enumerate(rhythm) if mark == "x"]
    if style.weirdness > 0.5 and rng.random() < style.weirdness - 0.3:
        onsets = [onset + 0.25 if onset % 1 and rng.random() < 0.5 else onset for onset in onsets]
    ends = [*onsets[1:], float(beats)]
    lengths = [end - onset for onset, end in zip(onsets, ends, strict=True)]
    return Motif(tuple(onsets), tuple(lengths), _contour(len(onsets), style, rng))


def _contour(count: int, style: Style, rng: np.random.Generator) -> tuple[int, ...]:
    """Mostly steps; a leap is followed by a step back, as singers like it."""
    leap_odds = 0.16 + 0.4 * max(0.0, style.weirdness - 0.2)
    steps, leapt = [0], 0
    direction = int(rng.choice((-1, 1)))
    for _ in range(count - 1):
        if leapt:
            move, leapt = -int(np.sign(leapt)), 0
        elif rng.random() < leap_odds:
            move = leapt = int(rng.choice((2, 3, 4))) * direction
        else:
            move = direction * int(rng.choice((0, 1, 1, 1, 2, 2)))
        if rng.random() < 0.35 or abs(steps[-1]) > 3:
            direction = -1 if steps[-1] > 0 else 1
        steps.append(steps[-1] + move)
    return tuple(steps)


def _varied(motif: Motif, rng: np.random.Generator) -> Motif:
    """A second verse sings the same figure with one turn changed."""
    steps = list(motif.steps)
    steps[int(rng.integers(len(steps)))] += int(rng.choice((-1, 1, 2)))
    return replace(motif, steps=tuple(steps))


def _sing_bar(
    line: Line, motif: Motif, chord: Chord, *, start: float, before: list[Note] | None
) -> list[Note]:
    key = line.style.key
    home = key.pitch(line.home)
    near = (home + before[-1].pitch) / 2 if before else home
    base = key.nearest_step(chord.nearest(near))
    notes: list[Note] = []
    last = before[-1].pitch if before else None
    for onset, length, step in zip(motif.onsets, motif.lengths, motif.steps, strict=True):
        pitch = tone_for(
            line, base + step, chord, strong=onset % 1 == 0 and length >= 0.5, last=last
        )
        accent = 0.08 if onset == 0 else 0.03 if onset % 1 == 0 else -0.05
        velocity = 0.7 + accent + 0.03 * float(line.rng.normal())
        notes.append(Note(start + onset, length * 0.94, pitch, velocity))
        last = pitch
    return notes


def tone_for(line: Line, step: int, chord: Chord, *, strong: bool, last: int | None) -> int:
    """Strong beats take chord tones; others keep the scale unless it rubs against the chord."""
    key = line.style.key
    home = key.pitch(line.home)
    pitch = key.pitch(step)
    while pitch > home + 10:
        pitch -= 12
    while pitch < home - 9:
        pitch += 12
    strange = line.style.weirdness > 0.55 and line.rng.random() < line.style.weirdness - 0.5
    if strong and not strange:
        pitch = chord.nearest(pitch)
    elif line.style.genre.pentatonic and not strange:
        pitch = _pentatonic(pitch, key)
    rubs = any((pitch + shift) % 12 in chord.classes[:3] for shift in (-1, 1))
    if rubs and not chord.holds(pitch) and not key.contains(chord.nearest(pitch)):
        pitch = chord.nearest(pitch)
    if last is not None and abs(pitch - last) > LARGEST_LEAP and not strange:
        pitch = chord.nearest(last + (4 if pitch > last else -4))
    if pitch == last and strong and line.rng.random() < 0.7:
        pitch = chord.nearest(pitch + (4 if pitch < home else -4))
    return pitch


def _pentatonic(pitch: int, key: Key) -> int:
    tones = PENTATONIC_MINOR if key.is_minor else PENTATONIC_MAJOR
    candidates = [p for p in range(pitch - 2, pitch + 3) if (p - key.tonic) % 12 in tones]
    return min(candidates, key=lambda p: abs(p - pitch))


def resolved(note: Note, chord: Chord, key: Key, *, home: bool) -> Note:
    if home:
        return replace(note, pitch=chord.nearest(note.pitch, classes=(key.tonic,)))
    return replace(note, pitch=chord.nearest(note.pitch, classes=chord.classes[:3]))


def _breathing(notes: list[Note], style: Style) -> list[Note]:
    """Leaves out a few weak notes; the same melody always breathes in the same places."""
    odds = 0.04 + 0.08 * style.weirdness
    rng = np.random.default_rng(len(notes) * 31 + sum(note.pitch for note in notes))
    return [note for note in notes if note.start % 1 == 0 or rng.random() > odds]


def shaped(notes: list[Note], section: Section, style: Style) -> list[Note]:
    """Each four-bar phrase swells to its middle and relaxes."""
    phrase = 4.0 * style.beats
    origin = section.start_bar * style.beats
    return [
        replace(note, velocity=note.velocity + 0.12 * _arch((note.start - origin) / phrase))
        for note in notes
    ]


def _arch(place: float) -> float:
    return float(np.sin(np.pi * (place % 1.0))) - 0.5
