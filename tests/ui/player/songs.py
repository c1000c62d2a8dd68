"""Tones saved as clips, as an earlier run of the app leaves songs."""

import wave
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

RATE: Final = 48_000
LYRICS: Final = "[Verse]\none\ntwo\n[Chorus]\nthree\nfour\n"


@dataclass(frozen=True, kw_only=True)
class Song:
    """A tone that is saved as a clip; those with the same `kin` are of one task.

    Between `later_from` and `later_to` seconds it has another pitch.
    """

    name: str
    seconds: float = 8.0
    hertz: float = 440.0
    amplitude: float = 0.25
    kin: str = "task"
    later_hertz: float = 0.0
    later_from: float = 0.0
    later_to: float = 0.0


PAIR: Final = (Song(name="a"), Song(name="b", hertz=660.0, amplitude=0.125))


def write_tone(path: Path, song: Song) -> None:
    time = np.arange(int(song.seconds * RATE)) / RATE
    later = (song.later_from <= time) & (time < song.later_to)
    wave_form = np.sin(2 * np.pi * np.where(later, song.later_hertz, song.hertz) * time)
    samples = (32_767 * song.amplitude * wave_form).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(samples, 2).tobytes())


def save_songs(folder: Path, songs: Sequence[Song]) -> None:
    """As an earlier run of the app leaves them, oldest first."""
    with closing(Database.open(folder / "beatra.db")) as database:
        repository = MusicRepository(database)
        for kin in dict.fromkeys(song.kin for song in songs):
            repository.save_task(_task(kin))
        for row, song in enumerate(songs):
            path = folder / f"{song.name}.wav"
            write_tone(path, song)
            clip = Clip(
                id=ClipId(song.name),
                task_id=TaskId(song.kin),
                index=row,
                title="Lamps",
                url="",
                delivery=Delivery.SAVED,
                tags="calm",
                duration_seconds=song.seconds,
                path=path,
            )
            repository.save_clip(clip)
        database.flush()


def _task(name: str) -> MusicTask:
    return MusicTask(
        id=TaskId(name),
        profile_id=SANDBOX_PROFILE_ID,
        prompt=MusicPrompt(prompt="calm piano", title="Lamps", lyrics=LYRICS, model="suno-5.5"),
        status=TaskStatus.SUCCEEDED,
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
