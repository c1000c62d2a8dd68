"""Uploads: the form on the wire, changed files, early answers, memory."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import FileChangedError, InvalidRequestError
from beatra_desktop.api.pieces import FIRST_PIECE
from beatra_desktop.api.uploads import UploadForm

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

DATA: Final = bytes(range(256)) * 4096
Bytes = Callable[..., bytes]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "ref.mp3"
    path.write_bytes(DATA)
    return path


def form_for(file: Path, **changes: Any) -> UploadForm:
    stat = file.stat()
    given = {
        "source": file,
        "filename": file.name,
        "mime_type": "audio/mpeg",
        "size": stat.st_size,
        "modified_ns": stat.st_mtime_ns,
        "boundary": "b7f3",
    }
    return UploadForm(**{**given, **changes})


def parts_of(content_type: str, body: bytes) -> dict[str, Message]:
    """As the standard library's own parser sees the form."""
    whole = BytesParser().parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    parts: list[Message] = whole.get_payload()  # type: ignore[assignment]  # multipart: a list
    return {str(part.get_param("name", header="content-disposition")): part for part in parts}


async def send(client: BeatraClient, form: UploadForm) -> list[int]:
    progress: list[int] = []
    await client.uploads.create(form, idempotency_key="key-1", on_progress=progress.append)
    return progress


@pytest.mark.asyncio
async def test_the_form_arrives_whole(
    server: RawServer, client: BeatraClient, respond: Bytes, source: Path, key: str
) -> None:
    server.answer(respond(201, {"artifact_id": "art_1", "cdn_url": "https://cdn/x"}))
    form = form_for(source, purpose="reference_audio", media_type="audio", metadata={"b": "é"})
    answer = await client.uploads.create(form, idempotency_key="key-1", on_progress=lambda _: None)
    assert (answer.value.artifact_id, answer.value.link) == ("art_1", "https://cdn/x")
    assert answer.status == 201
    request = server.requests[0]
    assert (request.method, request.target) == ("POST", "/v1/uploads")
    assert request.headers["idempotency-key"] == "key-1"
    assert request.headers["authorization"] == f"Bearer {key}"
    assert request.headers["content-length"] == str(form.content_length)
    assert "transfer-encoding" not in request.headers
    parts = parts_of(request.headers["content-type"], request.body)
    assert list(parts) == ["purpose", "media_type", "metadata", "file"]
    assert parts["purpose"].get_payload(decode=True) == b"reference_audio"
    assert parts["metadata"].get_payload(decode=True) == '{"b":"é"}'.encode()
    assert parts["file"].get_filename() == "ref.mp3"
    assert parts["file"].get_content_type() == "audio/mpeg"
    assert parts["file"].get_payload(decode=True) == DATA


@pytest.mark.asyncio
async def test_a_resend_has_the_same_bytes(
    server: RawServer, client: BeatraClient, respond: Bytes, source: Path
) -> None:
    server.answer(*[respond(201, {"artifact_id": "art_1"})] * 2)
    for _ in range(2):
        await send(client, form_for(source, metadata={"x": "1"}))
    first, second = server.requests
    assert first.body == second.body
    assert first.headers["content-type"] == second.headers["content-type"]


@pytest.mark.asyncio
async def test_progress_counts_the_files_bytes(
    server: RawServer, client: BeatraClient, respond: Bytes, source: Path
) -> None:
    server.answer(respond(200, {"artifact_id": "art_1"}))
    progress = await send(client, form_for(source))
    assert progress == sorted(set(progress))
    assert (progress[0], progress[-1]) == (FIRST_PIECE, len(DATA))


@pytest.mark.asyncio
async def test_a_network_that_takes_all_at_once_leaves_others_their_turns(
    server: RawServer, client: BeatraClient, respond: Bytes, source: Path
) -> None:
    server.answer(respond(201, {"artifact_id": "art_1"}))
    turns, seen = 0, []

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        counting = group.create_task(count())
        await client.uploads.create(
            form_for(source), idempotency_key="key-1", on_progress=lambda _: seen.append(turns)
        )
        counting.cancel()
    assert len(seen) == len(set(seen)) > 2


@pytest.mark.parametrize(
    "name", ['a "b".mp3', "a\r\nX-Evil: 1\r\n\r\n.mp3", "песня 🎵.mp3", "bad\udcff.mp3", "a;b=c"]
)
def test_no_file_name_breaks_the_form(source: Path, name: str) -> None:
    form = form_for(source, filename=name, mime_type="audio/mpeg\r\nX-Evil: 1")
    body = form.preamble + b"x" + form.epilogue
    parts = parts_of("multipart/form-data; boundary=b7f3", body)
    assert list(parts) == ["file"]
    assert parts["file"].get_payload(decode=True) == b"x"
    assert "X-Evil" not in parts["file"]


