"""Waveforms: computed once, kept where that is possible, silent about what is gone."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.observable import Records
from beatra_desktop.services.library import BUCKETS, LibraryService
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio

CLIP_ID = ClipId("task-1-0")


@pytest.fixture
def clips(tone: Path) -> Records[Clip]:
    clip = Clip(
        id=CLIP_ID,
        task_id=TaskId("task-1"),
        index=0,
        title="Tone",
        url="",
        delivery=Delivery.SAVED,
        path=tone,
    )
    return Records([clip])


async def _load(library: LibraryService, supervisor: Supervisor) -> tuple[float, ...]:
    answers: list[tuple[str, tuple[float, ...]]] = []

    def on_ready(clip_id: str, heights: tuple[float, ...]) -> None:
        answers.append((clip_id, heights))

    library.peaks_ready.connect(on_ready)
    library.load_peaks(CLIP_ID)
    library.load_peaks(CLIP_ID)
    async with asyncio.timeout(30):
        while supervisor.names:  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.005)
    library.peaks_ready.disconnect(on_ready)
    [(clip_id, heights)] = answers
    assert clip_id == CLIP_ID
    return heights


async def test_heights_are_computed_then_read_from_the_cache(
    clips: Records[Clip], tone: Path, tmp_path: Path, supervisor: Supervisor
) -> None:
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    heights = await _load(library, supervisor)
    assert len(heights) == BUCKETS
    assert 0.2 < max(heights) <= 0.3
    [kept] = (tmp_path / "cache" / "peaks").iterdir()
    before = kept.stat().st_mtime_ns
    assert await _load(library, supervisor) == heights
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(b"nonsense")
    assert await _load(library, supervisor) == heights


async def test_a_cache_that_cannot_be_written_costs_nothing_but_time(
    clips: Records[Clip], tmp_path: Path, supervisor: Supervisor
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    library = LibraryService(clips=clips, cache=blocked, supervisor=supervisor)
    assert len(await _load(library, supervisor)) == BUCKETS


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"no audio")])
async def test_what_cannot_be_decoded_has_no_heights(
    damage: Any, clips: Records[Clip], tone: Path, tmp_path: Path, supervisor: Supervisor
) -> None:
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    damage(tone)
    assert await _load(library, supervisor) == ()


async def _loudness(library: LibraryService, supervisor: Supervisor) -> float | None:
    answers: list[tuple[str, float | None]] = []

    def on_ready(clip_id: str, loudness: float | None) -> None:
        answers.append((clip_id, loudness))

    library.loudness_ready.connect(on_ready)
    library.load_loudness(CLIP_ID)
    library.load_loudness(CLIP_ID)
    async with asyncio.timeout(30):
        while supervisor.names:  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.005)
    library.loudness_ready.disconnect(on_ready)
    [(clip_id, loudness)] = answers
    assert clip_id == CLIP_ID
    return loudness


async def test_loudness_is_measured_then_read_from_the_cache(
    clips: Records[Clip], tmp_path: Path, supervisor: Supervisor
) -> None:
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    loudness = await _loudness(library, supervisor)
    assert loudness == pytest.approx(-16, abs=1)
    [kept] = (tmp_path / "cache" / "loudness").iterdir()
    before = kept.stat().st_mtime_ns
    assert await _loudness(library, supervisor) == loudness
    assert kept.stat().st_mtime_ns == before
    kept.write_bytes(b"damaged")
    assert await _loudness(library, supervisor) == loudness


async def test_silence_has_no_loudness(
    clips: Records[Clip], tone: Path, tmp_path: Path, supervisor: Supervisor
) -> None:
    tone.write_bytes(tone.read_bytes()[:44] + bytes(64_000))
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    assert await _loudness(library, supervisor) is None
    assert await _loudness(library, supervisor) is None


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"no audio")])
async def test_what_cannot_be_decoded_has_no_loudness(
    damage: Any, clips: Records[Clip], tone: Path, tmp_path: Path, supervisor: Supervisor
) -> None:
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    damage(tone)
    assert await _loudness(library, supervisor) is None
