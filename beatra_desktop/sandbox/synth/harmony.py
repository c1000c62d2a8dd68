"""Chords for every bar, and voicings that move as little as possible."""

from itertools import pairwise
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.structure import Form, Section
from beatra_desktop.sandbox.synth.style import Style
from beatra_desktop.sandbox.synth.theory import Chord, chord_from_numeral

VOICING_CENTRE: Final = 60
_STRANGE_MAJOR: Final = ("bVI", "bVII", "iv", "III7", "bII", "bIII")
_STRANGE_MINOR: Final = ("bII", "IV", "VI", "#iv°", "I", "bv°")


def write_chords(form: Form, style: Style, rng: np.random.Generator) -> tuple[Chord, ...]:
    """One chord for each bar."""
    progressions = _progressions(style, rng)
    bars: list[Chord] = []
    for index, section in enumerate(form.sections):
        numerals = _section_numerals(section, progressions)
        last = index == len(form.sections) - 1
        numerals = _cadenced(numerals, section, last=last, minor=style.key.is_minor)
        bars.extend(
            chord_from_numeral(numeral, key=style.key, colour=style.colour)
            for numeral in _estranged(numerals, style, rng)
        )
    final = chord_from_numeral("i" if style.key.is_minor else "I", key=style.key, colour="triad")
    bars[-1] = final
    return tuple(bars)


def voice_lead(
    chords: tuple[Chord, ...], *, centre: float = VOICING_CENTRE, most: int = 4
) -> tuple[tuple[int, ...], ...]:
    """A close voicing of each chord, chosen for small steps from the one before."""
    voicings: list[tuple[int, ...]] = []
    for chord in chords:
        before = voicings[-1] if voicings else None
        voicings.append(_nearest_voicing(chord, before, centre=centre, most=most))
    return tuple(voicings)


def _progressions(style: Style, rng: np.random.Generator) -> dict[str, list[str]]:
    """The verse takes the style's progression; chorus and bridge draw others."""
    genre = style.genre
    pool = genre.minor if style.key.is_minor else genre.major
    others = [text for text in pool if text != style.progression] or pool
    chorus = others[int(rng.integers(len(others)))] if rng.random() < 0.7 else style.progression
    bridge = others[int(rng.integers(len(others)))]
    return {
        "verse": style.progression.split(),
        "chorus": chorus.split(),
        "bridge": _rotated(bridge.split()),
    }


def _rotated(numerals: list[str]) -> list[str]:
    """A bridge that starts away from the tonic sounds like somewhere else."""
    tonic = next((i for i, numeral in enumerate(numerals) if numeral.lower() != "i"), 0)
    return numerals[tonic:] + numerals[:tonic]


def _section_numerals(section: Section, progressions: dict[str, list[str]]) -> list[str]:
    kind = {"chorus": "chorus", "bridge": "bridge", "solo": "chorus"}.get(section.kind, "verse")
    source = progressions[kind]
    return [source[bar % len(source)] for bar in range(section.bars)]


def _cadenced(numerals: list[str], section: Section, *, last: bool, minor: bool) -> list[str]:
    """Leads into the next section with a dominant, and home at the very end."""
    tonic, dominant = ("i", "V") if minor else ("I", "V")
    if last and len(numerals) > 1:
        return [*numerals[:-2], "bVII" if minor and numerals[-2] == "bVII" else dominant, tonic]
    if section.kind in ("pre", "bridge") and len(numerals) > 1:
        return [*numerals[:-1], dominant]
    return numerals


def _estranged(numerals: list[str], style: Style, rng: np.random.Generator) -> list[str]:
    """Swaps some chords for borrowed ones when the song is to be weird."""
    odds = max(0.0, style.weirdness - 0.2) * 0.6
    pool = _STRANGE_MINOR if style.key.is_minor else _STRANGE_MAJOR
    return [
        str(rng.choice(pool)) if 0 < index < len(numerals) - 1 and rng.random() < odds else numeral
        for index, numeral in enumerate(numerals)
    ]


def _nearest_voicing(
    chord: Chord, before: tuple[int, ...] | None, *, centre: float, most: int
) -> tuple[int, ...]:
    classes = chord.classes if len(chord.classes) <= most else (*chord.classes[1:],)[:most]
    candidates = [
        _stacked(classes[turn:] + classes[:turn], low)
        for turn in range(len(classes))
        for low in (centre - 14, centre - 8)
    ]
    return min(candidates, key=lambda voicing: _cost(voicing, before, centre))


def _stacked(classes: tuple[int, ...], low: float) -> tuple[int, ...]:
    """The classes from bottom to top in close position, starting at or above `low`."""
    pitch = int(low) + (classes[0] - int(low)) % 12
    pitches = [pitch]
    for pitch_class in classes[1:]:
        pitch += (pitch_class - pitch) % 12 or 12
        pitches.append(pitch)
    return tuple(pitches)


def _cost(voicing: tuple[int, ...], before: tuple[int, ...] | None, centre: float) -> float:
    drift = abs(sum(voicing) / len(voicing) - centre) * 0.7
    # Seconds at the bottom of a chord sound muddy.
    mud = sum(3.0 for low, high in pairwise(voicing) if high - low < 3 and high < centre)
    if before is None:
        return drift + mud
    moves = sum(min(abs(pitch - old) for old in before) for pitch in voicing)
    top = abs(voicing[-1] - before[-1])
    return drift + mud + moves + 0.5 * top
