"""Starting tasks: both routes, exact bytes, and a whole envelope back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import MalformedResponseError
from beatra_desktop.api.music import MusicRoute

if TYPE_CHECKING:
    from tests.api.conftest import RawServer

pytestmark = pytest.mark.asyncio

Bytes = Callable[..., bytes]

ENVELOPE = {
    "object": "task",
    "task_id": "tsk_9",
    "status": "succeeded",
    "capability": "text_to_music",
    "model": "auto",
    "resolved_model": "suno-5.5",
    "metadata": {"local_job": "job-1"},
    "input": {"prompt": "waltz"},
    "progress": {"percent": 100, "stage": "completed", "message": ""},
    "output": {
        "clips": [
            {"title": "One", "lyrics": None, "tags": "waltz",
             "audio": {"url": "https://cdn/1", "artifact_id": "art_1", "mime_type": "audio/mpeg",
                       "duration_seconds": 143.2, "size_bytes": 2291712}},
            {"audio": {"url": "https://cdn/2"}},
        ]
    },
    "warnings": [{"code": "w", "message": "m", "field": "f"}],
    "error": None,
    "usage": {"audio_seconds": 294.2, "credits": "80.0000", "lines": [{"quantity": "1"}]},
    "billing": {"charged_credits": "80.0000", "net_charged_credits": "80.0000"},
    "callback": None,
    "created_at": "2026-09-01T10:00:00Z",
    "deadline_at": "2026-09-01T10:30:00Z",
    "links": {"assets": "https://console/assets"},
    "a_field_of_next_year": {"x": [1]},
}  # fmt: skip


@pytest.mark.parametrize("route", list(MusicRoute))
async def test_the_bytes_go_out_as_they_are(
    server: RawServer, client: BeatraClient, respond: Bytes, route: MusicRoute
) -> None:
    server.answer(respond(202, {"task_id": "tsk_1", "status": "queued"}))
    body = b'{ "model":"auto",  "prompt":"x" }'
    answer = await client.music.create(route, body, idempotency_key="key-1")
    assert (answer.status, answer.value.task_id, answer.value.status) == (202, "tsk_1", "queued")
    request = server.requests[0]
    assert (request.method, request.target) == ("POST", f"/v1/music/{route.value}")
    assert request.body == body
    assert request.headers["idempotency-key"] == "key-1"
    assert request.headers["content-type"] == "application/json"


async def test_a_whole_envelope_is_understood(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(202, ENVELOPE))
    answer = await client.music.create(MusicRoute.TEXT_TO_MUSIC, b"{}", idempotency_key="k")
    task = answer.value
    assert task.resolved_model == "suno-5.5"
    assert task.metadata == {"local_job": "job-1"}
    assert [clip.audio.url for clip in task.clips] == ["https://cdn/1", "https://cdn/2"]
    assert task.clips[0].audio.size_bytes == 2291712
    assert task.billing is not None
    assert task.billing.net_charged_credits == "80.0000"
    assert task.billing.refunded_credits is None
    assert task.usage is not None
    assert task.usage.lines[0].quantity == "1"
    assert task.warnings[0].field == "f"
    assert task.deadline_at == datetime(2026, 9, 1, 10, 30, tzinfo=UTC)


async def test_an_answer_without_a_task_is_malformed(
    server: RawServer, client: BeatraClient, respond: Bytes
) -> None:
    server.answer(respond(202, {"id": "not a task"}))
    with pytest.raises(MalformedResponseError):
        await client.music.create(MusicRoute.TEXT_TO_MUSIC, b"{}", idempotency_key="k")
