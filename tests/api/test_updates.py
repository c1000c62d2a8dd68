"""Asking which version is the newest: what is said, and what is not believed."""

import gzip
from collections.abc import Iterator

import pytest

from beatra_desktop.api.client import create_ssl_context
from beatra_desktop.api.errors import MalformedResponseError
from beatra_desktop.api.updates import MAX_BYTES, Release, newest_release
from tests.release_file import ReleaseFile, release_file

pytestmark = pytest.mark.asyncio
CONTEXT = create_ssl_context()


@pytest.fixture
def file() -> Iterator[ReleaseFile]:
    with release_file() as told:
        yield told


async def _ask(file: ReleaseFile) -> Release:
    return await newest_release(file.address, ssl_context=CONTEXT)


async def test_the_request_tells_nothing_but_itself(file: ReleaseFile) -> None:
    file.headers = {"Set-Cookie": "id=1; Path=/"}
    release = Release(version="9.1.0", url="https://example.com/notes")
    assert await _ask(file) == release
    assert await _ask(file) == release
    for path, headers in file.heard:
        assert path == "/latest.json"
        assert headers == {
            "host": file.address.split("/")[2],
            "accept": "application/json",
            "accept-encoding": "identity",
            "connection": "keep-alive",
            "user-agent": "beatra-desktop",
        }


async def test_an_answer_that_is_no_utf_8_is_read_as_far_as_it_goes(file: ReleaseFile) -> None:
    file.body = b'{"version": "9.1.0", "notes": "\xff"}'
    assert await _ask(file) == Release(version="9.1.0")
    file.body = b'{"version": "9.1.0", "url": 5}'
    assert await _ask(file) == Release(version="9.1.0")


async def test_a_redirect_is_followed_on_the_same_host_only(file: ReleaseFile) -> None:
    file.status, file.headers = 302, {"Location": "/other.json"}
    with pytest.raises(MalformedResponseError, match="without end"):
        await _ask(file)
    assert [path for path, _ in file.heard] == ["/latest.json", *["/other.json"] * 3]
    with release_file(host="127.0.0.2") as elsewhere:
        file.headers = {"Location": elsewhere.address}
        with pytest.raises(MalformedResponseError, match="another host"):
            await _ask(file)
        assert elsewhere.heard == []
    file.headers = {"Location": "file:///etc/passwd"}
    with pytest.raises(MalformedResponseError):
        await _ask(file)


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (404, b"{}", {}),
        (500, b"", {}),
        (200, b"", {}),
        (200, b"<html>Log in here</html>", {}),
        (200, b"[]", {}),
        (200, b'{"version": 9}', {}),
        (200, b'{"version": "9.1.0", "url": "\xff"', {}),
        (200, b"[" * 60_000, {}),
        (200, b'{"version": "9.1.0", "x": "' + b"x" * MAX_BYTES + b'"}', {}),
        (200, gzip.compress(b'{"version": "9.1.0"}', mtime=0), {"Content-Encoding": "gzip"}),
        (302, b"", {}),
    ],
)
async def test_anything_else_is_an_error_with_a_sentence(
    file: ReleaseFile, status: int, body: bytes, headers: dict[str, str]
) -> None:
    file.status, file.body, file.headers = status, body, headers
    with pytest.raises(MalformedResponseError):
        await _ask(file)
