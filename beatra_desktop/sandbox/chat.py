"""Chat completions, whole or streamed (contract §3.1)."""

import asyncio
from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from beatra_desktop.sandbox.bodies import read_json
from beatra_desktop.sandbox.chat_models import MODELS, resolve
from beatra_desktop.sandbox.chat_request import ChatRequest, read_chat_request
from beatra_desktop.sandbox.completion import Completion, bounded, tokens
from beatra_desktop.sandbox.errors import JsonObject
from beatra_desktop.sandbox.idempotency import Answer, fingerprint
from beatra_desktop.sandbox.ids import new_id
from beatra_desktop.sandbox.pace import paced
from beatra_desktop.sandbox.replies import encode
from beatra_desktop.sandbox.visits import visit_of
from beatra_desktop.sandbox.world import World

EVENT_STREAM: Final = "text/event-stream"
TOKENS_PER_MESSAGE: Final = 4
LONGEST_THINKING_S: Final = 2.0


class ChatEndpoint:
    def __init__(self, world: World) -> None:
        self._world = world

    async def __call__(self, request: Request) -> Response:
        document = await read_json(request)
        asked = read_chat_request(document, strict=self._world.settings.strict)
        if self._world.upstream is not None and asked.model not in MODELS:
            return await self._world.upstream.answer(request, document)
        return await self._local(request, document, asked)

    async def _local(self, request: Request, document: JsonObject, asked: ChatRequest) -> Response:
        model = resolve(asked)

        async def work() -> Answer:
            completion = complete(asked, model=model, now=self._world.clock.now())
            forced = _forced_reason(request)
            return await self._answer(asked, _ended(completion, forced))

        same = fingerprint(request.url.path, document)
        answer = await self._world.ledger.answer(request, same, work)
        return self._response(answer)

    async def _answer(self, asked: ChatRequest, completion: Completion) -> Answer:
        if asked.stream:
            events = completion.events(include_usage=asked.wants_usage)
            return Answer(200, b"".join(events), EVENT_STREAM)
        await self._think(len(completion.pieces))
        return Answer(200, encode(completion.document()))

    async def _think(self, count: int) -> None:
        settings = self._world.settings
        seconds = min(count / settings.tokens_per_second, LONGEST_THINKING_S)
        await asyncio.sleep(seconds / settings.speed)

    def _response(self, answer: Answer) -> Response:
        if answer.content_type != EVENT_STREAM:
            return Response(answer.body, answer.status, media_type=answer.content_type)
        speed = self._world.settings.speed
        rate = self._world.settings.tokens_per_second * speed
        stream = paced(answer.body, events_per_second=rate, speed=speed)
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(stream, answer.status, headers, EVENT_STREAM)


def complete(asked: ChatRequest, *, model: str, now: float) -> Completion:
    text = MODELS[model](asked)
    pieces, reason = bounded(text, stop=asked.stop_sequences, max_tokens=asked.token_limit)
    return Completion(
        completion_id=new_id("chatcmpl"),
        created=int(now),
        model=model,
        pieces=pieces,
        finish_reason=reason,
        prompt_tokens=prompt_tokens(asked),
    )


def prompt_tokens(asked: ChatRequest) -> int:
    return sum(TOKENS_PER_MESSAGE + len(tokens(message.text)) for message in asked.messages)


def _forced_reason(request: Request) -> str | None:
    fault = visit_of(request).fault
    return None if fault is None else fault.action.finish_reason


def _ended(completion: Completion, forced_reason: str | None) -> Completion:
    """Return the first half of the answer with the ordered reason, e.g. content_filter."""
    if forced_reason is None:
        return completion
    half = completion.pieces[: (len(completion.pieces) + 1) // 2]
    return replace(completion, pieces=half, finish_reason=forced_reason)
