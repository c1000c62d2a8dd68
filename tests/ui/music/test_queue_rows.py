"""The song list's rows follow tasks and clips through any order of changes."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.estimates import Estimates
from beatra_desktop.ui import slices
from beatra_desktop.ui.music import queue_rows, song_list
from beatra_desktop.ui.music.queue_row import QueueRow, Show, Sort, group_of, key_of, words_of
from beatra_desktop.ui.music.queue_rows import QueueRows
from beatra_desktop.ui.music.song_list import SongList, SongModel

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


@dataclass
class _Choices:
    """What a view would have chosen."""

    show: Show = Show.ALL
    sort: Sort = Sort.NEWEST
    text: str = ""

    def fits(self, task: MusicTask) -> bool:
        has_words = all(word in words_of(task) for word in self.text.split())
        return self.show in (Show.ALL, group_of(task)) and has_words


def _expected(tasks: Records[MusicTask], clips: Records[Clip], choices: _Choices) -> list[QueueRow]:
    rows = []
    shown = [task for task in tasks if choices.fits(task)]
    for task in sorted(shown, key=lambda task: key_of(task, choices.sort)):
        of_task = (clip for clip in clips if clip.task_id == task.id)
        own = tuple(sorted(of_task, key=lambda clip: clip.index))
        variation = _variation(task, tasks)
        rows += [QueueRow(task.id, task, own, variation=variation)]
        listed = (clip for clip in own if clip.deleted_at is None)
        rows += [QueueRow(clip.id, task, own, clip, variation) for clip in listed]
    return rows


def _variation(task: MusicTask, tasks: Records[MusicTask]) -> tuple[int, int] | None:
    batch = [other for other in tasks if task.batch_id and other.batch_id == task.batch_id]
    batch.sort(key=lambda other: (other.created_at, other.id))
    return (batch.index(task) + 1, len(batch)) if len(batch) > 1 else None


class _Changes:
    """Random changes as services make them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.tasks: Records[MusicTask] = Records([_task(0)])
        self.clips: Records[Clip] = Records()
        self._made = 1

    def make_one(self) -> None:
        of_tasks = (self._insert, self._remove, self._change)
        of_clips = (self._add_clip, self._change_clip, self._delete_clip)
        self.random.choice((*of_tasks, *of_clips))()

    def _any_task(self) -> MusicTask | None:
        return self.random.choice(list(self.tasks)) if len(self.tasks) else None

    def _insert(self) -> None:
        place = self.random.choice((0, self.random.randint(0, len(self.tasks))))
        many = self.random.choice((1, 1, 3))
        self.tasks.insert(place, *(self._new_task() for _ in range(many)))

    def _new_task(self) -> MusicTask:
        self._made += 1
        made = _task(self._made, self.random.choice(list(TaskStatus)))
        minutes = timedelta(minutes=self.random.randint(0, 50))
        batch_id = self.random.choice((None, None, "b1", "b2"))
        rank = self.random.random()
        return replace(made, created_at=NOW + minutes, batch_id=batch_id, rank=rank)

    def _remove(self) -> None:
        if (task := self._any_task()) is not None:
            self.tasks.remove(task.id)

    def _change(self) -> None:
        if (task := self._any_task()) is not None:
            status = self.random.choice(list(TaskStatus))
            began = task.created_at + timedelta(seconds=self.random.randint(0, 90))
            rank = self.random.random()
            self.tasks.replace(replace(task, status=status, started_at=began, rank=rank))

    def _add_clip(self) -> None:
        task = self._any_task()
        clip = _clip(task, self.random.randint(0, 3)) if task is not None else None
        if clip is not None and clip.id not in self.clips:
            self.clips.append(clip)

    def _change_clip(self) -> None:
        if len(self.clips):
            clip = self.random.choice(list(self.clips))
            self.clips.replace(replace(clip, delivery=self.random.choice(list(Delivery))))

    def _delete_clip(self) -> None:
        """Or bring one back."""
        if len(self.clips):
            clip = self.random.choice(list(self.clips))
            deleted_at = NOW if clip.deleted_at is None else None
            self.clips.replace(replace(clip, deleted_at=deleted_at))