def test_optional_parts_are_left_out(source: Path) -> None:
    assert form_for(source).preamble.count(b"Content-Disposition") == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("change", ["longer", "shorter", "touched"])
async def test_a_file_that_changed_before_is_not_sent(
    server: RawServer, client: BeatraClient, source: Path, change: str
) -> None:
    form = form_for(source)
    _change(source, change)
    with pytest.raises(FileChangedError):
        await send(client, form)
    await server.gone.wait()
    assert server.requests == []
    assert b"audio/mpeg" not in server.raw


@pytest.mark.asyncio
@pytest.mark.parametrize("change", ["longer", "shorter", "touched"])
async def test_a_file_that_changes_meanwhile_never_arrives_whole(
    server: RawServer, client: BeatraClient, source: Path, change: str
) -> None:
    form = form_for(source)

    def on_progress(sent: int) -> None:
        if sent == FIRST_PIECE:
            _change(source, change)

    with pytest.raises(FileChangedError):
        await client.uploads.create(form, idempotency_key="k", on_progress=on_progress)
    await server.gone.wait()
    assert server.requests == []


def _change(source: Path, how: str) -> None:
    if how == "touched":
        os.utime(source, ns=(1, 1))
    else:
        stat = source.stat()
        os.truncate(source, len(DATA) + (1 if how == "longer" else -1))
        os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.asyncio
async def test_a_missing_file_is_the_systems_error(
    server: RawServer, client: BeatraClient, source: Path
) -> None:
    form = form_for(source, source=source.with_name("gone.mp3"))
    with pytest.raises(FileNotFoundError):
        await send(client, form)
    assert server.connections == 0


@pytest.mark.asyncio
async def test_a_refusal_in_the_middle_is_heard(
    server: RawServer, client: BeatraClient, respond: Bytes, tmp_path: Path
) -> None:
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(20_000_000)
    error = {"code": "file_too_large", "message": "Too large.", "retryable": False}
    server.refuse_early(respond(413, {"error": error}))
    with pytest.raises(InvalidRequestError, match="Too large") as caught:
        await send(client, form_for(large))
    assert caught.value.status == 413


@pytest.mark.asyncio
async def test_cancelling_ends_the_upload(
    server: RawServer, client: BeatraClient, tmp_path: Path
) -> None:
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    begun = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        running = group.create_task(
            client.uploads.create(
                form_for(large), idempotency_key="k", on_progress=lambda _: begun.set()
            )
        )
        await begun.wait()
        running.cancel()
    await server.gone.wait()
    assert server.requests == []


MEMORY_PROBE: Final = """
import asyncio, pathlib, resource, sys
from beatra_desktop.api.client import BeatraClient, create_ssl_context
from beatra_desktop.api.uploads import UploadForm

def peak_kb():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

async def sink(reader, writer):
    head = await reader.readuntil(b"\\r\\n\\r\\n")
    left = int(head.lower().split(b"content-length: ")[1].split(b"\\r\\n")[0])
    while left:
        left -= len(await reader.read(65536))
    body = b'{"artifact_id":"art_1"}'
    writer.write(b"HTTP/1.1 201 Created\\r\\nContent-Length: %d\\r\\n\\r\\n%s" % (len(body), body))
    await writer.drain()
    writer.close()

async def main(paths):
    server = await asyncio.start_server(sink, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}/v1"
    async with BeatraClient(url, api_key=lambda: "k", ssl_context=create_ssl_context()) as client:
        for path in paths:
            stat = path.stat()
            form = UploadForm(source=path, filename="a", mime_type="audio/wav", boundary="b",
                              size=stat.st_size, modified_ns=stat.st_mtime_ns)
            await client.uploads.create(form, idempotency_key="k", on_progress=lambda _: None)
            print(peak_kb())
    server.close()

asyncio.run(main([pathlib.Path(name) for name in sys.argv[1:]]))
"""


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    sizes = {"small": 1_000_000, "large": 100_000_000}
    for name, size in sizes.items():
        with (tmp_path / name).open("wb") as file:
            file.truncate(size)
    command = [sys.executable, "-c", MEMORY_PROBE, *(str(tmp_path / name) for name in sizes)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    small_kb, large_kb = map(int, done.stdout.split())
    assert large_kb - small_kb < 8 * 1024
