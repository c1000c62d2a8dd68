"""Which songs were asked for with which artifact, told by the tasks' own prompts."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from psygnal import Signal

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import MusicTask
from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.domain.uploads import Use

TITLE_CHARACTERS: Final = 60
_REFERENCE: Final = "/reference_audio"
_ARTIFACT_NOT_FOUND: Final = "artifact_not_found"
_NOT_THERE: Final = (404, 410)
_NOT_TAKEN: Final = (400, 422)


class Uses:
    """`used(artifact_id)` when a song is asked for with an artifact.

    `missed(artifact_id)` when the service says that it has no such artifact, `doubted(artifact_id)`
    when it did not take it and may mean that.
    """

    used = Signal(str)
    missed = Signal(str)
    doubted = Signal(str)

    def __init__(self, tasks: ReadOnlyRecords[MusicTask]) -> None:
        self._tasks = tasks
        self._uses: defaultdict[str, dict[str, Use]] = defaultdict(dict)
        for task in tasks:
            self._note(task)
        tasks.inserted.connect(self._on_inserted)
        tasks.reset.connect(self._on_reset)
        tasks.changed.connect(self._on_changed)

    def of(self, artifact_ids: Iterable[str]) -> tuple[Use, ...]:
        """The songs asked for with any of these artifacts, newest first."""
        found: dict[str, Use] = {}
        for artifact_id in artifact_ids:
            found |= self._uses.get(artifact_id, {})
        return tuple(sorted(found.values(), key=lambda use: use.task_id, reverse=True))

    def _on_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            if artifact_id := self._note(self._tasks[row]):
                self.used.emit(artifact_id)

    def _on_reset(self) -> None:
        """Many tasks at once, read later or put back, come with the whole list."""
        noted = {artifact_id: len(uses) for artifact_id, uses in self._uses.items()}
        for artifact_id in filter(None, list(map(self._note, self._tasks))):
            if len(self._uses[artifact_id]) != noted.get(artifact_id):
                noted[artifact_id] = len(self._uses[artifact_id])
                self.used.emit(artifact_id)

    def _on_changed(self, row: int) -> None:
        task = self._tasks[row]
        reference = task.prompt.reference
        if task.failure is None or reference is None or reference.artifact_id is None:
            return
        if says_gone(task.failure):
            self.missed.emit(reference.artifact_id)
        elif may_mean_gone(task.failure):
            self.doubted.emit(reference.artifact_id)

    def _note(self, task: MusicTask) -> str | None:
        reference = task.prompt.reference
        if reference is None or reference.artifact_id is None:
            return None
        title = task.prompt.title or task.prompt.prompt[:TITLE_CHARACTERS]
        self._uses[reference.artifact_id][task.id] = Use(task_id=task.id, title=title)
        return reference.artifact_id


def says_gone(failure: Failure) -> bool:
    """Whether a refusal says that the reference's artifact does not exist."""
    if failure.server_code == _ARTIFACT_NOT_FOUND:
        return True
    return failure.status in _NOT_THERE and _names_reference(failure)


def may_mean_gone(failure: Failure) -> bool:
    """Whether it could: the reference was not taken, for a reason that is not told in a code."""
    return failure.status in _NOT_TAKEN and _names_reference(failure)


def _names_reference(failure: Failure) -> bool:
    return (failure.param or "").startswith(_REFERENCE)
