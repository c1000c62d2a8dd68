"""Asking the service to end a task: written down like everything that must not be lost."""

from beatra_desktop.api.requests import encode_cancel
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import MusicTask
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.services import failures
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.outbox import Outbox
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks


class Canceling:
    """Each task is asked about once at a time; the service has the last word."""

    def __init__(
        self,
        *,
        tasks: Tasks,
        outbox: Outbox,
        clients: Clients,
        profiles: ProfilesService,
        supervisor: Supervisor,
    ) -> None:
        self._tasks, self._outbox = tasks, outbox
        self._clients, self._profiles = clients, profiles
        self._supervisor = supervisor

    def ask(self, task: MusicTask, request: Request | None = None) -> None:
        """Ask for a task's end, by a request that was written for it or by a new one.

        A task without its id at the service is left for later.
        """
        name = f"cancel {task.id}"
        if task.remote_id is None or name in self._supervisor.names:
            return
        request = request or self._outbox.write(
            kind=RequestKind.CANCEL,
            profile_id=task.profile_id,
            owner_id=task.id,
            path=f"/tasks/{task.remote_id}/cancel",
            body=encode_cancel(),
        )
        self._supervisor.start(self._cancel(task, request), name=name)

    def see_to(self, task: MusicTask) -> None:
        """Ask for the end that was wished before a task had its id, or before the app ended."""
        since = task.cancel_requested_at
        if since is None or not task.status.is_at_service:
            return
        if not self._outbox.was_written(RequestKind.CANCEL, task.id, since=since):
            self.ask(task)

    def resume(self, request: Request) -> None:
        """Go on with what an earlier run left open."""
        task = self._tasks.find(TaskId(request.owner_id))
        if task is not None and _is_wished(task) and self._outbox.may_resend(request):
            self.ask(task, request)
        else:
            self._outbox.abandon(request)

    async def _cancel(self, task: MusicTask, request: Request) -> None:
        try:
            client = await self._clients.get(self._profiles.required(task.profile_id))
            answer = await self._outbox.deliver(
                request,
                lambda attempt: client.tasks.cancel(
                    task.remote_id or "", attempt.body, idempotency_key=attempt.key
                ),
                on_wait=lambda wait: self._tasks.show(task.id, wait=wait),
            )
        except failures.EXPECTED as error:
            failure = failures.of(error, subject=task.prompt.title or task.prompt.prompt)
            self._on_failure(self._tasks.get(task.id), failure)
            # The user was told that the song goes on: no later start may end it after all.
            self._outbox.give_up(request)
        else:
            self._tasks.apply(task.id, answer)

    def _on_failure(self, task: MusicTask, failure: Failure) -> None:
        """The task goes on, unless it ended meanwhile: then the failure is no news."""
        if task.status.is_at_service:
            task = replace(task, cancel_requested_at=None, cancel_failure=failure)
        self._tasks.put(replace(task, wait=None))


def _is_wished(task: MusicTask) -> bool:
    """Not any more once the user was told that the song goes on."""
    return task.status.is_at_service and task.cancel_requested_at is not None
