"""The recipes of the sustained instruments."""

from dataclasses import dataclass
from typing import Final

VIOLIN_BODY: Final = (
    (290.0, 120.0, 0.5),
    (700.0, 400.0, 0.6),
    (1300.0, 700.0, 0.5),
    (2800.0, 1600.0, 0.55),
)
CELLO_BODY: Final = (
    (180.0, 90.0, 0.7),
    (400.0, 240.0, 0.6),
    (900.0, 600.0, 0.4),
    (2000.0, 1200.0, 0.35),
)
REED_BODY: Final = ((600.0, 500.0, 0.9), (1500.0, 900.0, 0.7), (2900.0, 1500.0, 0.4))
OPEN: Final = ((0.0, 60000.0, 1.0),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A steady tone.

    `slope` is the overtones' weakening (1 is a sawtooth), `even` the level of even overtones,
    `attack` and `release` in s, `bloom` how much later the overtones arrive, `cents`/`rate_hz`
    the vibrato, `scoop` cents below at the start, `air` breath or bow noise, `voices` detuned
    copies `spread` cents apart, `cutoff_hz` where overtones end.
    """

    slope: float
    even: float = 1.0
    attack: float
    release: float
    bloom: float = 0.0
    cents: float = 0.0
    rate_hz: float = 5.4
    scoop: float = 0.0
    air: float = 0.0
    voices: int = 1
    spread: float = 0.0
    cutoff_hz: float = 9000.0
    body: tuple[tuple[float, float, float], ...] = OPEN
    pluck_s: float = 0.0


TONES: Final = {
    "violin": Tone(
        slope=0.9,
        attack=0.07,
        release=0.14,
        cents=16,
        scoop=20,
        air=0.02,
        body=VIOLIN_BODY,
        bloom=0.06,
    ),
    "cello": Tone(
        slope=1.05,
        attack=0.08,
        release=0.16,
        cents=14,
        rate_hz=5.0,
        scoop=15,
        air=0.02,
        body=CELLO_BODY,
        bloom=0.08,
    ),
    "flute": Tone(
        slope=1.9,
        even=0.8,
        attack=0.05,
        release=0.1,
        cents=12,
        rate_hz=5.0,
        scoop=12,
        air=0.1,
        bloom=0.05,
    ),
    "clarinet": Tone(
        slope=1.15,
        even=0.12,
        attack=0.04,
        release=0.08,
        cents=5,
        scoop=10,
        air=0.015,
        cutoff_hz=5000,
        bloom=0.04,
    ),
    "sax": Tone(
        slope=0.85,
        attack=0.035,
        release=0.09,
        cents=15,
        rate_hz=5.2,
        scoop=55,
        air=0.05,
        body=REED_BODY,
        bloom=0.05,
        cutoff_hz=7000,
    ),
    "brass": Tone(
        slope=0.65,
        attack=0.05,
        release=0.1,
        cents=7,
        scoop=30,
        voices=2,
        spread=5,
        bloom=0.11,
        cutoff_hz=8500,
        body=((500.0, 900.0, 0.8), (1200.0, 1400.0, 0.8)),
    ),
    "harmonica": Tone(
        slope=0.7,
        even=0.6,
        attack=0.04,
        release=0.08,
        cents=12,
        rate_hz=5.8,
        scoop=45,
        air=0.03,
        voices=2,
        spread=3,
        body=REED_BODY,
    ),
    "melodica": Tone(
        slope=0.85,
        even=0.5,
        attack=0.03,
        release=0.07,
        cents=6,
        scoop=15,
        air=0.03,
        body=REED_BODY,
        cutoff_hz=6000,
    ),
    "accordion": Tone(
        slope=0.8,
        even=0.8,
        attack=0.05,
        release=0.08,
        voices=3,
        spread=7,
        air=0.01,
        cutoff_hz=6500,
        body=REED_BODY,
    ),
    "organ": Tone(
        slope=1.0, attack=0.008, release=0.05, cents=5, rate_hz=6.4, air=0.006, cutoff_hz=5500
    ),
    "strings": Tone(
        slope=0.9,
        attack=0.16,
        release=0.35,
        voices=3,
        spread=9,
        cents=6,
        air=0.012,
        body=VIOLIN_BODY,
        bloom=0.15,
        cutoff_hz=9500,
    ),
    "spiccato": Tone(
        slope=0.85,
        attack=0.018,
        release=0.12,
        voices=3,
        spread=7,
        air=0.04,
        body=VIOLIN_BODY,
        cutoff_hz=9000,
        pluck_s=0.5,
    ),
    "low_strings": Tone(
        slope=1.1,
        attack=0.07,
        release=0.2,
        voices=3,
        spread=6,
        cents=5,
        air=0.012,
        body=CELLO_BODY,
        bloom=0.08,
        cutoff_hz=4500,
    ),
    "pad": Tone(
        slope=1.1, attack=0.55, release=0.9, voices=3, spread=14, bloom=0.9, cutoff_hz=5500
    ),
    "glass": Tone(
        slope=1.6,
        even=0.35,
        attack=0.3,
        release=1.2,
        voices=3,
        spread=8,
        cents=4,
        rate_hz=3.1,
        bloom=0.3,
        cutoff_hz=6500,
    ),
    "poly": Tone(
        slope=1.05, attack=0.012, release=0.22, voices=3, spread=11, cutoff_hz=6000, pluck_s=1.4
    ),
    "saw_lead": Tone(
        slope=0.95,
        attack=0.015,
        release=0.16,
        voices=3,
        spread=10,
        cents=9,
        rate_hz=5.5,
        scoop=25,
        cutoff_hz=7500,
    ),
    "square_lead": Tone(
        slope=1.0,
        even=0.06,
        attack=0.012,
        release=0.14,
        voices=2,
        spread=7,
        cents=10,
        scoop=30,
        cutoff_hz=6500,
    ),
    "synth_bass": Tone(
        slope=1.0, attack=0.006, release=0.06, voices=2, spread=6, cutoff_hz=2600, pluck_s=0.7
    ),
    "acid_bass": Tone(
        slope=0.8,
        attack=0.004,
        release=0.04,
        cutoff_hz=4200,
        pluck_s=0.32,
        body=((0.0, 700.0, 1.0), (1100.0, 260.0, 1.3)),
    ),
    "soft_bass": Tone(slope=2.4, attack=0.08, release=0.4, cents=3, cutoff_hz=900),
    "chip": Tone(
        slope=1.0, even=0.02, attack=0.002, release=0.02, cents=10, rate_hz=6.0, cutoff_hz=12000
    ),
    "chip_thin": Tone(slope=0.7, attack=0.002, release=0.02, cutoff_hz=13000, pluck_s=0.6),
    "chip_soft": Tone(
        slope=1.0, even=0.02, attack=0.002, release=0.02, cutoff_hz=9000, pluck_s=0.5
    ),
    "chip_bass": Tone(slope=2.0, even=0.02, attack=0.002, release=0.02, cutoff_hz=9000),
    "drive_lead": Tone(
        slope=0.9,
        attack=0.012,
        release=0.1,
        cents=16,
        rate_hz=5.6,
        scoop=60,
        cutoff_hz=8000,
        air=0.01,
    ),
}
ORGAN_DRAWBARS: Final = (
    (0.5, 0.5),
    (1.0, 1.0),
    (1.5, 0.45),
    (2.0, 0.7),
    (3.0, 0.35),
    (4.0, 0.3),
    (6.0, 0.12),
    (8.0, 0.14),
)
