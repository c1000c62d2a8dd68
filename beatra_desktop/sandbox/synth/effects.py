"""Rooms, echoes, amplifiers and filters; stereo signals have the shape (2, samples)."""

from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import (
    SAMPLE_RATE,
    Audio,
    Curve,
    breath,
    noise,
    samples,
)

_FILTER_TAPS: Final = 2048
_PRE_DELAY_S: Final = 0.018


def convolve(signal: Audio, response: Audio) -> Audio:
    """Both (channels, samples); block by block, as long as the signal."""
    taps, length = response.shape[1], signal.shape[1]
    size = 1 << max(14, (2 * taps - 1).bit_length())
    hop = size - taps + 1
    spectrum = np.fft.rfft(response, size)
    out = np.zeros((response.shape[0], length + size), dtype=np.float32)
    for start in range(0, length, hop):
        block = np.fft.rfft(signal[:, start : start + hop], size)
        out[:, start : start + size] += np.fft.irfft(block * spectrum, size)
    return out[:, :length]


def room(decay_s: float, rng: np.random.Generator) -> Audio:
    """A stereo impulse response: a few early reflections, then noise whose treble dies first."""
    count = samples(decay_s * 1.05 + _PRE_DELAY_S)
    at = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    bands = ((180.0, 900.0, 1.0, 1.0), (900.0, 3500.0, 0.8, 0.8), (3500.0, 9500.0, 0.45, 0.5))
    tail = np.zeros((2, count), dtype=np.float32)
    for low, high, share, seconds in bands:
        envelope = share * np.exp(at * (-6.9 / (decay_s * seconds)))
        for channel in tail:
            channel += envelope * noise(count, rng, low_hz=low, high_hz=high)
    start = samples(_PRE_DELAY_S)
    tail[:, :start] = 0.0
    tail[:, start : 3 * start] *= np.linspace(0.2, 1.0, 2 * start, dtype=np.float32)
    for channel in tail:
        for place in rng.uniform(0.008, 0.06, 7):
            channel[samples(place)] += rng.uniform(0.5, 1.0) * rng.choice((-1.0, 1.0)) * 6.0
    return np.asarray(tail / np.sqrt(np.sum(tail**2, axis=1, keepdims=True)), dtype=np.float32)


def echo(signal: Audio, seconds: float, *, feedback: float) -> Audio:
    """Repeats that change sides and fade."""
    out = np.zeros_like(signal)
    delay, gain = samples(seconds), 1.0
    for turn in range(1, 6):
        gain *= feedback
        shift = turn * delay
        if shift >= signal.shape[1] or gain < 0.02:
            break
        source = signal[::-1] if turn % 2 else signal
        out[:, shift:] += gain * source[:, : signal.shape[1] - shift]
    return out


def linear_filter(gain_at: Curve, at_hz: Curve) -> Audio:
    """A linear-phase filter of `_FILTER_TAPS` taps through the given gains, shape (1, taps)."""
    grid = np.fft.rfftfreq(_FILTER_TAPS, 1.0 / SAMPLE_RATE)
    gains = np.interp(np.log(grid + 1.0), np.log(at_hz + 1.0), gain_at)
    response = np.roll(np.fft.irfft(gains), _FILTER_TAPS // 2) * np.hanning(_FILTER_TAPS)
    return np.asarray(response[None, :], dtype=np.float32)


def filtered(signal: Audio, *points: tuple[float, float]) -> Audio:
    """Applies gains given as (Hz, dB) points without shifting the signal in time."""
    at, decibels = np.array(points).T
    response = linear_filter(10.0 ** (decibels / 20.0), at)
    half = _FILTER_TAPS // 2
    padded = np.pad(signal, ((0, 0), (0, half)))
    return convolve(padded, np.repeat(response, signal.shape[0], axis=0))[:, half:]


def amplifier(signal: Audio, *, drive: float) -> Audio:
    """A guitar amplifier: tight low end, saturation, a loudspeaker's band."""
    tight = filtered(signal, (0, -40), (90, -12), (250, 0), (1500, 4), (8000, 0), (20000, -20))
    hot = np.tanh(drive * tight / (np.sqrt(np.mean(tight**2)) * 3.0 + 1e-9))
    hot = np.asarray(hot, dtype=np.float32)
    return filtered(
        hot,
        (0, -60),
        (70, -12),
        (120, 0),
        (400, -2),
        (2200, 3),
        (4200, 0),
        (6000, -16),
        (12000, -48),
        (20000, -60),
    )


def chorus(signal: Audio, *, rate_hz: float, depth_s: float, mix: float) -> Audio:
    """Adds a copy that wanders in time, differently on each side."""
    count = signal.shape[1]
    coarse = np.arange(0, count + 512, 512)
    out = signal * (1 - 0.3 * mix)
    for index, channel in enumerate(signal):
        wave = np.sin(2 * np.pi * rate_hz * coarse / SAMPLE_RATE + index * np.pi / 2)
        lag = np.interp(np.arange(count), coarse, (0.012 + depth_s * wave) * SAMPLE_RATE)
        at = np.clip(np.arange(count) - lag, 0, count - 2)
        left = at.astype(np.int64)
        part = (at - left).astype(np.float32)
        out[index] += mix * (channel[left] * (1 - part) + channel[left + 1] * part)
    return np.asarray(out, dtype=np.float32)


def ducking(times_s: list[float], count: int, *, depth: float, length_s: float) -> Audio:
    """A gain that dips at each of `times_s` and recovers over `length_s`."""
    envelope = np.ones(count, dtype=np.float32)
    size = samples(length_s)
    dip = 1.0 - depth * (1.0 - np.linspace(0, 1, size, dtype=np.float32) ** 1.4)
    for time in times_s:
        start = samples(time)
        stop = min(start + size, count)
        if start < stop:
            envelope[start:stop] = np.minimum(envelope[start:stop], dip[: stop - start])
    return envelope


def crackle(count: int, rng: np.random.Generator) -> Audio:
    """The surface of an old record: a soft bed and sparse ticks."""
    bed = 0.05 * breath(count, rng, low_hz=900.0, high_hz=5200.0)
    ticks = np.zeros(count, dtype=np.float32)
    places = rng.integers(0, count, max(1, int(count / SAMPLE_RATE * 9)))
    ticks[places] = rng.exponential(0.5, places.size) * rng.choice((-1.0, 1.0), places.size)
    smooth = np.convolve(ticks, np.exp(-np.arange(24) / 5.0).astype(np.float32))[:count]
    other = np.roll(bed, SAMPLE_RATE // 3)
    return np.asarray(np.stack([bed + smooth, other + 0.7 * smooth]), dtype=np.float32)
