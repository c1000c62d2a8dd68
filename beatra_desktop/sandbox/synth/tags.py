"""A song in a few words, like "waltz, piano, slow"."""

from typing import Final

from beatra_desktop.sandbox.synth.score import Score
from beatra_desktop.sandbox.synth.style import Style

_TEMPO_WORDS: Final = ((76.0, "slow"), (118.0, "mid-tempo"), (400.0, "fast"))
_NAMES: Final = {
    "epiano": "electric piano",
    "nylon": "nylon guitar",
    "steel": "acoustic guitar",
    "clean": "electric guitar",
    "crunch": "electric guitar",
    "drive": "distorted guitar",
    "drive_lead": "lead guitar",
    "saw_lead": "synth lead",
    "square_lead": "synth lead",
    "chip": "pulse lead",
    "chip_thin": "pulse lead",
    "chip_soft": "square wave",
    "poly": "synth",
    "pluck": "synth pluck",
    "glass": "glass pad",
    "vibes": "vibraphone",
    "acid_bass": "acid synth",
    "spiccato": "strings",
}


def describe(style: Style, score: Score) -> str:
    voices = [part.instrument for part in score.parts if part.role == "vocal"]
    players = [part.instrument for part in score.parts if part.role in ("chords", "lead")]
    words = [
        "waltz" if style.beats == 3 and style.genre.name == "waltz" else style.genre.name,
        *(f"{voice} voice" for voice in voices),
        *(_NAMES.get(player, player.replace("_", " ")) for player in players),
        *style.moods[:2],
        next(word for limit, word in _TEMPO_WORDS if style.tempo_bpm <= limit),
        f"{round(style.tempo_bpm)} bpm",
        style.key.name,
    ]
    return ", ".join(dict.fromkeys(words))
