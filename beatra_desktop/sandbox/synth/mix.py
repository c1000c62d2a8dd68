"""Plays a score and mixes it to finished stereo."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from zlib import crc32

import numpy as np

from beatra_desktop.sandbox.synth.clock import Clock, jitter_seconds, make_clock
from beatra_desktop.sandbox.synth.effects import (
    amplifier,
    chorus,
    convolve,
    crackle,
    ducking,
    echo,
    filtered,
    room,
)
from beatra_desktop.sandbox.synth.instruments import play
from beatra_desktop.sandbox.synth.instruments.drums import PLACES, strike
from beatra_desktop.sandbox.synth.instruments.engine import SAMPLE_RATE, Audio, samples
from beatra_desktop.sandbox.synth.instruments.voice import sing
from beatra_desktop.sandbox.synth.loudness import compress, limit, loudness_lufs
from beatra_desktop.sandbox.synth.score import Note, Part, Score
from beatra_desktop.sandbox.synth.structure import Form
from beatra_desktop.sandbox.synth.style import Style

CEILING: Final = 0.79
LEAD_IN_S: Final = 0.06
ROLE_LUFS: Final = {
    "vocal": -17.5,
    "lead": -19.0,
    "drums": -18.5,
    "bass": -20.0,
    "chords": -21.5,
    "arp": -25.0,
    "pad": -25.0,
}
# (place between left and right, reverb send, echo send)
ROLE_SPACE: Final = {
    "vocal": (0.0, 0.8, 0.7),
    "lead": (0.16, 0.9, 1.0),
    "chords": (-0.22, 0.7, 0.1),
    "arp": (0.38, 0.9, 0.8),
    "pad": (0.0, 1.1, 0.0),
    "bass": (0.0, 0.08, 0.0),
    "drums": (0.0, 0.3, 0.0),
}
WIDE: Final = frozenset(
    {"pad", "strings", "choir", "glass", "poly", "drive", "crunch", "accordion", "spiccato"}
)
AMPLIFIED: Final = {"drive": 9.0, "crunch": 4.0, "drive_lead": 7.0}
CHORUSED: Final = frozenset({"clean", "epiano", "organ", "poly", "square_lead"})


@dataclass(slots=True)
class Studio:
    """Where one song is recorded: its length, its clock, and the notes already played once."""

    style: Style
    form: Form
    clock: Clock
    count: int
    seed: int
    takes: dict[tuple[str, int, int, int, int], Audio] = field(default_factory=dict)

    def rng(self, *words: object) -> np.random.Generator:
        return np.random.default_rng([self.seed, *(crc32(str(word).encode()) for word in words)])

    def energy(self, beat: float) -> float:
        bar = int(beat // self.form.beats)
        sections = [section for section in self.form.sections if section.start_bar <= bar]
        return sections[-1].energy


def mix(score: Score, form: Form, style: Style, seed: int) -> Audio:
    """Finished audio, shape (2, samples), peaks within CEILING."""
    count = samples(form.seconds)
    studio = Studio(style, form, make_clock(form, style), count, seed)
    dry = np.zeros((2, count), dtype=np.float32)
    to_room = np.zeros_like(dry)
    to_echo = np.zeros_like(dry)
    duck = _pumping(score, studio)
    for role, track in _tracks(score, studio):
        _, room_send, echo_send = ROLE_SPACE[role]
        if role != "drums" and style.genre.duck:
            track *= duck
        dry += track
        to_room += room_send * track
        if echo_send:
            to_echo += echo_send * track
    beat = 60.0 / form.tempo_bpm
    repeats = echo(to_echo, 0.75 * beat if form.beats == 4 else beat, feedback=0.42)
    repeats *= style.genre.echo
    to_room += 0.6 * repeats
    wet = convolve(to_room, room(style.genre.reverb_s, studio.rng("room")))
    return _master(dry + repeats + 1.5 * style.genre.wet * wet, studio)


def _tracks(score: Score, studio: Studio) -> Iterator[tuple[str, Audio]]:
    for part in score.parts:
        track = _played(part, studio)
        if part.instrument in AMPLIFIED:
            # Saturation evens out the playing, so the sections' dynamics come back after it.
            track = amplifier(track, drive=AMPLIFIED[part.instrument]) * _swells(studio)
        if part.instrument in CHORUSED:
            track = chorus(track, rate_hz=0.7, depth_s=0.0025, mix=0.45)
        yield part.role, _levelled(track, _wanted_lufs(part, studio.style))
    if score.hits:
        yield "drums", _levelled(_drummed(score, studio), _drum_lufs(studio.style))


def _played(part: Part, studio: Studio) -> Audio:
    track = np.zeros((2, studio.count), dtype=np.float32)
    rng = studio.rng("timing", part.role)
    late = jitter_seconds(studio.style, rng, len(part.notes))
    place = ROLE_SPACE[part.role][0]
    for note, lateness in zip(part.notes, late, strict=True):
        start_s = studio.clock.at(note.start)
        seconds = max(0.06, studio.clock.at(note.end) - start_s)
        start = samples(LEAD_IN_S + max(0.0, start_s + lateness))
        gain = _gain(note.velocity, studio.energy(note.start))
        if part.instrument in WIDE:
            left, right = (_take(part, note, seconds, studio, side) for side in (0, 1))
            _add(track[0], left, start, 0.8 * gain)
            _add(track[0], right, start, 0.3 * gain)
            _add(track[1], right, start, 0.8 * gain)
            _add(track[1], left, start, 0.3 * gain)
        else:
            signal = _take(part, note, seconds, studio, 0)
            _add_at(track, signal, start, gain, place + (note.pitch - 64) * 0.008)
    return track


def _take(part: Part, note: Note, seconds: float, studio: Studio, side: int) -> Audio:
    """Notes of the same pitch, length and strength are recorded once."""
    velocity = note.velocity * (0.75 + 0.32 * studio.energy(note.start))
    strength = int(np.clip(round(velocity * 6), 1, 6))
    key = (part.instrument, note.pitch, round(seconds * 40), strength, side)
    if note.syllable is not None:
        rng = studio.rng(*key, note.start)
        return sing(part.instrument, note.pitch, seconds, strength / 6, note.syllable, rng)
    if key not in studio.takes:
        rng = studio.rng(*key)
        studio.takes[key] = play(part.instrument, note.pitch, key[2] / 40, strength / 6, rng)
    return studio.takes[key]


def _swells(studio: Studio) -> Audio:
    """The sections' energy as a gain over time."""
    form = studio.form
    starts = [studio.clock.at(section.start_bar * form.beats) for section in form.sections]
    gains = [0.5 + 0.5 * section.energy for section in form.sections]
    at = np.arange(0, studio.count + SAMPLE_RATE, SAMPLE_RATE // 20) / SAMPLE_RATE
    steps = np.array(gains)[np.clip(np.searchsorted(starts, at, "right") - 1, 0, None)]
    count = np.arange(studio.count) / SAMPLE_RATE
    return np.asarray(np.interp(count, at, steps), dtype=np.float32)


def _drummed(score: Score, studio: Studio) -> Audio:
    track = np.zeros((2, studio.count), dtype=np.float32)
    kit = studio.style.genre.kit
    late = jitter_seconds(studio.style, studio.rng("timing", "drums"), len(score.hits))
    strokes: dict[tuple[str, int], Audio] = {}
    for index, (hit, lateness) in enumerate(zip(score.hits, late, strict=True)):
        key = (hit.drum, index % 3)
        if key not in strokes:
            strokes[key] = strike(hit.drum, kit, studio.rng("drum", *key))
        place, level = PLACES[hit.drum]
        start = samples(LEAD_IN_S + max(0.0, studio.clock.at(hit.start) + 0.5 * lateness))
        gain = level * _gain(hit.velocity, studio.energy(hit.start))
        _add_at(track, strokes[key], start, gain, place)
    return track


def _gain(velocity: float, energy: float) -> float:
    return float(max(0.05, velocity) ** 1.6 * (0.5 + 0.55 * energy))


def _add(channel: Audio, signal: Audio, start: int, gain: float) -> None:
    stop = min(start + signal.size, channel.size)
    if start < stop:
        channel[start:stop] += np.float32(gain) * signal[: stop - start]


def _add_at(track: Audio, signal: Audio, start: int, gain: float, place: float) -> None:
    """Equal-power panning; the farther ear also hears a little later."""
    angle = (float(np.clip(place, -0.9, 0.9)) + 1.0) * np.pi / 4
    delay = round(abs(place) * 18)
    _add(track[0], signal, start + (delay if place > 0 else 0), gain * float(np.cos(angle)))
    _add(track[1], signal, start + (delay if place < 0 else 0), gain * float(np.sin(angle)))


def _levelled(track: Audio, lufs: float) -> Audio:
    now = loudness_lufs(track, stride=4)
    if not np.isfinite(now):
        now = loudness_lufs(track)
    return track * np.float32(10.0 ** ((lufs - now) / 20.0)) if np.isfinite(now) else track


def _wanted_lufs(part: Part, style: Style) -> float:
    calm = 0.0 if style.groove else 3.0
    if part.role == "lead" and style.genre.form == "club":
        return ROLE_LUFS["lead"] - 2.5
    lift = calm if part.role in ("chords", "pad", "arp") else 0.0
    if part.instrument in ("drive", "crunch"):
        lift += 2.0
    return ROLE_LUFS[part.role] + lift


def _drum_lufs(style: Style) -> float:
    soft = {"brush": -5.0, "dusty": -1.0, "orchestral": -3.0, "latin": -1.5}
    return ROLE_LUFS["drums"] + soft.get(style.genre.kit, 0.0) + 3.0 * style.energy


def _pumping(score: Score, studio: Studio) -> Audio:
    kicks = [studio.clock.at(hit.start) + LEAD_IN_S for hit in score.hits if hit.drum == "kick"]
    length = min(0.32, 50.0 / studio.form.tempo_bpm)
    return ducking(kicks, studio.count, depth=studio.style.genre.duck, length_s=length)


def _master(signal: Audio, studio: Studio) -> Audio:
    style = studio.style
    if style.genre.crackle:
        signal = signal + 0.02 * style.genre.crackle * crackle(studio.count, studio.rng("crackle"))
    signal = _equalised(signal, style)
    signal = compress(signal, above_db=-6.0, ratio=2.0)
    for _ in range(2):
        gain = 10.0 ** ((style.genre.lufs - loudness_lufs(signal, stride=2)) / 20.0)
        signal = limit(signal * np.float32(gain), CEILING)
    return _faded(signal, 0.8 * studio.form.tail_seconds)


def _equalised(signal: Audio, style: Style) -> Audio:
    """Removes rumble, and tilts the balance by the style's brightness and warmth."""
    tilt = 6.0 * style.brightness
    top = -14.0 if style.genre.warmth_hz else 0.0
    knee = style.genre.warmth_hz or 9000.0
    return filtered(
        signal,
        (0, -80),
        (18, -30),
        (34, 0),
        (260, -0.35 * tilt - 2.0),
        (1000, 0.0),
        (min(4000.0, knee - 500), 0.8 * tilt + 3.0),
        (knee, tilt + top / 3 + 4.5),
        (14000, 1.2 * tilt + top * 1.6 + 4.5),
        (20000, -20),
    )


def _faded(signal: Audio, fade_s: float) -> Audio:
    count = signal.shape[1]
    fade = min(samples(fade_s), count // 4)
    signal[:, count - fade :] *= np.cos(np.linspace(0, np.pi / 2, fade, dtype=np.float32)) ** 2
    rise = SAMPLE_RATE // 200
    signal[:, :rise] *= np.linspace(0, 1, rise, dtype=np.float32)
    return signal
