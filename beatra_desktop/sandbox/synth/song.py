"""What the synthesiser takes and gives."""

from dataclasses import dataclass


class UnreadableAudio(ValueError):
    """The file is no audio the synthesiser can decode; the text says why."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference recording gives to a new song.

    `tonic` is a pitch class (0 is C), `mode` is "major" or "minor", `brightness_hz` the mean
    spectral centroid.
    """

    seconds: float
    tempo_bpm: float
    tonic: int
    mode: str
    brightness_hz: float


@dataclass(frozen=True, slots=True)
class Song:
    """A wish for a song; `style_weight` and `weirdness` lie in 0-1 (contract §6).

    `seconds` is the wanted length; None leaves it to the reference, else to the structure.
    """

    prompt: str
    lyrics: str | None = None
    instrumental: bool = False
    title: str | None = None
    seed: int = 0
    style_weight: float | None = None
    weirdness: float | None = None
    vocal_gender: str | None = None
    negative_tags: str | None = None
    reference: Reference | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Clip:
    """One finished recording; `tags` reads like "waltz, piano, slow"."""

    data: bytes
    mime_type: str
    duration_seconds: float
    tags: str
