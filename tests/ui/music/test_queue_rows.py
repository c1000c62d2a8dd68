"""The song list's rows follow tasks and clips through any order of changes."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.ui.music.queue_rows import QueueRow, QueueRows, Show, group_of
from beatra_desktop.ui.music.song_list import SongModel

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STEPS = 300


def _task(number: int, status: TaskStatus = TaskStatus.QUEUED) -> MusicTask:
    return MusicTask(
        id=TaskId(f"t{number}"),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt=f"song {number}"),
        status=status,
        created_at=NOW,
    )


def _clip(task: MusicTask, index: int) -> Clip:
    return Clip(
        id=ClipId(f"{task.id}c{index}"),
        task_id=task.id,
        index=index,
        title="Song",
        url="https://example.com/a.mp3",
        delivery=Delivery.WAITING,
    )


def _expected(tasks: Records[MusicTask], clips: Records[Clip], show: Show) -> list[QueueRow]:
    rows = []
    for task in tasks:
        if show in (Show.ALL, group_of(task)):
            of_task = (clip for clip in clips if clip.task_id == task.id)
            own = tuple(sorted(of_task, key=lambda clip: clip.index))
            rows += [QueueRow(task.id, task, own)]
            rows += [QueueRow(clip.id, task, own, clip) for clip in own]
    return rows


class _Changes:
    """Random changes as services make them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tasks: Records[MusicTask] = Records([_task(0)])
        self.clips: Records[Clip] = Records()
        self._made = 1

    def make_one(self) -> None:
        kinds = (self._insert, self._remove, self._change, self._add_clip, self._change_clip)
        self.random.choice(kinds)()

    def _any_task(self) -> MusicTask | None:
        return self.random.choice(list(self.tasks)) if len(self.tasks) else None

    def _insert(self) -> None:
        place = self.random.choice((0, self.random.randint(0, len(self.tasks))))
        self.tasks.insert(place, _task(self._made, self.random.choice(list(TaskStatus))))
        self._made += 1

    def _remove(self) -> None:
        if (task := self._any_task()) is not None:
            self.tasks.remove(task.id)

    def _change(self) -> None:
        if (task := self._any_task()) is not None:
            status = self.random.choice(list(TaskStatus))
            self.tasks.replace(replace(task, status=status))

    def _add_clip(self) -> None:
        task = self._any_task()
        clip = _clip(task, self.random.randint(0, 3)) if task is not None else None
        if clip is not None and clip.id not in self.clips:
            self.clips.append(clip)

    def _change_clip(self) -> None:
        if len(self.clips):
            clip = self.random.choice(list(self.clips))
            self.clips.replace(replace(clip, delivery=self.random.choice(list(Delivery))))


@pytest.mark.parametrize("seed", range(4))
def test_rows_and_counts_are_always_those_of_the_records(qapp: Any, seed: int) -> None:
    changes = _Changes(seed)
    rows = QueueRows(changes.tasks, changes.clips)
    model = SongModel(rows.rows, describe=lambda row: row.id, parent=rows)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    show = Show.ALL
    for _ in range(STEPS):
        changes.make_one()
        if changes.random.random() < 0.1:
            show = changes.random.choice(list(Show))
            rows.show(show)
        assert list(rows.rows) == _expected(changes.tasks, changes.clips, show)
        groups = Counter(group_of(task) for task in changes.tasks)
        wanted = groups | Counter({Show.ALL: len(changes.tasks)})
        assert {show: count for show, count in rows.counts.items() if count} == dict(wanted)
    assert tester.model() is model


def test_counts_are_told_only_when_they_change(qapp: Any) -> None:
    tasks = Records([_task(0)])
    rows = QueueRows(tasks, Records())
    told: list[int] = []
    rows.counts_changed.connect(lambda: told.append(rows.counts[Show.ACTIVE]))
    tasks.replace(replace(tasks[0], status=TaskStatus.RUNNING))
    assert told == []
    tasks.replace(replace(tasks[0], status=TaskStatus.SUCCEEDED))
    assert told == [0]
