"""Passes chat through to any OpenAI-compatible server, e.g. Ollama or llama.cpp."""

import asyncio
import http.client
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beatra_desktop.sandbox.errors import ApiError, JsonObject
from beatra_desktop.sandbox.idempotency import Answer, Claim, Ledger, fingerprint
from beatra_desktop.sandbox.replies import encode

T = TypeVar("T")
TIMEOUT_S: Final = 300.0
MODELS_TIMEOUT_S: Final = 5.0
CHUNK_BYTES: Final = 16 * 1024
STREAMS_AT_ONCE: Final = 16
AUTO: Final = "auto"
EVENT_STREAM: Final = "text/event-stream"
LAST_EVENT: Final = b"data: [DONE]"


@dataclass(frozen=True, slots=True)
class _Open:
    connection: http.client.HTTPConnection
    reply: http.client.HTTPResponse


class Upstream:
    """`base_url` ends before `/chat/completions`, e.g. http://127.0.0.1:11434/v1."""

    def __init__(self, base_url: str, ledger: Ledger) -> None:
        self._base = urlsplit(base_url)
        self._ledger = ledger
        self._threads = ThreadPoolExecutor(STREAMS_AT_ONCE, "upstream")

    async def models(self) -> list[str]:
        """Return the ids the server offers; none when it does not answer."""
        try:
            opened = await self._ask("GET", "/models", None, MODELS_TIMEOUT_S)
        except ApiError:
            return []
        document = await self._in_thread(opened.reply.read)
        opened.connection.close()
        return _ids(document)

    async def answer(self, request: Request, document: JsonObject) -> Response:
        """Pass a chat request on; a whole answer is kept for its idempotency key."""
        same = fingerprint(request.url.path, document)
        claim = await self._ledger.claim(request, same)
        if isinstance(claim, Answer):
            return Response(claim.body, claim.status, media_type=claim.content_type)
        if document.get("stream"):
            return await self._streamed(document, claim)
        try:
            return await self._whole(await self._open_chat(document), claim)
        finally:
            claim.release()

    async def _streamed(self, document: JsonObject, claim: Claim) -> Response:
        try:
            opened = await self._open_chat(document)
        except ApiError:
            claim.release()
            raise
        return StreamingResponse(self._relay(opened, claim), media_type=EVENT_STREAM)

    async def _open_chat(self, document: JsonObject) -> _Open:
        if document["model"] == AUTO:
            models = await self.models()
            document = {**document, "model": models[0] if models else AUTO}
        opened = await self._ask("POST", "/chat/completions", encode(document), TIMEOUT_S)
        if opened.reply.status != 200:
            await self._refuse(opened)
        return opened

    async def _refuse(self, opened: _Open) -> None:
        body = await self._in_thread(opened.reply.read)
        opened.connection.close()
        text = body[:300].decode("utf-8", "replace")
        message = f"The upstream server answered {opened.reply.status}: {text}"
        if opened.reply.status == 404:
            raise ApiError("unsupported_model", message, param="/model")
        raise ApiError("rate_limited" if opened.reply.status == 429 else "provider_error", message)

    async def _whole(self, opened: _Open, claim: Claim) -> Response:
        body = await self._in_thread(opened.reply.read)
        opened.connection.close()
        claim.keep(Answer(200, body))
        return Response(body, media_type="application/json")

    async def _relay(self, opened: _Open, claim: Claim) -> AsyncIterator[bytes]:
        """Pass the stream on; only one that ends with [DONE] is kept."""
        whole = bytearray()
        try:
            while chunk := await self._in_thread(partial(opened.reply.read1, CHUNK_BYTES)):
                whole += chunk
                yield chunk
            if whole.rstrip().endswith(LAST_EVENT):
                claim.keep(Answer(200, bytes(whole), EVENT_STREAM))
        except (OSError, http.client.HTTPException) as error:
            inner = ApiError("provider_error", f"The upstream server broke off: {error}")
            yield b"data: " + encode({"error": inner.inner()}) + b"\n\n"
        finally:
            claim.release()
            opened.connection.close()

    async def _ask(self, method: str, path: str, body: bytes | None, timeout: float) -> _Open:
        try:
            return await self._in_thread(lambda: self._request(method, path, body, timeout))
        except (OSError, http.client.HTTPException) as error:
            message = f"The upstream server cannot be reached: {error}."
            raise ApiError("model_unavailable", message) from error

    def _request(self, method: str, path: str, body: bytes | None, timeout: float) -> _Open:
        secure = self._base.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self._base.netloc, timeout=timeout)
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        connection.request(method, self._base.path + path, body, headers)
        return _Open(connection, connection.getresponse())

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _ids(document: bytes) -> list[str]:
    try:
        listed = msgspec.json.decode(document)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    entries = listed.get("data", []) if isinstance(listed, dict) else listed
    return [str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry]
