"""The building blocks of every instrument; all signals are mono float32 at SAMPLE_RATE."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 44_100
HIGHEST_PARTIAL_HZ: Final = 15_000.0
_BLOCK: Final = 256
_NOISE_LOOP: Final = 1 << 15
_CONTROL_STEP: Final = 128

Audio = NDArray[np.float32]
Curve = NDArray[np.float64]


def frequency(pitch: float) -> float:
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def samples(seconds: float) -> int:
    return max(1, round(seconds * SAMPLE_RATE))


def ring(frequencies: Curve, amplitudes: Curve, decays: Curve, phases: Curve, count: int) -> Audio:
    """A sum of exponentially decaying sines (`decays` in 1/s) over `count` samples."""
    mixture = layered(frequencies, amplitudes[None, :], decays, phases, count)
    return mixture.reshape(-1)


def layered(
    frequencies: Curve, amplitudes: Curve, decays: Curve, phases: Curve, count: int
) -> Audio:
    """Several mixtures of the same decaying sines: amplitudes (layers, sines), out (layers, count).

    A decaying sine factors into (block start) x (place in block), so the whole sum is one
    matrix product; that is an order of magnitude faster than one sine at a time.
    """
    heard = (frequencies < HIGHEST_PARTIAL_HZ) & (np.abs(amplitudes).max(axis=0) > 1e-4)
    rows = -(-count // _BLOCK)
    rate = (2j * np.pi * frequencies[heard] - decays[heard]) / SAMPLE_RATE
    inner = _powers(rate, _BLOCK)
    outer = np.exp(1j * phases[heard, None]) * _powers(rate * _BLOCK, rows)
    left = np.concatenate([outer.real, -outer.imag]).T.astype(np.float32)
    right = np.concatenate([inner.real, inner.imag]).astype(np.float32)
    levels = np.tile(amplitudes[:, heard], (1, 2)).astype(np.float32)
    out = [(left @ (right * level[:, None])).reshape(-1)[:count] for level in levels]
    return np.asarray(out, dtype=np.float32)


def _powers(rate: NDArray[np.complex128], count: int) -> NDArray[np.complex128]:
    """exp(rate * k) for k below `count`, by products: an exponential costs forty times more."""
    step = max(1, round(count**0.5))
    fine = np.exp(rate[:, None] * np.arange(step))
    coarse = np.exp(rate[:, None] * (np.arange(-(-count // step)) * step))
    every = coarse[:, :, None] * fine[:, None, :]
    return np.asarray(every.reshape(rate.size, -1)[:, :count], dtype=np.complex128)


def hold(frequencies: Curve, amplitudes: Curve, phases: Curve, count: int) -> Audio:
    """A sum of steady sines."""
    return ring(frequencies, amplitudes, np.zeros_like(frequencies), phases, count)


def harmonics(pitch: float, *, limit_hz: float = HIGHEST_PARTIAL_HZ, most: int = 40) -> Curve:
    """Harmonic numbers that stay under `limit_hz`."""
    return np.arange(1.0, max(2, min(most, int(limit_hz / frequency(pitch)))) + 1)


def random_phases(count: int, rng: np.random.Generator) -> Curve:
    return rng.uniform(0.0, 2 * np.pi, count)


def resonances(at_hz: Curve, peaks: tuple[tuple[float, float, float], ...]) -> Curve:
    """The gain of a body or vocal tract; each peak is (centre Hz, width Hz, gain)."""
    gain = np.zeros_like(at_hz)
    for centre, width, level in peaks:
        gain += level / (1.0 + ((at_hz - centre) / (width / 2)) ** 2)
    return gain


def swell(count: int, *, attack: float, release: float, curve: float = 1.0) -> Audio:
    """Rises over `attack` seconds and falls over the last `release` seconds, both rounded."""
    envelope = np.ones(count, dtype=np.float32)
    rise, fall = min(samples(attack), count // 2 or 1), min(samples(release), count // 2 or 1)
    envelope[:rise] *= _quarter(rise) ** curve
    envelope[count - fall :] *= _quarter(fall)[::-1]
    return envelope


def damp(signal: Audio, seconds: float, *, release: float) -> Audio:
    """Lets go of a ringing note after `seconds`: a fast exponential, then silence."""
    start = samples(seconds)
    if start >= signal.size:
        return _faded(signal)
    tail = np.arange(signal.size - start, dtype=np.float32)
    signal[start:] *= np.exp(-tail / (release * SAMPLE_RATE / 4.0))
    return _faded(signal[: start + samples(release * 1.6)])


def noise(count: int, rng: np.random.Generator, *, low_hz: float, high_hz: float) -> Audio:
    """White noise between two soft edges, with a root mean square near 0.3."""
    size = 1 << max(4, (count - 1).bit_length())
    spectrum = np.fft.rfft(rng.standard_normal(size).astype(np.float32))
    at = np.fft.rfftfreq(size, 1.0 / SAMPLE_RATE) + 1e-9
    shape = 1.0 / np.sqrt((1.0 + (low_hz / at) ** 6) * (1.0 + (at / high_hz) ** 6))
    signal = np.fft.irfft(spectrum * shape, size)[:count]
    return np.asarray(signal * (0.3 / (np.sqrt(np.mean(signal**2)) + 1e-9)), dtype=np.float32)


def breath(count: int, rng: np.random.Generator, *, low_hz: float, high_hz: float) -> Audio:
    """Noise for long quiet sounds: a shared loop of 0.75 s, which costs next to nothing."""
    loop = _noise_loop(round(3 * np.log2(low_hz)), round(3 * np.log2(high_hz)))
    return np.resize(np.roll(loop, int(rng.integers(_NOISE_LOOP))), count)


@lru_cache(maxsize=64)
def _noise_loop(low: int, high: int) -> Audio:
    """Band edges in thirds of an octave above 1 Hz."""
    rng = np.random.default_rng([low, high])
    return noise(_NOISE_LOOP, rng, low_hz=2.0 ** (low / 3), high_hz=2.0 ** (high / 3))


def decay(count: int, seconds: float) -> Audio:
    """Falls to -60 dB in `seconds`."""
    steps = np.arange(count, dtype=np.float32)
    return np.asarray(np.exp(steps * (-6.9 / (seconds * SAMPLE_RATE))), dtype=np.float32)


def bend(signal: Audio, ratio: Curve) -> Audio:
    """Plays the signal at a varying speed, which bends its pitch by the same ratio."""
    at = np.minimum(np.cumsum(ratio) - ratio[0], signal.size - 2.0)
    left = at.astype(np.int64)
    part = (at - left).astype(np.float32)
    return np.asarray(signal[left] * (1 - part) + signal[left + 1] * part, dtype=np.float32)


def vibrato(
    count: int,
    rng: np.random.Generator,
    *,
    rate_hz: float,
    cents: float,
    delay: float,
    scoop: float,
) -> Curve:
    """Speed ratios of a vibrato that grows after `delay` s; `scoop` cents below at first."""
    coarse = np.arange(0, count + _CONTROL_STEP, _CONTROL_STEP)
    at = coarse / SAMPLE_RATE
    depth = np.clip((at - delay) / 0.35, 0.0, 1.0)
    wave = np.sin(2 * np.pi * rate_hz * at + rng.uniform(0, 1.0))
    slide = -scoop * np.exp(-at / 0.035)
    ratio = 2.0 ** ((cents * depth * wave + slide) / 1200.0)
    return np.interp(np.arange(count), coarse, ratio)


def level(signal: Audio, peak: float = 1.0) -> Audio:
    return np.asarray(signal * (peak / (float(np.max(np.abs(signal))) + 1e-9)), dtype=np.float32)


def _quarter(count: int) -> Audio:
    return np.asarray(np.sin(np.linspace(0, np.pi / 2, count)) ** 2, dtype=np.float32)


def _faded(signal: Audio) -> Audio:
    edge = min(220, signal.size)
    signal[signal.size - edge :] *= np.linspace(1, 0, edge, dtype=np.float32)
    return signal
