"""Bringing clips home: whole, named once, nobody's file overwritten, nothing left lying about."""

import errno
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.api.errors import LinkExpiredError
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.provenance import provenance_of
from beatra_desktop.domain.records import replace
from beatra_desktop.services import deliveries as deliveries_module
from beatra_desktop.services import provenance
from beatra_desktop.services.deliveries import Deliveries, NotDelivered
from beatra_desktop.services.provenance import SIDECAR_ENDING, sidecar_of

pytestmark = pytest.mark.asyncio

TASK = MusicTask(
    id=TaskId("task-1"),
    profile_id=ProfileId("stub"),
    prompt=MusicPrompt(prompt="rain"),
    status=TaskStatus.SUCCEEDED,
    created_at=utc_now(),
)


def _clip(index: int = 0) -> Clip:
    return Clip(
        id=ClipId(f"task-1-{index}"),
        task_id=TASK.id,
        index=index,
        title="Lamps",
        url=f"/media/{index}.wav",
        delivery=Delivery.WAITING,
        mime_type="audio/wav",
    )


class Home:
    """A folder, the clips that go there, and what was stored of them, in order."""

    def __init__(self, folder: Path, policy: Any, traffic: Any) -> None:
        self.folder = folder
        self.clips: Records[Clip] = Records([_clip(0), _clip(1)])
        self.stored: list[Clip] = []
        self.before_naming: Callable[[], None] = lambda: None
        self.deliveries = Deliveries(
            folder=lambda: folder,
            policy=policy,
            durable=self._durable,
            clips=self.clips,
            traffic=traffic,
        )
        self._id = ""

    async def _durable(self) -> None:
        self.before_naming()

    def store(self, **fields: Any) -> Clip:
        clip = replace(self.clips[self.clips.row(self._id)], **fields)
        self.clips.replace(clip)
        self.stored.append(clip)
        return clip

    def show(self, **fields: Any) -> None:
        self.clips.replace(replace(self.clips[self.clips.row(self._id)], **fields))

    async def bring(self, client: BeatraClient, index: int = 0) -> Clip:
        clip = self.clips[index]
        self._id = clip.id
        return await self.deliveries.deliver(clip, TASK, client, self)

    @property
    def files(self) -> list[str]:
        """All but the sidecars."""
        found = self.folder.iterdir() if self.folder.exists() else ()
        return sorted(path.name for path in found if not path.name.endswith(SIDECAR_ENDING))


@pytest.fixture
def home(tmp_path: Path, impatient: Any, traffic: Any) -> Home:
    return Home(tmp_path / "clips", impatient, traffic)


@pytest.fixture
def fetching(open_stub: Any, say: Any, tone: Path) -> Any:
    """A client whose service has the tone for every clip, or what `answers` say first."""

    @asynccontextmanager
    async def opened(*answers: Any) -> AsyncIterator[BeatraClient]:
        left = list(answers)

        async def answer(_heard: Any) -> Any:
            whole = say(200, tone.read_bytes(), content_type="audio/wav")
            return left.pop(0) if left else whole

        async with open_stub(answer) as stub:
            context = create_ssl_context()
            async with BeatraClient(
                stub.base_url, api_key=lambda: None, ssl_context=context
            ) as client:
                yield client

    return opened


async def test_clips_of_one_title_are_numbered_and_nothing_else_is_left(
    home: Home, fetching: Any
) -> None:
    async with fetching() as client:
        first, second = await home.bring(client, 0), await home.bring(client, 1)
    assert first.path == home.folder / "Lamps.wav"
    assert second.path == home.folder / "Lamps 2.wav"
    assert home.files == ["Lamps 2.wav", "Lamps.wav"]
    assert first.delivery is Delivery.SAVED
    assert first.received_bytes == (home.folder / "Lamps.wav").stat().st_size


async def test_a_song_fetched_again_goes_where_it_was_and_nowhere_else(
    home: Home, fetching: Any
) -> None:
    """Its sidecar still lies there, though an earlier name has become free meanwhile."""
    async with fetching() as client:
        first, second = await home.bring(client, 0), await home.bring(client, 1)
        assert first.path is not None
        assert second.path is not None
        for gone in (first.path, second.path, sidecar_of(first.path)):
            gone.unlink()
        home.clips.replace(replace(first, path=None))
        again = await home.bring(client, 1)
    assert again.path == second.path
    assert sorted(home.folder.iterdir()) == [second.path, sidecar_of(second.path)]


async def test_a_song_fetched_again_leaves_what_is_where_it_was(home: Home, fetching: Any) -> None:
    async with fetching() as client:
        first = await home.bring(client, 0)
        again = await home.bring(client, 0)
    assert first.path != again.path == home.folder / "Lamps 2.wav"
    assert home.files == ["Lamps 2.wav", "Lamps.wav"]


