"""Sung melodies: the theme's figures, in a rhythm that follows the syllables."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from beatra_desktop.sandbox.synth.lyrics import Syllable
from beatra_desktop.sandbox.synth.melody import Line, Motif, Theme, resolved, shaped, tone_for
from beatra_desktop.sandbox.synth.score import Note
from beatra_desktop.sandbox.synth.structure import Section
from beatra_desktop.sandbox.synth.style import Style
from beatra_desktop.sandbox.synth.theory import Chord


def write_vocal(
    section: Section,
    chords: Sequence[Chord],
    theme: Theme,
    style: Style,
    rng: np.random.Generator,
    *,
    final: bool,
) -> list[Note]:
    """One note for each syllable, one phrase for each line; a long section repeats its lines."""
    notes: list[Note] = []
    total = section.bars * style.beats
    lines = section.lines[: max(1, total // 3)]
    if section.bars >= 4 * len(lines):
        lines = lines * 2
    room = total / len(lines)
    line = Line(style, theme.home, rng)
    origin = float(section.start_bar * style.beats)
    for index, text in enumerate(lines):
        motif = _sung_motif(text, room=room, theme=theme, turn=index)
        start = origin + index * room
        closing = index == len(lines) - 1
        sung = _sing_line(line, motif, chords, text, start=start, origin=origin)
        if sung and (closing or index % 2):
            chord = chords[min(int((sung[-1].start - origin) // style.beats), len(chords) - 1)]
            sung[-1] = resolved(sung[-1], chord, style.key, home=closing and final)
        notes.extend(sung)
    return shaped(notes, section, style)


def _sung_motif(text: tuple[Syllable, ...], *, room: float, theme: Theme, turn: int) -> Motif:
    """Spreads the syllables in the theme's rhythm over most of the line's room."""
    rest = min(2.0, room * 0.25)
    grid = 0.5 if len(text) <= (room - rest) / 0.5 else 0.25
    count = min(len(text), max(1, int((room - rest) / grid)))
    gaps = [later - earlier for earlier, later in pairwise(theme.first.onsets)] or [1.0]
    gaps = [min(gap, 1.5) for gap in gaps[turn % 2 :] + gaps[: turn % 2]]
    ideal = np.concatenate([[0.0], np.cumsum([gaps[i % len(gaps)] for i in range(count - 1)])])
    squeeze = min(1.0, (room - rest - grid) / max(ideal[-1], grid))
    onsets = [0.5 * (turn % 2) if squeeze < 1.0 and grid == 0.25 else 0.0]
    for place in ideal[1:] * squeeze:
        onsets.append(max(onsets[-1] + grid, round(float(place) / grid) * grid))
    ends = [*onsets[1:], max(onsets[-1] + 0.4, min(onsets[-1] + 2.0, room - 0.25))]
    lengths = [end - onset for onset, end in zip(onsets, ends, strict=True)]
    source = theme.first.steps + theme.second.steps
    steps = tuple(source[index % len(source)] for index in range(count))
    return Motif(tuple(onsets), tuple(lengths), steps)


def _sing_line(
    line: Line,
    motif: Motif,
    chords: Sequence[Chord],
    text: tuple[Syllable, ...],
    *,
    start: float,
    origin: float,
) -> list[Note]:
    notes: list[Note] = []
    last: int | None = None
    key = line.style.key
    for index, onset in enumerate(motif.onsets):
        bar = min(int((start + onset - origin) // line.style.beats), len(chords) - 1)
        chord = chords[bar]
        base = key.nearest_step(chord.nearest(key.pitch(line.home)))
        strong = (start + onset) % 1 == 0 and motif.lengths[index] >= 0.5
        pitch = tone_for(line, base + motif.steps[index], chord, strong=strong, last=last)
        velocity = 0.72 + (0.08 if strong else -0.03) + 0.03 * float(line.rng.normal())
        length = max(0.2, motif.lengths[index] * 0.97)
        notes.append(Note(start + onset, length, pitch, velocity, text[index]))
        last = pitch
    return notes
