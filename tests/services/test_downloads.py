"""Clips are brought home whatever the disk, the network and the links do meanwhile."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.music import Clip, Delivery, TaskStatus
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.records import replace
from beatra_desktop.services import deliveries
from beatra_desktop.services.polling import PollSchedule
from tests.services.song_service import CREATE, Service, clip_of, create, delivered, files, until

pytestmark = pytest.mark.asyncio

SAVED, UNSAVED = Delivery.SAVED, Delivery.UNSAVED


@pytest.fixture(autouse=True)
def _succeeding(service: Service) -> None:
    service.status = "succeeded"


def _code(clip: Clip) -> FailureCode | None:
    return clip.failure.code if clip.failure is not None else None


def _codes(bench: Any) -> list[NoticeCode]:
    return [notice.code for notice in bench.services.notices.notices]


async def test_a_full_disk_is_waited_for(
    making_songs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with making_songs() as (bench, stub):
        with monkeypatch.context() as full:
            full.setattr(deliveries, "SPARE_BYTES", 2**62)
            task = create(bench)
            clip = await delivered(bench, task, UNSAVED)
            assert _code(clip) is FailureCode.DISK_FULL
            assert not [heard for heard in stub.heard if "/media/" in heard.path]
        clip = await delivered(bench, task, SAVED)
        assert clip.failure is None
        assert len(stub.posts(CREATE)) == 1


async def test_a_folder_that_can_not_be_written_is_waited_for(
    making_songs: Any, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    async with making_songs(clips_folder=blocked) as (bench, stub):
        task = create(bench)
        assert _code(await delivered(bench, task, UNSAVED)) is FailureCode.DISK_ERROR
        assert not [heard for heard in stub.heard if "/media/" in heard.path]
        blocked.unlink()
        await delivered(bench, task, SAVED)
        assert "Lamps.wav" in files(blocked)


@pytest.mark.parametrize("is_renamed", [True, False])
async def test_a_folder_that_goes_while_a_clip_comes_is_made_again(
    making_songs: Any, service: Service, tmp_path: Path, is_renamed: bool
) -> None:
    async with making_songs() as (bench, _stub):
        folder = bench.grounds.clips

        def go() -> None:
            service.on_media = lambda: None
            if is_renamed:
                folder.rename(tmp_path / "elsewhere")
            else:
                shutil.rmtree(folder)

        service.on_media = go
        task = create(bench)
        clip = await delivered(bench, task, SAVED)
        assert clip.path == folder / "Lamps.wav"
        assert (folder / "Lamps.wav").exists()


async def test_what_the_network_broke_off_is_tried_again_by_itself(
    making_songs: Any, service: Service
) -> None:
    service.media = [None]
    async with making_songs() as (bench, stub):
        downloads = bench.services.music._downloads
        downloads._schedule = PollSchedule(first=0.05, cap=0.05, patient=0.05)
        await delivered(bench, create(bench), SAVED)
        assert len([heard for heard in stub.heard if "/media/" in heard.path]) > 1


async def test_a_link_that_is_not_there_yet_is_asked_for_again(
    making_songs: Any, service: Service
) -> None:
    service.has_links = False
    async with making_songs() as (bench, stub):
        task = create(bench)
        assert _code(await delivered(bench, task, UNSAVED)) is FailureCode.NO_LINK_YET
        service.has_links = True
        bench.services.music.retry_downloads()
        await delivered(bench, task, SAVED)
        assert len(stub.posts(CREATE)) == 1


async def test_the_user_is_warned_of_what_is_not_saved_for_long(
    making_songs: Any, service: Service
) -> None:
    service.has_links = False
    long_ago = utc_now() - timedelta(hours=21)
    service.extra = {"completed_at": long_ago.isoformat()}
    async with making_songs() as (bench, _stub):
        task = create(bench)
        await bench.until(lambda: bench.services.music.at_risk.value == 1)
        assert _codes(bench).count(NoticeCode.CLIPS_AT_RISK) == 1
        service.has_links = True
        bench.services.music.retry_downloads()
        await delivered(bench, task, SAVED)
        await bench.until(lambda: bench.services.music.at_risk.value == 0)
        assert NoticeCode.CLIPS_AT_RISK not in _codes(bench)


async def test_the_links_that_end_first_are_used_first(making_songs: Any, service: Service) -> None:
    async with making_songs() as (bench, stub):
        tasks = [create(bench, f"song {n}") for n in range(6)]
        clips = [await delivered(bench, task, SAVED) for task in tasks]
        music, now = bench.services.music, utc_now()
        stub.heard.clear()
        for hours, clip in zip((6, 5, 4, 3, 2, 1), clips, strict=True):
            ends = now + timedelta(hours=hours)
            music._tasks.put_clip(
                replace(clip, delivery=Delivery.WAITING, path=None, expires_at=ends)
            )
        service.lets_media_go = asyncio.Semaphore(0)

        def asked() -> list[str]:
            return [heard.path for heard in stub.heard if "/media/" in heard.path]

        for task in tasks:
            music._downloads.deliver(clip_of(bench, task))
        # Three begin at once; of those that wait the most urgent goes first.
        for begun in (3, 4, 5, 6, 6, 6):
            await bench.until(lambda begun=begun: len(asked()) == begun)
            service.lets_media_go.release()
        for task in tasks:
            await delivered(bench, task, SAVED)
        assert asked()[3:] == [f"/media/tsk_{n}.wav" for n in (6, 5, 4)]


async def test_names_follow_the_template(making_songs: Any, service: Service) -> None:
    async with making_songs(clip_name_template="{n} {title} ({model})") as (bench, _stub):
        task = create(bench)
        await until(bench, task, TaskStatus.SUCCEEDED)
        clip = await delivered(bench, task, SAVED)
        assert clip.path == bench.grounds.clips / "Lamps (auto).wav"


async def test_a_song_deleted_before_it_was_saved_is_fetched_once_it_is_restored(
    making_songs: Any, service: Service, say: Any
) -> None:
    service.media = [say(503)]
    async with making_songs() as (bench, _stub):
        collection = bench.services.collection
        task = create(bench)
        clip = await delivered(bench, task, UNSAVED)
        collection.delete([clip.id])
        await bench.until(lambda: not bench.services.music._once.goes_on("watch unsaved clips"))
        collection.restore([clip.id])
        await delivered(bench, task, SAVED)


async def _begun(bench: Any) -> Any:
    """A song of which a part is on disk."""
    task = create(bench)
    await delivered(bench, task, Delivery.DOWNLOADING)
    await bench.until(lambda: files(bench.grounds.clips))
    return task


async def test_nothing_is_left_of_a_download_nobody_wants_any_more(
    making_songs: Any, service: Service, say: Any
) -> None:
    service.media = [say(200, service.audio, content_type="audio/wav", hold=True)]
    async with making_songs() as (bench, _stub):
        folder, task = bench.grounds.clips, await _begun(bench)
        bench.services.collection.delete([clip_of(bench, task).id])
    assert files(folder)
    async with making_songs() as (bench, _stub):
        await bench.until(lambda: not files(folder))
        assert clip_of(bench, task).delivery is not SAVED


async def test_a_download_that_goes_on_in_another_folder_leaves_nothing_in_the_old_one(
    making_songs: Any, service: Service, say: Any, tmp_path: Path
) -> None:
    service.media = [say(200, service.audio, content_type="audio/wav", hold=True)]
    async with making_songs() as (bench, _stub):
        old, task = bench.grounds.clips, await _begun(bench)
        bench.services.settings.change(clips_folder=tmp_path / "new")
    assert files(old)
    async with making_songs() as (bench, _stub):
        clip = await delivered(bench, task, SAVED)
        assert clip.path is not None
        assert clip.path.parent == tmp_path / "new"
        assert files(old) == []