async def test_a_song_that_had_its_name_when_the_app_ended_gets_its_sidecar(
    home: Home, fetching: Any
) -> None:
    async with fetching() as client:
        saved = await home.bring(client)
    assert saved.path is not None
    sidecar_of(saved.path).unlink()
    named = home.store(delivery=Delivery.VERIFYING)
    assert await home.deliveries.find(named, TASK, home)
    assert home.stored[-1].delivery is Delivery.SAVED
    assert provenance.read(sidecar_of(saved.path)) == provenance_of(saved, TASK)


async def test_a_saved_song_tells_where_it_comes_from_also_beside_itself(
    home: Home, fetching: Any
) -> None:
    async with fetching() as client:
        clip = await home.bring(client)
    assert clip.path is not None
    told = provenance_of(clip, TASK)
    assert provenance.read(clip.path) == told
    assert provenance.read(sidecar_of(clip.path)) == told


async def test_the_name_is_stored_before_the_file_has_it(home: Home, fetching: Any) -> None:
    found: list[tuple[Clip, bool]] = []
    home.before_naming = lambda: found.append(
        (home.stored[-1], (home.folder / "Lamps.wav").exists())
    )
    async with fetching() as client:
        await home.bring(client)
    [(stored, existed)] = found
    assert (stored.delivery, stored.path) == (Delivery.VERIFYING, home.folder / "Lamps.wav")
    assert not existed


async def test_a_file_that_appears_meanwhile_is_not_overwritten(home: Home, fetching: Any) -> None:
    precious = home.folder / "Lamps.wav"

    def appear() -> None:
        if not precious.exists():
            precious.write_text("somebody's own work")

    home.before_naming = appear
    async with fetching() as client:
        clip = await home.bring(client)
    assert precious.read_text() == "somebody's own work"
    assert clip.path == home.folder / "Lamps 2.wav"
    assert home.files == ["Lamps 2.wav", "Lamps.wav"]


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP])
async def test_a_disk_without_hard_links_is_as_good(
    number: int, home: Home, fetching: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_paths: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refuse)
    home.folder.mkdir()
    precious = home.folder / "Lamps.wav"

    def appear() -> None:
        precious.write_text("mine")

    home.before_naming = appear
    async with fetching() as client:
        clip = await home.bring(client)
    assert precious.read_text() == "mine"
    assert clip.path == home.folder / "Lamps 2.wav"
    assert home.files == ["Lamps 2.wav", "Lamps.wav"]


async def test_a_link_that_leads_nowhere_counts_as_a_file(home: Home, fetching: Any) -> None:
    home.folder.mkdir()
    (home.folder / "Lamps.wav").symlink_to(home.folder / "gone")
    async with fetching() as client:
        clip = await home.bring(client)
    assert clip.path == home.folder / "Lamps 2.wav"


async def test_a_cut_download_goes_on_by_itself(
    home: Home, fetching: Any, say: Any, tone: Path
) -> None:
    cut = say(200, tone.read_bytes()[:20_000], content_type="audio/wav", missing=1000)
    async with fetching(cut, None) as client:
        clip = await home.bring(client)
    assert clip.delivery is Delivery.SAVED


@pytest.mark.parametrize("told", [1, 10**7])
async def test_a_size_the_service_tells_beside_the_file_decides_nothing(
    told: int, home: Home, fetching: Any, tone: Path
) -> None:
    home.clips.replace(replace(home.clips[0], size_bytes=told))
    async with fetching() as client:
        clip = await home.bring(client)
    assert clip.delivery is Delivery.SAVED


@pytest.mark.parametrize("kept", [0, 30, 20_000])
async def test_what_does_not_play_to_its_end_is_not_saved(
    kept: int, home: Home, fetching: Any, say: Any, tone: Path
) -> None:
    short = say(200, tone.read_bytes()[:kept], content_type="audio/wav")
    async with fetching(short) as client:
        with pytest.raises(NotDelivered) as caught:
            await home.bring(client)
    assert caught.value.failure.code is FailureCode.BROKEN_AUDIO
    assert caught.value.failure.retryable
    assert home.files == []


async def test_a_full_disk_is_told_before_it_is_met(
    home: Home, fetching: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries_module, "SPARE_BYTES", 2**62)
    async with fetching() as client:
        with pytest.raises(NotDelivered) as caught:
            await home.bring(client)
    assert caught.value.failure.code is FailureCode.DISK_FULL
    assert home.files == []


async def test_a_disk_that_fills_up_meanwhile_gets_its_space_back(
    home: Home, fetching: Any
) -> None:
    def fill_up() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    home.before_naming = fill_up
    async with fetching() as client:
        with pytest.raises(NotDelivered) as caught:
            await home.bring(client)
    assert caught.value.failure.code is FailureCode.DISK_FULL
    assert home.files == []


async def test_a_dead_link_is_the_caller_s_to_renew(home: Home, fetching: Any, say: Any) -> None:
    async with fetching(say(410)) as client:
        with pytest.raises(LinkExpiredError):
            await home.bring(client)
    assert home.files == []
