"""Puts the players together: who plays in which section, and what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.accompaniment import write_arpeggio, write_comping, write_pad
from beatra_desktop.sandbox.synth.bassline import low_root, write_bass
from beatra_desktop.sandbox.synth.groove import write_drums
from beatra_desktop.sandbox.synth.harmony import voice_lead, write_chords
from beatra_desktop.sandbox.synth.lyrics import Syllable
from beatra_desktop.sandbox.synth.melody import write_melody, write_themes
from beatra_desktop.sandbox.synth.score import Note, Part, Score
from beatra_desktop.sandbox.synth.singing import write_vocal
from beatra_desktop.sandbox.synth.structure import Form, Section
from beatra_desktop.sandbox.synth.style import Style
from beatra_desktop.sandbox.synth.theory import Chord

# MIDI pitches around which a verse lies.
VOICE_REGISTERS: Final = {"female": 66, "male": 55}
LEAD_REGISTER: Final = 71
LEAD_REGISTERS: Final = {
    "cello": 54,
    "sax": 63,
    "harmonica": 68,
    "brass": 64,
    "choir": 66,
    "clarinet": 66,
    "drive_lead": 67,
    "flute": 76,
    "glass": 76,
    "chip": 76,
    "bells": 80,
    "music_box": 79,
    "celesta": 79,
}
# The least energy at which a role plays.
ENTRIES: Final = {"bass": 0.4, "arp": 0.6, "pad": 0.0, "chords": 0.0}
# The share of the tail that the last chord is held for; the rest is its release.
FINAL_HOLD: Final = 0.8
ANSWER_GAP_BEATS: Final = 0.2
# A lead with less to say between the sung lines stays at home.
FEWEST_LEAD_NOTES: Final = 6


def write_score(form: Form, style: Style, rngs: dict[str, np.random.Generator]) -> Score:
    chords = write_chords(form, style, rngs["harmony"])
    parts = [
        Part("chords", style.band["chords"], _chord_notes(form, style, chords, rngs["chords"])),
        Part("bass", style.band["bass"], _bass_notes(form, style, chords, rngs["bass"])),
        Part("pad", style.band["pad"], _pad_notes(form, style, chords)),
        Part("arp", style.band["arp"], _arp_notes(form, style, chords, rngs["arp"])),
        *_lead_parts(form, style, chords, rngs["melody"]),
    ]
    playing = tuple(part for part in parts if part.instrument and part.notes)
    hits = tuple(write_drums(form, style, rngs["drums"]))
    return Score(playing, hits)


def _in(section: Section, chords: Sequence[Chord]) -> Sequence[Chord]:
    return chords[section.start_bar : section.start_bar + section.bars]


def _chord_notes(
    form: Form, style: Style, chords: Sequence[Chord], rng: np.random.Generator
) -> tuple[Note, ...]:
    sustained = style.comp in ("sustain", "ostinato")
    voicings = voice_lead(tuple(chords), centre=62 if sustained else 60)
    notes: list[Note] = []
    for section in form.sections:
        part = voicings[section.start_bar : section.start_bar + section.bars]
        notes.extend(write_comping(section, part, style, rng))
    return tuple(_with_final(notes, form, (low_root(chords[-1]) + 12, *voicings[-1])))


def _pad_notes(form: Form, style: Style, chords: Sequence[Chord]) -> tuple[Note, ...]:
    voicings = voice_lead(tuple(chords), centre=64, most=3)
    doubling = style.band["pad"] == style.band["chords"]
    notes: list[Note] = []
    for section in form.sections:
        if doubling or (section.kind == "verse" and not section.turn and style.groove):
            continue
        part = voicings[section.start_bar : section.start_bar + section.bars]
        notes.extend(write_pad(section, part, style))
    return tuple(_with_final(notes, form, voicings[-1])) if notes else ()


def _arp_notes(
    form: Form, style: Style, chords: Sequence[Chord], rng: np.random.Generator
) -> tuple[Note, ...]:
    low = style.band["arp"] == "acid_bass"
    voicings = voice_lead(tuple(chords), centre=52 if low else 72, most=3)
    calm = not style.groove
    notes: list[Note] = []
    for section in form.sections:
        if section.energy >= (0.0 if calm else ENTRIES["arp"]):
            part = voicings[section.start_bar : section.start_bar + section.bars]
            notes.extend(write_arpeggio(section, part, style, rng))
    return tuple(note for note in notes if note.start < (form.bars - 1) * form.beats)


def _bass_notes(
    form: Form, style: Style, chords: Sequence[Chord], rng: np.random.Generator
) -> tuple[Note, ...]:
    notes: list[Note] = []
    for index, section in enumerate(form.sections):
        if index == 0 and section.energy < ENTRIES["bass"] and len(form.sections) > 2:
            continue
        end = section.start_bar + section.bars
        following = chords[end] if end < len(chords) else None
        notes.extend(write_bass(section, _in(section, chords), style, rng, following=following))
    return tuple(_with_final(notes, form, (low_root(chords[-1]),)))


def _lead_parts(
    form: Form, style: Style, chords: Sequence[Chord], rng: np.random.Generator
) -> list[Part]:
    """The voice sings its sections; the lead instrument has the others."""
    lead = style.band["lead"]
    register = LEAD_REGISTERS.get(lead, LEAD_REGISTER)
    themes = write_themes(form, style, rng, register=register)
    shift = style.key.nearest_step(VOICE_REGISTERS[style.voice]) - style.key.nearest_step(register)
    voices = {kind: replace(theme, home=theme.home + shift) for kind, theme in themes.items()}
    sung: list[Note] = []
    played: list[Note] = []
    for index, section in enumerate(form.sections):
        final = index == len(form.sections) - 1
        bars = _in(section, chords)
        answers = section.lines and style.sings
        if not answers and section.kind == "intro" and style.genre.form in ("club", "rise"):
            continue
        if answers:
            theme = voices[section.kind]
            sung.extend(write_vocal(section, bars, theme, style, rng, final=final))
            theme = themes[section.kind]
            played.extend(write_melody(section, bars, theme, style, rng, final=final))
        elif style.sings and section.kind == "chorus":
            theme = voices[section.kind]
            melody = write_melody(section, bars, theme, style, rng, final=final)
            sung.extend(_hummed(melody))
        else:
            theme = themes[section.kind]
            played.extend(write_melody(section, bars, theme, style, rng, final=final))
    played = _around(played, sung)
    parts: list[Part] = []
    if len(played) >= FEWEST_LEAD_NOTES or not sung:
        parts.append(Part("lead", lead, _with_long_end(played, form)))
    if sung:
        parts.append(Part("vocal", style.voice, _with_long_end(sung, form)))
    return parts


def _around(played: list[Note], sung: list[Note]) -> list[Note]:
    """The lead instrument answers where the voice rests."""
    starts = np.array([note.start for note in sung])
    ends = np.array([note.end for note in sung])
    return [
        note
        for note in played
        if not np.any((starts < note.end + ANSWER_GAP_BEATS) & (ends > note.start - 0.4))
    ]


def _hummed(notes: list[Note]) -> list[Note]:
    """A chorus without words is sung on open vowels."""
    return [
        replace(note, syllable=Syllable("hum" if index % 4 == 0 else "", "aoau"[index % 4]))
        for index, note in enumerate(notes)
    ]


def _with_final(notes: list[Note], form: Form, pitches: tuple[int, ...]) -> list[Note]:
    """The last bar is one held chord instead of the pattern."""
    end = float((form.bars - 1) * form.beats)
    kept = [
        note if note.end <= end else replace(note, beats=end - note.start)
        for note in notes
        if note.start < end - 0.05
    ]
    return kept + [
        Note(end + 0.03 * index, _final_beats(form), pitch, 0.66)
        for index, pitch in enumerate(pitches)
    ]


def _final_beats(form: Form) -> float:
    return form.beats + FINAL_HOLD * form.tail_seconds * form.tempo_bpm / 60.0


def _with_long_end(notes: list[Note], form: Form) -> tuple[Note, ...]:
    """The melody's first note in the last bar becomes its last, on the tonic, and rings."""
    end = float((form.bars - 1) * form.beats)
    kept = [note for note in notes if note.start < end]
    closing = [note for note in notes if note.start >= end]
    if closing:
        last = closing[-1].pitch
        kept.append(replace(closing[0], start=end, beats=1.3 * form.beats, pitch=last))
    return tuple(kept)
