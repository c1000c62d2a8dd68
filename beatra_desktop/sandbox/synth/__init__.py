"""Makes a song from words; nothing is sampled, everything is computed."""

from zlib import crc32

import numpy as np

from beatra_desktop.sandbox.synth.arrange import write_score
from beatra_desktop.sandbox.synth.encode import encode_mp3
from beatra_desktop.sandbox.synth.instruments.engine import SAMPLE_RATE
from beatra_desktop.sandbox.synth.mix import mix
from beatra_desktop.sandbox.synth.reference import read_reference
from beatra_desktop.sandbox.synth.song import Clip, Reference, Song, UnreadableAudio
from beatra_desktop.sandbox.synth.structure import plan_form
from beatra_desktop.sandbox.synth.style import read_style
from beatra_desktop.sandbox.synth.tags import describe

__all__ = ["Clip", "Reference", "Song", "UnreadableAudio", "read_reference", "render_mp3"]


def render_mp3(song: Song) -> Clip:
    """Composes, plays and encodes the song; equal songs give equal bytes on one machine."""
    seed = crc32(f"{song.seed}|{song.prompt}|{song.title}".encode())
    concerns = ("style", "form", "harmony", "chords", "bass", "arp", "melody", "drums")
    rngs = {name: np.random.default_rng([seed, crc32(name.encode())]) for name in concerns}
    style = read_style(song, rngs["style"])
    form = plan_form(song, style, rngs["form"])
    score = write_score(form, style, rngs)
    audio = mix(score, form, style, seed)
    return Clip(
        data=encode_mp3(audio, title=song.title),
        mime_type="audio/mpeg",
        duration_seconds=round(audio.shape[1] / SAMPLE_RATE, 3),
        tags=describe(style, score),
    )
