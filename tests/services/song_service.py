"""A music service that does as a test says, and what to ask of the app about its songs."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace

CREATE = "/v1/music/text-to-music"


class Service:
    """Numbers its tasks from tsk_1 on; `statuses` says where each is, "queued" where not said."""

    def __init__(self, say: Any, audio: bytes) -> None:
        self.say, self.audio = say, audio
        self.base_url = ""
        self.created: list[dict[str, Any]] = []
        self.statuses: dict[str, str] = {}
        self.status = "queued"
        self.keeps_metadata = True
        self.extra: dict[str, Any] = {}
        self.has_links = True
        self.media: list[Any] = []
        self.answers: list[Any] = []
        self.creates: list[Any] = []
        self.cancels: list[Any] = []
        self.loses_answers = False
        self.on_media: Callable[[], None] = lambda: None
        self.lets_media_go: asyncio.Semaphore | None = None

    async def __call__(self, heard: Any) -> Any:
        path = heard.path.partition("?")[0]
        if path == CREATE:
            return self.creates.pop(0) if self.creates else self._create(heard)
        if self.cancels and path.endswith("/cancel"):
            return self.cancels.pop(0)
        if self.answers and path.startswith("/v1/tasks"):
            return self.answers.pop(0)
        if path == "/v1/tasks":
            known = [self.envelope(self.id_of(n)) for n in range(len(self.created))]
            return self.say(200, {"data": known})
        if path.startswith("/v1/tasks/"):
            return self.say(200, self.envelope(path.split("/")[3]))
        if path.startswith("/media/"):
            self.on_media()
            if self.lets_media_go is not None:
                await self.lets_media_go.acquire()
            whole = self.say(200, self.audio, content_type="audio/wav")
            return self.media.pop(0) if self.media else whole
        return self.say(200, {"data": []})

    @staticmethod
    def id_of(number: int) -> str:
        return f"tsk_{number + 1}"

    def envelope(self, task_id: str) -> dict[str, Any]:
        asked = self.created[int(task_id.removeprefix("tsk_")) - 1]
        status = self.statuses.get(task_id, self.status)
        url = f"{self.base_url.removesuffix('/v1')}/media/{task_id}.wav" if self.has_links else None
        clips = [{"audio": {"url": url, "mime_type": "audio/wav"}}]
        return {
            "task_id": task_id,
            "status": status,
            "metadata": asked["metadata"] if self.keeps_metadata else {},
            "input": {name: asked.get(name) for name in ("model", "prompt", "title", "lyrics")},
            "output": {"clips": clips if status == "succeeded" else []},
            **self.extra,
        }

    def _create(self, heard: Any) -> Any:
        self.created.append(json.loads(heard.body))
        if self.loses_answers:
            return None
        return self.say(202, {"task_id": self.id_of(len(self.created) - 1), "status": "queued"})


@asynccontextmanager
async def opened(
    service: Service, open_stub: Any, open_bench: Any, **settings: Any
) -> AsyncIterator[tuple[Any, Any]]:
    """A bench on the service, without retries."""
    async with open_stub(service) as stub:
        service.base_url = stub.base_url
        async with open_bench(profile=stub.profile) as bench:
            bench.services.settings.change(retry_attempts=1, **settings)
            yield bench, stub


def create(bench: Any, title: str = "Lamps", **fields: Any) -> MusicTask:
    task = bench.services.music.create(MusicPrompt(prompt="rain", title=title, **fields))
    assert isinstance(task, MusicTask)
    return task


def now(bench: Any, task: MusicTask) -> MusicTask:
    found: MusicTask = bench.services.music._tasks.get(task.id)
    return found


async def until(bench: Any, task: MusicTask, *statuses: TaskStatus) -> MusicTask:
    await bench.until(lambda: now(bench, task).status in statuses)
    return now(bench, task)


def clip_of(bench: Any, task: MusicTask) -> Clip:
    [clip] = bench.services.music.clips_of(task.id)
    assert isinstance(clip, Clip)
    return clip


async def delivered(bench: Any, task: MusicTask, delivery: Delivery) -> Clip:
    def clips() -> list[Clip]:
        found: list[Clip] = bench.services.music.clips_of(task.id)
        return found

    await bench.until(lambda: clips() and all(clip.delivery is delivery for clip in clips()))
    return clip_of(bench, task)


def titles(tasks: Any) -> list[str]:
    return [task.prompt.title for task in tasks]


def age(bench: Any, task: MusicTask) -> None:
    """Make the task's request one that left more than a day ago."""
    outbox = bench.services.music._outbox
    request = outbox.find(task.idempotency_key)
    outbox._save(replace(request, sent_at=utc_now() - timedelta(hours=25), service_sent_at=None))


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
