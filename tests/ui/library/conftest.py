"""A library with songs whose files are real, without a service that made them."""

import math
import struct
import wave
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Billing, Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.library.songs_view import SongsView

RATE = 8000


class Shelf:
    """The songs view on a bench, with songs to put into it."""

    def __init__(self, bench: Any, folder: Path) -> None:
        self.bench = bench
        self.services = bench.services
        self.folder = folder
        self.tasks = bench.services.collection._tasks
        self.view = SongsView(bench.services)
        self.view.resize(900, 600)

    def add(self, title: str, *, prompt: str = "rain", lyrics: str = "", **fields: Any) -> Clip:
        """One more song, the newest, of its own task."""
        number = len(self.tasks.clips)
        at = utc_now() - timedelta(days=100 - number)
        task = MusicTask(
            id=TaskId(f"t{number:05}"),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(prompt=prompt, lyrics=lyrics),
            status=TaskStatus.SUCCEEDED,
            created_at=at,
            completed_at=at,
            remote_id=f"tsk_{number}",
            request_id=f"req_{number}",
            resolved_model=fields.pop("model", "suno-5.5"),
            billing=Billing(charged_credits="80.0000"),
        )
        self.tasks.add(task)
        stored: dict[str, Any] = {
            "delivery": Delivery.SAVED,
            "path": self._sound(title),
            "duration_seconds": 1.0 + number,
            **fields,
        }
        clip = Clip(
            id=ClipId(f"{task.id}-0"), task_id=task.id, index=0, title=title, url="", **stored
        )
        self.tasks.put_clip(clip)
        return clip

    def now(self, clip: Clip) -> Clip:
        found: Clip = self.tasks.clips.get(clip.id)
        return found

    def change(self, clip: Clip, **fields: Any) -> None:
        self.tasks.put_clip(replace(self.now(clip), **fields))

    @property
    def titles(self) -> list[str]:
        """What is on show, in its order."""
        self.view.rows.catch_up()
        return [song.title for song in self.view.rows.rows]

    def select(self, *clips: Clip) -> None:
        self.view.rows.catch_up()
        self.view.view.selection.choose([clip.id for clip in clips])

    async def show(self) -> None:
        self.view.show()
        await self.bench.until(self.view.isVisible)

    def _sound(self, title: str) -> Path:
        self.folder.mkdir(exist_ok=True)
        path = self.folder / f"{title}.wav"
        with wave.open(str(path), "wb") as file:
            file.setparams((1, 2, RATE, 0, "NONE", ""))
            samples = (int(8000 * math.sin(n / 3)) for n in range(RATE // 4))
            file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
        return path


Work = Callable[[Shelf], Awaitable[None]]


@pytest.fixture
def on_shelf(run_on_qt: Any, open_bench: Any, tmp_path: Path) -> Callable[[Work], None]:
    """Runs a coroutine function with the view of an empty library."""

    def run(work: Work) -> None:
        async def main() -> None:
            async with open_bench(ready=False) as bench:
                shelf = Shelf(bench, tmp_path / "songs")
                try:
                    await work(shelf)
                finally:  # before the services go
                    shelf.view.hide()
                    shelf.view.deleteLater()

        run_on_qt(main)

    return run
