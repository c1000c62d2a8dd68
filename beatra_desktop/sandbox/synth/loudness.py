"""Loudness as listeners hear it, and the compressor and limiter that keep to it."""

from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import SAMPLE_RATE, Audio, Curve

_BLOCK_SAMPLES: Final = 17_640
_GATE_LUFS: Final = -70.0
_RELATIVE_GATE_LU: Final = 10.0
_LIMIT_BLOCK: Final = 64
_LIMIT_SPAN: Final = 9
_COMPRESS_BLOCK: Final = 512


def loudness_lufs(signal: Audio, *, stride: int = 1) -> float:
    """Gated, K-weighted loudness (ITU-R BS.1770) of (channels, samples), -inf for silence.

    `stride` measures only every so many blocks of 0.4 s. Blocks do not overlap.
    """
    usable = signal.shape[1] // _BLOCK_SAMPLES
    if usable == 0:
        signal = np.pad(signal, ((0, 0), (0, _BLOCK_SAMPLES - signal.shape[1])))
        usable = 1
    blocks = signal[:, : usable * _BLOCK_SAMPLES].reshape(signal.shape[0], usable, -1)[:, ::stride]
    spectra = np.fft.rfft(blocks)
    power = (spectra.real**2 + spectra.imag**2) @ _k_weights()
    mean_square = power.sum(axis=0) * 2.0 / _BLOCK_SAMPLES**2
    levels = -0.691 + 10.0 * np.log10(mean_square + 1e-20)
    heard = mean_square[levels > _GATE_LUFS]
    if heard.size == 0:
        return float("-inf")
    gate = -0.691 + 10.0 * np.log10(heard.mean()) - _RELATIVE_GATE_LU
    return float(-0.691 + 10.0 * np.log10(mean_square[levels > max(gate, _GATE_LUFS)].mean()))


def compress(signal: Audio, *, above_db: float, ratio: float) -> Audio:
    """A slow bus compressor relative to the signal's own loudest blocks."""
    count = signal.shape[1]
    size = -(-count // _COMPRESS_BLOCK)
    padded = np.pad(signal, ((0, 0), (0, size * _COMPRESS_BLOCK - count)))
    power = (padded.reshape(2, size, -1) ** 2).mean(axis=(0, 2))
    levels = 10.0 * np.log10(power + 1e-12)
    threshold = float(np.percentile(levels, 95)) + above_db
    over = np.maximum(0.0, levels - threshold) * (1.0 - 1.0 / ratio)
    gain = 10.0 ** (-_follow(over, rise=0.45, fall=0.06) / 20.0)
    return signal * _stretched(gain, _COMPRESS_BLOCK, count)


def limit(signal: Audio, ceiling: float) -> Audio:
    """Turns peaks down ahead of time so that no sample exceeds `ceiling`."""
    count = signal.shape[1]
    size = -(-count // _LIMIT_BLOCK) + 1
    padded = np.pad(np.abs(signal).max(axis=0), (0, size * _LIMIT_BLOCK - count))
    peaks = padded.reshape(size, -1).max(axis=1)
    wanted = np.minimum(1.0, ceiling / (peaks + 1e-9))
    held = _sliding_min(wanted, 2 * _LIMIT_SPAN + 3)
    window = np.hanning(2 * _LIMIT_SPAN + 3)[1:-1]
    smooth = np.convolve(np.pad(held, _LIMIT_SPAN, mode="edge"), window / window.sum(), "valid")
    limited = signal * _stretched(smooth, _LIMIT_BLOCK, count)
    return np.asarray(np.clip(limited, -ceiling, ceiling), dtype=np.float32)


def _k_weights() -> Audio:
    at = np.fft.rfftfreq(_BLOCK_SAMPLES, 1.0 / SAMPLE_RATE)
    high, middle, q, corner = 1.584864701, 1.258720930, 0.707175237, 1681.974451
    w = at / corner
    shelf = ((1 - high * w**2) ** 2 + (middle * w / q) ** 2) / ((1 - w**2) ** 2 + (w / q) ** 2)
    low, low_q = 38.13547, 0.5003270
    cut = at**4 / ((at**2 - low**2) ** 2 + (at * low / low_q) ** 2 + 1e-30)
    return np.asarray(shelf * cut, dtype=np.float32)


def _follow(values: Curve, *, rise: float, fall: float) -> Curve:
    followed, state = [], 0.0
    for value in values.tolist():
        state += (rise if value > state else fall) * (value - state)
        followed.append(state)
    return np.array(followed)


def _sliding_min(values: Curve, span: int) -> Curve:
    padded = np.pad(values, span // 2, mode="edge")
    return np.asarray(np.lib.stride_tricks.sliding_window_view(padded, span).min(axis=1))


def _stretched(values: Curve, block: int, count: int) -> Audio:
    """Straight lines between the blocks' centres."""
    ends = np.concatenate([values[:1], values, values[-1:]]).astype(np.float32)
    ramp = (np.arange(block, dtype=np.float32) + 0.5) / block
    lines = ends[:-1, None] + np.diff(ends)[:, None] * ramp
    return np.asarray(lines.reshape(-1)[block // 2 :][:count], dtype=np.float32)
