"""Comparing two clips: equal loudness, blindness, a winner."""

import array
import asyncio
import random
import wave
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.playing import Comparison, Side
from beatra_desktop.services.comparing import ComparingService
from beatra_desktop.services.library import LibraryService
from beatra_desktop.services.supervisor import Supervisor

pytestmark = pytest.mark.asyncio

A, B, GONE = ClipId("a"), ClipId("b"), ClipId("gone")
Rated = list[tuple[str, int]]


@pytest.fixture
def soft_tone(tone: Path, tmp_path: Path) -> Path:
    """The tone at half its height: 6 dB softer."""
    path = tmp_path / "soft.wav"
    with wave.open(str(tone), "rb") as loud, wave.open(str(path), "wb") as soft:
        soft.setparams(loud.getparams())
        samples = array.array("h", loud.readframes(loud.getnframes()))
        soft.writeframes(array.array("h", (sample // 2 for sample in samples)).tobytes())
    return path


@pytest.fixture
def clips(tone: Path, soft_tone: Path, tmp_path: Path) -> Records[Clip]:
    paths = {A: tone, B: soft_tone, GONE: tmp_path / "gone.mp3"}
    return Records(
        Clip(
            id=clip_id,
            task_id=TaskId("t"),
            index=0,
            title="",
            url="",
            delivery=Delivery.SAVED,
            path=path,
            rating=3 if clip_id == B else 0,
        )
        for clip_id, path in paths.items()
    )


@pytest_asyncio.fixture
async def supervisor() -> AsyncIterator[Supervisor]:
    bugs: list[BaseException] = []
    async with Supervisor(lambda error, _name: bugs.append(error)) as supervisor:
        yield supervisor
    assert bugs == []


@pytest.fixture
def rated() -> Rated:
    return []


@pytest.fixture
def comparing(
    clips: Records[Clip], tmp_path: Path, supervisor: Supervisor, rated: Rated
) -> ComparingService:
    library = LibraryService(clips=clips, cache=tmp_path / "cache", supervisor=supervisor)
    return ComparingService(
        clips=clips,
        library=library,
        rate=lambda clip_id, stars: rated.append((clip_id, stars)),
        chance=random.Random(1),
    )


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(0.005)


def _now(comparing: ComparingService) -> Comparison:
    assert comparing.comparison.value is not None
    return comparing.comparison.value


async def test_the_louder_one_is_turned_down(comparing: ComparingService) -> None:
    comparing.start(A, B)
    assert (_now(comparing).is_measured, _now(comparing).levels) == (False, None)
    await _until(lambda: _now(comparing).is_measured)
    levels = _now(comparing).levels
    assert levels is not None
    assert levels.first_db == pytest.approx(-6.0, abs=0.2)
    assert levels.second_db == 0.0


async def test_what_can_not_be_measured_is_played_as_it_is(comparing: ComparingService) -> None:
    comparing.start(A, GONE)
    await _until(lambda: _now(comparing).is_measured)
    assert _now(comparing).levels is None


async def test_the_one_that_sounds_is_chosen_or_switched(comparing: ComparingService) -> None:
    comparing.hear_other()
    comparing.start(A, B)
    comparing.hear(Side.SECOND)
    assert _now(comparing).heard is Side.SECOND
    comparing.hear_other()
    assert _now(comparing).heard is Side.FIRST


async def test_blind_deals_keys_and_levels_anew(
    comparing: ComparingService,
) -> None:
    comparing.set_blind(blind=True)
    comparing.start(A, B)
    await _until(lambda: _now(comparing).is_measured)
    firsts = set()
    for _ in range(20):
        comparing.set_blind(blind=True)
        now = _now(comparing)
        assert now.levels is not None
        assert {now.first, now.second} == {A, B}
        turned_down = now.first if now.levels.first_db < now.levels.second_db else now.second
        assert turned_down == A
        firsts.add(now.first)
    assert firsts == {A, B}
    assert now.hides_names
    dealt = now.first
    comparing.set_blind(blind=False)
    assert (_now(comparing).first, _now(comparing).hides_names) == (dealt, False)


async def test_the_winner_is_rated_and_the_names_come_back(
    comparing: ComparingService, rated: Rated
) -> None:
    comparing.choose(Side.FIRST)
    comparing.start(A, B)
    comparing.set_blind(blind=True)
    side = Side.FIRST if _now(comparing).first == A else Side.SECOND
    comparing.choose(side)
    assert rated == [(A, 4)]
    assert (_now(comparing).winner, _now(comparing).hides_names) == (side, False)
    comparing.choose(side.other)
    assert rated == [(A, 4), (B, 3)]
    comparing.finish()
    assert comparing.comparison.value is None
