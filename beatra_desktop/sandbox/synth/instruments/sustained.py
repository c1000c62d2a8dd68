"""Instruments that sound as long as they are played: bowed, blown, electronic."""

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
    random_phases,
    resonances,
    samples,
    swell,
    vibrato,
)
from beatra_desktop.sandbox.synth.instruments.tones import (
    OPEN,
    ORGAN_DRAWBARS,
    TONES,
    Tone,
)


def play_tone(
    name: str, pitch: float, seconds: float, velocity: float, rng: np.random.Generator
) -> Audio:
    tone = TONES[name]
    count = samples(max(seconds, 1.3 * tone.attack) + tone.release)
    at, amplitudes = _spectrum(name, tone, pitch, velocity)
    spare = count + samples(0.02)
    signal = _ensemble(tone, at, amplitudes, spare, rng)
    if tone.cents or tone.scoop:
        ratio = vibrato(
            count, rng, rate_hz=tone.rate_hz * rng.uniform(0.94, 1.06), cents=tone.cents,
            delay=0.18, scoop=tone.scoop * velocity,
        )  # fmt: skip
        signal = bend(signal, ratio)
    signal = level(signal[:count])
    if tone.pluck_s:
        signal *= 0.25 + 0.75 * decay(count, tone.pluck_s * 2.2)
    if tone.air:
        root = frequency(pitch)
        air = breath(count, rng, low_hz=root * 0.9, high_hz=min(root * 5 + 1500.0, 9000.0))
        signal += tone.air * air * (0.6 + 1.6 * decay(count, 0.16))
    return signal * swell(count, attack=tone.attack * (1.25 - 0.5 * velocity), release=tone.release)


def _spectrum(name: str, tone: Tone, pitch: float, velocity: float) -> tuple[Curve, Curve]:
    root = frequency(pitch)
    if name == "organ":
        ratios, levels = np.array(ORGAN_DRAWBARS).T
        return root * ratios, levels
    numbers = harmonics(pitch, limit_hz=min(tone.cutoff_hz * 1.6, 15_000.0), most=36)
    at = root * numbers
    amplitudes = 1.0 / numbers**tone.slope
    amplitudes[1::2] *= tone.even
    amplitudes *= resonances(at, tone.body) + (0.15 if tone.body is not OPEN else 0.0)
    cutoff = tone.cutoff_hz * (0.55 + 0.6 * velocity)
    return at, np.asarray(amplitudes / np.sqrt(1 + (at / cutoff) ** 4))


def _ensemble(
    tone: Tone, at: Curve, amplitudes: Curve, count: int, rng: np.random.Generator
) -> Audio:
    """Detuned copies in one product; with bloom or a plucked filter the overtones move apart."""
    offsets = np.linspace(-tone.spread, tone.spread, tone.voices) + rng.normal(0, 0.8, tone.voices)
    ratios = 2.0 ** (offsets / 1200.0) if tone.voices > 1 else np.ones(1)
    every = (at[None, :] * ratios[:, None]).ravel()
    levels = np.tile(amplitudes, tone.voices)
    phases = random_phases(every.size, rng)
    if not tone.bloom and not tone.pluck_s:
        return hold(every, levels, phases, count)
    cut = at[0] * 2.5 + 250.0
    dark = levels / (1 + (every / cut) ** 3)
    low, high = layered(every, np.stack([dark, levels - dark]), np.zeros_like(every), phases, count)
    if tone.pluck_s:
        return np.asarray(low + high * decay(count, tone.pluck_s), dtype=np.float32)
    rise = 1.0 - np.exp(-np.arange(count, dtype=np.float32) / (tone.bloom * 44_100))
    return np.asarray(low + high * (0.25 + 0.75 * rise), dtype=np.float32)
