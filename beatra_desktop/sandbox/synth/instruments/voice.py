"""A singer made of formants: vowels with a soft onset, consonants of noise, delayed vibrato."""

from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import (
    Audio,
    Curve,
    bend,
    breath,
    decay,
    frequency,
    harmonics,
    hold,
    layered,
    level,
    noise,
    random_phases,
    resonances,
    samples,
    swell,
    vibrato,
)
from beatra_desktop.sandbox.synth.lyrics import Syllable

# Formant frequencies of a male voice in Hz.
VOWELS: Final = {
    "a": (730.0, 1150.0, 2500.0),
    "e": (500.0, 1800.0, 2550.0),
    "i": (300.0, 2250.0, 3000.0),
    "o": (500.0, 880.0, 2500.0),
    "u": (330.0, 800.0, 2300.0),
    "m": (260.0, 1100.0, 2200.0),
}
LEVELS: Final = (1.0, 0.62, 0.42)
WIDTHS_HZ: Final = (110.0, 140.0, 220.0)
TRACT_SCALE: Final = {"male": 1.0, "female": 1.17}
HISS_SECONDS: Final = 0.075


def sing(
    voice: str,
    pitch: float,
    seconds: float,
    velocity: float,
    syllable: Syllable,
    rng: np.random.Generator,
) -> Audio:
    """One syllable; an unvoiced consonant takes the first moments of the note."""
    release = 0.09
    count = samples(max(seconds, 0.14) + release)
    at, base = _source(pitch, velocity)
    phases = random_phases(at.size, rng) * 0.15
    spare = count + samples(0.03)
    scale = TRACT_SCALE[voice]
    onset = "m" if syllable.onset == "hum" else "u" if syllable.vowel in "ao" else "e"
    mouths = np.stack([base * _tract(at, shape, scale) for shape in (onset, syllable.vowel)])
    start, vowel = layered(at, mouths, np.zeros_like(at), phases, spare)
    open_s = 0.085 if syllable.onset == "hum" else 0.04
    opening = np.clip(np.arange(spare, dtype=np.float32) / samples(open_s), 0.0, 1.0)
    glide = vibrato(
        count, rng, rate_hz=rng.uniform(5.1, 5.8), cents=22.0, delay=0.28, scoop=rng.uniform(20, 60)
    )
    mouth = np.asarray(start * (1 - opening) * 0.6 + vowel * opening, dtype=np.float32)
    tone = level(bend(mouth, glide))
    tone += 0.025 * breath(count, rng, low_hz=1500.0, high_hz=7000.0)
    tone *= swell(count, attack=0.035, release=release)
    return _with_consonant(tone, syllable, rng)


def choir(pitch: float, seconds: float, velocity: float, rng: np.random.Generator) -> Audio:
    """Five singers on one vowel, never quite together."""
    count = samples(max(seconds, 0.6) + 0.6)
    at, base = _source(pitch, velocity)
    vowel = "aouo"[round(pitch) % 4]
    scale = 1.0 if pitch < 62 else 1.15
    amplitudes = base * _tract(at, vowel, scale)
    ratios = 2.0 ** (np.array([-13.0, -6.0, 1.0, 7.0, 12.0]) / 1200.0)
    every = (at[None, :] * ratios[:, None]).ravel()
    signal = hold(every, np.tile(amplitudes, ratios.size), random_phases(every.size, rng), count)
    signal = level(signal) + 0.02 * breath(count, rng, low_hz=1200.0, high_hz=6000.0)
    return np.asarray(signal * swell(count, attack=0.35, release=0.6), dtype=np.float32)


def _source(pitch: float, velocity: float) -> tuple[Curve, Curve]:
    """The glottis: overtones that weaken faster in soft singing."""
    numbers = harmonics(pitch, limit_hz=7000.0, most=44)
    return frequency(pitch) * numbers, 1.0 / numbers ** (1.15 - 0.4 * velocity)


def _tract(at: Curve, vowel: str, scale: float) -> Curve:
    peaks = tuple(
        (centre * scale, width * (1 + centre / 6000.0), gain)
        for centre, width, gain in zip(VOWELS[vowel], WIDTHS_HZ, LEVELS, strict=True)
    )
    # The singer's formant carries a voice over a band.
    return resonances(at, (*peaks, (3200.0 * scale, 700.0, 0.32))) + 0.012


def _with_consonant(tone: Audio, syllable: Syllable, rng: np.random.Generator) -> Audio:
    if syllable.onset == "hiss":
        size = min(samples(HISS_SECONDS), tone.size // 2)
        hiss = noise(size, rng, low_hz=3800.0, high_hz=9500.0)
        tone[:size] = tone[:size] * 0.25 + 0.2 * hiss * np.hanning(size)
    elif syllable.onset == "stop":
        gap = min(samples(0.03), tone.size // 2)
        tone[:gap] *= np.linspace(0, 1, gap, dtype=np.float32) ** 3
        burst = noise(gap, rng, low_hz=1500.0, high_hz=6500.0)
        tone[:gap] += 0.28 * burst * decay(gap, 0.022)
    return tone.astype(np.float32)
