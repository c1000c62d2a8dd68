"""Uploads that may not leave: they wait, say why, and go by themselves."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.requests import Hold
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus

pytestmark = pytest.mark.asyncio

ELSEWHERE = "127.0.0.2"
"""An address that counts as another machine's."""


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    names = ["a.txt", "b.txt", "c.txt"]
    for name in names:
        (tmp_path / name).write_text(name)
    return [tmp_path / name for name in names]


def _uploads(bench: Any) -> list[Upload]:
    return list(bench.services.uploads.uploads)


def _all_are(bench: Any, status: UploadStatus, hold: Hold | None = None) -> bool:
    uploads = _uploads(bench)
    return all((upload.status, upload.hold) == (status, hold) for upload in uploads)


def _names(posts: list[Any]) -> list[str]:
    return [post.body.partition(b'filename="')[2].partition(b'"')[0].decode() for post in posts]


def _profile() -> Profile:
    with socket.create_server((ELSEWHERE, 0)) as free:
        url = f"http://{ELSEWHERE}:{free.getsockname()[1]}/v1"
    return Profile(id=ProfileId("remote"), name="Remote", kind=ProfileKind.CUSTOM, base_url=url)


@pytest.fixture
def open_far_stub(open_stub: Any, say: Any) -> Any:
    """A service on another machine that is not there until `come()`."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[tuple[Any, Profile, Any]]:
        async def answer(heard: Any) -> Any:
            if heard.method != "POST":
                return say(200, {"data": []})
            return say(201, {"artifact_id": heard.headers["idempotency-key"]})

        profile = _profile()
        port = int(profile.base_url.split(":")[2].partition("/")[0])
        servers: list[asyncio.Server] = []
        async with open_stub(answer) as stub:

            async def come() -> None:
                servers.append(await asyncio.start_server(stub.serve, ELSEWHERE, port))

            yield stub, profile, come
            for server in servers:
                server.close()

    return opened


async def test_offline_uploads_wait_and_say_so_and_go_by_themselves(
    open_bench: Any, open_far_stub: Any, paths: list[Path]
) -> None:
    async with (
        open_far_stub() as (stub, profile, come),
        open_bench(profile=profile, ready=False) as bench,
    ):
        uploads = bench.services.uploads
        uploads.add(paths, purpose=Purpose.MEDIA_INPUT)
        await bench.until(lambda: _all_are(bench, UploadStatus.WAITING, Hold.OFFLINE))
        assert stub.posts() == []
        await come()
        await bench.until(lambda: _all_are(bench, UploadStatus.UPLOADED))
        assert sorted(_names(stub.posts())) == ["a.txt", "b.txt", "c.txt"]


async def test_what_waited_offline_goes_on_after_a_restart(
    open_bench: Any, open_far_stub: Any, paths: list[Path]
) -> None:
    async with open_far_stub() as (stub, profile, come):
        async with open_bench(profile=profile, ready=False) as bench:
            bench.services.uploads.add(paths, purpose=Purpose.MEDIA_INPUT)
            await bench.until(lambda: _all_are(bench, UploadStatus.WAITING, Hold.OFFLINE))
        await come()
        async with open_bench(profile=profile) as bench:
            await bench.until(lambda: _all_are(bench, UploadStatus.UPLOADED))
        assert len(stub.posts()) == 3


async def test_a_pause_holds_all_back_and_their_order_can_be_changed(
    open_bench: Any, open_far_stub: Any, paths: list[Path]
) -> None:
    async with open_far_stub() as (stub, profile, come):
        await come()
        async with open_bench(profile=profile) as bench:
            uploads, traffic = bench.services.uploads, bench.services.traffic
            bench.services.settings.change(parallel_uploads=1)
            traffic.pause_all()
            ids = uploads.add(paths, purpose=Purpose.MEDIA_INPUT)
            await bench.until(lambda: _all_are(bench, UploadStatus.WAITING, Hold.PAUSED))
            uploads.send_first(ids[2])
            uploads.cancel(ids[1])
            assert uploads.uploads.get(ids[1]).hold is None
            traffic.resume_all()
            await bench.until(lambda: not any(u.status.is_live for u in _uploads(bench)))
            assert _names(stub.posts()) == ["c.txt", "a.txt"]
