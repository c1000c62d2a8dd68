"""The record that describes a genre, so that a table can hold them all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Genre:
    """Pools from which one song draws; an empty string in a pool means "may stay silent".

    `swing` is the place of the off-beat inside its pair (0.5 straight, 0.67 triplet) and
    `swing_unit` the beats either of the two takes when straight; `looseness_ms` the players'
    timing spread; `reverb_s` the decay to -60 dB, `wet` its level; `duck` how far the kick pushes
    the rest down; `warmth_hz` where the mix starts to darken (0 leaves it open); `lufs` the
    wanted loudness.
    """

    name: str
    words: tuple[str, ...]
    tempo: tuple[int, int]
    chords: tuple[str, ...]
    lead: tuple[str, ...]
    bass: tuple[str, ...]
    pad: tuple[str, ...]
    arp: tuple[str, ...] = ("",)
    comp: tuple[str, ...]
    bassline: tuple[str, ...]
    grooves: tuple[str, ...]
    kit: str = "acoustic"
    major: tuple[str, ...]
    minor: tuple[str, ...]
    minor_odds: float = 0.4
    minor_mode: str = "minor"
    major_mode: str = "major"
    form: str = "song"
    beats: int = 4
    colour: str = "triad"
    density: float = 0.5
    pentatonic: bool = False
    swing: float = 0.5
    swing_unit: float = 0.5
    looseness_ms: float = 8.0
    reverb_s: float = 1.6
    wet: float = 0.22
    echo: float = 0.1
    duck: float = 0.0
    crackle: float = 0.0
    warmth_hz: float = 0.0
    lufs: float = -14.5
