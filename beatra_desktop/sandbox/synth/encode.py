"""Stereo samples to MP3."""

import io
from typing import Final

import av
import numpy as np

from beatra_desktop.sandbox.synth.instruments.engine import SAMPLE_RATE, Audio

BIT_RATE: Final = 192_000
# LAME's own defaults spend three times as long for a difference nobody hears at this rate.
_LAME_OPTIONS: Final = {"compression_level": "7", "joint_stereo": "0"}


def encode_mp3(signal: Audio, *, title: str | None) -> bytes:
    """`signal` has the shape (2, samples) within -1..1."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        if title:
            container.metadata["title"] = title
        stream = container.add_stream(
            "libmp3lame",
            rate=SAMPLE_RATE,
            layout="stereo",
            format="fltp",
            options=_LAME_OPTIONS,
        )
        stream.bit_rate = BIT_RATE
        planes = np.ascontiguousarray(signal, dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate = SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
