"""One way of moving files, in a process of its own, on the app's own event loop.

Called with the way, the port of a service and the files; prints what it took as JSON.
"""

import asyncio
import hashlib
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

import httpx
from PySide6.QtCore import QCoreApplication, QObject

from beatra_desktop import eventloop
from beatra_desktop.api.client import BeatraClient, Timeouts, create_ssl_context
from beatra_desktop.api.uploads import UploadForm
from beatra_desktop.domain.uploads import Purpose, PurposeRule, UploadStatus
from beatra_desktop.services.assembly import open_services
from beatra_desktop.services.uploading import inspection
from beatra_desktop.services.waiting import watched
from beatra_desktop.storage.database import Database
from tests.benchmarks.live import Beat, percentile
from tests.benchmarks.served import grounds

GLANCE_SECONDS: Final = 0.02
SETTLING_SECONDS: Final = 0.3
IDLE_SECONDS: Final = 1.0
KILOBYTES_PER_MB: Final = 1000
MEMORY: Final = Path("/proc/self/status")
PEAK: Final = Path("/proc/self/clear_refs")


@dataclass(frozen=True)
class Moved:
    """`added_mb` is the peak above what the process held before."""

    seconds: float
    cpu_seconds: float
    added_mb: float
    late_p99_ms: float
    late_max_ms: float


async def measured(work: Callable[[], Awaitable[object]]) -> Moved:
    """What the work takes; the loop beats for a while before, so that nothing is new to it."""
    beat = Beat(QObject())
    await asyncio.sleep(SETTLING_SECONDS)
    beat.late_ms.clear()
    PEAK.write_text("5")  # forget the peak so far
    before, began, spent = _memory_mb("VmRSS"), perf_counter(), process_time()
    await work()
    seconds, spent, peak = perf_counter() - began, process_time() - spent, _memory_mb("VmHWM")
    late = beat.corrected()
    beat.deleteLater()
    return Moved(seconds, spent, max(0.0, peak - before), percentile(late, 99), max(late))


def _memory_mb(name: str) -> float:
    lines = dict(line.split(":") for line in MEMORY.read_text().splitlines())
    return int(lines[name].split()[0]) / KILOBYTES_PER_MB


async def _client(base_url: str) -> BeatraClient:
    return BeatraClient(
        base_url,
        api_key=lambda: "sk-bench",
        ssl_context=await asyncio.to_thread(create_ssl_context),
        timeouts=Timeouts(),
    )


async def up(base_url: str, paths: list[Path]) -> Moved:
    """The API client: a file in pieces, read by a thread."""
    client = await _client(base_url)

    async def send(path: Path) -> None:
        now = path.stat()
        form = UploadForm(
            source=path,
            filename=path.name,
            mime_type="application/octet-stream",
            size=now.st_size,
            modified_ns=now.st_mtime_ns,
            boundary="bench",
            purpose="media_input",
        )
        await client.uploads.create(form, idempotency_key="bench", on_progress=lambda _: None)

    with tempfile.NamedTemporaryFile() as small:
        small.write(b"small")
        small.flush()
        await send(Path(small.name))
    moved = await measured(lambda: send(paths[0]))
    await client.aclose()
    return moved


async def up_naive(base_url: str, paths: list[Path]) -> Moved:
    """The way of many programs: the bytes in memory, handed to the HTTP library."""
    async with httpx.AsyncClient(timeout=60) as client:

        async def send(name: str, content: bytes) -> None:
            await client.post(f"{base_url}/uploads", files={"file": (name, content)})

        await send("small", b"small")
        return await measured(lambda: send(paths[0].name, paths[0].read_bytes()))


async def down(base_url: str, _paths: list[Path]) -> Moved:
    """The API client: into a part file, written by a thread."""
    client = await _client(base_url)
    with tempfile.TemporaryDirectory() as folder:

        async def fetch(name: str) -> None:
            target = Path(folder) / name
            await client.artifacts.download(f"/v1/{name}", target, on_progress=lambda _: None)

        await fetch("small")
        moved = await measured(lambda: fetch("song"))
    await client.aclose()
    return moved


async def down_naive(base_url: str, _paths: list[Path]) -> Moved:
    """The way of many programs: all bytes in memory, then in a file."""
    async with httpx.AsyncClient(timeout=60) as client:
        with tempfile.TemporaryDirectory() as folder:

            async def fetch(name: str) -> None:
                answer = await client.get(f"{base_url}/{name}")
                (Path(folder) / name).write_bytes(answer.content)

            await fetch("small")
            return await measured(lambda: fetch("song"))


async def idle(_base_url: str, _paths: list[Path]) -> Moved:
    """Nothing: how late a loop is because of what else the machine does."""
    return await measured(lambda: asyncio.sleep(IDLE_SECONDS))


async def hash_ours(_: str, paths: list[Path]) -> Moved:
    looked = inspection.look(paths[0], lambda _: Purpose.MEDIA_INPUT)
    assert isinstance(looked, inspection.Looked)

    async def work() -> None:
        reading = inspection.Reading()
        await watched(lambda: inspection.sha256(looked, reading), on_tick=lambda: None)

    return await measured(work)


async def hash_alone(_: str, paths: list[Path]) -> Moved:
    """The least: nothing but the hash, of bytes that are in memory, in a thread."""
    content = paths[0].read_bytes()
    return await measured(lambda: asyncio.to_thread(hashlib.sha256, content))


async def hash_naive(_: str, paths: list[Path]) -> Moved:
    async def work() -> None:
        hashlib.sha256(paths[0].read_bytes()).hexdigest()
        await asyncio.sleep(0)

    return await measured(work)


async def dropped(base_url: str, paths: list[Path]) -> Moved:
    """The whole way: looked at, hashed, written down, sent."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(Path(folder) / "beatra.db")
        async with open_services(grounds(database, Path(folder), base_url)) as services:
            uploads = services.uploads.uploads
            small = Path(folder) / "small.txt"
            small.write_text("small")

            async def drop(files: list[Path], count: int) -> None:
                services.uploads.take_in(files, purpose=PurposeRule.ALL_AS_MEDIA)
                while sum(u.status is UploadStatus.UPLOADED for u in uploads) < count:  # noqa: ASYNC110  # there is no event to await
                    await asyncio.sleep(GLANCE_SECONDS)

            await drop([small], 1)
            moved = await measured(lambda: drop(paths, 1 + len(paths)))
        database.close()
    return moved


WAYS: Final = {
    "idle": idle,
    "up": up,
    "up naive": up_naive,
    "down": down,
    "down naive": down_naive,
    "hash": hash_ours,
    "hash alone": hash_alone,
    "hash naive": hash_naive,
    "dropped": dropped,
}


def main(way: str, base_url: str, *paths: str) -> None:
    work = WAYS[way](base_url, [Path(path) for path in paths])
    print(json.dumps(asdict(eventloop.run(work, QCoreApplication([])))))


if __name__ == "__main__":
    main(*sys.argv[1:])
