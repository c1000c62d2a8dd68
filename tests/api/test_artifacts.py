"""Downloads: whole, cut, resumed, expired, redirected; and never with the key."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from beatra_desktop.api.artifacts import Downloaded
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import (
    IncompleteDownloadError,
    LinkExpiredError,
    MalformedResponseError,
    ServerError,
)
from beatra_desktop.api.reply import READ_BYTES

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

DATA: Final = bytes(range(256)) * 3000
HALF: Final = 400_000
ETAG: Final = '"v1"'
RESUMABLE: Final = {"Accept_Ranges": "bytes", "ETag": ETAG, "Content_Type": "audio/mpeg"}
Bytes = Callable[..., bytes]


async def fetch(
    client: BeatraClient,
    url: str,
    target: Path,
    *,
    validator: str | None = None,
) -> tuple[Downloaded, list[int]]:
    progress: list[int] = []
    got = await client.artifacts.download(
        url,
        target,
        validator=validator,
        on_progress=progress.append,
    )
    return got, progress


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "clip.mp3.part"


@pytest.fixture
def left_over(target: Path) -> Path:
    """A longer file from an older attempt, where the download is to go."""
    target.write_bytes(b"old" * len(DATA))
    return target


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@pytest.fixture
def url(other_server: RawServer) -> str:
    return f"{other_server.origin}/clip.mp3?signature=abc"


def no_key_was_sent(*servers: RawServer) -> bool:
    return all("authorization" not in r.headers for server in servers for r in server.requests)


async def test_a_whole_file(
    other_server: RawServer, client: BeatraClient, respond: Bytes, left_over: Path, url: str
) -> None:
    target = left_over
    other_server.answer(respond(200, DATA, **RESUMABLE))
    got, progress = await fetch(client, url, target)
    assert content(target) == DATA
    assert got.size == len(DATA)
    assert got.content_type == "audio/mpeg"
    assert progress == sorted(progress)
    assert progress[-1] == len(DATA)
    assert no_key_was_sent(other_server)
    assert "range" not in other_server.requests[0].headers


async def test_as_much_is_read_at_once_as_the_loop_gives(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    other_server.answer(respond(200, bytes(4_000_000)))
    _, progress = await fetch(client, url, target)
    assert max(later - earlier for earlier, later in pairwise(progress)) == READ_BYTES


async def test_a_link_to_the_api_itself_gets_no_key_either(
    server: RawServer, client: BeatraClient, respond: Bytes, target: Path
) -> None:
    server.answer(*[respond(200, DATA)] * 2)
    await fetch(client, f"{server.base_url}/files/1", target)
    await fetch(client, "/v1/files/2", target)
    assert [request.target for request in server.requests] == ["/v1/files/1", "/v1/files/2"]
    assert no_key_was_sent(server)


async def test_redirects_are_followed_without_the_key(
    server: RawServer, other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path
) -> None:
    server.answer(respond(302, Location="/moved"), respond(307, Location=other_server.origin))
    other_server.answer(respond(200, DATA))
    await fetch(client, f"{server.base_url}/files/1", target)
    assert [request.target for request in server.requests] == ["/v1/files/1", "/moved"]
    assert content(target) == DATA
    assert no_key_was_sent(server, other_server)


async def test_redirects_without_end_are_given_up(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    other_server.answer(*[respond(302, Location="/round")] * 9)
    with pytest.raises(MalformedResponseError):
        await fetch(client, url, target)
    assert len(other_server.requests) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://host/x"])
async def test_redirects_off_the_web_are_refused(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    location: str,
) -> None:  # fmt: skip
    other_server.answer(respond(302, Location=location))
    with pytest.raises(MalformedResponseError):
        await fetch(client, url, target)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_an_expired_link_is_named_as_such_and_kept_out_of_the_text(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    status: int,
) -> None:  # fmt: skip
    other_server.answer(respond(status, b"<Error>signature=abc</Error>"))
    with pytest.raises(LinkExpiredError) as caught:
        await fetch(client, url, target)
    assert caught.value.status == status
    assert "signature" not in str(caught.value)
    assert content(target) is None


async def test_other_refusals_keep_their_class(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    other_server.answer(respond(503, b"", Retry_After="4"))
    with pytest.raises(ServerError) as caught:
        await fetch(client, url, target)
    assert caught.value.retry_after == 4.0


async def cut_at_half(
    server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    headers: dict[str, str],
) -> IncompleteDownloadError:  # fmt: skip
    server.hang_up_after(respond(200, DATA[:HALF], content_length=len(DATA), **headers))
    with pytest.raises(IncompleteDownloadError) as caught:
        await fetch(client, url, target)
    assert caught.value.received == HALF
    assert content(target) == DATA[:HALF]
    return caught.value


async def test_a_cut_download_goes_on_where_it_stopped(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    error = await cut_at_half(other_server, client, respond, target, url, RESUMABLE)
    assert error.validator == ETAG
    content_range = f"bytes {HALF}-{len(DATA) - 1}/{len(DATA)}"
    other_server.answer(respond(206, DATA[HALF:], Content_Range=content_range, **RESUMABLE))
    _, progress = await fetch(client, url, target, validator=error.validator)
    asked = other_server.requests[1].headers
    assert (asked["range"], asked["if-range"]) == (f"bytes={HALF}-", ETAG)
    assert content(target) == DATA
    assert progress[0] > HALF


async def test_a_file_that_changed_at_the_service_starts_anew(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    error = await cut_at_half(other_server, client, respond, target, url, RESUMABLE)
    other_server.answer(respond(200, DATA[::-1], **RESUMABLE))
    await fetch(client, url, target, validator=error.validator)
    assert content(target) == DATA[::-1]


@pytest.mark.parametrize(
    ("status", "headers"),
    [(416, {"Content_Range": "bytes */5"}), (206, {"Content_Range": "bytes 7-9/10"}), (206, {})],
)
async def test_a_part_that_does_not_fit_starts_anew(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    status: int, headers: dict[str, str],
) -> None:  # fmt: skip
    error = await cut_at_half(other_server, client, respond, target, url, RESUMABLE)
    other_server.answer(respond(status, b"xyz", **headers), respond(200, DATA))
    await fetch(client, url, target, validator=error.validator)
    assert content(target) == DATA
    assert "range" not in other_server.requests[-1].headers


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        ({}, None),
        ({"ETag": ETAG}, None),
        ({"Accept_Ranges": "none", "ETag": ETAG}, None),
        ({"Accept_Ranges": "bytes"}, None),
        ({"Accept_Ranges": "bytes", "ETag": 'W/"v1"'}, None),
        ({"Accept_Ranges": "bytes", "Last_Modified": "yesterday"}, "yesterday"),
    ],
)
async def test_only_what_can_be_resumed_says_so(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    headers: dict[str, str], validator: str | None,
) -> None:  # fmt: skip
    error = await cut_at_half(other_server, client, respond, target, url, headers)
    assert error.validator == validator


async def test_parts_that_do_not_make_the_whole_file_are_not_taken_for_it(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str
) -> None:
    error = await cut_at_half(other_server, client, respond, target, url, RESUMABLE)
    content_range = f"bytes {HALF}-{len(DATA) - 2}/{len(DATA)}"
    other_server.answer(respond(206, DATA[HALF:-1], Content_Range=content_range, **RESUMABLE))
    with pytest.raises(IncompleteDownloadError) as caught:
        await fetch(client, url, target, validator=error.validator)
    assert caught.value.validator is None


@pytest.mark.parametrize("total", ["*", "", "9" * 5000])
async def test_a_part_of_a_file_of_unknown_size_is_taken_as_it_comes(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    total: str,
) -> None:  # fmt: skip
    error = await cut_at_half(other_server, client, respond, target, url, RESUMABLE)
    content_range = f"bytes {HALF}-{len(DATA) - 1}/{total}"
    other_server.answer(respond(206, DATA[HALF:], Content_Range=content_range, **RESUMABLE))
    got, _ = await fetch(client, url, target, validator=error.validator)
    assert got.size == len(DATA)


async def test_a_flood_is_stopped(
    other_server: RawServer, client: BeatraClient, respond: Bytes, target: Path, url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("beatra_desktop.api.artifacts.MAX_FILE_BYTES", 1000)
    other_server.hold_after(respond(200, DATA, content_length=10**12))
    with pytest.raises(MalformedResponseError):
        await fetch(client, url, target)
    await other_server.gone.wait()


async def test_a_file_without_any_announced_size(
    other_server: RawServer, client: BeatraClient, target: Path, url: str
) -> None:
    other_server.hang_up_after(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + DATA)
    got, _ = await fetch(client, url, target)
    assert got.size == len(DATA)
    assert got.content_type == ""


async def test_a_disk_that_refuses_is_the_systems_error(
    other_server: RawServer, client: BeatraClient, respond: Bytes, tmp_path: Path, url: str
) -> None:
    other_server.answer(respond(200, DATA))
    with pytest.raises(FileNotFoundError):
        await fetch(client, url, tmp_path / "no folder" / "clip.part")
    other_server.answer(respond(200, DATA))
    with pytest.raises(OSError, match="No space"):
        await fetch(client, url, Path("/dev/full"))
