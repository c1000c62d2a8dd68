"""Finding out whether a lost create request made a task (contract §4): it is never sent again.

A task that carries our own id is ours. Where the service keeps no metadata, what it was asked for
is compared; if several fit, the user decides.
"""

from collections.abc import AsyncIterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import APIError, NotFoundError
from beatra_desktop.api.types import Answer
from beatra_desktop.api.types import Task as WireTask
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import LOCAL_JOB, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import DEDUP_WINDOW, Request
from beatra_desktop.services import failures
from beatra_desktop.services.canceling import Canceling
from beatra_desktop.services.clients import Clients, ProfileNotReady
from beatra_desktop.services.following import Following
from beatra_desktop.services.once import Once
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.errors import StorageError

PAGE: Final = 100
CLOCK_SKEW: Final = timedelta(minutes=10)
CREATED_WITHIN: Final = DEDUP_WINDOW + CLOCK_SKEW
"""After the first send: no resend leaves later."""


class Candidate(Struct, frozen=True, kw_only=True):
    """A task at the service that may be the lost one."""

    remote_id: str
    status: str
    created_at: datetime | None


class Reconciling:
    """`candidates` has those among which the user is to choose, by the lost task's id."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        following: Following,
        canceling: Canceling,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        once: Once,
    ) -> None:
        self._tasks = tasks
        self._following = following
        self._canceling = canceling
        self._outbox = outbox
        self._clients = clients
        self._profiles = profiles
        self._once = once
        self._candidates: Value[Mapping[TaskId, tuple[Candidate, ...]]] = Value({})

    @property
    def candidates(self) -> ReadOnlyValue[Mapping[TaskId, tuple[Candidate, ...]]]:
        return self._candidates

    def reconcile(self, task: MusicTask, request: Request | None) -> None:
        """Look for the task at the service; without a failure the record says that it is looked."""
        self._tasks.put(replace(task, status=TaskStatus.UNKNOWN, wait=None, failure=None))
        self._once.start(f"reconcile {task.id}", self._reconcile(task, request))

    def choose(self, task_id: TaskId, remote_id: str) -> None:
        """The user says which task it is."""
        work = self._take(self._tasks.get(task_id), remote_id)
        self._once.start(f"reconcile {task_id}", work)

    def give_up(self, task_id: TaskId) -> None:
        """The user says that it is none of them."""
        task = self._tasks.get(task_id)
        if task_id in self._candidates.value:
            self._settle(task, self._outbox.find(task.idempotency_key), None)

    async def _reconcile(self, task: MusicTask, request: Request | None) -> None:
        try:
            client = await self._clients.get(self._profiles.required(task.profile_id))
            await self._tasks.load_rest()  # a task that an older song has is none of ours
            ours, alike = await self._look(client, task, request)
        except (APIError, ProfileNotReady, StorageError) as error:
            self._on_failed(task, failures.of(error, subject=_name(task)))
            return
        # Another lost song may have been found to be one of them meanwhile.
        taken = self._taken(task)
        alike = [answer for answer in alike if answer.value.task_id not in taken]
        if ours is None and len(alike) > 1:
            self._ask(task, alike)
        elif ours is None and not alike and request is not None and self._is_young(request):
            self._on_failed(task, Failure(code=FailureCode.OUTCOME_UNKNOWN, subject=_name(task)))
        else:
            self._settle(task, request, ours or (alike[0] if alike else None))

    def _is_young(self, request: Request) -> bool:
        """This machine's clock had jumped, as the list's answer tells: it may yet be made."""
        return request.sent_at is not None and self._outbox.may_resend(request)

    async def _take(self, task: MusicTask, remote_id: str) -> None:
        try:
            client = await self._clients.get(self._profiles.required(task.profile_id))
            answer = await client.tasks.get(remote_id)
        except (APIError, ProfileNotReady) as error:
            self._on_failed(task, failures.of(error, subject=_name(task)))
            return
        request = self._outbox.find(task.idempotency_key)
        if remote_id in self._taken(task):
            await self._reconcile(task, request)
        else:
            self._settle(task, request, answer)

    def _taken(self, task: MusicTask) -> AbstractSet[str | None]:
        return self._tasks.remote_ids - {task.remote_id}

    async def _look(
        self, client: BeatraClient, task: MusicTask, request: Request | None
    ) -> tuple[Answer[WireTask] | None, list[Answer[WireTask]]]:
        """The task that is ours for certain, else those that were asked for the same."""
        alike = []
        async for answer in _created_then(client, task, request, self._taken(task)):
            job = answer.value.metadata.get(LOCAL_JOB)
            if job == task.id:
                return answer, []
            if job is None and _is_alike(answer.value, task.prompt):
                alike.append(answer)
        return None, alike

    def _settle(
        self, task: MusicTask, request: Request | None, found: Answer[WireTask] | None
    ) -> None:
        self._forget(task.id)
        if request is not None:
            self._outbox.settle_unknown(request, created=found is not None)
        if found is not None:
            accepted = self._tasks.apply(task.id, found)
            self._following.follow(accepted)
            self._canceling.see_to(accepted)
        else:
            failure = Failure(code=FailureCode.NOT_CREATED, subject=task.prompt.title)
            lost = self._tasks.get(task.id)
            self._tasks.put(replace(lost, status=TaskStatus.REFUSED, failure=failure))

    def _ask(self, task: MusicTask, alike: list[Answer[WireTask]]) -> None:
        found = tuple(
            Candidate(remote_id=t.task_id, status=t.status, created_at=t.created_at)
            for t in (answer.value for answer in alike)
        )
        self._candidates.set({**self._candidates.value, task.id: found})
        self._on_failed(task, Failure(code=FailureCode.SEVERAL_FIT, subject=_name(task)))

    def _forget(self, task_id: TaskId) -> None:
        known = self._candidates.value
        self._candidates.set({key: known[key] for key in known if key != task_id})

    def _on_failed(self, task: MusicTask, failure: Failure) -> None:
        self._tasks.put(replace(self._tasks.get(task.id), failure=failure))


async def _created_then(
    client: BeatraClient, task: MusicTask, request: Request | None, taken: AbstractSet[str | None]
) -> AsyncIterator[Answer[WireTask]]:
    """The tasks created around the time of the request that no other record has, in full."""
    sent = request and (request.service_sent_at or request.sent_at)
    sent_at: datetime = sent or task.created_at
    cursor: str | None = None
    while True:
        page = await client.tasks.list(
            capability=task.prompt.route.capability,
            created_after=sent_at - CLOCK_SKEW,
            created_before=sent_at + CREATED_WITHIN,
            limit=PAGE,
            cursor=cursor,
            order="asc",
        )
        for summary in page.value.data:
            if summary.task_id not in taken:
                try:
                    yield await client.tasks.get(summary.task_id)
                except NotFoundError:  # gone since it was listed
                    continue
        cursor = page.value.next_cursor
        if not cursor:
            return


def _is_alike(found: WireTask, prompt: MusicPrompt) -> bool:
    """Whether a task was asked for what the prompt says; what its input leaves out says nothing."""
    asked = found.input or {}
    wanted: dict[str, Any] = {
        "prompt": prompt.prompt,
        "title": prompt.title,
        "lyrics": prompt.lyrics,
        "instrumental": prompt.instrumental,
        "model": prompt.model,
    }
    if asked.get("prompt") is None or _follows_another(asked, prompt):
        return False
    given = [name for name in wanted if asked.get(name) is not None]
    return all(asked[name] == wanted[name] for name in given)


def _follows_another(asked: Mapping[str, Any], prompt: MusicPrompt) -> bool:
    """Whether the input names another reference than the prompt."""
    told = asked.get("reference_audio")
    artifact_id = told.get("artifact_id") if isinstance(told, dict) else None
    ours = prompt.reference.artifact_id if prompt.reference else None
    return artifact_id is not None and artifact_id != ours


def _name(task: MusicTask) -> str:
    return task.prompt.title or task.prompt.prompt
