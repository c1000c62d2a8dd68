"""The app without its window, at work while its disk fails: nothing leaves unrecorded."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from beatra_desktop.audio.verify import verify
from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import Delivery, MusicPrompt, MusicTask
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.services import deliveries
from beatra_desktop.services.polling import PollSchedule
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.ui.error_text import Kept, describe
from tests.faults.campaign import Case
from tests.faults.disk_faults import file_limit, locked
from tests.faults.disk_verdicts import Story
from tests.running import Bench, open_bench

MODEL: Final = "minimax-music-2.6"
Fault = Callable[[Path, Random], AbstractContextManager[None]]


def live(case: Case, kind: str) -> Story:
    story = Story(kind=f"at work: {kind}")
    asyncio.run(LIVING[kind](case, story))
    return story


async def _unrecorded(case: Case, story: Story, fault: Fault) -> None:
    """Ask, upload and sing while the ledger can't be written; then, when it can, once."""
    random = case.random
    tone = case.folder / "tone.txt"
    tone.write_text("words " * 50)
    async with _bench(case.folder, story) as bench:
        chat, database = bench.services.chat, case.folder / "beatra.db"
        chat_id = chat.new_conversation().id
        chat.set_model(chat_id, "sandbox-echo")
        await bench.database.durable()
        with fault(database, random):
            what = random.choice((_ask, _send, _sing))
            done, retry, failure = what(bench, chat_id, tone)
            await bench.until(lambda: failure() or done())
            _explain(failure(), story)
            sent = await _posts(bench)
            story.paid += [f"{path} left unrecorded" for path in sent]
        retry()
        await bench.until(done)
        sent = await _posts(bench)
        if len(sent) != 1:
            story.paid.append(f"sent {len(sent)} times: {sent}")


Steps = tuple[Callable[[], bool], Callable[[], None], Callable[[], Failure | None]]


def _ask(bench: Bench, chat_id: Any, _file: Path) -> Steps:
    chat = bench.services.chat
    assert chat.send(chat_id, "echo: one two three")

    def newest() -> Any:
        return chat.open(chat_id)[-1]

    return (
        lambda: newest().status is MessageStatus.COMPLETE,
        lambda: chat.retry(newest().id),
        lambda: None if chat.is_answering(chat_id) else newest().failure,
    )


def _send(bench: Bench, _chat_id: Any, file: Path) -> Steps:
    uploads = bench.services.uploads
    [upload_id] = uploads.add([file], purpose=Purpose.MEDIA_INPUT)

    def upload() -> Any:
        return uploads.uploads.get(upload_id)

    return (
        lambda: upload().status is UploadStatus.UPLOADED,
        lambda: uploads.retry(upload_id),
        lambda: upload().failure,
    )


def _sing(bench: Bench, _chat_id: Any, _file: Path) -> Steps:
    music = bench.services.music
    made = _song(bench)

    def task() -> Any:
        return music.tasks.get(made.id)

    return (
        lambda: task().remote_id is not None,
        lambda: music.retry(made.id),
        lambda: task().failure,
    )


async def _unsaved(case: Case, story: Story, fault: Fault) -> None:
    """A song comes home as soon as its folder can take it, whole, and costs nothing more."""
    async with _bench(case.folder, story) as bench:
        music, clips = bench.services.music, case.folder / "clips"
        clips.mkdir()
        with fault(clips, case.random):
            made = _song(bench)
            await bench.until(lambda: any(each.failure for each in music.clips_of(made.id)))
            for each in music.clips_of(made.id):
                _explain(each.failure, story)
        await bench.until(lambda: all(
            each.delivery is Delivery.SAVED for each in music.clips_of(made.id)
        ))  # fmt: skip
        for each in music.clips_of(made.id):
            assert each.path is not None, "saved"
            await asyncio.to_thread(verify, each.path)
        if len(sent := await _posts(bench)) != 1:
            story.paid.append(f"sent {sent}")


