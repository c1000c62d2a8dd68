"""Twenty thousand songs: Python looks at what can be seen, and at nothing else."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.ui.library.songs.song_delegates import SongDelegate
from beatra_desktop.ui.library.songs.song_filter import Order, SongFilter
from beatra_desktop.ui.library.songs.song_model import SongModel
from tests.ui.library.conftest import Shelf

MANY = 20_000


def _fill(shelf: Shelf) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    tasks, clips = [], []
    for number in range(MANY):
        at = start + timedelta(minutes=number)
        task = MusicTask(
            id=TaskId(f"t{number}"),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(prompt="rain"),
            status=TaskStatus.SUCCEEDED,
            created_at=at,
            completed_at=at,
        )
        clip = Clip(
            id=ClipId(f"t{number}-0"),
            task_id=task.id,
            index=0,
            title=f"Song {MANY - number:05}",
            url="",
            delivery=Delivery.SAVED,
            path=Path(f"/nowhere/{number}.mp3"),
            rating=number % 6,
        )
        tasks.append(task)
        clips.append(clip)
    shelf.tasks.tasks.assign(tasks)
    shelf.tasks.clips.assign(clips)


def test_showing_filtering_and_scrolling_touch_what_is_seen_only(
    on_shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    for owner, name in ((SongModel, "rowCount"), (SongModel, "data"), (SongDelegate, "paint")):
        original = getattr(owner, name)

        def counted(*args: Any, name: str = name, original: Any = original) -> Any:
            calls[name] += 1
            return original(*args)

        monkeypatch.setattr(owner, name, counted)

    async def work(shelf: Shelf) -> None:
        _fill(shelf)
        await shelf.show()
        for switch in (shelf.view.filters.grid, shelf.view.filters.table):
            switch.click()
            calls.clear()
            shelf.view.view.grab()
            shelf.view.view.scrollToBottom()
            shelf.view.view.grab()
            shelf.view.filters.set_filter(SongFilter(stars=3))
            assert len(shelf.view.rows.rows) == sum(n % 6 >= 3 for n in range(MANY))
            shelf.view.view.grab()
            shelf.view.filters.set_filter(SongFilter())
            shelf.view.filters.set_order(Order.TITLE)
            assert shelf.view.rows.rows[0].title == "Song 00001"
            shelf.view.filters.set_order(Order.NEWEST)
            shelf.view.view.grab()
            assert 0 < calls["paint"] < 400
            shelf.view.view.selectAll()
            assert shelf.view.view.selection.count == MANY
            assert sum(calls.values()) < MANY // 4

    on_shelf(work)
