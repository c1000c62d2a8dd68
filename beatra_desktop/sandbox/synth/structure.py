"""The form of a song: which sections, how long, how intense."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.lyrics import Stanza, Syllable, read_lyrics
from beatra_desktop.sandbox.synth.song import Song
from beatra_desktop.sandbox.synth.style import Style

DEFAULT_SECONDS: Final = 46.0
SUNG_SECONDS: Final = (30.0, 66.0)
SHORTEST_SECONDS: Final = 6.0
LONGEST_SECONDS: Final = 180.0
TAIL_SECONDS: Final = 3.2
SHORTEST_TAIL_SECONDS: Final = 1.2
TEMPO_BEND: Final = (0.985, 1.015)
SYLLABLES_PER_SECOND: Final = 2.1
# What a section of weight 1 takes when nobody sings.
USUAL_SECONDS: Final = 4.6

FORMS: Final = {
    "song": ("intro", "verse", "chorus", "verse", "chorus", "outro"),
    "club": ("intro", "verse", "pre", "chorus", "bridge", "chorus", "outro"),
    "air": ("intro", "verse", "chorus", "verse", "outro"),
    "rise": ("intro", "verse", "pre", "chorus", "bridge", "chorus", "outro"),
}
BAR_WEIGHTS: Final = {
    "intro": 1.0,
    "verse": 2.0,
    "pre": 1.0,
    "chorus": 2.0,
    "bridge": 1.2,
    "solo": 1.6,
    "outro": 1.0,
}
ENERGIES: Final = {
    "intro": 0.35,
    "verse": 0.55,
    "pre": 0.7,
    "chorus": 1.0,
    "bridge": 0.5,
    "solo": 0.85,
    "outro": 0.45,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of whole bars; `turn` counts earlier sections of the same kind."""

    kind: str
    start_bar: int
    bars: int
    energy: float
    turn: int
    lines: tuple[tuple[Syllable, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`tempo_bpm` may be a little off the style's so that the whole bars fill the length."""

    sections: tuple[Section, ...]
    tempo_bpm: float
    beats: int
    tail_seconds: float

    @property
    def bars(self) -> int:
        return sum(section.bars for section in self.sections)

    @property
    def seconds(self) -> float:
        return self.bars * self.beats * 60.0 / self.tempo_bpm + self.tail_seconds


def plan_form(song: Song, style: Style, rng: np.random.Generator) -> Form:
    """The lyrics' sections, else the genre's usual form, in whole bars."""
    stanzas = read_lyrics(song.lyrics) if song.lyrics else ()
    stanzas = stanzas or _default_stanzas(style, rng)
    wanted = song.seconds
    if wanted is None and song.reference is not None:
        wanted = song.reference.seconds
    if wanted is None:
        return _natural_form(stanzas, style)
    return _form_of_length(
        stanzas, style, float(np.clip(wanted, SHORTEST_SECONDS, LONGEST_SECONDS))
    )


def _natural_form(stanzas: tuple[Stanza, ...], style: Style) -> Form:
    bar = style.beats * 60.0 / style.tempo_bpm
    weights = [_weight(stanza, bar) for stanza in stanzas]
    seconds = DEFAULT_SECONDS
    if any(stanza.lines for stanza in stanzas):
        seconds = float(np.clip(sum(weights) * bar, *SUNG_SECONDS))
    bars = max(2 * len(stanzas), round(seconds / bar))
    sections = _lay_out(stanzas, _even_counts(weights, bars))
    return Form(sections, style.tempo_bpm, style.beats, TAIL_SECONDS)


def _form_of_length(stanzas: tuple[Stanza, ...], style: Style, seconds: float) -> Form:
    """The tail takes what whole bars leave over; the tempo bends by less than one hears."""
    bar = style.beats * 60.0 / style.tempo_bpm
    tail = min(TAIL_SECONDS, 0.25 * seconds)
    bars = max(1, round((seconds - tail) / bar))
    if bars > 1 and seconds - bars * bar < SHORTEST_TAIL_SECONDS:
        bars -= 1
    tempo = style.tempo_bpm * float(np.clip(bars * bar / (seconds - tail), *TEMPO_BEND))
    stanzas = _fitting(stanzas, bars)
    weights = [_weight(stanza, bar) for stanza in stanzas]
    sections = _lay_out(stanzas, _exact_counts(weights, bars))
    tail = seconds - bars * style.beats * 60.0 / tempo
    return Form(sections, tempo, style.beats, max(tail, SHORTEST_TAIL_SECONDS))


def _default_stanzas(style: Style, rng: np.random.Generator) -> tuple[Stanza, ...]:
    kinds = list(FORMS[style.genre.form])
    if rng.random() < 0.3 and "bridge" not in kinds:
        kinds.insert(-2, "bridge")
    if not style.sings and style.genre.form == "song" and rng.random() < 0.4:
        kinds[kinds.index("chorus") + 1] = "solo"
    return tuple(Stanza(kind, ()) for kind in kinds)


def _fitting(stanzas: tuple[Stanza, ...], bars: int) -> tuple[Stanza, ...]:
    """Fewer bars than sections: intro and outro go first, then the last sections."""
    kept = list(stanzas)
    for kind in ("intro", "outro", "bridge", "pre", "solo"):
        if len(kept) > max(1, bars // 2):
            kept = [stanza for stanza in kept if stanza.kind != kind] or kept
    return tuple(kept[:bars]) if len(kept) > bars else tuple(kept)


def _lay_out(stanzas: tuple[Stanza, ...], counts: list[int]) -> tuple[Section, ...]:
    sections: list[Section] = []
    start = 0
    for stanza, count in zip(stanzas, counts, strict=True):
        turn = sum(section.kind == stanza.kind for section in sections)
        energy = min(1.0, ENERGIES[stanza.kind] + 0.08 * turn)
        sections.append(Section(stanza.kind, start, count, energy, turn, stanza.lines))
        start += count
    return tuple(sections)


def _weight(stanza: Stanza, bar_seconds: float) -> float:
    """How many bars the section would like: room for its syllables, else what is usual."""
    if stanza.lines:
        sung = sum(max(len(line) / SYLLABLES_PER_SECOND, 1.6) for line in stanza.lines)
        return max(1.5, sung / bar_seconds)
    return BAR_WEIGHTS[stanza.kind] * USUAL_SECONDS / bar_seconds


def _even_counts(weights: list[float], bars: int) -> list[int]:
    """Phrases of two or four bars; the sum may miss `bars` a little."""
    share = bars / sum(weights)
    counts = [max(2, 2 * round(weight * share / 2)) for weight in weights]
    while sum(counts) > 1.12 * bars and max(counts) > 2:
        counts[int(np.argmax(counts))] -= 2
    return counts


def _exact_counts(weights: list[float], bars: int) -> list[int]:
    share = bars / sum(weights)
    step = 2 if bars >= 2 * len(weights) else 1
    counts = [max(step, step * round(weight * share / step)) for weight in weights]
    while sum(counts) != bars:
        direction = 1 if sum(counts) < bars else -1
        gaps = [
            direction * (weight * share - count) if count + direction >= 1 else -np.inf
            for weight, count in zip(weights, counts, strict=True)
        ]
        counts[int(np.argmax(gaps))] += direction
    return counts
