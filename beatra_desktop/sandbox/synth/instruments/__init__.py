"""Every instrument by name."""

import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import Audio
from beatra_desktop.sandbox.synth.instruments.struck import (
    BARS,
    STRINGS,
    play_bar,
    play_epiano,
    play_piano,
    play_string,
    play_sub,
)
from beatra_desktop.sandbox.synth.instruments.sustained import play_tone
from beatra_desktop.sandbox.synth.instruments.tones import TONES
from beatra_desktop.sandbox.synth.instruments.voice import choir

# A distorted guitar is a bright string that the mix drives into an amplifier.
_SAME_AS = {"drive": "crunch"}


def play(
    name: str, pitch: float, seconds: float, velocity: float, rng: np.random.Generator
) -> Audio:
    """One note with a peak near 1; `velocity` (0-1) shapes the timbre, not the level.

    Raises KeyError for an unknown instrument.
    """
    name = _SAME_AS.get(name, name)
    special = {"piano": play_piano, "epiano": play_epiano, "sub": play_sub, "choir": choir}
    if name in special:
        return special[name](pitch, seconds, velocity, rng)
    if name in STRINGS:
        return play_string(name, pitch, seconds, velocity, rng)
    if name in BARS:
        return play_bar(name, pitch, seconds, velocity, rng)
    if name in TONES:
        return play_tone(name, pitch, seconds, velocity, rng)
    raise KeyError(name)
