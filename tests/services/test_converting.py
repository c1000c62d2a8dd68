"""Conversions: whole or not there, nobody's file overwritten, tags kept."""

import wave
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from beatra_desktop.audio.tags import read_tags, write_tags
from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.converting import AudioFormat, ConversionState
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.storage.database import Database
from tests.services.songs import Shelf

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def shelf(database: Database, tmp_path: Path, supervisor: Supervisor) -> Shelf:
    return Shelf(database, tmp_path / "home", supervisor)


def _states(shelf: Shelf) -> list[ConversionState]:
    return [conversion.state for conversion in shelf.conversions.conversions]


@pytest.mark.parametrize("format", list(AudioFormat))
async def test_songs_become_whole_files_with_their_tags(
    shelf: Shelf, tone: Path, tmp_path: Path, format: AudioFormat
) -> None:
    write_tags(tone, {"title": "Rain", "beatra_model": "suno-5.5"})
    clips = [shelf.add(tone, "Rain"), shelf.add(tone, "Sun")]
    shelf.conversions.convert([c.id for c in clips], format=format, folder=tmp_path / "out")
    await shelf.settled()
    assert _states(shelf) == [ConversionState.DONE] * 2
    ending = format.value
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        f"Rain.{ending}",
        f"Sun.{ending}",
    ]
    made = shelf.conversions.conversions[0].path
    assert made is not None
    assert verify(made).duration_seconds == pytest.approx(8.0, abs=0.1)
    tags = read_tags(made)
    assert (tags["title"], tags["beatra_model"]) == ("Rain", "suno-5.5")


async def test_no_file_is_overwritten(shelf: Shelf, tone: Path) -> None:
    clip = shelf.add(tone)
    before = tone.read_bytes()
    for _ in range(2):
        shelf.conversions.convert([clip.id], format=AudioFormat.WAV, folder=shelf.home)
    await shelf.settled()
    assert [n for n in shelf.names if n.endswith(".wav")] == [
        "Rain 2.wav",
        "Rain 3.wav",
        "Rain.wav",
    ]
    assert (shelf.home / "Rain.wav").read_bytes() == before


async def test_progress_is_told_and_what_ended_is_forgotten(
    shelf: Shelf, tone: Path, tmp_path: Path
) -> None:
    clip = shelf.add(tone)
    seen: list[float] = []

    def on_changed(row: int) -> None:
        seen.append(shelf.conversions.conversions[row].fraction)

    shelf.conversions.conversions.changed.connect(on_changed)
    shelf.conversions.convert([clip.id], format=AudioFormat.MP3, folder=tmp_path / "out")
    await shelf.settled()
    assert seen == sorted(seen)
    assert len(seen) > 5
    assert seen[-1] == 1.0
    shelf.conversions.clear()
    assert len(shelf.conversions.conversions) == 0


async def test_what_is_stopped_leaves_nothing(shelf: Shelf, tone: Path, tmp_path: Path) -> None:
    with wave.open(str(tone), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8000 * 600))
    clips = [shelf.add(tone, "Long"), shelf.add(tone, "Waiting")]
    out = tmp_path / "out"
    stopped: list[int] = []

    def on_changed(row: int) -> None:
        if shelf.conversions.conversions[row].fraction > 0 and not stopped:
            stopped.append(row)
            shelf.conversions.cancel_all()

    shelf.conversions.conversions.changed.connect(on_changed)
    shelf.conversions.convert([c.id for c in clips], format=AudioFormat.MP3, folder=out)
    await shelf.settled()
    assert _states(shelf) == [ConversionState.CANCELED] * 2
    assert list(out.iterdir()) == []


async def test_what_cannot_be_read_or_written_says_so(
    shelf: Shelf, tone: Path, tmp_path: Path
) -> None:
    broken, good = shelf.add(tone, "Broken"), shelf.add(tone, "Good")
    assert broken.path is not None
    broken.path.write_bytes(b"no sound")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    shelf.conversions.convert([broken.id], format=AudioFormat.FLAC, folder=tmp_path / "out")
    shelf.conversions.convert([good.id], format=AudioFormat.FLAC, folder=blocked)
    await shelf.settled()
    failures: list[Any] = [c.failure for c in shelf.conversions.conversions]
    assert [f.code for f in failures] == [FailureCode.NOT_CONVERTED] * 2
    assert [f.subject for f in failures] == ["Broken", "Good"]
    assert list((tmp_path / "out").iterdir()) == []


async def test_a_full_disk_says_so(shelf: Shelf, tone: Path, small_disk: Path) -> None:
    with wave.open(str(tone), "wb") as file:
        file.setparams((1, 2, 48000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 48000 * 60))
    clip = shelf.add(tone)
    shelf.conversions.convert([clip.id], format=AudioFormat.WAV, folder=small_disk)
    await shelf.settled()
    [conversion] = shelf.conversions.conversions
    assert conversion.failure is not None
    assert conversion.failure.code is FailureCode.DISK_FULL
    assert list(small_disk.iterdir()) == []


async def test_a_link_that_leads_nowhere_has_its_name_already(
    shelf: Shelf, tone: Path, tmp_path: Path
) -> None:
    clip, out = shelf.add(tone), tmp_path / "out"
    out.mkdir()
    (out / "Rain.flac").symlink_to(tmp_path / "nowhere")
    shelf.conversions.convert([clip.id], format=AudioFormat.FLAC, folder=out)
    await shelf.settled()
    [conversion] = shelf.conversions.conversions
    assert conversion.path == out / "Rain 2.flac"
    assert not (tmp_path / "nowhere").exists()
