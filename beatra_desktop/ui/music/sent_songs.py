"""Watches what became of the songs the form sent last."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from beatra_desktop.domain.music import MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui.subscriptions import subscribe


class SentSongs(QObject):
    """`refused(Failure)` when the service says no to one of them; told once for all of them."""

    refused = Signal(object)

    def __init__(self, tasks: ReadOnlyRecords[MusicTask], *, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._watched: set[str] = set()
        subscribe(self, tasks.changed, self._on_task_changed)

    def watch(self, tasks: Iterable[MusicTask]) -> None:
        self._watched = {task.id for task in tasks}

    def forget(self) -> None:
        """The form says something else by now."""
        self._watched = set()

    def _on_task_changed(self, row: int) -> None:
        if not self._watched:
            return
        task = self._tasks[row]
        if task.id not in self._watched:
            return
        if task.status is TaskStatus.REFUSED and task.failure is not None:
            self.forget()
            self.refused.emit(task.failure)
        elif task.status.is_at_service or task.status.is_terminal:
            self._watched.discard(task.id)