async def _vanished(case: Case, story: Story, fault: Fault) -> None:
    """A file that is gone or changed before its turn is named, and nothing of it is sent."""
    async with _bench(case.folder, story) as bench:
        uploads = bench.services.uploads
        uploads_folder = case.folder / "mine"
        uploads_folder.mkdir()
        file = uploads_folder / "song.txt"
        file.write_text("words " * 50)
        with fault(uploads_folder, case.random):
            [upload_id] = uploads.add([file], purpose=Purpose.MEDIA_INPUT)
            await bench.until(lambda: (found := uploads.uploads.get(upload_id)) and found.failure)
            found = uploads.uploads.get(upload_id)
            assert found is not None
            _explain(found.failure, story)
        if sent := await _posts(bench):
            story.paid.append(f"sent {sent}")


async def _measured(case: Case, story: Story, fault: Fault) -> None:
    """What is only kept to be quick may be anything: the waveform is there all the same."""
    async with _bench(case.folder, story) as bench:
        music, library = bench.services.music, bench.services.library
        made = _song(bench)
        await bench.until(lambda: (clips := music.clips_of(made.id)) and all(
            each.delivery is Delivery.SAVED for each in clips
        ))  # fmt: skip
        heights: list[tuple[float, ...]] = []
        library.peaks_ready.connect(lambda _, found: heights.append(found))
        [clip] = music.clips_of(made.id)
        library.load_peaks(clip.id)
        await bench.until(lambda: heights)
        with fault(bench.grounds.cache, case.random):
            library.load_peaks(clip.id)
            await bench.until(lambda: len(heights) > 1)
        if heights[0] != heights[1] or not heights[0]:
            story.lost.append("the waveform")


@contextmanager
def removed(folder: Path, _random: Random) -> Iterator[None]:
    """Gone, and something else has its name, so that it is not simply made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file")
    yield
    folder.unlink()


@contextmanager
def dead_link(folder: Path, _random: Random) -> Iterator[None]:
    """A drive that was taken out."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.symlink_to(folder.with_name("nowhere") / "drive")
    yield
    folder.unlink()


@contextmanager
def no_room(_folder: Path, _random: Random) -> Iterator[None]:
    """The disk is as good as full: a song would take what everything else needs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deliveries, "SPARE_BYTES", 2**62)
        yield


@contextmanager
def garbage(folder: Path, random: Random) -> Iterator[None]:
    for file in [each for each in folder.rglob("*") if each.is_file()]:
        file.write_bytes(random.randbytes(random.randrange(2000)))
        os.utime(file, (2**31, 2**31))
    yield


LIVING: Final[dict[str, Callable[[Case, Story], Any]]] = {
    "ledger on a full disk": partial(
        _unrecorded, fault=lambda path, _: file_limit(path, Random(0), at_most=0)
    ),
    "ledger locked": partial(_unrecorded, fault=locked),
    "clips folder replaced": partial(_unsaved, fault=removed),
    "clips folder a dead link": partial(_unsaved, fault=dead_link),
    "no room for the song": partial(_unsaved, fault=no_room),
    "attachment gone": partial(_vanished, fault=removed),
    "cache damaged": partial(_measured, fault=garbage),
    "cache replaced": partial(_measured, fault=removed),
}


@asynccontextmanager
async def _bench(folder: Path, story: Story) -> AsyncIterator[Bench]:
    """Whatever ends unlike it should is told, not raised."""
    schedule = PollSchedule(first=0.05, cap=0.2, patient=0.3)
    try:
        async with open_bench(folder, schedule=schedule) as bench:
            await bench.admin("POST", "settings", {"clip_seconds": 4})
            yield bench
            for notice in bench.services.notices.notices:
                _explain(notice.failure, story)
    except (AssertionError, BaseExceptionGroup, StorageError, TimeoutError) as error:
        story.stuck.append(repr(getattr(error, "exceptions", error)))


def _song(bench: Bench) -> MusicTask:
    made = bench.services.music.create(
        MusicPrompt(prompt="slow waltz", title="Waltz", model=MODEL, instrumental=True)
    )
    assert isinstance(made, MusicTask)
    return made


async def _posts(bench: Bench) -> list[str]:
    """What the service received that may cost money."""
    paths = [post["path"] for post in await bench.posts("")]
    return [path for path in paths if path.startswith("/v1/")]


def _explain(failure: Failure | None, story: Story) -> None:
    """Every failure has words; "a mistake in the app" is none for a disk that fails."""
    if failure is None:
        return
    words = describe(failure, kept=Kept.NOTHING)
    if not words.sentence or failure.code.value in ("bug", "storage_damaged"):
        story.unexplained.append(str(failure))
