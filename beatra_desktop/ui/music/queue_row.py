"""What a row of the song list shows, and which rows there are to choose from."""

import unicodedata
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct

from beatra_desktop.domain.music import Clip, MusicTask, TaskStatus


class Show(StrEnum):
    """Which tasks are on show."""

    ALL = "all"
    ACTIVE = "active"
    DONE = "done"
    FAILED = "failed"


class Sort(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    STATE = "state"
    LONGEST = "longest"


_FAILED: Final = (TaskStatus.FAILED, TaskStatus.REFUSED, TaskStatus.UNKNOWN)
_DONE: Final = (TaskStatus.SUCCEEDED, TaskStatus.CANCELED)
_BY_STATE: Final = {
    status: place
    for place, status in enumerate(
        (
            TaskStatus.DRAFT, TaskStatus.SUBMITTING, TaskStatus.RUNNING, TaskStatus.OTHER,
            TaskStatus.QUEUED, TaskStatus.UNKNOWN, TaskStatus.FAILED, TaskStatus.REFUSED,
            TaskStatus.SUCCEEDED, TaskStatus.CANCELED,
        )
    )
}  # fmt: skip
Key = tuple[Any, ...]


class QueueRow(Struct, frozen=True):
    """A task, or one of its clips; `clips` are the task's.

    `variation` is its number among those asked for together, and how many they are.
    """

    id: str
    task: MusicTask
    clips: tuple[Clip, ...]
    clip: Clip | None = None
    variation: tuple[int, int] | None = None


def group_of(task: MusicTask) -> Show:
    """Where a task is listed; one that asks for a decision counts as failed."""
    if task.status in _FAILED:
        return Show.FAILED
    return Show.DONE if task.status in _DONE else Show.ACTIVE


def key_of(task: MusicTask, sort: Sort) -> Key:
    """What to sort tasks by; those that wait for their turn come first, the next one at the top."""
    if task.status is TaskStatus.WAITING:
        return (0, task.rank, task.created_at, task.id)
    age = -task.created_at.timestamp()
    match sort:
        case Sort.OLDEST:
            return (1, -age, task.id)
        case Sort.TITLE:
            title = unicodedata.normalize("NFKD", name_of(task).casefold())  # ä beside a
            return (1, title, age, task.id)
        case Sort.STATE:
            return (1, _BY_STATE[task.status], age, task.id)
        case Sort.LONGEST:
            return (1, *_length_key(task), age, task.id)
    return (1, age, task.id)


def name_of(task: MusicTask) -> str:
    """The title, or the first words of what was asked for, on one line."""
    return " ".join((task.prompt.title or task.prompt.prompt).split())


def words_of(task: MusicTask) -> str:
    """All that a text may be looked for in."""
    prompt = task.prompt
    said = (prompt.title, prompt.prompt, prompt.lyrics, prompt.model, task.resolved_model)
    ids = (task.remote_id, task.request_id, task.server_status)
    return "\n".join(filter(None, (*said, *ids))).casefold()


def _length_key(task: MusicTask) -> tuple[int, float]:
    """What runs and began first comes first, then what took longest."""
    if task.started_at is None:
        return 2, 0.0
    if not task.status.is_terminal:
        return 0, task.started_at.timestamp()
    if task.completed_at is None:
        return 2, 0.0
    return 1, -(task.completed_at - task.started_at).total_seconds()
