"""From beats to seconds: swing, the slowing of the last bars, and human timing."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from beatra_desktop.sandbox.synth.structure import Form
from beatra_desktop.sandbox.synth.style import Style

RITARDANDO_BEATS: Final = 4.0


@dataclass(frozen=True, slots=True)
class Clock:
    """`slowdown` is how much longer the last beat before the final bar takes (0 none)."""

    seconds_per_beat: float
    swing: float
    swing_unit: float
    ritard_from: float
    slowdown: float

    def at(self, beat: float) -> float:
        """Seconds from the start of the music."""
        swung = self._swung(beat)
        late = max(0.0, swung - self.ritard_from)
        bend = min(late, RITARDANDO_BEATS)
        extra = self.slowdown * (bend * bend / (2 * RITARDANDO_BEATS) + (late - bend))
        return (swung + extra) * self.seconds_per_beat

    def _swung(self, beat: float) -> float:
        pair, place = divmod(beat, self.swing_unit * 2)
        place /= self.swing_unit * 2
        if place < 0.5:
            place *= self.swing / 0.5
        else:
            place = self.swing + (place - 0.5) * (1 - self.swing) / 0.5
        return (pair + place) * self.swing_unit * 2


def make_clock(form: Form, style: Style) -> Clock:
    """Machines do not slow down; players do, by about a quarter over the last beats."""
    human = style.genre.looseness_ms > 6
    final_bar = float((form.bars - 1) * form.beats)
    return Clock(
        seconds_per_beat=60.0 / form.tempo_bpm,
        swing=style.swing,
        swing_unit=style.genre.swing_unit,
        ritard_from=max(0.0, final_bar - RITARDANDO_BEATS),
        slowdown=0.25 if human and form.bars > 4 else 0.0,
    )


def jitter_seconds(style: Style, rng: np.random.Generator, count: int) -> list[float]:
    """Human timing errors, at most two and a half spreads wide."""
    spread = style.genre.looseness_ms / 1000.0
    return [
        float(x) for x in np.clip(rng.normal(0.0, spread * 0.6, count), -1.5 * spread, 1.5 * spread)
    ]
