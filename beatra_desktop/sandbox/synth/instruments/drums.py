"""Drum strokes, made once for each song and kit and then reused."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import (
    SAMPLE_RATE,
    Audio,
    decay,
    level,
    noise,
    random_phases,
    ring,
    samples,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """Kick: `kick_hz` end pitch, `kick_sweep` start ratio, `kick_s`; snare: tone and wires."""

    kick_hz: float = 52.0
    kick_sweep: float = 4.0
    kick_s: float = 0.32
    kick_click: float = 0.25
    snare_hz: float = 190.0
    snare_s: float = 0.2
    snare_wires: float = 0.7
    snare_top_hz: float = 8500.0
    hat_s: float = 0.07
    hat_low_hz: float = 7000.0
    top_hz: float = 15000.0


KITS: Final = {
    "acoustic": Kit(),
    "brush": Kit(
        kick_hz=58, kick_sweep=2.2, kick_s=0.26, kick_click=0.08, snare_s=0.15, snare_top_hz=6000
    ),
    "dusty": Kit(
        kick_hz=56,
        kick_sweep=2.6,
        kick_s=0.28,
        kick_click=0.12,
        snare_hz=170,
        snare_top_hz=5200,
        hat_s=0.05,
        hat_low_hz=5500,
        top_hz=9000,
    ),
    "electronic": Kit(
        kick_hz=48,
        kick_sweep=6.0,
        kick_s=0.34,
        kick_click=0.3,
        snare_hz=200,
        hat_s=0.05,
        hat_low_hz=8000,
    ),
    "808": Kit(
        kick_hz=46,
        kick_sweep=3.5,
        kick_s=0.5,
        kick_click=0.2,
        snare_hz=210,
        snare_s=0.17,
        hat_s=0.04,
        hat_low_hz=8500,
    ),
    "gated": Kit(
        kick_hz=54, kick_sweep=4.5, kick_s=0.26, snare_hz=180, snare_s=0.34, snare_wires=0.9
    ),
    "heavy": Kit(
        kick_hz=58,
        kick_sweep=3.0,
        kick_s=0.2,
        kick_click=0.6,
        snare_hz=205,
        snare_s=0.22,
        snare_wires=0.85,
    ),
    "chip": Kit(kick_hz=60, kick_sweep=5.0, kick_s=0.14, kick_click=0.0, snare_s=0.12, hat_s=0.03),
    "orchestral": Kit(kick_hz=44, kick_sweep=1.6, kick_s=0.9, kick_click=0.05, snare_hz=220),
    "latin": Kit(kick_hz=56, kick_sweep=2.4, kick_s=0.24, kick_click=0.1),
}
RISER_SECONDS: Final = 1.9
# Place between left (-1) and right (1), seen from the audience; and the level in the kit.
PLACES: Final = {
    "kick": (0.0, 1.0),
    "snare": (-0.06, 0.8),
    "clap": (0.08, 0.62),
    "rim": (-0.2, 0.5),
    "hat": (0.38, 0.42),
    "open": (0.36, 0.44),
    "ride": (-0.45, 0.4),
    "crash": (-0.5, 0.5),
    "tom1": (0.4, 0.75),
    "tom2": (0.0, 0.75),
    "tom3": (-0.42, 0.8),
    "shaker": (-0.55, 0.34),
    "tamb": (0.6, 0.34),
    "brush": (0.15, 0.4),
    "conga_high": (0.5, 0.55),
    "conga_low": (0.35, 0.6),
    "clave": (-0.35, 0.36),
    "cowbell": (-0.3, 0.26),
    "timpani": (-0.15, 0.95),
    "riser": (0.2, 0.5),
}


def strike(drum: str, kit_name: str, rng: np.random.Generator) -> Audio:
    """One stroke at full level."""
    kit = KITS[kit_name]
    if kit_name == "chip" and drum in ("snare", "hat", "open", "crash"):
        return _chip_noise(drum, rng)
    if drum == "riser":
        return _riser(rng)
    if drum in _SKINS:
        pitch, seconds = _SKINS[drum]
        return _skin(pitch, seconds, rng)
    if drum in _WOODS:
        return _wood(*_WOODS[drum], rng)
    makers = {"kick": _kick, "snare": _snare, "clap": _clap, "brush": _brush}
    if drum in makers:
        return makers[drum](kit, rng)
    return _metal(drum, kit, rng)


_SKINS: Final = {
    "tom1": (165.0, 0.4),
    "tom2": (125.0, 0.48),
    "tom3": (92.0, 0.6),
    "conga_high": (330.0, 0.22),
    "conga_low": (215.0, 0.3),
    "timpani": (74.0, 1.6),
}
_WOODS: Final = {"rim": (1700.0, 0.06), "clave": (2450.0, 0.09), "cowbell": (562.0, 0.2)}


def _kick(kit: Kit, rng: np.random.Generator) -> Audio:
    count = samples(kit.kick_s * 1.2)
    at = np.arange(count) / SAMPLE_RATE
    sweep = kit.kick_hz * (kit.kick_sweep - 1) * 0.028
    phase = 2 * np.pi * (kit.kick_hz * at + sweep * (1 - np.exp(-at / 0.028)))
    body = np.tanh(1.5 * np.sin(phase) * decay(count, kit.kick_s * 1.5))
    size = samples(0.012)
    body[:size] += (
        kit.kick_click * noise(size, rng, low_hz=1200, high_hz=5200) * decay(size, 0.01) * 2
    )
    return _finished(body)


def _snare(kit: Kit, rng: np.random.Generator) -> Audio:
    count = samples(kit.snare_s * 1.5)
    body = ring(
        kit.snare_hz * np.array([1.0, 1.59, 2.14]),
        np.array([1.0, 0.55, 0.3]),
        np.array([22.0, 30.0, 40.0]),
        np.zeros(3) - np.pi / 2,
        count,
    )
    wires = noise(count, rng, low_hz=1100.0, high_hz=kit.snare_top_hz)
    tail = decay(count, kit.snare_s) if kit.snare_s < 0.3 else _gate(count, kit.snare_s)
    return _finished(0.6 * body + kit.snare_wires * 1.6 * wires * tail)


def _gate(count: int, seconds: float) -> Audio:
    """The cut-off room of an eighties snare."""
    at = np.arange(count, dtype=np.float32) / SAMPLE_RATE
    shape = (1 - at / seconds).clip(0, 1) ** 0.6
    return np.asarray(shape * (0.35 + 0.65 * np.exp(-at * 14)), dtype=np.float32)


def _clap(kit: Kit, rng: np.random.Generator) -> Audio:
    count = samples(0.26)
    at = np.arange(count) / SAMPLE_RATE
    shape = 0.6 * np.exp(-at / 0.055)
    for start in (0.0, 0.011, 0.021, 0.03):
        shape += np.where(at >= start, np.exp(-(at - start) / 0.004), 0.0)
    return _finished(noise(count, rng, low_hz=850.0, high_hz=5500.0) * shape)


def _brush(kit: Kit, rng: np.random.Generator) -> Audio:
    count = samples(0.24)
    sweep = np.hanning(count) ** 0.7 * 0.5 + decay(count, 0.12)
    return _finished(noise(count, rng, low_hz=1600.0, high_hz=6500.0) * sweep)


def _skin(pitch_hz: float, seconds: float, rng: np.random.Generator) -> Audio:
    count = samples(seconds * 1.3)
    at = np.arange(count) / SAMPLE_RATE
    phase = 2 * np.pi * pitch_hz * (at + 0.25 * 0.03 * (1 - np.exp(-at / 0.03)))
    tone = np.sin(phase) * decay(count, seconds * 1.3) + 0.35 * np.sin(1.59 * phase) * decay(
        count, seconds * 0.6
    )
    return _finished(tone + 0.25 * noise(count, rng, low_hz=200, high_hz=3500) * decay(count, 0.05))


def _riser(rng: np.random.Generator) -> Audio:
    """A cymbal roll that grows for as long as a crash would fade."""
    count = samples(RISER_SECONDS)
    rise = np.linspace(0.0, 1.0, count, dtype=np.float32) ** 2.5
    return _finished(noise(count, rng, low_hz=3200.0, high_hz=12000.0) * rise)


def _wood(pitch_hz: float, seconds: float, rng: np.random.Generator) -> Audio:
    ratios = np.array([1.0, 1.48, 2.7])
    count = samples(seconds * 1.6)
    tone = ring(
        pitch_hz * ratios, np.array([1, 0.7, 0.3]), np.full(3, 5.0 / seconds), np.zeros(3), count
    )
    return _finished(tone + 0.2 * noise(count, rng, low_hz=800, high_hz=6000) * decay(count, 0.015))


def _metal(drum: str, kit: Kit, rng: np.random.Generator) -> Audio:
    """Cymbals, shaker and tambourine: bright noise with many unrelated partials inside."""
    seconds, low, partials = {
        "hat": (kit.hat_s, kit.hat_low_hz, 0.35),
        "open": (0.34, kit.hat_low_hz * 0.9, 0.35),
        "ride": (0.9, 4200.0, 0.8),
        "crash": (2.2, 2800.0, 0.4),
        "shaker": (0.09, 6000.0, 0.0),
        "tamb": (0.16, 7000.0, 0.5),
    }[drum]
    count = samples(seconds * 1.2)
    signal = noise(count, rng, low_hz=low, high_hz=kit.top_hz) * decay(count, seconds)
    if drum == "shaker":
        signal *= np.clip(np.arange(count) / samples(0.02), 0, 1)
    if partials:
        at = rng.uniform(low * 0.6, min(12_000.0, kit.top_hz), 64)
        rates = rng.uniform(6.0, 16.0, 64) / seconds
        signal += 0.05 * partials * ring(at, np.ones(64), rates, random_phases(64, rng), count)
    return _finished(signal)


def _chip_noise(drum: str, rng: np.random.Generator) -> Audio:
    """A shift register's noise: random levels, each held for some samples."""
    seconds, held = {"snare": (0.14, 6), "hat": (0.03, 2), "open": (0.1, 2), "crash": (0.6, 4)}[
        drum
    ]
    count = samples(seconds)
    steps = rng.choice((-1.0, 1.0), count // held + 1)
    return _finished(np.repeat(steps, held)[:count] * decay(count, seconds))


def _finished(signal: np.ndarray[tuple[int, ...], np.dtype[np.floating]]) -> Audio:
    out = level(np.asarray(signal, dtype=np.float32))
    edge = min(300, out.size // 4)
    out[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
    out[:12] *= np.linspace(0, 1, 12, dtype=np.float32)
    return out
