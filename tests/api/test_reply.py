"""Bodies: compressed, empty, endless, of another kind."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
from collections.abc import Callable
from types import AsyncGeneratorType
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import MalformedResponseError
from beatra_desktop.api.reply import MAX_BODY_BYTES

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

TASK = {"task_id": "tsk_1", "status": "queued"}

Bytes = Callable[..., bytes]


@pytest.mark.parametrize(
    ("body", "headers", "says"),
    [
        (b"", {}, "empty"),
        (b"<html>", {}, "web page"),
        (b"{}", {}, "form"),
        (b"not gzip", {"Content_Encoding": "gzip"}, "decompressed"),
    ],
)
async def test_answers_that_are_none(
    server: RawServer, client: BeatraClient, respond: Bytes, body: bytes,
    headers: dict[str, str], says: str,
) -> None:  # fmt: skip
    server.answer(respond(200, body, **headers))
    with pytest.raises(MalformedResponseError, match=says):
        await client.tasks.get("x")


async def test_a_body_without_end_is_refused(server: RawServer, client: BeatraClient) -> None:
    async def flood(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(2 * MAX_BODY_BYTES // 2**20):
            writer.write(b" " * 2**20)
            await writer.drain()

    server.answer(flood)
    with pytest.raises(MalformedResponseError, match="larger") as caught:
        await client.tasks.get("x")
    await server.gone.wait()
    assert caught.value.request_id == server.requests[0].headers["x-request-id"]


async def test_a_compressed_answer_is_read(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(200, gzip.compress(json.dumps(TASK).encode()), Content_Encoding="gzip"))
    assert (await client.tasks.get("x")).value.task_id == "tsk_1"


async def test_what_is_not_read_to_its_end_leaves_nothing_to_be_collected(
    server: RawServer, client: BeatraClient, stream_of: Bytes
) -> None:
    """Collected outside of any coroutine, as on Qt's loop, it would end with an error."""
    delta = {"choices": [{"delta": {"content": "a"}}]}
    before = _unfinished()  # by other tests of this process
    server.answer(stream_of(b"data: %b\n\n" % json.dumps(delta).encode(), end=False))
    stream = await client.chat.open(b"{}", idempotency_key="k")
    await anext(stream)
    await stream.aclose()
    async with asyncio.timeout(5):
        while [each for each in _unfinished() if each not in before]:  # noqa: ASYNC110  # the collector has no event
            await asyncio.sleep(0)


def _unfinished() -> list[object]:
    alive = [each for each in gc.get_objects() if isinstance(each, AsyncGeneratorType)]
    return [each for each in alive if "httpx" in each.ag_code.co_filename and each.ag_frame]
