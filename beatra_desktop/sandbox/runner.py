"""Runs music tasks: queued, running in stages, done (contract §4).

At most two tasks run at once. Each step is written to disk, and `resume` takes up what a stopped
sandbox left behind.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from beatra_desktop.sandbox.errors import ApiError
from beatra_desktop.sandbox.rendering import Rendered, clip_seed, render_clip
from beatra_desktop.sandbox.safety import safety_error
from beatra_desktop.sandbox.tasks import ClipRecord, Progress, Task

if TYPE_CHECKING:
    from beatra_desktop.sandbox.world import World

RUNNING_AT_ONCE: Final = 2
QUEUED_S: Final = 1.0
PREPARING_S: Final = 1.0
GENERATING_S: Final = 4.0
FINALIZING_S: Final = 1.0
CANCELING_S: Final = 1.0
PREPARING: Final = Progress(5, "preparing", "Reading the request.")
GENERATING_PERCENT: Final = 30.0
FINALIZING: Final = Progress(90, "finalizing", "Writing the files.")
COMPLETED: Final = Progress(100, "completed", "")


class Runner:
    """Owns one `asyncio.Task` per living music task."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._group: asyncio.TaskGroup | None = None
        self._slots = asyncio.Semaphore(RUNNING_AT_ONCE)
        self._threads = ThreadPoolExecutor(RUNNING_AT_ONCE, "render")
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._cancels: dict[str, asyncio.Task[None]] = {}

    def resume(self, group: asyncio.TaskGroup) -> None:
        """Work from now on as children of `group`; take up unfinished tasks."""
        self._group = group
        for task in self._world.tasks.unfinished():
            self.start(task)
            if task.cancel_requested_at is not None:
                self._cancel_soon(task.task_id)

    def start(self, task: Task) -> None:
        assert self._group is not None
        self._lives[task.task_id] = self._group.create_task(self._live(task.task_id))

    async def stop(self) -> None:
        """Stop all work; what was not finished stays as it is on disk."""
        running = [*self._lives.values(), *self._cancels.values()]
        for life in running:
            life.cancel()
        if running:
            await asyncio.wait(running)

    def cancel(self, task: Task) -> Task:
        """Carry out a cancel request for a task that is not terminal (contract §3.8).

        Raises `task_not_cancelable` in the conflict scenario.
        """
        scenario = self._world.settings.cancel_scenario
        if scenario == "conflict":
            raise ApiError("task_not_cancelable")
        if task.cancel_requested_at is None:
            task = self._world.tasks.save(
                replace(task, cancel_requested_at=self._world.clock.now())
            )
        if task.status == "queued":
            self._lives[task.task_id].cancel()
            return self._world.tasks.end_unpaid(task, "canceled")
        if scenario == "normal":
            self._cancel_soon(task.task_id)
        return task

    def _cancel_soon(self, task_id: str) -> None:
        assert self._group is not None
        if task_id not in self._cancels:
            self._cancels[task_id] = self._group.create_task(self._cancel_running(task_id))

    async def _cancel_running(self, task_id: str) -> None:
        try:
            await self._rest(CANCELING_S)
            task = self._world.tasks.get(task_id)
            if not task.is_terminal:
                self._lives[task_id].cancel()
                self._world.tasks.end_unpaid(task, "canceled")
        finally:
            del self._cancels[task_id]

    async def _live(self, task_id: str) -> None:
        try:
            if self._world.tasks.get(task_id).status == "queued":
                await self._rest(QUEUED_S)
            async with self._slots:
                await self._run(task_id)
        except ApiError as error:
            self._fail(task_id, error)
        except OSError as error:
            self._fail(task_id, ApiError("internal_error", f"The clip was not stored: {error}."))
        finally:
            del self._lives[task_id]

    def _fail(self, task_id: str, error: ApiError) -> None:
        task = self._world.tasks.get(task_id)
        self._world.tasks.end_unpaid(task, "failed", error=error.inner())

    async def _run(self, task_id: str) -> None:
        task = self._world.tasks.get(task_id)
        started_at = task.started_at or self._world.clock.now()
        self._world.tasks.save(
            replace(task, status="running", started_at=started_at, progress=_later(task, PREPARING))
        )
        await self._rest(PREPARING_S)
        refused = safety_error(task.input)
        if refused is not None:
            raise refused
        with ExitStack() as unwanted:
            clips = await self._generate(task_id, unwanted)
            self._advance(task_id, FINALIZING)
            await self._rest(FINALIZING_S)
            self._finish(task_id, clips)

    async def _generate(self, task_id: str, unwanted: ExitStack) -> list[Rendered]:
        """`unwanted` deletes what was rendered unless it was adopted."""
        outcome = self._world.settings.task_outcome
        count = self._world.tasks.get(task_id).clip_count
        wanted = 1 if outcome == "fewer_clips" else count
        clips: list[Rendered] = []
        self._advance(task_id, _generating(0, count))
        for number in range(wanted):
            least = self._rest(GENERATING_S / wanted)
            clip, _ = await asyncio.gather(self._render(task_id, number), least)
            clips.append(clip)
            unwanted.callback(clip.path.unlink, missing_ok=True)
            self._advance(task_id, _generating(len(clips), count))
        await _scripted_end(outcome)
        return clips

    async def _render(self, task_id: str, number: int) -> Rendered:
        """Render in a worker thread; whatever goes wrong there fails the task."""
        task, path = self._world.tasks.get(task_id), self._world.artifacts.incoming()
        work = partial(
            render_clip,
            task,
            seed=clip_seed(self._seed_base(task), number),
            path=path,
            reference=self._reference(task),
            seconds=self._world.settings.clip_seconds,
        )
        future = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError:  # the thread goes on to its end
            future.add_done_callback(lambda _: path.unlink(missing_ok=True))
            raise
        error = future.exception()
        if error is not None:
            raise ApiError("provider_error", f"The song could not be made: {error}") from error
        return future.result()

    def _seed_base(self, task: Task) -> str:
        fixed = self._world.options.seed
        if fixed is None:
            return f"{self._world.seed}|{task.task_id}"
        return f"{fixed}|{task.input['prompt']}"

    def _reference(self, task: Task) -> Path | None:
        if task.reference_id is None:
            return None
        artifact = self._world.artifacts.get(task.reference_id)
        if artifact is None:
            raise ApiError("artifact_not_found", "The reference audio is gone.")
        return self._world.artifacts.path(artifact)

    def _advance(self, task_id: str, progress: Progress) -> None:
        task = self._world.tasks.get(task_id)
        self._world.tasks.save(replace(task, progress=_later(task, progress)))

    def _finish(self, task_id: str, rendered: list[Rendered]) -> None:
        with self._world.database.transaction():
            task = self._world.tasks.get(task_id)
            clips = [self._adopt(task, number, clip) for number, clip in enumerate(rendered, 1)]
            self._world.tasks.save(
                replace(
                    task,
                    status="succeeded",
                    progress=COMPLETED,
                    clips=clips,
                    completed_at=self._world.clock.now(),
                )
            )

    def _adopt(self, task: Task, number: int, clip: Rendered) -> ClipRecord:
        title = task.input.get("title") or _title_of(task.input["prompt"])
        artifact = self._world.artifacts.adopt(
            clip.path,
            filename=f"{title} {number}.mp3",
            mime_type=clip.mime_type,
            purpose="music_output",
            sha256=clip.sha256,
        )
        return ClipRecord(
            title=title,
            lyrics=None if task.input.get("instrumental") else task.input.get("lyrics"),
            tags=clip.tags,
            artifact_id=artifact.artifact_id,
            duration_seconds=clip.duration_seconds,
        )

    async def _rest(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._world.settings.speed)


def _generating(done: int, count: int) -> Progress:
    percent = GENERATING_PERCENT + (FINALIZING.percent - 10 - GENERATING_PERCENT) * done / count
    return Progress(percent, "generating", f"Making clip {min(done + 1, count)} of {count}.")


def _later(task: Task, progress: Progress) -> Progress:
    """A restarted task does its stages again, but its percentage never falls."""
    return progress if progress.percent >= task.progress.percent else task.progress


async def _scripted_end(outcome: str) -> None:
    if outcome in ("provider_error", "provider_timeout"):
        raise ApiError(outcome)
    if outcome == "never_ends":
        await asyncio.Event().wait()


def _title_of(prompt: str) -> str:
    words = prompt.split()[:4]
    return " ".join(words).strip(" ,.;:").capitalize() or "Untitled"
