"""Two decks: what is cued, what plays along, and what is repeated."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.playing import LoopRegion
from beatra_desktop.ui.player.decks import APART_MS, Decks
from tests.ui.player.songs import Song, write_tone

PATIENCE_MS = 15_000


@pytest.fixture
def decks(qapp: object) -> Iterator[Decks]:
    owner = QObject()
    made = Decks(owner)
    yield made
    made.close()


@pytest.fixture
def long(tmp_path: Path) -> Path:
    return _tone(tmp_path, "long", seconds=6.0)


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return _tone(tmp_path, "short", seconds=3.0)


def _tone(folder: Path, name: str, *, seconds: float) -> Path:
    path = folder / f"{name}.wav"
    write_tone(path, Song(name=name, seconds=seconds))
    return path


def _loaded(decks: Decks, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: decks.is_loaded and decks.duration_ms > 0, timeout=PATIENCE_MS)


def _playing(decks: Decks, qtbot: QtBot, *, past_ms: int = 0) -> None:
    qtbot.waitUntil(lambda: decks.is_playing and decks.position_ms > past_ms, timeout=PATIENCE_MS)


def _returns(places: list[int]) -> int:
    """How often a place was before the one of earlier."""
    return sum(later < earlier for earlier, later in pairwise(places))


def test_what_is_cued_starts_when_it_is_taken(
    decks: Decks, long: Path, short: Path, qtbot: QtBot
) -> None:
    decks.load(long)
    decks.play()
    _playing(decks, qtbot)
    decks.cue(short)
    decks.cue(short)
    assert (decks.cued, decks.back.is_playing) == (short, False)
    qtbot.waitUntil(lambda: decks.back.is_loaded, timeout=PATIENCE_MS)
    decks.take_cued()
    _playing(decks, qtbot)
    assert (decks.front.path, decks.cued) == (short, None)
    assert (decks.front.amplitude, decks.back.amplitude) == (1.0, 0.0)


def test_a_cue_can_be_taken_back(decks: Decks, long: Path, short: Path, qtbot: QtBot) -> None:
    decks.load(long)
    decks.cue(short)
    decks.cue(None)
    assert decks.cued is None
    decks.cue(short)
    decks.load(short)
    assert decks.cued is None


def test_a_pair_plays_at_one_place_and_one_is_heard(
    decks: Decks, long: Path, short: Path, qtbot: QtBot
) -> None:
    decks.set_volume(0.5)
    decks.load_pair(long, short)
    decks.set_gains(-6.0206, 0.0)
    _loaded(decks, qtbot)
    assert decks.duration_ms == 3000
    decks.seek(1000)
    decks.play()
    _playing(decks, qtbot, past_ms=1000)
    assert decks.front.amplitude == pytest.approx(0.125, abs=1e-4)
    assert decks.back.amplitude == 0.0
    decks.hear(1)
    assert decks.front.path == short
    assert (decks.front.amplitude, decks.back.amplitude) == (0.25, 0.0)
    apart_ms = abs(decks.front.position_ms - decks.back.position_ms)
    assert apart_ms <= 3 * APART_MS
    decks.hear(1)
    decks.pause()
    assert not decks.back.is_playing


def test_a_pair_stops_at_the_shorter_ones_end_and_begins_again(
    decks: Decks, long: Path, short: Path, qtbot: QtBot
) -> None:
    ends: list[bool] = []
    decks.ended.connect(lambda: ends.append(True))
    decks.load_pair(short, long)
    _loaded(decks, qtbot)
    decks.seek(2700)
    decks.play()
    _playing(decks, qtbot)
    qtbot.waitUntil(lambda: not decks.is_playing and not decks.back.is_playing, timeout=PATIENCE_MS)
    assert ends == []
    decks.play()
    qtbot.waitUntil(lambda: decks.is_playing and decks.position_ms < 2000, timeout=PATIENCE_MS)


def test_of_a_pair_the_one_that_is_heard_goes_on_alone(
    decks: Decks, long: Path, short: Path, qtbot: QtBot
) -> None:
    decks.load_pair(long, short)
    decks.set_gains(-3.0, -4.0)
    _loaded(decks, qtbot)
    decks.play()
    _playing(decks, qtbot)
    decks.hear(1)
    decks.keep_front()
    assert (decks.is_paired, decks.front.path, decks.back.path) == (False, short, None)
    assert decks.front.amplitude == 1.0
    assert decks.is_playing


def test_a_part_is_repeated_until_it_is_given_up(decks: Decks, long: Path, qtbot: QtBot) -> None:
    places: list[int] = []
    decks.load(long)
    _loaded(decks, qtbot)
    decks.set_loop(LoopRegion(1000, 1400))
    assert decks.position_ms == 1000
    decks.play()
    decks.position_changed.connect(places.append)
    qtbot.waitUntil(lambda: _returns(places) >= 3, timeout=PATIENCE_MS)
    assert 1000 <= sorted(places)[len(places) // 2] <= 1400
    decks.set_loop(None)
    _playing(decks, qtbot, past_ms=2000)


def test_a_part_at_the_end_is_repeated_too(decks: Decks, short: Path, qtbot: QtBot) -> None:
    ends: list[bool] = []
    places: list[int] = []
    decks.ended.connect(lambda: ends.append(True))
    decks.position_changed.connect(places.append)
    decks.load(short)
    _loaded(decks, qtbot)
    decks.set_loop(LoopRegion(2600, 3000))
    decks.play()
    qtbot.waitUntil(lambda: _returns(places) >= 3, timeout=PATIENCE_MS)
    assert ends == []


def test_seeking_stays_inside_and_is_told(decks: Decks, short: Path, qtbot: QtBot) -> None:
    jumps: list[int] = []
    decks.jumped.connect(jumps.append)
    decks.load(short)
    _loaded(decks, qtbot)
    decks.seek(-500)
    decks.seek(9000)
    qtbot.waitUntil(lambda: decks.position_ms == 3000, timeout=PATIENCE_MS)
    assert jumps == [0, 3000]


def test_a_file_that_is_no_sound_fails_only_where_it_is_heard(
    decks: Decks, long: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_text("no sound")
    failures: list[str] = []
    decks.failed.connect(failures.append)
    decks.load(long)
    _loaded(decks, qtbot)
    decks.cue(broken)
    decks.play()
    _playing(decks, qtbot, past_ms=300)
    assert failures == []
    decks.load(broken)
    qtbot.waitUntil(lambda: bool(failures), timeout=PATIENCE_MS)


def test_a_stream_that_ends_while_another_is_stopped_keeps_nobody_waiting(
    decks: Decks, long: Path, short: Path, qtbot: QtBot
) -> None:
    """Qt's threads and Python waited for each other here before long, a dozen times tried."""
    for _ in range(12):
        decks.load_pair(long, short)
        _loaded(decks, qtbot)
        decks.play()
        _playing(decks, qtbot)
        decks.hear(1)
        decks.keep_front()
        decks.close()
