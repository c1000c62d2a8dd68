"""Songs as the tests hear and read them; each is rendered once."""

import io
from functools import lru_cache
from zlib import crc32

import av
import numpy as np
from numpy.typing import NDArray

from beatra_desktop.sandbox.synth import (
    Clip,
    Song,
    render_mp3,
)
from beatra_desktop.sandbox.synth.arrange import write_score
from beatra_desktop.sandbox.synth.score import Score
from beatra_desktop.sandbox.synth.structure import Form, plan_form
from beatra_desktop.sandbox.synth.style import Style, read_style

Samples = NDArray[np.float32]


@lru_cache(maxsize=64)
def rendered(song: Song) -> Clip:
    return render_mp3(song)


@lru_cache(maxsize=64)
def heard(song: Song) -> Samples:
    """The decoded clip, shape (2, samples)."""
    with av.open(io.BytesIO(rendered(song).data), "r") as container:
        planes = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(planes, axis=1).astype(np.float32)


def planned(song: Song) -> tuple[Style, Form, Score]:
    """The composition without the sound."""
    names = ("style", "form", "harmony", "chords", "bass", "arp", "melody", "drums")
    rngs = {name: np.random.default_rng([song.seed, crc32(name.encode())]) for name in names}
    style = read_style(song, rngs["style"])
    form = plan_form(song, style, rngs["form"])
    return style, form, write_score(form, style, rngs)
