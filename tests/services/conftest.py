"""Files to upload."""

import math
import struct
import wave
from pathlib import Path

import pytest

RATE = 8000
SECONDS = 8


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Eight seconds of a quiet 440 Hz tone, long enough for a reference."""
    path = tmp_path / "tone.wav"
    samples = (int(8000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(RATE * SECONDS))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return path