@pytest.fixture
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows tell how long a song has been made, and the tester wants them not to change unsaid."""
    monkeypatch.setattr(song_list, "utc_now", lambda: NOW)


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("seed", range(4))
def test_rows_and_counts_are_always_those_of_the_records(qapp: Any, seed: int) -> None:
    changes, choices = _Changes(seed), _Choices()
    rows = QueueRows(changes.tasks, changes.clips)
    model = SongModel(rows, parent=rows)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(STEPS):
        changes.make_one()
        if changes.random.random() < 0.15:
            choices.show = changes.random.choice(list(Show))
            choices.sort = changes.random.choice(list(Sort))
            choices.text = changes.random.choice(("", "song", "song 1", "1"))
            rows.show(choices.show)
            rows.sort_by(choices.sort)
            rows.find(choices.text)
        assert list(rows.rows) == _expected(changes.tasks, changes.clips, choices)
        assert [rows.rows.row(row.id) for row in rows.rows] == list(range(len(rows.rows)))
        waiting = (row for row in rows.rows if row.task.status is TaskStatus.WAITING)
        assert rows.waiting_count == len(list(waiting))
        groups = Counter(group_of(task) for task in changes.tasks)
        wanted = groups | Counter({Show.ALL: len(changes.tasks)})
        assert {show: count for show, count in rows.counts.items() if count} == dict(wanted)
    assert tester.model() is model


@pytest.mark.usefixtures("standing_clock")
@pytest.mark.parametrize("seed", range(2))
def test_what_changes_while_many_tasks_are_put_in_order_is_not_missed(
    qapp: Any, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(slices, "SLICE_S", 0.0)
    monkeypatch.setattr(slices, "PART", 4)
    monkeypatch.setattr(queue_rows, "CHUNK", 3)
    changes, choices = _Changes(seed), _Choices()
    rows = QueueRows(changes.tasks, changes.clips)
    model = SongModel(rows, parent=rows)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _ in range(60):
        changes.make_one()
    monkeypatch.setattr(queue_rows, "AT_ONCE", 0)
    for number in range(STEPS):
        changes.make_one()
        if number % 20 == 0:
            choices.sort = changes.random.choice(list(Sort))
            choices.text = changes.random.choice(("", "1"))
            rows.sort_by(choices.sort)
            rows.find(choices.text)
        qapp.processEvents()
        assert len(list(rows.rows)) == model.rowCount()
        if number % 20 == 19:
            rows.finish()
            assert list(rows.rows) == _expected(changes.tasks, changes.clips, choices)
    assert tester.model() is model


def test_what_is_chosen_stays_chosen_when_it_moves(qapp: Any, qtbot: Any) -> None:
    tasks = Records([_task(number) for number in range(4)])
    clips = Records([_clip(tasks[2], 0)])
    rows = QueueRows(tasks, clips)
    rows.sort_by(Sort.STATE)
    view = SongList(rows, Estimates(tasks))
    qtbot.addWidget(view)
    view.choose("t2c0")
    tasks.replace(replace(tasks[2], status=TaskStatus.WAITING))
    assert [row.id for row in rows.rows] == ["t2", "t2c0", "t0", "t1", "t3"]
    assert view.current is not None
    assert view.current.id == "t2c0"
    assert [row.id for row in view.selected] == ["t2c0"]


def test_rows_that_are_not_there_have_no_place(qapp: Any) -> None:
    tasks = Records([_task(0, TaskStatus.SUCCEEDED)])
    rows = QueueRows(tasks, Records([_clip(tasks[0], 0)]))
    assert "t0c0" in rows.rows
    rows.show(Show.FAILED)
    for row_id in ("t0", "t0c0", "nobody"):
        assert row_id not in rows.rows
        with pytest.raises(KeyError):
            rows.rows.row(row_id)


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        (Sort.NEWEST, ["next", "later", "new", "runs", "ran", "Äpfel"]),
        (Sort.OLDEST, ["next", "later", "Äpfel", "ran", "runs", "new"]),
        (Sort.TITLE, ["next", "later", "Äpfel", "new", "ran", "runs"]),
        (Sort.STATE, ["next", "later", "runs", "new", "ran", "Äpfel"]),
        (Sort.LONGEST, ["next", "later", "runs", "ran", "new", "Äpfel"]),
    ],
)
def test_songs_are_sorted_and_the_line_stands_first(
    qapp: Any, sort: Sort, wanted: list[str]
) -> None:
    def made(name: str, minute: int, status: TaskStatus, **fields: Any) -> MusicTask:
        prompt = MusicPrompt(prompt="p", title=name)
        at = NOW + timedelta(minutes=minute)
        return replace(_task(minute, status), prompt=prompt, created_at=at, **fields)

    begun = NOW + timedelta(minutes=1)
    tasks = Records(
        [
            made("later", 1, TaskStatus.WAITING, rank=2.0),
            made("next", 2, TaskStatus.WAITING, rank=1.0),
            made("Äpfel", 3, TaskStatus.CANCELED),
            made(
                "ran",
                4,
                TaskStatus.SUCCEEDED,
                started_at=begun,
                completed_at=begun + timedelta(minutes=9),
            ),
            made("runs", 5, TaskStatus.RUNNING, started_at=begun),
            made("new", 6, TaskStatus.QUEUED),
        ]
    )
    rows = QueueRows(tasks, Records())
    rows.sort_by(sort)
    assert [row.task.prompt.title for row in rows.rows] == wanted


def test_counts_are_told_only_when_they_change(qapp: Any) -> None:
    tasks = Records([_task(0)])
    rows = QueueRows(tasks, Records())
    told: list[int] = []
    rows.counts_changed.connect(lambda: told.append(rows.counts[Show.ACTIVE]))
    tasks.replace(replace(tasks[0], status=TaskStatus.RUNNING))
    assert told == []
    tasks.replace(replace(tasks[0], status=TaskStatus.SUCCEEDED))
    assert told == [0]
