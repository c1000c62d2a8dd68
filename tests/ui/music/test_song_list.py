"""The song list with many rows."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.services.estimates import Estimates
from beatra_desktop.ui import theme
from beatra_desktop.ui.music.queue_rows import QueueRows
from beatra_desktop.ui.music.song_list import SongList, SongModel
from beatra_desktop.ui.music.task_delegate import _shortened

MANY = 10_000


def _task(number: int) -> MusicTask:
    return MusicTask(
        id=TaskId(f"t{number}"),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt=f"song {number}"),
        status=TaskStatus.SUCCEEDED,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_a_new_song_does_not_make_python_look_at_every_row(
    qapp: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()
    for name in ("rowCount", "data"):  # before the model is made: Qt looks each up only once
        original = getattr(SongModel, name)

        def counted(*args: Any, name: str = name, original: Any = original) -> Any:
            calls[name] += 1
            return original(*args)

        monkeypatch.setattr(SongModel, name, counted)
    tasks = Records(_task(number) for number in range(MANY))
    view = SongList(QueueRows(tasks, Records()), Estimates(tasks))
    qtbot.addWidget(view)
    view.resize(380, 700)
    view.show()
    qapp.processEvents()
    calls.clear()
    tasks.insert(0, _task(MANY))
    view.grab()
    assert view.model().rowCount() == MANY + 1
    assert calls["data"] > 0
    assert sum(calls.values()) < MANY // 10


def test_a_saved_clip_can_be_dragged_out_and_its_title_pasted(qapp: Any, qtbot: Any) -> None:
    clip = Clip(
        id=ClipId("t0-0"),
        task_id=TaskId("t0"),
        index=0,
        title="Lamps",
        url="",
        delivery=Delivery.SAVED,
        path=Path("/songs/Lamps.mp3"),
    )
    view = SongList(QueueRows(Records([_task(0)]), Records([clip])), Estimates(Records()))
    qtbot.addWidget(view)
    model = view.model()
    task, saved = model.index(0, 0), model.index(1, 0)
    assert not model.flags(task) & Qt.ItemFlag.ItemIsDragEnabled
    assert model.flags(saved) & Qt.ItemFlag.ItemIsDragEnabled
    data = model.mimeData([saved])
    assert [url.toLocalFile() for url in data.urls()] == ["/songs/Lamps.mp3"]
    assert data.text() == "Lamps"


def test_the_chosen_song_stays_in_sight_when_the_list_gets_lower(qapp: Any, qtbot: Any) -> None:
    tasks = Records(_task(number) for number in range(20))
    view = SongList(QueueRows(tasks, Records()), Estimates(tasks))
    qtbot.addWidget(view)
    view.resize(380, 700)
    view.show()
    view.setCurrentIndex(view.model().index(10, 0))
    view.resize(380, 300)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_long_names_of_clips_keep_the_number_at_their_end(qapp: Any) -> None:
    assert _shortened("A very long ballad indeed 2", theme.body_font(), 120).endswith(" 2")
