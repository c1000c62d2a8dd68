"""Instruments that are struck or plucked and then ring."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import (
    Audio,
    damp,
    decay,
    frequency,
    harmonics,
    level,
    noise,
    random_phases,
    resonances,
    ring,
    samples,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class String:
    """A plucked string.

    `position` is where along the string it is plucked, `bright` how slowly overtones weaken,
    `ring_s` the fundamental's decay at middle C, `damping` how much faster overtones die,
    `release` the damper's time, `pick` the level of the pick's noise.
    """

    position: float
    bright: float
    ring_s: float
    damping: float
    release: float = 0.12
    pick: float = 0.06
    body: tuple[tuple[float, float, float], ...] = ()
    stiffness: float = 0.00005


GUITAR_BODY: Final = (
    (110.0, 60.0, 0.5),
    (220.0, 120.0, 0.6),
    (450.0, 300.0, 0.3),
    (2600.0, 1800.0, 0.35),
)
STRINGS: Final = {
    "nylon": String(position=0.21, bright=1.15, ring_s=2.2, damping=0.10, body=GUITAR_BODY),
    "steel": String(
        position=0.16, bright=0.8, ring_s=3.2, damping=0.045, pick=0.1, body=GUITAR_BODY
    ),
    "clean": String(position=0.24, bright=0.95, ring_s=3.6, damping=0.05, pick=0.05),
    "ukulele": String(
        position=0.25, bright=1.2, ring_s=1.1, damping=0.12, pick=0.08, body=GUITAR_BODY
    ),
    "banjo": String(position=0.1, bright=0.55, ring_s=0.9, damping=0.05, pick=0.16),
    "harp": String(position=0.4, bright=1.3, ring_s=3.4, damping=0.09, release=0.9, pick=0.03),
    "harpsichord": String(position=0.09, bright=0.55, ring_s=2.4, damping=0.03, pick=0.12),
    "crunch": String(position=0.14, bright=0.7, ring_s=4.5, damping=0.02, pick=0.1, release=0.06),
    "finger": String(position=0.22, bright=1.0, ring_s=1.9, damping=0.10, pick=0.04, release=0.07),
    "round": String(position=0.35, bright=1.6, ring_s=1.6, damping=0.14, pick=0.02, release=0.09),
    "upright": String(position=0.3, bright=1.25, ring_s=1.1, damping=0.13, pick=0.07, release=0.1),
    "pick": String(position=0.11, bright=0.7, ring_s=2.2, damping=0.05, pick=0.14, release=0.05),
    "slap": String(position=0.07, bright=0.5, ring_s=1.4, damping=0.05, pick=0.22, release=0.05),
    "pluck": String(position=0.5, bright=0.85, ring_s=1.1, damping=0.16, pick=0.0, stiffness=0.0),
}

# (ratio, level, decay in s) of each mode.
Modes = tuple[tuple[float, float, float], ...]
BARS: Final[dict[str, Modes]] = {
    "bells": ((1, 1, 1.9), (2.76, 0.5, 1.1), (5.4, 0.28, 0.6), (8.93, 0.12, 0.3), (0.5, 0.1, 1.5)),
    "celesta": ((1, 1, 1.3), (2, 0.12, 0.9), (3.98, 0.3, 0.5), (10.2, 0.08, 0.16)),
    "music_box": (
        (1, 1, 1.5),
        (2.0, 0.1, 1.0),
        (6.27, 0.3, 0.35),
        (3.0, 0.12, 0.7),
        (12.1, 0.08, 0.12),
    ),
    "vibes": ((1, 1, 2.8), (3.98, 0.25, 0.9), (9.2, 0.08, 0.25)),
    "marimba": ((1, 1, 0.6), (3.93, 0.3, 0.2), (9.6, 0.12, 0.08)),
    "kalimba": ((1, 1, 1.1), (2.0, 0.1, 0.5), (5.6, 0.2, 0.18), (6.3, 0.1, 0.12)),
}


def play_string(
    name: str, pitch: float, seconds: float, velocity: float, rng: np.random.Generator
) -> Audio:
    string = STRINGS[name]
    numbers = harmonics(pitch, most=36)
    root = frequency(pitch)
    at = root * numbers * np.sqrt(1 + string.stiffness * numbers**2)
    amplitudes = np.abs(np.sin(np.pi * numbers * string.position)) / numbers**string.bright
    amplitudes *= np.exp(-numbers * 0.09 * (1.0 - velocity))
    if string.body:
        amplitudes *= 0.45 + resonances(at, string.body)
    ring_s = string.ring_s * 2.0 ** ((60.0 - pitch) / 30.0)
    decays = 3.0 / ring_s * (1 + string.damping * numbers**1.4)
    # Two planes of vibration decay differently, which gives the pluck its bloom.
    both = (np.concatenate([at, at * 1.0006]), np.concatenate([amplitudes, 0.35 * amplitudes]))
    slow = np.concatenate([decays, 0.45 * decays])
    count = samples(min(seconds + 1.6 * string.release, 2.4 * ring_s + 0.2))
    phases = np.concatenate([np.full(numbers.size, -np.pi / 2), random_phases(numbers.size, rng)])
    signal = ring(both[0], both[1], slow, phases, count)
    signal = _click(level(signal), rng, amount=string.pick * velocity, high_hz=6000.0)
    return damp(signal, seconds, release=string.release)


def play_bar(
    name: str, pitch: float, seconds: float, velocity: float, rng: np.random.Generator
) -> Audio:
    modes = np.array(BARS[name], dtype=np.float64)
    shorten = 2.0 ** ((72.0 - pitch) / 36.0)
    hardness = np.array([1.0, *([0.5 + 0.6 * velocity] * (len(modes) - 1))])
    longest = float(modes[:, 2].max()) * shorten
    signal = ring(
        frequency(pitch) * modes[:, 0],
        modes[:, 1] * hardness,
        3.0 / (modes[:, 2] * shorten),
        random_phases(len(modes), rng),
        samples(min(longest * 1.6, seconds + 2.0)),
    )
    signal = _click(level(signal), rng, amount=0.05 * velocity, high_hz=8000.0)
    release = 0.5 if name == "vibes" else 2.0
    return damp(signal, max(seconds, 0.3), release=release)


def play_piano(pitch: float, seconds: float, velocity: float, rng: np.random.Generator) -> Audio:
    """Stiff strings, three to a note and slightly apart, struck by a felt hammer."""
    numbers = harmonics(pitch, limit_hz=9000.0, most=26)
    root = frequency(pitch)
    stiffness = 0.00035 * 2.0 ** ((pitch - 60.0) / 14.0)
    at = root * numbers * np.sqrt(1 + stiffness * numbers**2)
    hammer = np.abs(np.sin(np.pi * numbers / 8.2)) + 0.12
    amplitudes = hammer / numbers**0.75 * np.exp(-at / (1100.0 + 4600.0 * velocity**1.5))
    fast = 1.1 * 2.0 ** ((pitch - 60.0) / 20.0) * (1 + 0.09 * numbers)
    detune = 1 + 0.00045 * rng.uniform(0.6, 1.4)
    count = samples(min(seconds + 0.35, 7.0))
    signal = ring(
        np.concatenate([at, at * detune, at / detune]),
        np.concatenate([amplitudes, 0.5 * amplitudes, 0.25 * amplitudes]),
        np.concatenate([2.2 * fast, 0.9 * fast, 0.4 * fast]),
        np.tile(random_phases(numbers.size, rng), 3),
        count,
    )
    signal = _click(level(signal), rng, amount=0.05 * velocity, high_hz=1800.0)
    return damp(signal, seconds, release=0.22)


def play_epiano(pitch: float, seconds: float, velocity: float, rng: np.random.Generator) -> Audio:
    """Frequency modulation: a bell-like tine over a bark that grows with the velocity."""
    count = samples(min(seconds + 0.3, 5.0))
    at = np.arange(count, dtype=np.float64) / 44_100
    phase = (2 * np.pi * frequency(pitch) * at) % (2 * np.pi * 1024)
    body_index = np.asarray((0.35 + 1.5 * velocity**2) * decay(count, 2.2), dtype=np.float64)
    tine_index = np.asarray(0.5 * velocity * decay(count, 0.35), dtype=np.float64)
    body = np.sin(phase + body_index * np.sin(phase + 0.3))
    tine = np.sin(phase + tine_index * np.sin(14.0 * phase))
    signal = (0.72 * body + 0.4 * tine * decay(count, 1.6)) * decay(
        count, 5.0 * 2 ** ((60 - pitch) / 24)
    )
    signal[:60] *= np.linspace(0, 1, 60)
    return damp(level(np.asarray(signal, dtype=np.float32)), seconds, release=0.16)


def play_sub(pitch: float, seconds: float, velocity: float, rng: np.random.Generator) -> Audio:
    """A long 808: a sine that starts high for a moment, gently overdriven."""
    length = max(seconds, 0.35)
    count = samples(length + 0.1)
    at = np.arange(count, dtype=np.float64) / 44_100
    root = frequency(pitch)
    phase = 2 * np.pi * root * (at + 0.02 * (1 - np.exp(-at / 0.02)))
    tone = np.sin(phase) * decay(count, 3.2)
    driven = np.tanh(1.8 * (0.7 + 0.5 * velocity) * tone + 0.15) - np.tanh(0.15)
    driven[:90] *= np.linspace(0, 1, 90)
    return damp(np.asarray(driven, dtype=np.float32), length, release=0.09)


def _click(signal: Audio, rng: np.random.Generator, *, amount: float, high_hz: float) -> Audio:
    """Adds the short noise of finger, pick or hammer."""
    size = min(signal.size, samples(0.03))
    if amount > 0:
        signal[:size] += (
            amount * noise(size, rng, low_hz=250.0, high_hz=high_hz) * decay(size, 0.025) * 3
        )
    ramp = min(24, signal.size)
    signal[:ramp] *= np.linspace(0, 1, ramp, dtype=np.float32)
    return signal
