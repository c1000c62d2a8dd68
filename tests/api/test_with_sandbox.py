"""The client and the sandbox, written apart from the same contract, understand each other."""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import pytest_asyncio

from beatra_desktop.api.chat_events import ChatEvent, Delta, Finished, ModelResolved, UsageReported
from beatra_desktop.api.client import BeatraClient
from beatra_desktop.api.errors import (
    APIConnectionError,
    AuthenticationError,
    ConflictError,
    CutReason,
    IncompleteDownloadError,
    IncompleteStreamError,
    InsufficientBalanceError,
    InvalidRequestError,
    LinkExpiredError,
    NotFoundError,
    RateLimitError,
)
from beatra_desktop.api.music import MusicRoute
from beatra_desktop.api.requests import (
    ArtifactReference,
    ChatMessage,
    ChatRequest,
    MusicRequest,
    encode_cancel,
    encode_chat,
    encode_music,
)
from beatra_desktop.api.retry import RetryPolicy, Wait, with_retries
from beatra_desktop.api.types import Artifact, Task
from beatra_desktop.api.uploads import UploadForm

CLIP_SECONDS: Final = 8
SPEED: Final = "100"
POLL_SECONDS: Final = 0.05
TERMINAL: Final = {"succeeded", "failed", "canceled"}
ECHO: Final = encode_chat(ChatRequest("sandbox-echo", [ChatMessage("user", "héllo 🎵 wörld")]))
MUSIC: Final = encode_music(
    MusicRequest("minimax-music-2.6", "slow piano waltz", instrumental=True, title="Lamps")
)
AT_ONCE: Final = RetryPolicy(base_seconds=0.0)


