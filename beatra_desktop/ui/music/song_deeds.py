"""What can be done with songs, and with which of those that are chosen."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeVar

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.services.music import MusicService
from beatra_desktop.ui.music.queue_row import QueueRow

IdT = TypeVar("IdT", TaskId, ClipId)
_UNSENT: Final = (TaskStatus.DRAFT, TaskStatus.WAITING, TaskStatus.SUBMITTING)
_AT_REST: Final = (Delivery.SAVED, Delivery.UNSAVED)


class Deed(StrEnum):
    CANCEL = "cancel"
    SEND_NOW = "send_now"
    SEND_FIRST = "send_first"
    RETRY = "retry"
    DOWNLOAD = "download"
    REMOVE = "remove"


class SongDeeds:
    """Says what may be done, and does it."""

    def __init__(self, music: MusicService) -> None:
        self._music = music

    def offers(self, rows: Sequence[QueueRow]) -> Mapping[Deed, tuple[str, ...]]:
        """Tasks, or clips to download, each deed can be done with; deeds for none are left out.

        A song that is chosen stands for its clips that are not saved.
        """
        tasks = {row.task.id: row.task for row in rows if row.clip is None}
        clips = {row.clip.id: row.clip for row in rows if row.clip is not None}
        unsaved = [c for row in rows if row.clip is None for c in row.clips if _is_unsaved(c)]
        lost = {clip.id: clip for clip in unsaved}
        at_rest = {key: clip for key, clip in clips.items() if clip.delivery in _AT_REST}
        waiting = [task for task in tasks.values() if task.status is TaskStatus.WAITING]
        found: dict[Deed, list[str]] = {
            Deed.SEND_NOW: [t.id for t in tasks.values() if t.status is TaskStatus.DRAFT],
            Deed.SEND_FIRST: [task.id for task in waiting],
            Deed.CANCEL: [task.id for task in tasks.values() if may_cancel(task)],
            Deed.RETRY: [task.id for task in tasks.values() if self._may_retry(task)],
            Deed.DOWNLOAD: [*lost, *at_rest],
            Deed.REMOVE: [t.id for t in tasks.values() if self._music.may_remove(t)],
        }
        return {deed: tuple(ids) for deed, ids in found.items() if ids}

    def do(self, deed: Deed, ids: Sequence[str]) -> None:
        tasks = [TaskId(task_id) for task_id in ids]
        match deed:
            case Deed.CANCEL:
                _each(self._music.cancel, tasks)
            case Deed.SEND_NOW:
                self._music.send_now(*tasks)
            case Deed.SEND_FIRST:
                self._music.send_first(*tasks)
            case Deed.RETRY:
                _each(self._music.retry, tasks)
            case Deed.DOWNLOAD:
                _each(self._music.download_again, [ClipId(clip_id) for clip_id in ids])
            case Deed.REMOVE:
                self._music.remove(*tasks)

    def _may_retry(self, task: MusicTask) -> bool:
        """Not while it is looked for, nor while the user is asked which one it is."""
        if task.status is TaskStatus.UNKNOWN:
            return task.failure is not None and task.id not in self._music.candidates.value
        return task.status is TaskStatus.REFUSED


def _each(do: Callable[[IdT], None], ids: Sequence[IdT]) -> None:
    for known in ids:
        do(known)


def may_cancel(task: MusicTask) -> bool:
    goes_on = task.status in _UNSENT or task.status.is_at_service
    return goes_on and task.cancel_requested_at is None


def _is_unsaved(clip: Clip) -> bool:
    return clip.delivery is Delivery.UNSAVED and clip.deleted_at is None
