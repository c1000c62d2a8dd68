"""The library's songs as cards and as rows: opening, and scrolling (goals, section 5)."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final, cast

from psygnal import Signal

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.services.library import LibraryService
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_model import SongModel
from beatra_desktop.ui.library.songs.song_views import SongGrid, SongTable
from beatra_desktop.ui.library.songs.waves import BARS, Waves
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.live import in_turns, percentile, wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

FEW: Final = 10_000
MANY: Final = 100_000
SIZE: Final = (1000, 700)
STEP_PX: Final = 130
STEPS: Final = 80
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
View = SongGrid | SongTable


class _Peaks:
    """Heights at once: decoding is measured elsewhere."""

    peaks_ready = Signal(str, tuple)

    def load_peaks(self, clip_id: ClipId) -> None:
        start = sum(clip_id.encode())
        heights = tuple((start + 37 * bar) % 100 / 100 for bar in range(BARS))
        self.peaks_ready.emit(clip_id, heights)


def rows(options: Options) -> Iterator[Row]:
    few, many = list(_songs(FEW)), list(_songs(MANY))
    gc.collect()
    gc.freeze()  # the collector's own stalls are not what is measured
    for kind, name in ((SongGrid, "cards"), (SongTable, "rows")):
        opened = [
            (_opened_ms(kind, few), _opened_ms(kind, many)) for _ in range(options.rounds + 1)
        ]
        yield Row(
            name=f"open {MANY:,} songs as {name}",
            unit="ms",
            ours=[each for _, each in opened[1:]],
            limit=Peer(f"{FEW:,}", [each for each, _ in opened[1:]]),
            goal=Goal(at_most=1.3, of_ratio=True),
        )
        frames = [percentile(_scroll_ms(kind, few), 99) for _ in range(options.rounds)]
        yield Row(name=f"scroll {name}, p99", unit="ms", ours=frames, goal=Goal(at_most=16))


def _opened_ms(kind: type[View], songs: list[Song]) -> float:
    """Of the GUI thread, from nothing to what is painted."""
    records = Records(songs)
    made: list[View] = []
    turns = in_turns(lambda: made.append(_shown(kind, records)), lambda: False)
    made[0].deleteLater()
    return turns.whole_ms


def _scroll_ms(kind: type[View], songs: list[Song]) -> list[float]:
    view = _shown(kind, Records(songs))
    wait(300)
    bar = view.verticalScrollBar()
    found = []
    for step in range(STEPS):
        act = partial(bar.setValue, (step + 1) * STEP_PX)
        found.append(in_turns(act, lambda: False).whole_ms)
    view.deleteLater()
    return found


def _shown(kind: type[View], records: Records[Song]) -> View:
    waves = Waves(cast("LibraryService", _Peaks()), is_visible=lambda _song_id: True)
    model = SongModel(records)
    view = kind("Songs", model, waves)
    for child in (waves, model):
        child.setParent(view)
    view.resize(*SIZE)
    view.show()
    return view


def _songs(count: int) -> Iterator[Song]:
    for number in range(count):
        task = MusicTask(
            id=TaskId(f"t{number:06}"),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(prompt="rain", model="suno-5.5"),
            status=TaskStatus.SUCCEEDED,
            created_at=NOW - timedelta(minutes=number),
        )
        clip = Clip(
            id=ClipId(f"{task.id}-0"),
            task_id=task.id,
            index=0,
            title=f"Lamps along the river {number}",
            url="",
            delivery=Delivery.SAVED,
            path=Path("/nowhere/song.mp3"),
            duration_seconds=100.0 + number % 90,
            rating=number % 6,
            is_favourite=number % 3 == 0,
        )
        yield Song(clip.id, clip, task, False)


BENCHES: Final = (Bench(name="library", section=Section.LISTS, budget_s=20, rows=rows),)