@dataclass(frozen=True)
class Sandbox:
    base_url: str
    api_key: str
    admin_url: str

    async def admin(self, method: str, path: str, body: object = None) -> Any:
        async with httpx.AsyncClient(trust_env=False, verify=False) as http:
            answer = await http.request(method, f"{self.admin_url}/{path}", json=body, timeout=30)
            assert answer.is_success, answer.text
            return answer.json()

    async def fault(self, path: str, **action: object) -> None:
        await self.admin("POST", "faults", {"path": path, "action": action})

    async def received(self, path: str) -> list[dict[str, Any]]:
        entries = (await self.admin("GET", "journal"))["entries"]
        return [entry for entry in entries if entry["path"].endswith(path)]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe", "--seed", "1"]
    with subprocess.Popen(
        [*command, "--data-dir", str(folder), "--speed", SPEED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        ready = json.loads(running.stdout.readline())
        del ready["event"]
        yield Sandbox(**ready)
        running.stdin.close()
        running.wait(timeout=20)


@pytest_asyncio.fixture
async def sandbox(process: Sandbox) -> Sandbox:
    await process.admin("DELETE", "faults")
    await process.admin("POST", "reset", {})
    await process.admin("POST", "settings", {"clip_seconds": CLIP_SECONDS})
    return process


@pytest_asyncio.fixture
async def beatra(sandbox: Sandbox, ssl_context: ssl.SSLContext) -> AsyncIterator[BeatraClient]:
    async with BeatraClient(
        sandbox.base_url, api_key=lambda: sandbox.api_key, ssl_context=ssl_context
    ) as client:
        yield client


async def read(client: BeatraClient, body: bytes, into: list[ChatEvent], key: str = "k1") -> None:
    async with await client.chat.open(body, idempotency_key=key) as stream:
        async for event in stream:
            into.append(event)


async def finished(client: BeatraClient, task_id: str) -> Task:
    async with asyncio.timeout(60):
        while True:
            task = (await client.tasks.get(task_id)).value
            if task.status in TERMINAL:
                return task
            await asyncio.sleep(POLL_SECONDS)


async def make_song(client: BeatraClient, key: str = "song-1") -> Task:
    answer = await client.music.create(MusicRoute.TEXT_TO_MUSIC, MUSIC, idempotency_key=key)
    assert answer.status == 202
    return answer.value


async def upload(client: BeatraClient, source: Path, key: str = "up-1") -> Artifact:
    stat = source.stat()
    form = UploadForm(
        source=source,
        filename="ré f.mp3",
        mime_type="audio/mpeg",
        size=stat.st_size,
        modified_ns=stat.st_mtime_ns,
        boundary="b1f2",
        purpose="reference_audio",
        metadata={"note": "é"},
    )
    answer = await client.uploads.create(form, idempotency_key=key, on_progress=lambda _: None)
    return answer.value


@pytest.mark.asyncio
async def test_chat_streams_to_its_end(beatra: BeatraClient) -> None:
    events: list[ChatEvent] = []
    await read(beatra, ECHO, events)
    assert isinstance(events[0], ModelResolved)
    assert events[0].model == "sandbox-echo"
    text = "".join(event.text for event in events if isinstance(event, Delta))
    assert "héllo 🎵 wörld" in text
    assert Finished("stop") in events
    usage = next(event.usage for event in events if isinstance(event, UsageReported))
    assert usage.total_tokens
    assert usage.total_tokens == (usage.prompt_tokens or 0) + (usage.completion_tokens or 0)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("action", "reason"),
    [
        ({"cut_after_events": 3, "cut": "end"}, CutReason.CLOSED),
        ({"cut_after_events": 3, "cut": "close"}, CutReason.CONNECTION_LOST),
        ({"cut_after_events": 3, "cut": "reset"}, CutReason.CONNECTION_LOST),
        ({"sse": {"kind": "error", "at_event": 3}}, CutReason.ERROR_EVENT),
        ({"sse": {"kind": "malformed", "at_event": 3}}, CutReason.MALFORMED),
    ],
)
async def test_a_spoilt_stream_is_incomplete(
    beatra: BeatraClient, sandbox: Sandbox, action: dict[str, Any], reason: CutReason
) -> None:
    await sandbox.fault("/v1/chat/*", **action)
    events: list[ChatEvent] = []
    with pytest.raises(IncompleteStreamError) as caught:
        await read(beatra, ECHO, events)
    assert caught.value.reason is reason
    if reason is not CutReason.CONNECTION_LOST:  # a reset may discard what was on its way
        assert any(isinstance(event, Delta) for event in events)


@pytest.mark.asyncio
async def test_a_lost_answer_is_asked_for_again_and_done_once(
    beatra: BeatraClient, sandbox: Sandbox
) -> None:
    await sandbox.fault("/v1/music/*", reset="after")
    waits: list[Wait] = []
    task = await with_retries(
        lambda: make_song(beatra), AT_ONCE, idempotent=True, on_wait=waits.append
    )
    assert [type(wait.error) for wait in waits] == [APIConnectionError]
    page = (await beatra.tasks.list()).value
    assert [item.task_id for item in page.data] == [task.task_id]
    first, second = await sandbox.received("/music/text-to-music")
    assert first["idempotency_key"] == second["idempotency_key"] == "song-1"
    assert first["body_sha256"] == second["body_sha256"] == hashlib.sha256(MUSIC).hexdigest()


@pytest.mark.asyncio
async def test_a_song_from_prompt_to_disk(
    beatra: BeatraClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    created = await make_song(beatra)
    assert created.billing is not None
    assert created.billing.charged_credits
    task = await finished(beatra, created.task_id)
    assert task.status == "succeeded"
    (clip,) = task.clips
    assert clip.audio.url
    got = await beatra.artifacts.download(
        clip.audio.url,
        tmp_path / "a.part",
        on_progress=lambda _: None,
    )
    assert got.size == clip.audio.size_bytes
    assert got.content_type == clip.audio.mime_type


@pytest.mark.asyncio
async def test_a_cut_download_is_resumed_and_an_expired_link_is_said_to_be_so(
    beatra: BeatraClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    task = await finished(beatra, (await make_song(beatra)).task_id)
    audio = task.clips[0].audio
    link, target = audio.url or "", tmp_path / "a.part"

    async def download(validator: str | None = None) -> bytes:
        await beatra.artifacts.download(
            link, target, validator=validator, on_progress=lambda _: None
        )
        return target.read_bytes()

    whole = await download()
    await sandbox.fault("/media/*", cut_after_bytes=50_000)
    with pytest.raises(IncompleteDownloadError) as caught:
        await download()
    assert 0 < caught.value.received <= 50_000
    assert await download(caught.value.validator) == whole
    await sandbox.fault("/media/*", expired=True)
    with pytest.raises(LinkExpiredError):
        await download()


@pytest.mark.asyncio
async def test_upload_then_make_music_from_it(
    beatra: BeatraClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    first = await finished(beatra, (await make_song(beatra)).task_id)
    source = tmp_path / "ref.mp3"
    await beatra.artifacts.download(
        first.clips[0].audio.url or "", source, on_progress=lambda _: None
    )
    artifact = await upload(beatra, source)
    assert artifact.link
    again = await upload(beatra, source)
    assert again.artifact_id == artifact.artifact_id
    body = encode_music(
        MusicRequest(
            "auto", "soft strings under it", reference_audio=ArtifactReference(artifact.artifact_id)
        )
    )
    answer = await beatra.music.create(
        MusicRoute.REFERENCE_AUDIO_TO_MUSIC, body, idempotency_key="song-2"
    )
    assert (await finished(beatra, answer.value.task_id)).status == "succeeded"


@pytest.mark.asyncio
async def test_an_upload_broken_off_by_the_service_goes_through_at_the_second_try(
    beatra: BeatraClient, sandbox: Sandbox, tmp_path: Path
) -> None:
    source = tmp_path / "ref.mp3"
    _fill(source, 3_000_000)
    await sandbox.fault("/v1/uploads", reset_after_request_bytes=500_000)
    waits: list[Wait] = []
    artifact = await with_retries(
        lambda: upload(beatra, source), AT_ONCE, idempotent=True, on_wait=waits.append
    )
    assert artifact.size_bytes == 3_000_000
    assert len(waits) == 1


def _fill(path: Path, size: int) -> None:
    path.write_bytes(b"\xff\xfb\x90\x00" * (size // 4))


@pytest.mark.asyncio
async def test_cancel_and_list(beatra: BeatraClient, sandbox: Sandbox) -> None:
    created = await make_song(beatra)
    answer = await beatra.tasks.cancel(
        created.task_id, encode_cancel("enough"), idempotency_key="cancel-1"
    )
    assert answer.value.task_id == created.task_id
    ended = await finished(beatra, created.task_id)
    again = await beatra.tasks.cancel(
        created.task_id, encode_cancel("enough"), idempotency_key="cancel-2"
    )
    assert again.value.status == ended.status
    second = await make_song(beatra, key="song-2")
    page = (await beatra.tasks.list(limit=1, order="asc", expand=["input"])).value
    assert [task.task_id for task in page.data] == [created.task_id]
    assert page.data[0].input is not None
    assert page.has_more
    rest = (await beatra.tasks.list(limit=1, order="asc", cursor=page.next_cursor)).value
    assert [task.task_id for task in rest.data] == [second.task_id]
    assert rest.data[0].input is None


@pytest.mark.asyncio
async def test_catalogue_and_health(beatra: BeatraClient, sandbox: Sandbox) -> None:
    models = {model.id: model for model in (await beatra.catalog.models()).value}
    pricing = models["suno-5.5"].pricing
    assert pricing is not None
    assert pricing.unit_credits
    assert set(models) == {model.id for model in (await beatra.catalog.list_models()).value}
    capabilities = (await beatra.catalog.capabilities()).value
    assert {"text_to_music", "reference_audio_to_music"} <= {item.id for item in capabilities}
    assert (await beatra.health()).value.is_up


@pytest.mark.asyncio
async def test_refusals_have_their_classes(
    beatra: BeatraClient, sandbox: Sandbox, ssl_context: ssl.SSLContext
) -> None:
    with pytest.raises(NotFoundError):
        await beatra.tasks.get("tsk_none")
    with pytest.raises(InvalidRequestError) as invalid:
        await beatra.music.create(MusicRoute.TEXT_TO_MUSIC, b'{"prompt":7}', idempotency_key="a")
    assert invalid.value.retryable is False
    await make_song(beatra)
    other = MUSIC.replace(b"Lamps", b"Other")
    with pytest.raises(ConflictError):
        await beatra.music.create(MusicRoute.TEXT_TO_MUSIC, other, idempotency_key="song-1")
    await sandbox.admin("POST", "settings", {"balance": "0.0000"})
    with pytest.raises(InsufficientBalanceError):
        await make_song(beatra, key="song-3")
    async with BeatraClient(
        sandbox.base_url, api_key=lambda: "sk-wrong", ssl_context=ssl_context
    ) as stranger:
        with pytest.raises(AuthenticationError):
            await stranger.tasks.list()


@pytest.mark.asyncio
async def test_a_busy_service_says_when_to_come_back(
    beatra: BeatraClient, sandbox: Sandbox
) -> None:
    await sandbox.fault("/v1/tasks*", status=429, error={"code": "rate_limited"}, retry_after=7)
    with pytest.raises(RateLimitError) as caught:
        await beatra.tasks.list()
    assert caught.value.retryable is True
    assert caught.value.retry_after == 7.0
    journal = await sandbox.received("/tasks")
    assert caught.value.request_id == journal[0]["request_id"]
